//! Pairs of small versions, and who is whom in them.

use super::super::changes::changes;
use super::*;
use crate::checklist::{self, Settings};
use crate::history::version::Version;
use crate::model::Change;

fn version(text: &str) -> Version {
    Version::of(&checklist::read("LIST.md", text.as_bytes(), &Settings::default()))
}

/// One line an item of the newer version: `text = place of the older`, with what happened to it.
fn told(old: &str, new: &str) -> Vec<String> {
    let (old, new) = (version(old), version(new));
    let pairs = pair(&old.items, &new.items);
    let words = |told: &[Change]| -> String {
        told.iter().map(|change| format!(" {}", change.word())).collect()
    };
    let of_new = new.items.iter().zip(&pairs.old).zip(changes(&old.items, &new.items, &pairs));
    let mut lines: Vec<String> = of_new
        .map(|((item, before), told)| match before {
            Some(before) => format!("{} = {before}{}", item.written.text, words(&told)),
            None => format!("{} new", item.written.text),
        })
        .collect();
    let gone = old.items.iter().zip(&pairs.new).filter(|(_, now)| now.is_none());
    lines.extend(gone.map(|(item, _)| format!("{} gone", item.written.text)));
    lines
}

#[test]
fn the_same_version_pairs_with_itself() {
    let text = "# A\n- [ ] one\n  - [x] one\n- [ ] one\n# B\n- [ ] one\n";
    assert_eq!(told(text, text), ["one = 0", "one = 1", "one = 2", "one = 3"]);
    assert_eq!(told("", text).len(), 4);
    assert_eq!(told("", ""), [""; 0]);
}

#[test]
fn a_box_is_ticked_and_unticked_and_other_markers_are_wording() {
    for (old, new, expected) in [
        ("- [ ] a\n", "- [x] a\n", "a = 0 ticked"),
        ("- [x] a\n", "- [ ] a\n", "a = 0 unticked"),
        ("- [x] a\n", "- [X] a\n", "a = 0"),
        ("- [x] a\n", "- [-] a\n", "a = 0 unticked"),
        ("- [ ] a\n", "- [/] a\n", "a = 0 reworded"),
        ("- [/] a\n", "- [x] a\n", "a = 0 ticked"),
        ("- [ ] a\n", "- [ ] ~~a~~\n", "a = 0 reworded"),
        ("- [ ] a b c\n", "- [-] a b d\n", "a b d = 0 reworded"),
        ("- [ ] a b c\n", "- [x] a b d\n", "a b d = 0 reworded ticked"),
    ] {
        assert_eq!(told(old, new), [expected], "{old}{new}");
    }
}

#[test]
fn an_explicit_id_is_stronger_than_the_text() {
    assert_eq!(
        told(
            "- [ ] alpha <!-- id: a -->\n- [ ] beta <!-- id: b -->\n",
            "- [ ] beta <!-- id: a -->\n- [ ] alpha <!-- id: b -->\n",
        ),
        ["beta = 0 reworded", "alpha = 1 reworded"]
    );
    assert_eq!(
        told("- [ ] alpha <!-- id: a -->\n", "- [ ] alpha <!-- id: b -->\n"),
        ["alpha new", "alpha gone"]
    );
    assert_eq!(told("- [ ] alpha\n", "- [ ] alpha <!-- id: b -->\n"), ["alpha = 0"]);
}

#[test]
fn a_label_is_stronger_than_the_text_and_never_alike_by_habit() {
    assert_eq!(
        told(
            "- [ ] **AUDIT-001**: rotate the keys\n- [ ] **AUDIT-002**: close the ports\n",
            "- [ ] **AUDIT-002**: rotate the keys\n- [ ] **AUDIT-001**: something else\n",
        ),
        ["AUDIT-002: rotate the keys = 1 reworded", "AUDIT-001: something else = 0 reworded",]
    );
    assert_eq!(
        told("- [ ] **AUDIT-001**: rotate the keys\n", "- [ ] **AUDIT-002**: rotate the keys\n"),
        ["AUDIT-002: rotate the keys new", "AUDIT-001: rotate the keys gone"]
    );
}

#[test]
fn the_same_text_in_several_places_stays_where_it_is() {
    let old = "- [ ] Sending\n  - [ ] Text\n  - [ ] Audio\n- [ ] Receiving\n  - [ ] Text\n";
    let new = "- [ ] Sending\n  - [ ] Text\n- [ ] Receiving\n  - [x] Text\n  - [ ] Audio\n";
    assert_eq!(
        told(old, new),
        ["Sending = 0", "Text = 1", "Receiving = 3", "Text = 4 ticked", "Audio = 2 moved"]
    );
}

#[test]
fn a_moved_item_is_told_by_its_section_and_its_parent() {
    assert_eq!(
        told(
            "# A\n- [ ] one\n- [ ] two\n# B\n- [ ] three\n",
            "# A\n- [ ] two\n# B\n- [ ] three\n- [x] one\n"
        ),
        ["two = 1", "three = 2", "one = 0 moved ticked"]
    );
    assert_eq!(
        told("- [ ] one\n- [ ] two\n", "- [ ] one\n  - [ ] two\n"),
        ["one = 0", "two = 1 moved"]
    );
    // Another order is no other place.
    assert_eq!(told("- [ ] one\n- [ ] two\n", "- [ ] two\n- [ ] one\n"), ["two = 1", "one = 0"]);
}

#[test]
fn a_heading_that_is_renamed_or_renumbered_moves_nothing() {
    let items = "- [ ] one\n- [ ] two\n";
    for (old, new) in [("## 1. Code", "## 2. Code"), ("## Code", "## ✅ Source"), ("## A", "## B")]
    {
        assert_eq!(
            told(&format!("# T\n{old}\n{items}"), &format!("# T\n{new}\n{items}")),
            ["one = 0", "two = 1"],
            "{old} → {new}"
        );
    }
    // But into a section that was there before, items are moved.
    assert_eq!(
        told("# T\n## A\n- [ ] one\n## B\n- [ ] two\n", "# T\n## B\n- [ ] two\n- [ ] one\n"),
        ["two = 1", "one = 0 moved"]
    );
}

#[test]
fn a_parent_that_is_reworded_or_replaced_keeps_its_children() {
    assert_eq!(
        told("- [ ] Sending messages\n  - [ ] Text\n", "- [ ] Sending of messages\n  - [x] Text\n"),
        ["Sending of messages = 0 reworded", "Text = 1 ticked"]
    );
    assert_eq!(
        told("- [ ] Alpha\n  - [ ] Text\n", "- [ ] Omega\n  - [ ] Text\n"),
        ["Omega new", "Text = 1", "Alpha gone"]
    );
}

#[test]
fn rewording_is_told_from_removing_and_adding() {
    assert_eq!(
        told("- [x] All tests pass\n- [ ] b\n", "- [x] All 12 tests passed on CI\n- [ ] b\n"),
        ["All 12 tests passed on CI = 0 reworded", "b = 1"]
    );
    assert_eq!(
        told("- [x] All tests pass\n- [ ] b\n", "- [x] Backups restored\n- [ ] b\n"),
        ["Backups restored new", "b = 1", "All tests pass gone"]
    );
}

#[test]
fn of_several_rewordings_the_likest_pairs_first() {
    assert_eq!(
        told(
            "- [ ] Rate limits set for search\n- [ ] Rate limits set for billing\n",
            "- [x] Rate limits tested for billing\n- [ ] Rate limits tested for search\n",
        ),
        [
            "Rate limits tested for billing = 1 reworded ticked",
            "Rate limits tested for search = 0 reworded",
        ]
    );
}

#[test]
fn what_stands_in_the_same_gap_needs_less_likeness_than_what_moved_away() {
    let old = "# A\n- [ ] one\n- [ ] Load tests executed for docs (`com.acme.FooTest`)\n- [ ] two\n# B\n- [ ] three\n";
    let here = "# A\n- [ ] one\n- [ ] Load tests planned for docs\n- [ ] two\n# B\n- [ ] three\n";
    let there = "# A\n- [ ] one\n- [ ] two\n# B\n- [ ] three\n- [ ] Load tests planned for docs\n";
    assert_eq!(told(old, here)[1], "Load tests planned for docs = 1 reworded");
    assert_eq!(told(old, there)[3], "Load tests planned for docs new");
}

#[test]
fn of_thousands_of_items_that_all_differ_each_meets_its_neighbour() {
    let list = |word: &str| -> String {
        (0..3_000).map(|at| format!("- [ ] {word} {at} of the list\n")).collect()
    };
    let lines = told(&list("alpha"), &list("omega"));
    assert_eq!(lines.len(), 3_000);
    assert_eq!(lines[7], "omega 7 of the list = 7 reworded");
    assert_eq!(lines[2_999], "omega 2999 of the list = 2999 reworded");
}
