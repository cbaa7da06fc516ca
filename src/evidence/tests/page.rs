//! The book's page of each format, written from the same table that the reader stands in.
//!
//! `TRUEUP_WRITE_PAGES=1 cargo test evidence::tests::page` writes them; without it they are compared.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use super::fixtures::of;
use crate::evidence::{About, Cut, FORMATS, Format, Means};
use crate::model::Reading;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("book/src")
}

fn page(format: &dyn Format) -> String {
    let about = format.about();
    let mut page = format!("# {}\n\n", format.id());
    let _ = writeln!(page, "Writers: {}.\nRecognised by {}.\n", about.tool, about.recognised);
    let carries = match about.carries {
        [] => "`data` alone".to_owned(),
        groups => ticked(groups),
    };
    let _ = writeln!(page, "- Carries {carries}.");
    match about.tells.places().as_slice() {
        [] => page.push_str(
            "- Tells neither its time nor a version nor the commit: that comes from a seal, the CI run or git.\n",
        ),
        told => {
            for (origin, place) in told {
                let _ = writeln!(page, "- Its {origin} stands at {place}.");
            }
        }
    }
    let _ = writeln!(page, "- Published at <{}>.\n", about.source);
    vacuity(&mut page, format);
    page.push_str("## What it lies about, and what the reader makes of it\n\n");
    for note in about.notes {
        let _ = writeln!(page, "- {note}");
    }
    example(&mut page, format);
    page
}

fn ticked(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn vacuity(page: &mut String, format: &dyn Format) {
    let About { clean, vacuous, blank, .. } = format.about();
    page.push_str("## Clean or vacuous\n\n");
    let _ = writeln!(page, "- An honest run: {clean}");
    let _ = writeln!(page, "- Proves nothing: {vacuous}");
    for (shape, means) in [
        ("An empty file", blank.file),
        ("`[]`", blank.list),
        ("`{}`", blank.map),
        ("`null`", blank.null),
    ] {
        let told = match means {
            Means::Clean => "nothing was found, where the format is named; ambiguous without",
            Means::Vacuous => "nothing was looked at, where the format is named; ambiguous without",
            Means::Silent => {
                "what the tool writes on success, and where it looked at nothing: it counts only where something vouches for the run"
            }
            Means::Never => continue,
        };
        let _ = writeln!(page, "- {shape}: {told}.");
    }
    for member in format.leaves_out() {
        let _ = writeln!(page, "- A finding without `{member}` has none.");
    }
    match format.hides_cuts() {
        Cut::Never => {}
        Cut::AtLineEnds => {
            page.push_str("- A file that was cut at the end of a line looks whole.\n")
        }
        Cut::Anywhere => page.push_str("- A file that was cut short can look whole.\n"),
    }
    page.push('\n');
}

/// The facts of the first good fixture, as `trueup inspect` would give them.
fn example(page: &mut String, format: &dyn Format) {
    let Some(fixture) = of(format.id(), "good").into_iter().next() else { return };
    let answer = fixture.read();
    let Some(reading) = answer.reading() else { return };
    let _ = writeln!(
        page,
        "\n## Example\n\nOf `fixtures/evidence/{}/{}` it reads:\n\n```json\n{}\n```",
        format.id(),
        fixture.name,
        facts(reading)
    );
    for warning in &reading.warnings {
        let _ = writeln!(page, "\nIt warns: {warning}");
    }
}

fn facts(reading: &Reading) -> String {
    let carried = reading.facts.carried();
    let members: serde_json::Map<String, serde_json::Value> = carried
        .into_iter()
        .filter_map(|group| {
            let value = serde_json::to_value(reading.facts.value(group)?).unwrap();
            Some((group.to_owned(), value))
        })
        .collect();
    serde_json::to_string_pretty(&members).unwrap()
}

/// The table of all formats: who writes them, what they carry, what of their origin they tell.
fn overview() -> String {
    let mut page = format!(
        "# Formats\n\ntrueup reads {} formats. Each is known by its content, whatever the file is \
         called; `trueup inspect --formats` says how. Origin is what the file itself tells.\n\n\
         | format | written by | facts | origin |\n| --- | --- | --- | --- |\n",
        FORMATS.len()
    );
    for format in FORMATS {
        let (id, about) = (format.id(), format.about());
        let carries = if about.carries.is_empty() { &["data"] } else { about.carries };
        let origin: Vec<&str> = about.tells.places().iter().map(|(origin, _)| *origin).collect();
        let _ = writeln!(
            page,
            "| [{id}](formats/{id}.md) | {} | {} | {} |",
            about.tool,
            carries.join(", "),
            origin.join(", ")
        );
    }
    page
}

/// The book's contents with a line a format.
fn contents(summary: &str) -> String {
    let (before, rest) = summary.split_once("# Formats\n").unwrap();
    let (_, after) = rest.split_once("\n# ").unwrap();
    let mut contents = format!("{before}# Formats\n\n- [All formats](formats.md)\n");
    for format in FORMATS {
        let _ = writeln!(contents, "  - [{0}](formats/{0}.md)", format.id());
    }
    contents + "\n# " + after
}

/// Every page that the table writes, by its path under `book/src`.
fn pages(summary: &str) -> Vec<(String, String)> {
    let of = |format: &&dyn Format| (format!("formats/{}.md", format.id()), page(*format));
    let mut pages: Vec<_> = FORMATS.iter().map(of).collect();
    pages.push(("formats.md".to_owned(), overview()));
    pages.push(("SUMMARY.md".to_owned(), contents(summary)));
    pages
}

#[test]
fn the_readme_counts_the_formats() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let said = format!("{} formats", FORMATS.len());
    assert!(fs::read_to_string(readme).unwrap().contains(&said), "README.md lacks \"{said}\"");
}

#[test]
fn the_book_has_a_page_for_each_format_and_it_is_true() {
    let write = std::env::var_os("TRUEUP_WRITE_PAGES").is_some();
    let summary = fs::read_to_string(folder().join("SUMMARY.md")).unwrap();
    let mut off = Vec::new();
    for (name, expected) in pages(&summary) {
        let path = folder().join(&name);
        if write {
            fs::write(&path, &expected).unwrap();
        }
        if fs::read_to_string(&path).ok().as_deref() != Some(&expected) {
            off.push(name);
        }
    }
    assert!(off.is_empty(), "pages that are missing or old: {off:?}");
}
