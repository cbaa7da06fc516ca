//! Items with other words, and items that stand elsewhere.

use super::super::likeness::ALIKE;
use super::super::pairing::{Match, Pair};
use super::super::place;
use super::super::v1::Change;
use super::super::words::{Detail, Kind};
use super::row_of;

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

/// The row of an item under another heading, or in another file.
pub(super) fn moved(pair: &Pair<'_>) -> Option<Change> {
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
