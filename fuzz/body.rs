//! What holds of a checklist read from any bytes; asserted by the fuzz target and by the test suite.

use std::collections::HashSet;

use trueup::checklist::{Settings, add_ids, document, holds_tasks, read, set_box, set_boxes};
use trueup::model::{Checklist, Claim, Item, ItemKind, Span};

/// Reads `bytes` and asserts that every offset lies in the file and between characters, that every
/// id is given once, that a box that is set changes its own byte and the claim of its item alone,
/// and that ids can be written.
pub(crate) fn holds(bytes: &[u8]) {
    let list = listed(bytes);
    let mut ids = HashSet::new();
    for (index, item) in list.items.iter().enumerate() {
        assert!(!item.id.is_empty() && ids.insert(item.id.as_str()), "{:?} stands twice", item.id);
        assert!(item.address().ends_with(&item.id) && item.parent.is_none_or(|of| of < index));
        within(item, bytes);
    }
    let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
    let told = list.problems.iter().filter_map(|problem| problem.place.line);
    assert!(
        told.chain(list.items.iter().map(|item| item.line)).all(|it| (1..=lines).contains(&it))
    );
    let tasks = list.items.iter().any(|item| item.kind == ItemKind::Task);
    assert_eq!(holds_tasks(bytes), tasks);
    drop(document(bytes, &list));
    boxes_are_set(bytes, &list);
    ids_are_written(bytes, &list);
}

fn listed(bytes: &[u8]) -> Checklist {
    read("docs/list.md", bytes, &Settings::default())
}

fn within(item: &Item, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).ok();
    let inside = |span: Span| {
        assert!(span.start <= span.end && span.end <= bytes.len(), "{}: {span:?}", item.id);
        assert!(text.is_some() || span.end == 0, "{}: {span:?} of no UTF-8", item.id);
        assert!(text.is_none_or(|text| text.get(span.start..span.end).is_some()), "{span:?}");
    };
    inside(item.span);
    item.marker.iter().for_each(|marker| inside(marker.span));
    item.directives.iter().for_each(|directive| inside(directive.span));
}

/// Any one box of the document, and all at once.
fn boxes_are_set(bytes: &[u8], list: &Checklist) {
    let places = list.items.iter().enumerate();
    let boxes: Vec<(usize, &Item)> = places.filter(|(_, item)| item.marker.is_some()).collect();
    let Some((index, item)) = boxes.get(bytes.len() % boxes.len().max(1)) else { return };
    let Some(marker) = &item.marker else { return };
    if marker.span.end == 0 {
        assert!(set_box(bytes, item, 'x').is_err(), "{} has no place in the file", item.id);
        return;
    }
    let to = if matches!(&*marker.text, "x" | "X") { ' ' } else { 'x' };
    let Ok(set) = set_box(bytes, item, to) else { panic!("{} cannot be set", item.id) };
    let Span { start, end } = marker.span;
    assert_eq!(bytes.get(start..end), Some(marker.text.as_bytes()));
    assert_eq!(set.get(..start), bytes.get(..start));
    assert_eq!(set.get(start..=start), Some([to as u8].as_slice()));
    assert_eq!(set.get(start + 1..), bytes.get(end..));
    let claim = if to == 'x' { Claim::Done } else { Claim::Open };
    says_the_same(list, &listed(&set), |at| (at == *index).then_some(claim));
    let edits: Vec<(&Item, char)> = boxes.iter().map(|(_, item)| (*item, 'x')).collect();
    let Ok(all) = set_boxes(bytes, &edits) else { panic!("not all can be set") };
    says_the_same(list, &listed(&all), |at| {
        boxes.iter().any(|(other, _)| *other == at).then_some(Claim::Done)
    });
}

/// The same items, and the same claims but for those that were `set`; words that cancel an item
/// cancel it whatever its box says.
fn says_the_same(before: &Checklist, after: &Checklist, set: impl Fn(usize) -> Option<Claim>) {
    assert_eq!(before.items.len(), after.items.len());
    for (index, (was, is)) in before.items.iter().zip(&after.items).enumerate() {
        assert_eq!((&was.id, &was.text, was.line), (&is.id, &is.text, is.line));
        let claim = set(index).unwrap_or(was.claim);
        let cancelled = (was.claim, is.claim) == (Claim::Cancelled, Claim::Cancelled);
        assert!(is.claim == claim || cancelled, "{}: {:?}, not {claim:?}", is.id, is.claim);
    }
}

/// Every byte that was there is still there, in its order.
fn ids_are_written(bytes: &[u8], list: &Checklist) {
    let items: Vec<&Item> = list.items.iter().collect();
    let Ok(with_ids) = add_ids(bytes, &items) else { return };
    let mut ahead = with_ids.iter();
    assert!(bytes.iter().all(|byte| ahead.any(|other| other == byte)), "a byte is gone");
}
