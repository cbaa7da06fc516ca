//! What holds of a checklist read from any bytes; asserted by the fuzz target and by the test suite.

use std::collections::HashSet;

use trueup::checklist::{Settings, add_ids, document, holds_tasks, read, set_box};
use trueup::model::{Checklist, Item, ItemKind, Span};

/// Reads `bytes` and asserts that every offset lies in the file, that every id is given once, that
/// a changed box changes the bytes between its brackets alone, and that ids can be written.
pub(crate) fn holds(bytes: &[u8]) {
    let list = read("docs/list.md", bytes, &Settings::default());
    let mut ids = HashSet::new();
    for item in &list.items {
        assert!(!item.id.is_empty() && ids.insert(item.id.as_str()), "{:?} stands twice", item.id);
        within(item, bytes);
        if item.marker.as_ref().is_some_and(|marker| marker.span.end > 0) {
            one_box_is_set(bytes, item);
        }
    }
    let tasks = list.items.iter().any(|item| item.kind == ItemKind::Task);
    assert_eq!(holds_tasks(bytes), tasks);
    drop(document(bytes, &list));
    ids_are_written(bytes, &list);
}

fn within(item: &Item, bytes: &[u8]) {
    let inside = |span: Span| {
        assert!(span.start <= span.end && span.end <= bytes.len(), "{}: {span:?}", item.id);
    };
    inside(item.span);
    item.marker.iter().for_each(|marker| inside(marker.span));
    item.directives.iter().for_each(|directive| inside(directive.span));
    let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
    assert!((1..=lines).contains(&item.line) || std::str::from_utf8(bytes).is_err());
}

fn one_box_is_set(bytes: &[u8], item: &Item) {
    let Some(marker) = &item.marker else { return };
    let Span { start, end } = marker.span;
    assert_eq!(bytes.get(start..end), Some(marker.text.as_bytes()));
    let Ok(set) = set_box(bytes, item, 'x') else { panic!("{} cannot be set", item.id) };
    assert_eq!(set.get(..start), bytes.get(..start));
    assert_eq!(set.get(start), Some(&b'x'));
    assert_eq!(set.get(start + 1..), bytes.get(end..));
}

/// Every byte that was there is still there, in its order.
fn ids_are_written(bytes: &[u8], list: &Checklist) {
    let items: Vec<&Item> = list.items.iter().collect();
    let Ok(with_ids) = add_ids(bytes, &items) else { return };
    let mut ahead = with_ids.iter();
    assert!(bytes.iter().all(|byte| ahead.any(|other| other == byte)), "a byte is gone");
}
