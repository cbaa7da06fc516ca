//! A section of a Markdown document, asked for by its anchor: `docs/runbook.md#rollback`.

use crate::checklist::{self, Settings};
use crate::model::Section;

use super::answers;

/// Documents whose sections are known.
const MARKDOWN: [&str; 2] = [".md", ".markdown"];

/// The document of `path`, and the anchor in it; `None` of what names no section of Markdown.
pub(in crate::pipeline) fn parted(path: &str) -> Option<(&str, &str)> {
    path.split_once('#').filter(|(page, anchor)| names_section(page, anchor))
}

/// Whether `anchor` names a section of the Markdown document `page`, and not its top or its lines (`#L3`).
pub(in crate::pipeline) fn names_section(page: &str, anchor: &str) -> bool {
    let lower = page.to_lowercase();
    let is_markdown = MARKDOWN.iter().any(|extension| lower.ends_with(extension));
    let is_of_lines = anchor.strip_prefix('L').is_some_and(|lines| {
        lines.starts_with(|c: char| c.is_ascii_digit())
            && lines.chars().all(|c| c.is_ascii_digit() || matches!(c, 'L' | 'C' | '-'))
    });
    is_markdown && !is_of_lines && anchor != "top" && !letters(anchor).is_empty()
}

/// What stands at `path`, or in the section that it names, by what `read` finds of a file; `None` where
/// that is not there.
pub(in crate::pipeline) fn text(
    path: &str,
    read: impl FnOnce(&str) -> Option<Result<Vec<u8>, String>>,
) -> Option<Result<String, String>> {
    let Some((page, anchor)) = parted(path) else {
        return Some(read(path)?.and_then(|bytes| answers::text(path, bytes)));
    };
    match read(page)?.and_then(|bytes| answers::text(page, bytes)) {
        Ok(text) => section(page, &text, anchor).map(Ok),
        Err(why) => Some(Err(why)),
    }
}

/// The section of `text` that is called as `anchor`, with its heading and what is below it.
pub(in crate::pipeline) fn section(page: &str, text: &str, anchor: &str) -> Option<String> {
    let sections = checklist::read(page, text.as_bytes(), &Settings::default()).sections;
    let Some(at) = called(&sections, anchor) else {
        return set_by_hand(text, anchor).then(|| text.to_owned());
    };
    let (first, below) = sections.get(at..)?.split_first()?;
    let next = below.iter().find(|section| section.level <= first.level);
    let lines = text.lines().skip(first.line.saturating_sub(1));
    let count = next.map_or(usize::MAX, |next| next.line.saturating_sub(first.line));
    Some(lines.take(count).collect::<Vec<_>>().join("\n"))
}

/// Which section has the name; the second of one title has the number 1 behind it.
fn called(sections: &[Section], anchor: &str) -> Option<usize> {
    let named = |name: &str| {
        let name = letters(name);
        let all = sections.iter().enumerate().filter(move |(_, of)| letters(&of.title) == name);
        all.map(|(at, _)| at)
    };
    let numbered = || {
        let (name, number) =
            anchor.rsplit_once('-').filter(|(name, _)| !letters(name).is_empty())?;
        named(name).nth(number.parse().ok()?)
    };
    named(anchor).next().or_else(numbered)
}

/// Whether an anchor of that name is set by hand, in what a renderer shows.
fn set_by_hand(text: &str, anchor: &str) -> bool {
    let written = [("id=\"", '"'), ("id='", '\''), ("name=\"", '"'), ("name='", '\''), ("{#", '}')];
    let shown = shown(text);
    written.iter().any(|(lead, end)| shown.contains(&format!("{lead}{anchor}{end}")))
}

/// The lines of `text` outside of its fenced code, without its comments.
fn shown(text: &str) -> String {
    let mut rest = text;
    let mut said = String::new();
    while let Some((before, after)) = rest.split_once("<!--") {
        said.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, behind)| behind);
    }
    said.push_str(rest);
    let mut fence: Option<&str> = None;
    let mut lines = Vec::new();
    for line in said.lines() {
        let mark = ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark));
        match (fence, mark) {
            (None, None) => lines.push(line),
            (None, Some(_)) => fence = mark,
            (Some(open), Some(mark)) if open == mark => fence = None,
            (Some(_), _) => {}
        }
    }
    lines.join("\n")
}

/// The letters and figures of a name, as a heading and its anchor share them.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
