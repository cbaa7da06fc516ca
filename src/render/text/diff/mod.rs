//! What became of the readiness between two releases, for a person: what got worse first, before →
//! after, and why.

use std::fmt::Write;

use crate::diff::v1::{Change, Side};
use crate::diff::{Diff, Heading, Kind, caveats, grouped, headline, named};
use crate::model::{Status, Timestamp};

use super::paint::{Paint, safe};

/// Rows under a heading that are shown before the rest is counted: of what may alarm, of the rest.
const SHOWN_LOUD: usize = 100;
const SHOWN: usize = 12;

/// Before and after stand on one line up to so many characters.
const ONE_LINE: usize = 88;

/// The whole of `trueup diff A B`.
pub fn diff(diff: &Diff, paint: Paint) -> String {
    let mut out = String::new();
    let names = format!("{} → {}", safe(&diff.from.name), safe(&diff.to.name));
    let sides = format!("{} → {}", side(&diff.from), side(&diff.to));
    let _ = writeln!(out, "{}   {}\n", paint.bold(&names), paint.dim(&sides));
    let said = safe(&headline(diff));
    let regressed = diff.summary.regressions > 0;
    let _ = writeln!(out, "{}", if regressed { paint.red(&said) } else { paint.bold(&said) });
    for caveat in caveats(diff) {
        let _ = writeln!(out, "{}", safe(&caveat));
    }
    for (heading, changes) in grouped(diff) {
        group(&mut out, heading, &changes, paint);
    }
    out
}

/// `2026-10-30 f0aa1c2 (recorded)`
fn side(side: &Side) -> String {
    let time = side.time.as_deref().unwrap_or(&side.judged_at);
    let day = time.parse::<Timestamp>().map_or_else(|_| safe(time), Timestamp::date);
    let commit = side.commit.as_deref().map(|id| format!(" {}", id.get(..7).unwrap_or(id)));
    format!("{day}{} ({})", safe(&commit.unwrap_or_default()), side.origin())
}

fn group(out: &mut String, heading: Heading, changes: &[&Change], paint: Paint) {
    let title = format!("{} ({})", heading.words(), changes.len());
    let title = if heading.is_loud() { paint.bold(&title) } else { title };
    let _ = writeln!(out, "\n{title}\n");
    if heading == Heading::Moved {
        return moves(out, changes, paint);
    }
    let shown = if heading.is_loud() { SHOWN_LOUD } else { SHOWN };
    let mut before: Option<&Change> = None;
    for change in changes.iter().take(shown) {
        let same = before.is_some_and(|before| at(before) == at(change));
        if !same {
            let place = format!("{}:{}", safe(&change.checklist), change.line);
            let _ = writeln!(out, "  {}  {}", paint.bold(&place), safe(&change.text));
        }
        row(out, change, paint);
        before = Some(change);
    }
    more(out, changes.len(), shown);
}

fn at(change: &Change) -> (&str, &str) {
    (&change.checklist, &change.item)
}

fn more(out: &mut String, all: usize, shown: usize) {
    if all > shown {
        let _ = writeln!(out, "  and {} more", all - shown);
    }
}

/// Where items moved from and to, and the items that went that way.
type Way<'c> = ((&'c Option<String>, &'c Option<String>), Vec<&'c Change>);

/// A renamed section or file moves all its items: one line for them together.
fn moves(out: &mut String, changes: &[&Change], paint: Paint) {
    let mut ways: Vec<Way<'_>> = Vec::new();
    for change in changes {
        let way = (&change.from, &change.to);
        match ways.iter_mut().find(|(other, _)| *other == way) {
            Some((_, together)) => together.push(change),
            None => ways.push((way, vec![change])),
        }
    }
    for ((from, to), together) in ways.iter().take(SHOWN) {
        let way = format!("{} → {}", shown(from), shown(to));
        let whose = match together.as_slice() {
            [one] => format!("{}:{}  {}", one.checklist, one.line, one.text),
            many => crate::model::counted(many.len() as u64, "item"),
        };
        let _ = writeln!(out, "  {}\n    {}", paint.bold(&way), safe(&whose));
    }
    more(out, ways.len(), SHOWN);
}

fn row(out: &mut String, change: &Change, paint: Paint) {
    let named = name(change, paint);
    let (from, to) = (sided(change, &change.from, paint), sided(change, &change.to, paint));
    let place = change.place.as_ref().map(|place| paint.dim(&format!("  {}", safe(place))));
    let place = place.unwrap_or_default();
    let marks = marks(change, paint);
    let one_line = from.chars().count() + to.chars().count() <= ONE_LINE;
    let told = match (change.kind, change.from.is_some(), change.to.is_some()) {
        (Kind::Added | Kind::Removed, ..) => String::new(),
        (_, true, true) if one_line && change.kind != Kind::Reworded => format!(": {from} → {to}"),
        (_, true, true) => format!(":\n      - {from}\n      + {to}"),
        (_, true, false) => format!(":\n      - {from}"),
        (_, false, true) => format!(":\n      + {to}"),
        (_, false, false) => String::new(),
    };
    let _ = writeln!(out, "    {marks}{named}{told}{place}");
    if !change.why.is_empty() {
        let _ = writeln!(out, "      {}", safe(&change.why));
    }
}

/// What changed, in words; a weakening says so.
fn name(change: &Change, paint: Paint) -> String {
    let words = named(change);
    if change.weakening { paint.red(&format!("⚠ weaker: {words}")) } else { words }
}

/// `☑ → ✕ `, for a status.
fn marks(change: &Change, paint: Paint) -> String {
    let status = |side: &Option<String>| side.as_deref().and_then(Status::from_word);
    match (change.kind, status(&change.from), status(&change.to)) {
        (Kind::Status, Some(from), Some(to)) => {
            format!("{} → {}  ", paint.mark(from), paint.mark(to))
        }
        _ => String::new(),
    }
}

/// One side of a change; a status in its own hue.
fn sided(change: &Change, side: &Option<String>, paint: Paint) -> String {
    let status = side.as_deref().and_then(Status::from_word);
    match status.filter(|_| change.kind == Kind::Status) {
        Some(status) => paint.status(status),
        None => shown(side),
    }
}

fn shown(side: &Option<String>) -> String {
    safe(side.as_deref().unwrap_or("nothing"))
}

#[cfg(test)]
mod tests;
