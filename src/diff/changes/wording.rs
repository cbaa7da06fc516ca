//! Items with other words, and items that stand elsewhere.

use super::super::likeness::ALIKE;
use super::super::pairing::{Match, Pair};
use super::super::place;
use super::super::v1::Change;
use super::super::words::{Detail, Kind};
use super::row_of;
use crate::snapshot::v1::Item;

/// The row of an item whose text differs.
pub(super) fn reworded(pair: &Pair<'_>) -> Option<Change> {
    let (from, to) = (&pair.from.item.text, &pair.to.item.text);
    if from == to {
        return None;
    }
    let detail = if letters(from) == letters(to) { Detail::Figures } else { Detail::Text };
    let why = match (detail, pair.by) {
        (Detail::Figures, _) => "Only figures differ.".to_owned(),
        (_, Match::Id) => "Other words under the same id.".to_owned(),
        (_, Match::History) => "One commit changed the words in place.".to_owned(),
        (_, Match::Text) => "Only case, punctuation or decoration differ.".to_owned(),
        (_, Match::Likeness(score)) => {
            format!("Taken for the same item: {} % alike.", score * 100 / ALIKE)
        }
    };
    Some(Change {
        from: Some(from.clone()),
        to: Some(to.clone()),
        why,
        ..row_of(pair, Kind::Reworded, detail)
    })
}

/// The row of an item under another heading, or in another file. Where it is due later there, less is
/// asked of it, as with evidence that may be older.
pub(super) fn moved(pair: &Pair<'_>) -> Option<Change> {
    let row = elsewhere(pair)?;
    let after = |item: &Item| {
        let window = item.window.as_ref().filter(|of| !of.before)?;
        Some((window.name.clone(), window.ends_after_s?))
    };
    let (was, is) = (after(pair.from.item), after(pair.to.item));
    match (was, is) {
        (Some((was, ends)), Some((is, later))) if later > ends => Some(Change {
            detail: Detail::Postponed,
            weakening: true,
            regression: pair.from.item.requirement.is_some(),
            why: format!(
                "It was due in “{was}” and is due in “{is}” now, later after the deployment."
            ),
            ..row
        }),
        _ => Some(row),
    }
}

fn elsewhere(pair: &Pair<'_>) -> Option<Change> {
    let (from, to) = (&pair.from, &pair.to);
    if from.path != to.path {
        return Some(Change {
            from: Some(place::whole(from)),
            to: Some(place::whole(to)),
            why: "It stands in another checklist, or its file was renamed.".to_owned(),
            ..row_of(pair, Kind::Moved, Detail::Checklist)
        });
    }
    let (earlier, later) = (&from.item.section, &to.item.section);
    if earlier == later || place::section(earlier) == place::section(later) {
        return None;
    }
    Some(Change {
        from: Some(place::within(from)),
        to: Some(place::within(to)),
        why: "It stands in another section, or its section was renamed.".to_owned(),
        ..row_of(pair, Kind::Moved, Detail::Section)
    })
}

fn letters(text: &str) -> String {
    let figure = |letter: &char| !letter.is_numeric() && !matches!(letter, '.' | ',');
    text.chars().filter(figure).collect()
}
