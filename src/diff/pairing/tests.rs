//! Which item is taken for which.

use std::collections::BTreeMap;

use super::{Match, pair};
use crate::diff::fixture::{Build, ItemBuild, item};
use crate::snapshot::Snapshot;

fn one(path: &str, items: &[ItemBuild]) -> Snapshot {
    let build = Build::new().checklist(path);
    items.iter().cloned().fold(build, Build::item).done()
}

fn release(items: &[ItemBuild]) -> Snapshot {
    one("docs/RELEASE.md", items)
}

/// `from → to`, `from → gone`, `new → to`, in words.
fn paired(from: &Snapshot, to: &Snapshot) -> Vec<String> {
    let pairing = pair(from, to, &BTreeMap::new());
    let mut said: Vec<String> = pairing
        .pairs
        .iter()
        .map(|pair| format!("{} → {}", pair.from.item.id, pair.to.item.id))
        .collect();
    said.extend(pairing.removed.iter().map(|gone| format!("{} → gone", gone.item.id)));
    said.extend(pairing.added.iter().map(|new| format!("new → {}", new.item.id)));
    said
}

#[test]
fn an_id_comes_before_the_text() {
    let from = release(&[item("a", "All tests pass"), item("b", "Lint is clean")]);
    let to = release(&[item("b", "All tests pass"), item("a", "Lint is clean")]);
    assert_eq!(paired(&from, &to), ["b → b", "a → a"]);
}

#[test]
fn the_same_text_is_found_under_another_id() {
    let from = release(&[item("security/csrf", "CSRF protection on").under(&["Security"])]);
    let to = release(&[
        item("web/csrf", "CSRF protection on").under(&["Web"]),
        item("web/tls", "TLS 1.3 only").under(&["Web"]),
    ]);
    assert_eq!(paired(&from, &to), ["security/csrf → web/csrf", "new → web/tls"]);
}

#[test]
fn the_section_tells_equal_texts_apart() {
    let backups = |prefix: &str, sections: &[&str]| -> Vec<ItemBuild> {
        let each = sections.iter().enumerate();
        each.map(|(n, title)| item(&format!("{prefix}{n}"), "Backup tested").under(&[title]))
            .collect()
    };
    let from = release(&backups("a", &["Database", "Files", "Mail"]));
    let to = release(&backups("b", &["Files", "Mail"]));
    assert_eq!(paired(&from, &to), ["a1 → b0", "a2 → b1", "a0 → gone"]);
}

#[test]
fn what_cannot_be_told_apart_is_not_guessed() {
    let from = release(&[item("a", "Backup tested").under(&["Database"])]);
    let to = release(&[
        item("b", "Backup tested").under(&["Storage"]),
        item("c", "Backup tested").under(&["Archive"]),
    ]);
    assert_eq!(paired(&from, &to), ["a → gone", "new → b", "new → c"]);
}

#[test]
fn a_renamed_file_is_followed() {
    let items = [item("a", "All tests pass"), item("b", "Lint is clean"), item("c", "Docs built")];
    let from = one("docs/OLD.md", &items);
    let to = one("release/NEW.md", &items);
    assert_eq!(paired(&from, &to), ["a → a", "b → b", "c → c"]);
    let other = one("release/NEW.md", &[item("x", "Pager rota set"), item("c", "Docs built")]);
    let pairing = pair(&from, &other, &BTreeMap::new());
    assert_eq!(pairing.pairs.len(), 1, "an item moved between files that are not one");
    assert_eq!(pairing.removed.len(), 2);
}

#[test]
fn an_item_is_found_in_another_checklist() {
    let stays = item("x", "Lint is clean");
    let from = Build::new()
        .checklist("a.md")
        .item(item("t", "All tests pass"))
        .item(stays.clone())
        .checklist("b.md")
        .item(item("y", "Docs built"))
        .done();
    let to = Build::new()
        .checklist("a.md")
        .item(stays)
        .checklist("b.md")
        .item(item("y", "Docs built"))
        .item(item("tests", "All tests pass"))
        .done();
    assert_eq!(paired(&from, &to), ["x → x", "y → y", "t → tests"]);
}

#[test]
fn other_words_for_the_same_are_found_and_other_things_are_not() {
    let from = release(&[
        item("a", "Integration tests pass on Linux"),
        item("b", "CSRF protection enabled"),
    ]);
    let to = release(&[
        item("c", "Integration tests passed on Linux and macOS"),
        item("d", "Pager rota for the launch week is set"),
    ]);
    assert_eq!(paired(&from, &to), ["a → c", "b → gone", "new → d"]);
    let pairing = pair(&from, &to, &BTreeMap::new());
    assert!(matches!(pairing.pairs[0].by, Match::Likeness(600..)), "{:?}", pairing.pairs[0].by);
}

#[test]
fn two_that_are_alike_are_not_taken_for_one() {
    let from = release(&[item("a", "Rate limiting configured for the API")]);
    let to = release(&[
        item("b", "Rate limiting configured for the site"),
        item("c", "Rate limiting configured for the shop"),
    ]);
    assert_eq!(paired(&from, &to), ["a → gone", "new → b", "new → c"]);
}

#[test]
fn history_goes_before_text() {
    let from = release(&[item("a", "All tests pass")]);
    let to = release(&[item("b", "Every test of the suite is green"), item("c", "All tests pass")]);
    let followed = [("docs/RELEASE.md#a".to_owned(), "docs/RELEASE.md#b".to_owned())];
    let pairing = pair(&from, &to, &followed.into());
    assert_eq!(pairing.pairs.len(), 1);
    assert_eq!(pairing.pairs[0].to.item.id, "b");
    assert_eq!(pairing.pairs[0].by, Match::History);
}

#[test]
fn many_items_in_other_words_are_paired_in_time() {
    let subjects = |n: usize| format!("Service {n} of group {} answers within its limit", n % 97);
    let later = |n: usize| format!("Service {n} of group {} answered within its limit", n % 97);
    let make = |id: &str, text: &dyn Fn(usize) -> String| {
        let items: Vec<ItemBuild> = (0..600).map(|n| item(&format!("{id}{n}"), &text(n))).collect();
        release(&items)
    };
    let (from, to) = (make("a", &subjects), make("b", &later));
    let pairing = pair(&from, &to, &BTreeMap::new());
    assert_eq!(pairing.pairs.len(), 600);
    let same = |(n, pair): (usize, &super::Pair<'_>)| pair.from.item.id == format!("a{n}");
    assert!(pairing.pairs.iter().enumerate().all(same));
}
