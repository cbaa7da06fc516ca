//! A generated repository whose every flip is known: `TRUEUP_WORKLOAD` names the folder that holds
//! `repo/` and `truth.json`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use trueup::model::Change;

use super::tell_at;

#[derive(Deserialize)]
struct Truth {
    items: Vec<Known>,
}

/// An item at HEAD, as the generator knows it. Commits are told by number.
#[derive(Deserialize)]
struct Known {
    file: String,
    line: usize,
    text: String,
    flips: usize,
    last_flip: Option<usize>,
    added: usize,
    rewords: usize,
    moves: usize,
}

#[test]
fn flips_are_exact_and_items_that_changed_are_nearly_all_followed() {
    let Some(folder) = std::env::var_os("TRUEUP_WORKLOAD").map(PathBuf::from) else {
        println!("skipped: TRUEUP_WORKLOAD names no folder");
        return;
    };
    let truth = std::fs::read_to_string(folder.join("truth.json")).unwrap();
    let truth: Truth = serde_json::from_str(&truth).unwrap();
    let mut by_file: BTreeMap<&str, Vec<&Known>> = BTreeMap::new();
    for known in &truth.items {
        by_file.entry(&known.file).or_default().push(known);
    }
    let paths: Vec<&str> = by_file.keys().copied().collect();
    let told = tell_at(&folder.join("repo"), &paths);
    let (mut changed, mut lost) = (0, 0);
    for (path, known) in by_file {
        let now = told.checklist(path);
        let items = told.history.items(&now);
        assert_eq!(items.len(), known.len(), "{path}");
        for ((item, history), known) in now.items.iter().zip(&items).zip(known) {
            // The generator knows the wording as it is written, code and all.
            let text = known.text.replace('`', "");
            assert_eq!((item.line, &item.text), (known.line, &text), "{path}");
            let of =
                |change: Change| history.events.iter().filter(move |event| event.change == change);
            let number = |subject: &str| -> usize { subject[2..9].parse().unwrap() };
            let flips: Vec<usize> = history
                .events
                .iter()
                .filter(|event| matches!(event.change, Change::Ticked | Change::Unticked))
                .map(|event| number(&event.by.subject))
                .collect();
            let exact = flips.len() == known.flips && flips.last().copied() == known.last_flip;
            if known.rewords == 0 && known.moves == 0 {
                assert!(exact, "{path}:{} {flips:?}", item.line);
                continue;
            }
            changed += 1;
            let added: Vec<usize> =
                of(Change::Added).map(|event| number(&event.by.subject)).collect();
            let whole = added == [known.added]
                && of(Change::Reworded).count() == known.rewords
                && of(Change::Moved).count() == known.moves;
            lost += usize::from(!exact || !whole);
        }
    }
    println!(
        "{} items, {changed} of them reworded or moved, {lost} not followed",
        truth.items.len()
    );
    assert!(lost * 50 <= changed, "{lost} of {changed}");
}
