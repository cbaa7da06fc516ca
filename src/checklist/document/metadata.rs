//! What a document says of itself: front matter, and `**Date:** …` lines, entries and rows above its first
//! section. Below
//! a second heading (a title of two lines, an overview) and behind the last rule only keys that speak of
//! a document count: other lines there speak of their section.

use crate::checklist::syntax::decode::Document;
use crate::checklist::syntax::mojibake::Repair;
use crate::checklist::syntax::outline::{Heading, Outline, Run};

/// The pairs in document order; a key counts once.
pub(in crate::checklist) fn metadata(
    document: &Document<'_>,
    outline: &Outline,
    repair: &Repair,
) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut add = |key: &str, value: &str| {
        let (key, value) = (repair.display(key.trim()), repair.display(value.trim()));
        if !value.is_empty() && !pairs.iter().any(|(known, _)| *known == key) {
            pairs.push((key.into_owned(), value.into_owned()));
        }
    };
    if let Some((start, end)) = document.front {
        for line in document.text.get(start..end).unwrap_or_default().lines() {
            if let Some((key, value)) = front_line(line) {
                add(key, value);
            }
        }
    }
    outline.preamble.iter().flat_map(header_lines).for_each(|(key, value)| add(key, value));
    outline.preamble.iter().filter_map(alone).for_each(|(key, value)| add(key, value));
    for (key, value) in listed(outline).chain(tabled(outline)) {
        if names_a_use(&repair.display(key)) && value.contains(char::is_alphanumeric) {
            add(key, value);
        }
    }
    let opening = if opens(&outline.headings) { outline.opening.as_slice() } else { &[] };
    for (key, value) in opening.iter().chain(&outline.closing).flat_map(header_lines) {
        if is_of_a_document(&repair.display(key)) && value.contains(char::is_alphanumeric) {
            add(key, value);
        }
    }
    pairs
}

/// The pairs in the lines of a paragraph.
fn header_lines(run: &Run) -> impl Iterator<Item = (&str, &str)> {
    run.raw.lines().flat_map(|line| line.split(" | ")).filter_map(header_line)
}

/// `Version 1.4.0` as a paragraph of its own.
fn alone(run: &Run) -> Option<(&str, &str)> {
    let (key, value) = run.raw.trim().split_once(' ')?;
    let known = ["release", "version"].iter().any(|known| known.eq_ignore_ascii_case(key));
    let number = value.strip_prefix(['v', 'V']).unwrap_or(value);
    let is_one = number.starts_with(|c: char| c.is_ascii_digit()) && !value.contains(' ');
    (known && is_one).then_some((key, value))
}

/// The pairs in entries without a box above the first section.
fn listed(outline: &Outline) -> impl Iterator<Item = (&str, &str)> {
    let above = outline.entries.iter().filter(|entry| is_above(entry.heading, outline));
    let plain = above.filter(|entry| entry.parent.is_none() && entry.bracket.is_none());
    plain.filter_map(|entry| header_line(entry.body.as_ref()?.raw.lines().next()?))
}

/// The pairs in tables of two columns above the first section.
fn tabled(outline: &Outline) -> impl Iterator<Item = (&str, &str)> {
    let above = outline.rows.iter().filter(|row| is_above(row.heading, outline));
    above.filter_map(|row| match row.cells.as_slice() {
        [key, value] => {
            let key = key.raw.trim_matches(|c: char| !c.is_alphanumeric());
            is_key(key).then_some((key, value.raw.trim()))
        }
        _ => None,
    })
}

/// Whether what stands under `heading` stands above the first section: below the title, or no heading.
fn is_above(heading: Option<usize>, outline: &Outline) -> bool {
    match heading {
        None => true,
        Some(0) => outline.headings.first().is_some_and(|first| first.level == 1),
        Some(_) => false,
    }
}

/// Whether a key of a list or a table speaks of the document, or says what it is used for this time.
fn names_a_use(key: &str) -> bool {
    const KEYS: [&str; 26] = [
        "app",
        "client",
        "cluster",
        "component",
        "country",
        "customer",
        "cycle",
        "device",
        "edition",
        "env",
        "iteration",
        "market",
        "milestone",
        "module",
        "os",
        "package",
        "platform",
        "quarter",
        "region",
        "release cycle",
        "release version",
        "site",
        "sprint",
        "target environment",
        "target version",
        "tenant",
    ];
    is_of_a_document(key) || KEYS.iter().any(|known| known.eq_ignore_ascii_case(key.trim()))
}

/// Whether what stands below the second heading may speak of the document: it goes on from the title,
/// and is no phase, step or numbered section.
fn opens(headings: &[Heading]) -> bool {
    let [first, second, ..] = headings else { return false };
    let words = second.run.raw.split(|c: char| !c.is_alphanumeric());
    let name = words.into_iter().find(|word| !word.is_empty()).unwrap_or_default();
    first.level == 1
        && second.level == 2
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !PARTS.iter().any(|part| part.eq_ignore_ascii_case(name))
}

/// What plans are parted into.
const PARTS: [&str; 11] = [
    "phase",
    "step",
    "stage",
    "sprint",
    "milestone",
    "week",
    "day",
    "part",
    "iteration",
    "tier",
    "gate",
];

/// Keys that speak of a document wherever they stand.
fn is_of_a_document(key: &str) -> bool {
    const KEYS: [&str; 52] = [
        "application",
        "approved by",
        "author",
        "authors",
        "branch",
        "build",
        "commit",
        "created",
        "current phase",
        "date",
        "deployment date",
        "document version",
        "environment",
        "generated",
        "go-live date",
        "last modified",
        "last reviewed",
        "last updated",
        "maintainer",
        "next review",
        "overall status",
        "owner",
        "phase",
        "prepared by",
        "product",
        "project",
        "release",
        "release date",
        "release manager",
        "reviewed by",
        "service",
        "stage",
        "status",
        "system",
        "tag",
        "target date",
        "target release",
        "team",
        "updated",
        "validated by",
        "verified by",
        "version",
        "autor",
        "datum",
        "estado",
        "fecha",
        "stand",
        "statut",
        "verantwortlich",
        "versión",
        "responsable",
        "日期",
    ];
    let bare = key.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    KEYS.contains(&bare.as_str())
}

/// `key: value` and `key = "value"` of the outermost level; nested values are left out.
fn front_line(line: &str) -> Option<(&str, &str)> {
    if line.starts_with([' ', '\t', '#', '-', '[']) {
        return None;
    }
    let at = line.find([':', '='])?;
    let (key, value) = (line.get(..at)?.trim(), line.get(at + 1..)?.trim());
    let value = value.trim_matches(['"', '\'']);
    let plain = !value.is_empty() && !value.starts_with(['{', '[', '|', '>', '&', '*']);
    (is_key(key) && plain).then_some((key, value))
}

/// `Date: 2025-11-24`, as plain text.
fn header_line(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim_matches(|c: char| !c.is_alphanumeric());
    let value = value.trim();
    let sentence = key.split_whitespace().count() > 4;
    (is_key(key) && !sentence && !is_a_part(key) && !value.is_empty() && !value.starts_with("//"))
        .then_some((key, value))
}

/// `Phase 5: File formats` names a part of the work, and says nothing of the document.
fn is_a_part(key: &str) -> bool {
    let mut words = key.split_whitespace();
    let part =
        words.next().is_some_and(|word| PARTS.iter().any(|part| part.eq_ignore_ascii_case(word)));
    let number = words.next().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    part && number && words.next().is_none()
}

fn is_key(key: &str) -> bool {
    (1..=40).contains(&key.chars().count())
        && key.starts_with(char::is_alphabetic)
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_front_matter_and_headers() {
        assert_eq!(front_line("title: \"Go live\""), Some(("title", "Go live")));
        assert_eq!(front_line("weight = 3"), Some(("weight", "3")));
        assert_eq!(front_line("tags: [a]"), None);
        assert_eq!(front_line("  nested: 1"), None);
        assert_eq!(header_line("Date: 2025-11-24"), Some(("Date", "2025-11-24")));
        assert_eq!(header_line("📅 Last updated: today"), Some(("Last updated", "today")));
        assert_eq!(header_line("See https://example.org"), None);
        assert_eq!(header_line("**Phase 5: File Format Testing**"), None);
        assert_eq!(header_line("Phase: 5"), Some(("Phase", "5")));
        assert_eq!(header_line("If any of these hold then stop: all"), None);
    }

    fn told(text: &str) -> Vec<(String, String)> {
        crate::checklist::read("a.md", text.as_bytes(), &Default::default()).metadata
    }

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn a_title_of_two_lines_has_its_header_below_both() {
        let text = "# Release\n\n## Ledger service\n\n**Date:** 2026-03-02\n**Phase:** Beta\n**Goal:** fast\n\n\
                    ## Quality\n\n**Status:** open\n\n- [ ] a\n";
        assert_eq!(told(text), [pair("Date", "2026-03-02"), pair("Phase", "Beta")]);
        for title in ["Phase 0: Before", "1. Quality", "Step 1"] {
            let text = format!("# Release\n\n## {title}\n\n**Status:** done\n");
            assert_eq!(told(&text), [], "{title}");
        }
    }

    #[test]
    fn a_board_is_not_called_by_its_first_list() {
        let title =
            |text: &str| crate::checklist::read("a.md", text.as_bytes(), &Default::default()).title;
        let lists = "## Blocked\n\n- [ ] a\n\n## Complete\n\n- [x] b\n";
        let board = format!("---\nkanban-plugin: basic\n---\n\n{lists}");
        assert_eq!(title(&board), None);
        assert_eq!(
            title(&board.replace("---\n\n", "---\n\n# Release\n\n")).as_deref(),
            Some("Release")
        );
        assert_eq!(title(lists).as_deref(), Some("Blocked"));
    }

    #[test]
    fn a_list_and_a_table_above_the_first_section_are_a_header() {
        let version = [pair("Version", "1.4.0")];
        for header in [
            "- **Version:** 1.4.0\n- Make tea: now\n- [ ] Version: 2",
            "| Field | Value |\n| --- | --- |\n| **Version** | 1.4.0 |",
            "| Version | 1.4.0 |\n| --- | --- |\n| Tea | green |",
            "Version 1.4.0",
            "**Version 1.4.0**",
        ] {
            assert_eq!(told(&format!("# R\n\n{header}\n\n## S\n\n- [ ] a\n")), version, "{header}");
            assert_eq!(
                told(&format!("# R\n\n## S\n\n{header}\n\n## T\n\n- [ ] a\n")),
                [],
                "{header}"
            );
        }
    }

    #[test]
    fn what_ends_a_document_speaks_of_it() {
        let text = "# Release\n\n**Status:** draft\n\n## Quality\n\n- [ ] a\n\n---\n\n**Version:** 2\n\n---\n\n\
                    **Last Updated:** 2026-03-02\n**Status:** ready\n**Sign-off:** ____\n**Date:** ____\n";
        assert_eq!(told(text), [pair("Status", "draft"), pair("Last Updated", "2026-03-02")]);
        let followed = "# R\n\n- [ ] a\n\n---\n\n**Version:** 2\n\n## More\n\ntext\n";
        assert_eq!(told(followed), []);
    }
}
