//! Where a document says commands: blocks of code, and code in the text of numbered entries.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::checklist::syntax::mojibake::Repair;
use crate::checklist::syntax::outline::{Code, Entry, Outline};
use crate::model::{LineIndex, ProcedureKind};

use super::super::sections::Sections;
use super::block::{self, Dialect};
use super::homes::{Headings, Home};

/// Commands that stand together.
pub(super) struct Source {
    pub(super) home: Home,
    pub(super) kind: ProcedureKind,
    /// Where they begin.
    pub(super) start: usize,
    /// The entry that they stand in.
    pub(super) entry: Option<usize>,
    pub(super) dialect: Dialect,
    /// The line of each.
    pub(super) commands: Vec<(usize, String)>,
}

/// Every source of a procedure, in the order of the document.
pub(super) fn sources(
    outline: &Outline,
    sections: &Sections,
    lines: &LineIndex,
    repair: &Repair,
) -> Vec<Source> {
    let headings = Headings::of(sections);
    let of_code = |code: &Code| {
        let (home, kind) = headings.home(code.heading, code.entry, outline)?;
        let (dialect, found) = block::commands(&code.language, &repair.text(&code.text));
        let first = lines.line(code.start);
        let commands = found.into_iter().map(|(at, command)| (first + at, command)).collect();
        Some(Source { home, kind, start: code.start, entry: code.entry, dialect, commands })
    };
    let plans = Plans::of(outline, &headings);
    let of_entry = |(at, entry): (usize, &Entry)| {
        let commands = plans.has(at, entry).then(|| spans(entry, lines, repair))?;
        let (home, kind) = headings.home(entry.heading, Some(at), outline)?;
        let (start, dialect) = (entry.start, Dialect::Shell);
        Some(Source { home, kind, start, entry: Some(at), dialect, commands })
    };
    let entries = outline.entries.iter().enumerate().filter_map(of_entry);
    let mut found: Vec<Source> = outline.codes.iter().filter_map(of_code).chain(entries).collect();
    found.retain(|source| !source.commands.is_empty());
    found.sort_by_key(|source| source.start);
    found
}

/// Which entries may say commands in their text: those of numbered lists in a section that is a
/// procedure, and those of other lists in one about going back that numbers nothing. An entry with a
/// block of code says them there; a box is no step.
struct Plans<'s> {
    headings: &'s Headings<'s>,
    /// For each entry whether it, or one around it, is numbered.
    numbered: Vec<bool>,
    /// For each entry whether it holds a block of code.
    told: Vec<bool>,
    /// The sections with something numbered: what is not is a remark there.
    ordered: BTreeSet<Option<usize>>,
}

impl<'s> Plans<'s> {
    fn of(outline: &Outline, headings: &'s Headings<'s>) -> Plans<'s> {
        let entries = outline.entries.len();
        let mut plans = Plans {
            headings,
            numbered: Vec::with_capacity(entries),
            told: vec![false; entries],
            ordered: BTreeSet::new(),
        };
        for entry in &outline.entries {
            let around = entry.parent.and_then(|parent| plans.numbered.get(parent)).copied();
            plans.numbered.push(entry.number.is_some() || around.unwrap_or_default());
            plans.ordered.extend(entry.number.map(|_| entry.heading));
        }
        for at in outline.codes.iter().filter_map(|code| code.entry) {
            if let Some(told) = plans.told.get_mut(at) {
                *told = true;
            }
        }
        plans
    }

    fn has(&self, at: usize, entry: &Entry) -> bool {
        let is = |flags: &[bool]| flags.get(at).copied().unwrap_or_default();
        let planned = || match is(&self.numbered) {
            true => self.headings.is_planned(entry.heading),
            false => {
                !entry.boxed
                    && !self.ordered.contains(&entry.heading)
                    && self.headings.is_rollback(entry.heading)
            }
        };
        let spans = entry.body.as_ref().is_some_and(|run| !run.code.is_empty());
        spans && !is(&self.told) && planned()
    }
}

/// The commands in the text of an entry: `2. Run `npm run migrate``.
fn spans(entry: &Entry, lines: &LineIndex, repair: &Repair) -> Vec<(usize, String)> {
    let Some(run) = entry.body.as_ref() else { return Vec::new() };
    let first = lines.line(run.span.start);
    let command = |range: &Range<usize>| {
        let span = run.raw.get(range.clone())?.trim();
        let above = run.raw.get(..range.start)?.matches('\n').count();
        block::is_command(span).then(|| (first + above, repair.text(span).into_owned()))
    };
    run.code.iter().filter_map(command).collect()
}
