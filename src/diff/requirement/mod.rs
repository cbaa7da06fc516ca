//! What became of what is asked as proof of an item: tightened, loosened, or something else.

mod artifacts;
mod condition;
pub(in crate::diff) mod freshness;
mod limit;
mod matching;
mod said;
mod sign_off;
mod split;

use crate::snapshot::v1::{Item, Requirement};

use super::changes::{row_of, written_at};
use super::pairing::Pair;
use super::sides::Sides;
use super::v1::Change;
use super::words::{Detail, Kind, Shift};

/// What is said of an item that would be failing by what was asked before.
const REFUTED: &str = "By what was asked before, today's evidence refutes it.";

/// One thing that a requirement says, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Aspect {
    shift: Shift,
    from: String,
    to: String,
    /// As a sentence.
    why: String,
}

/// The row of an item of which something else is asked. Less is a regression, and so is what hides that
/// the evidence refutes what was asked.
pub(super) fn change(
    sides: &Sides<'_>,
    defaults: freshness::Defaults<'_>,
    pair: &Pair<'_>,
) -> Option<Change> {
    let (from, to) = (all(pair.from.item), all(pair.to.item));
    let (matched, aspects, detail) = compared(&from, &to, defaults, sides.compare)?;
    let weakening = matches!(detail, Detail::Loosened | Detail::Removed);
    let later = pair.to.address();
    let refuted = sides.refuted.contains(&later);
    let joined = |of: &dyn Fn(&Aspect) -> &str| {
        let parts: Vec<&str> = aspects.iter().map(of).filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    };
    let mut why = why(&aspects, detail);
    let who = matched.pairs.iter().filter_map(|pair| sign_off::who(pair, sides.person));
    who.for_each(|told| why = format!("{why} {told}"));
    Some(Change {
        from: joined(&|aspect| &aspect.from),
        to: joined(&|aspect| &aspect.to),
        regression: weakening || refuted,
        weakening,
        why: match refuted {
            true => format!("{why} {REFUTED}"),
            false => why,
        },
        place: place(&matched, &to, &from, sides.compare),
        ..row_of(pair, Kind::Requirement, detail)
    })
}

/// What became of what is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// In one word: added, removed, loosened, tightened or changed.
    pub detail: Detail,
    /// In a sentence or two.
    pub why: String,
}

/// What became of the requirements of one item, asked of them alone; `None` where they ask the same.
pub fn requirements(
    from: &[Requirement],
    to: &[Requirement],
    compare: &dyn Fn(&str, &str) -> Shift,
) -> Option<Asked> {
    let (from, to): (Vec<_>, Vec<_>) = (from.iter().collect(), to.iter().collect());
    let (_, aspects, detail) = compared(&from, &to, (None, None), compare)?;
    Some(Asked { detail, why: why(&aspects, detail) })
}

/// Which requirement is which, what each pair differs in, and what that comes to.
fn compared<'r>(
    from: &[&'r Requirement],
    to: &[&'r Requirement],
    defaults: freshness::Defaults<'_>,
    compare: &dyn Fn(&str, &str) -> Shift,
) -> Option<(matching::Matched<'r>, Vec<Aspect>, Detail)> {
    let (former, later) = split::without(from, to, compare);
    let matched = matching::matched(&former, &later, compare);
    let aspects: Vec<Aspect> = matched
        .pairs
        .iter()
        .flat_map(|(from, to)| aspects(from, to, defaults, compare))
        .chain(matched.gone.iter().map(|gone| said::gone(gone)))
        .chain(matched.new.iter().map(|new| said::new(new)))
        .collect();
    let shift = aspects.iter().map(|aspect| aspect.shift).max().filter(|s| *s != Shift::Same)?;
    let detail = match (from.is_empty(), to.is_empty(), shift) {
        (true, ..) => Detail::Added,
        (_, true, _) => Detail::Removed,
        (.., Shift::Loosened) => Detail::Loosened,
        (.., Shift::Tightened) => Detail::Tightened,
        (.., Shift::Changed | Shift::Same) => Detail::Changed,
    };
    Some((matched, aspects, detail))
}

/// Every requirement of an item, the deciding first.
fn all(item: &Item) -> Vec<&Requirement> {
    item.asked().collect()
}

/// What two versions of one requirement differ in.
fn aspects(
    from: &Requirement,
    to: &Requirement,
    defaults: freshness::Defaults<'_>,
    compare: &dyn Fn(&str, &str) -> Shift,
) -> Vec<Aspect> {
    let aged = freshness::in_force(from, to, defaults);
    let (from, to) = aged.as_ref().map_or((from, to), |(from, to)| (from, to));
    let aspects = [
        condition::aspect(from, to, compare),
        artifacts::aspect(from, to, compare),
        freshness::age(from, to),
        freshness::code(from, to),
        sign_off::aspect(from, to),
    ];
    aspects.into_iter().flatten().chain(limit::aspects(from, to, compare)).collect()
}

fn why(aspects: &[Aspect], detail: Detail) -> String {
    match detail {
        Detail::Added => "Nothing was asked before.".to_owned(),
        Detail::Removed => "Nothing is asked any more.".to_owned(),
        _ => aspects.iter().map(|aspect| aspect.why.as_str()).collect::<Vec<_>>().join(" "),
    }
}

/// Where the first requirement that differs is written: on the later side, else on the earlier.
fn place(
    matched: &matching::Matched<'_>,
    to: &[&Requirement],
    from: &[&Requirement],
    compare: &dyn Fn(&str, &str) -> Shift,
) -> Option<String> {
    let differs = |(from, to): &&(&Requirement, &Requirement)| {
        said::whole(from) != said::whole(to) || !limit::aspects(from, to, compare).is_empty()
    };
    let differing = matched.pairs.iter().find(differs);
    let at = differing.map(|(_, to)| *to).or_else(|| matched.new.first().copied());
    let at = at.or_else(|| matched.gone.first().copied());
    let at = at.or_else(|| to.first().or_else(|| from.first()).copied())?;
    Some(written_at(&at.path, at.line))
}
