//! What a document says in the lines between its title and an item: of its header, below the headings above
//! the item, and beside the entries around it. Lines on how the document is kept, and other items, are left out.

use std::collections::BTreeSet;

use super::headings::Headings;
use super::kept::Line;
use super::remarks::{is_of_progress, without_progress};
use super::says::{said, words};
use crate::model::Checklist;

/// What lines say.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// What was approved, in the order of the document.
    pub(super) text: String,
    /// The tickets that all is done under.
    pub(super) tickets: BTreeSet<String>,
}

impl Said {
    fn push(&mut self, text: &str) {
        let said = said(text);
        if !said.is_empty() {
            self.text.push_str(if self.text.is_empty() { "" } else { " " });
            self.text.push_str(&said);
        }
    }

    /// Adds what `line` says.
    fn line(&mut self, line: &str) {
        let bare = line.trim_start_matches(|c: char| c.is_whitespace() || ">*-+|#".contains(c));
        let rule = bare.is_empty() || bare.chars().all(|c| "=-_*:| ".contains(c));
        if rule {
            return;
        }
        for part in bare.split(" | ") {
            let part = part.trim().trim_end_matches('|');
            let pair = pair(part).map(|(key, value)| Line::of_pair(key, value));
            match pair {
                Some(Line::Kept) => {}
                Some(Line::Ticket(ticket)) => drop(self.tickets.insert(ticket)),
                Some(Line::Said) | None if is_of_progress(part) || is_stamp(part) => {}
                Some(Line::Said) | None => self.push(without_progress(without_close(part))),
            }
        }
    }

    /// Adds the front matter, each key with all that stands below it.
    fn front(&mut self, lines: &[&str]) {
        let begins = |line: &str| {
            !line.starts_with([' ', '\t', '-', '#', ']', '}']) && !line.trim().is_empty()
        };
        let mut rest = lines;
        while let Some((first, behind)) = rest.split_first() {
            let below = behind.iter().position(|line| begins(line)).unwrap_or(behind.len());
            let (below, next) = behind.split_at(below);
            rest = next;
            let whole = std::iter::once(first).chain(below).copied().collect::<Vec<_>>().join("\n");
            let pair = whole.split_once([':', '=']).map(|(key, value)| Line::of_front(key, value));
            match pair {
                Some(Line::Kept) => {}
                Some(Line::Ticket(ticket)) => drop(self.tickets.insert(ticket)),
                Some(Line::Said) | None => self.push(&whole),
            }
        }
    }
}

/// The key and the value of `**Scope:** EU`, and of a row of two cells.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once([':', '：', '|'])?;
    // `**EU only:**` is a label.
    let is_key = key.split_whitespace().count() <= 4 && value.contains(char::is_alphanumeric);
    is_key.then_some((key, value))
}

/// `Last updated in May`, `Reviewed on 2026-03-02`: when the document was looked at.
fn is_stamp(line: &str) -> bool {
    #[rustfmt::skip]
    const TIMES: [&str; 17] = [
        "-", "april", "august", "december", "february", "january", "july", "june", "march", "may", "november", "nd",
        "october", "rd", "september", "st", "th",
    ];
    let words = words(line);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let words = words.strip_prefix(&["last"]).unwrap_or(&words);
    let Some((first, rest)) = words.split_first() else { return false };
    let rest = rest.strip_prefix(&["on"]).or(rest.strip_prefix(&["in"])).unwrap_or(rest);
    let is_time =
        |word: &&str| TIMES.contains(word) || word.starts_with(|c: char| c.is_ascii_digit());
    ["changed", "modified", "reviewed", "updated"].contains(first)
        && !rest.is_empty()
        && rest.iter().all(is_time)
}

/// `line` without a tag that closes at its end.
fn without_close(line: &str) -> &str {
    let open = line.rfind("</").filter(|_| line.ends_with('>'));
    open.and_then(|at| line.get(..at)).unwrap_or(line)
}

/// What the lines above the item at `item` of `checklist` say.
pub(super) fn above(checklist: &Checklist, item: usize, headings: &Headings<'_>) -> Said {
    let mut said = Said::default();
    let Some(line) = checklist.items.get(item).map(|item| item.line) else { return said };
    let lines = &checklist.lines;
    let front = checklist.front_end();
    if front > 0 {
        let front: Vec<&str> = (2..front).map(|at| lines.line(at)).collect();
        said.front(&front);
    }
    let around: BTreeSet<usize> = {
        let of = |at: &usize| checklist.items.get(*at)?.parent;
        std::iter::successors(Some(item), of)
            .filter_map(|at| Some(checklist.items.get(at)?.line))
            .collect()
    };
    let items: BTreeSet<usize> = checklist.items.iter().map(|of| of.line).collect();
    let starts = headings.above(line);
    let own = starts.iter().filter_map(|at| checklist.sections.get(*at)).map(|of| of.line);
    for start in std::iter::once(front).chain(own) {
        let next = checklist.sections.iter().map(|of| of.line).find(|next| *next > start);
        let end = next.map_or(line, |next| next.min(line));
        let mut part =
            Part { said: &mut said, items: &items, around: &around, within: None, hidden: false };
        (start + 1..end).for_each(|at| part.line(at, lines.line(at)));
    }
    said
}

/// The lines below one heading.
struct Part<'s> {
    said: &'s mut Said,
    /// The lines on which items begin, and those of the item and of what encloses it.
    items: &'s BTreeSet<usize>,
    around: &'s BTreeSet<usize>,
    /// How far the bullet of the other item is indented that is open, and whether a blank line followed.
    within: Option<(usize, bool)>,
    /// Whether a comment is open.
    hidden: bool,
}

impl Part<'_> {
    fn line(&mut self, at: usize, line: &str) {
        let line = self.seen(line);
        let indent = line.len() - line.trim_start().len();
        if self.items.contains(&at) {
            let is_row = line.trim_start().starts_with('|');
            self.within = (!is_row && !self.around.contains(&at)).then_some((indent, false));
            return;
        }
        if line.trim().is_empty() {
            self.within = self.within.map(|(indent, _)| (indent, true));
            return;
        }
        if let Some((of, blank)) = self.within {
            let begins = line.trim_start().starts_with(['-', '*', '+', '>', '|', '<', '`', '#']);
            if indent > of || !blank && !begins {
                return;
            }
            self.within = None;
        }
        self.said.line(&line);
    }

    /// `line` without what stands in comments.
    fn seen(&mut self, line: &str) -> String {
        let mut seen = String::new();
        let mut rest = line;
        loop {
            let mark = if self.hidden { "-->" } else { "<!--" };
            let Some((before, behind)) = rest.split_once(mark) else { break };
            if !self.hidden {
                seen.push_str(before);
            }
            self.hidden = !self.hidden;
            rest = behind;
        }
        if !self.hidden {
            seen.push_str(rest);
        }
        seen
    }
}
