//! Finding things: an index of one string that the page's script scans, and a page of links for
//! readers without it.

use serde::Serialize;

use crate::model::counted;
use crate::render::site::frame::{Frame, Part};
use crate::render::site::html::Html;
use crate::render::site::links::Links;
use crate::render::site::names::{anchor, fragment};
use crate::render::site::parts::{mark, readings};
use crate::render::site::text::shortened;
use crate::render::site::world::World;
use crate::render::site::{Pen, SiteError};
use crate::snapshot::v1::{Artifact, Checklist};

use super::checklist::title;
use super::evidence;

/// Above this many items single cases and findings are left out, and texts are shorter.
const SMALL: usize = 10_000;
/// The most characters of an entry's text.
const TEXT: usize = 120;
const SHORT_TEXT: usize = 72;
/// The most bytes of the index.
const BYTES: usize = 12_000_000;
/// The most links of each kind on the page.
const LINKS: usize = 1000;

#[derive(Serialize)]
struct View {
    frame: Frame,
    checklists: Vec<Entry>,
    artifacts: Vec<Entry>,
    more: Option<String>,
}

#[derive(Serialize)]
struct Entry {
    href: String,
    title_html: Html,
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct Section {
    href: String,
    title_html: Html,
}

/// Draws the page and the index.
pub(super) fn draw(world: &World, pen: &Pen) -> Result<(), SiteError> {
    let links = Links::top(world);
    let snapshot = world.snapshot;
    let rest = snapshot.checklists.len().saturating_sub(LINKS)
        + snapshot.artifacts.len().saturating_sub(LINKS);
    let view = View {
        frame: Frame::new(links, Part::Elsewhere, "Search"),
        checklists: snapshot
            .checklists
            .iter()
            .take(LINKS)
            .map(|list| sections(links, list))
            .collect(),
        artifacts: snapshot
            .artifacts
            .iter()
            .take(LINKS)
            .map(|artifact| Entry {
                href: links.artifact(&artifact.path).unwrap_or_default(),
                title_html: Html::of_text(&artifact.path),
                sections: Vec::new(),
            })
            .collect(),
        more: (rest > 0).then(|| format!("{} not listed here.", counted(rest as u64, "more page"))),
    };
    pen.page("search.html".to_owned(), "pages/search.html", &view)?;
    pen.file("assets/search-index.js", script(&index(world)));
    Ok(())
}

fn sections(links: Links, checklist: &Checklist) -> Entry {
    let few = links.world.snapshot.checklists.len() <= 20;
    // The document's own title is the page's heading, where the first link leads already.
    let is_title = |section: &&crate::snapshot::v1::Section| {
        section.level == 1 && checklist.title.as_ref() == Some(&section.title)
    };
    let sections = checklist.sections.iter().filter(|section| !is_title(section));
    let sections = sections.take(if few { 200 } else { 0 });
    Entry {
        href: links.checklist(&checklist.path),
        title_html: Html::of_text(title(checklist)),
        sections: sections
            .map(|section| Section {
                href: links.section(checklist, &section.slug),
                title_html: Html::of_text(&section.title),
            })
            .collect(),
    }
}

/// The index: a line a thing, tabs between its fields. A line that begins with `>` names the page
/// that the lines after it lie on.
fn index(world: &World) -> String {
    let items: usize = world.snapshot.checklists.iter().map(|list| list.items.len()).sum();
    let text = if items <= SMALL { TEXT } else { SHORT_TEXT };
    let mut index = Index { lines: String::new(), text, left_out: 0 };
    for artifact in &world.snapshot.artifacts {
        index.artifact(world, artifact, items <= SMALL);
    }
    for checklist in &world.snapshot.checklists {
        index.checklist(world, checklist);
    }
    let mut said = Vec::new();
    if items > SMALL {
        said.push("Single tests and findings are not in this index.".to_owned());
    }
    if index.left_out > 0 {
        said.push(format!("{} not in this index.", counted(index.left_out, "item")));
    }
    format!("{}\n{}", said.join(" "), index.lines)
}

struct Index {
    lines: String,
    text: usize,
    left_out: u64,
}

impl Index {
    fn line(&mut self, fields: &[&str]) {
        for (position, field) in fields.iter().enumerate() {
            if position > 0 {
                self.lines.push('\t');
            }
            self.lines.extend(field.chars().map(|c| if c.is_control() { ' ' } else { c }));
        }
        self.lines.push('\n');
    }

    fn artifact(&mut self, world: &World, artifact: &Artifact, whole: bool) {
        let page = format!(">evidence/{}.html", world.stem(&artifact.path));
        self.line(&[&page, &artifact.path]);
        let mark = evidence::standing(world, artifact);
        let tool = evidence::tool(artifact);
        self.line(&["a", mark.symbol, &shortened(&artifact.path, self.text), &tool, ""]);
        if !whole {
            return;
        }
        for (number, case) in (1..).zip(readings::cases(artifact).entries) {
            let suite = case.suite.unwrap_or_default();
            let name = shortened(&format!("{suite} {}", case.name), self.text);
            self.line(&["f", "contradicted", name.trim(), "", &format!("_case-{number}")]);
        }
        for (number, finding) in (1..).zip(readings::findings(artifact).entries) {
            let parts = [finding.rule, finding.package, finding.title];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            let words = shortened(&parts.join(" "), self.text);
            self.line(&["f", "drift", &words, &finding.severity, &format!("_finding-{number}")]);
        }
    }

    fn checklist(&mut self, world: &World, checklist: &Checklist) {
        let stem = world.stem(&checklist.path);
        let page = |stem: &str| format!(">checklists/{stem}.html");
        let mut current = stem.as_str();
        self.line(&[&page(current), &checklist.path]);
        self.line(&["c", "", &shortened(title(checklist), self.text), "", ""]);
        for item in &checklist.items {
            if self.lines.len() > BYTES {
                self.left_out += 1;
                continue;
            }
            let own = world.page(&checklist.path, &item.section_slug).unwrap_or(&stem);
            if own != current {
                current = own;
                self.line(&[&page(current), &checklist.path]);
            }
            let mark = mark::of(item);
            let target = fragment(&anchor(&item.id));
            let text = shortened(&item.text, self.text);
            self.line(&["i", mark.symbol, &text, &item.line.to_string(), &target]);
        }
    }
}

/// The index as a script that assigns one string; nothing in it can end the string or the script.
fn script(index: &str) -> Vec<u8> {
    let mut out = String::with_capacity(index.len() + index.len() / 16);
    out.push_str("window.TRUEUP_INDEX = \"");
    for character in index.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '<' => out.push_str("\\u003c"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            other => out.push(other),
        }
    }
    out.push_str("\";\n");
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_string() {
        let script = String::from_utf8(script("a\"b\\c</script>\u{2028}\td\n")).unwrap();
        let json = script.strip_prefix("window.TRUEUP_INDEX = ").unwrap().trim_end_matches(";\n");
        assert_eq!(serde_json::from_str::<String>(json).unwrap(), "a\"b\\c</script>\u{2028}\td\n");
        assert!(!script.contains('<'));
    }
}
