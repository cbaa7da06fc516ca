//! What a document says in the lines between its title and an item: of its header, below the headings above
//! the item, and beside the entries around it. Lines on how the document is kept, and other items, are left out.

use std::collections::BTreeSet;

use super::headings::Headings;
use super::kept::Line;
use super::remarks::{is_of_progress, without_remark};
use super::says::said;
use super::values::{are_people, is_dated};
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
        let bare = without_bullet(line);
        if bare.chars().all(|c| "=-_*:| ".contains(c)) || is_of_pages(bare) {
            return;
        }
        if let Some(row) = bare.strip_prefix('|') {
            return self.row(row);
        }
        for part in bare.split(" | ").flat_map(|part| part.split(" · ")) {
            self.part(part.trim());
        }
    }

    /// Adds what the cells of a row say, in their order.
    fn row(&mut self, row: &str) {
        let cells: Vec<&str> = row.trim_end().trim_end_matches('|').split('|').collect();
        match cells.as_slice() {
            [key, value] if Line::of_pair(key, value) != Line::Said => self.pair(row, key, value),
            _ => cells.iter().for_each(|cell| {
                self.text.push_str(" |");
                self.push(cell);
            }),
        }
    }

    fn part(&mut self, part: &str) {
        match pair(part) {
            _ if is_of_progress(part) || is_stamp(part) => {}
            Some((key, value)) => self.pair(part, key, value),
            None => self.push(without_remark(without_close(part))),
        }
    }

    /// Adds what `key: value` says, which stands as `whole`.
    fn pair(&mut self, whole: &str, key: &str, value: &str) {
        match Line::of_pair(key, value) {
            Line::Kept => {}
            Line::Ticket(ticket) => drop(self.tickets.insert(ticket)),
            Line::Said => self.push(without_remark(without_close(whole))),
        }
    }

    /// Adds a line of code as it stands.
    fn code(&mut self, line: &str) {
        self.text.push_str("\n`");
        self.text.push_str(line.trim_end());
        self.text.push('\n');
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

/// The key and the value of `**Scope:** EU`.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once([':', '：'])?;
    let set = ['*', '_', ' '];
    // `**Status: open**`
    let value = if key.starts_with(set) { value.trim_matches(set) } else { value };
    (key.split_whitespace().count() <= 4).then_some((key.trim_matches(set), value))
}

/// `Last updated in May`, `Reviewed on 2026-03-02`, `Last edited by Ana`: when the document was looked at.
fn is_stamp(line: &str) -> bool {
    const SEEN: [&str; 5] = ["changed", "edited", "modified", "reviewed", "updated"];
    let mut words = line.trim_matches(|c: char| "*_. ".contains(c)).split_whitespace().peekable();
    words.next_if(|word| word.eq_ignore_ascii_case("last"));
    let seen = words.next().is_some_and(|word| SEEN.iter().any(|of| of.eq_ignore_ascii_case(word)));
    let by = words.next_if_eq(&"by").is_some();
    if !by {
        words.next_if(|word| ["in", "on"].contains(word));
    }
    let rest = words.collect::<Vec<_>>().join(" ");
    seen && !rest.is_empty() && if by { are_people(&rest) } else { is_dated(&rest) }
}

/// What makes a page show its contents, and what begins a note in a box of that name.
fn is_of_pages(line: &str) -> bool {
    #[rustfmt::skip]
    const MARKS: [&str; 8] = [
        "[TOC]", "[[TOC]]", "[[_TOC_]]", "[!CAUTION]", "[!IMPORTANT]", "[!NOTE]", "[!TIP]", "[!WARNING]",
    ];
    MARKS.iter().any(|mark| mark.eq_ignore_ascii_case(line.trim()))
}

/// `line` without what makes it a bullet or a quote.
fn without_bullet(line: &str) -> &str {
    let mut bare = line.trim_start();
    while let Some(rest) = bare.strip_prefix(['>', '*', '+', '-', '#']) {
        if !bare.starts_with('>') && !rest.is_empty() && !rest.starts_with([' ', '\t', '#']) {
            break;
        }
        bare = rest.trim_start();
    }
    bare
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
        let mut part = Part {
            said: &mut said,
            items: &items,
            around: &around,
            within: None,
            hidden: false,
            fence: None,
        };
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
    /// The fence that is open, and whether what it holds is said.
    fence: Option<(Fence, bool)>,
}

/// Three marks or more around code.
struct Fence {
    mark: char,
    length: usize,
    /// How far it is set in, by blanks and marks of quotes.
    indent: usize,
}

impl Fence {
    /// The fence that `line` opens.
    fn of(line: &str) -> Option<Fence> {
        // `- ```sh`, `1. ~~~`
        let bare = line.trim_start_matches(|c: char| c.is_ascii_digit() || " \t>*+-.)".contains(c));
        let mark = bare.chars().next().filter(|c| ['`', '~'].contains(c))?;
        let info = bare.trim_start_matches(mark);
        let length = bare.len() - info.len();
        let fence = Fence { mark, length, indent: line.len() - bare.len() };
        Some(fence).filter(|_| length >= 3 && !(mark == '`' && info.contains('`')))
    }

    /// What a line within it holds; `None` of the one that closes it.
    fn inner<'l>(&self, line: &'l str) -> Option<&'l str> {
        let set = |(at, c): &(usize, char)| *at < self.indent && [' ', '\t', '>'].contains(c);
        let begin = line.char_indices().take_while(set).count();
        let inner = line.get(begin..).unwrap_or_default();
        let marks = inner.trim();
        let closes = marks.len() >= self.length && marks.chars().all(|c| c == self.mark);
        (!closes).then_some(inner)
    }
}

impl Part<'_> {
    fn line(&mut self, at: usize, line: &str) {
        let indent = line.len() - line.trim_start().len();
        // What stands in another item ends with it.
        let left = self.within.is_some_and(|(of, _)| indent <= of) && !line.trim().is_empty();
        if let Some((fence, is_said)) = self.fence.as_ref().filter(|(_, is_said)| *is_said || !left)
        {
            match fence.inner(line) {
                None => self.close(),
                Some(inner) if *is_said && !inner.trim().is_empty() => self.said.code(inner),
                Some(_) => {}
            }
            return;
        }
        if self.fence.is_some() {
            self.close();
        }
        let line = self.seen(line);
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
                self.fence = Fence::of(&line).map(|fence| (fence, false));
                return;
            }
            self.within = None;
        }
        match Fence::of(&line) {
            Some(fence) => self.fence = Some((fence, true)),
            // May be code.
            None if line.starts_with('\t') || indent > 3 => self.said.push(without_bullet(&line)),
            None => self.said.line(&line),
        }
    }

    /// Closes the fence: no text runs on behind it.
    fn close(&mut self) {
        self.fence = None;
        self.within = self.within.map(|(indent, _)| (indent, true));
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
            if !self.hidden && seen.matches('`').count() % 2 == 1 {
                // In a span of code.
                seen.push_str(mark);
            } else {
                self.hidden = !self.hidden;
            }
            rest = behind;
        }
        if !self.hidden {
            seen.push_str(rest);
        }
        seen
    }
}
