//! Whatever bytes lie in the place of a kept history, reading them ends well.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::checklist::{self, Settings};
use crate::history::attested::Said;
use crate::history::trail::{FileState, Gone, Record, Trail};
use crate::history::version::Version;
use crate::model::{
    Approved, Attestation, Authorship, BornTicked, Change, Checklist, Claim, Signature, Timestamp,
    Trailer,
};

use super::*;

const TEXT: &[u8] =
    b"# Go\n\n## A\n\n- [x] Tests pass\n  - [ ] On Linux < 5 min\n\n## B\n\n- [ ] Keys\n";

fn read() -> Checklist {
    checklist::read("GO.md", TEXT, &Settings::default())
}

fn commit(id: &str) -> Arc<Authorship> {
    Arc::new(Authorship {
        commit: id.repeat(40),
        time: Timestamp::from_epoch(1_770_000_000).unwrap(),
        authored: Timestamp::from_epoch(1_760_000_000),
        author: "Ana".to_owned(),
        email: "ana@example.org".to_owned(),
        person: None,
        picked_from: vec!["4f2c9e1".to_owned()],
        merges_request: true,
        subject: "it".to_owned(),
        signature: Signature::Good,
        release: (id == "a").then(|| "v1".to_owned()),
    })
}

fn history() -> History {
    let by = commit("a");
    let version = Arc::new(Version::of(&read()));
    let trail = |at: usize| Trail { item: at + 1, records: Arc::new([at]), truncated: false };
    let record = |at: usize| Record {
        revision: at % 2,
        change: (at > 0).then_some(Change::Added),
        written: Arc::clone(&version.items[at].written),
        claim: Claim::Open,
        born: (at > 1).then_some(BornTicked::Again),
    };
    let gone = Gone {
        written: Arc::clone(&version.items[1].written),
        below: Some(Arc::from("Tests pass")),
        trail: trail(1),
        last: None,
    };
    let word = Attestation {
        by: Arc::clone(&by),
        written: "a/*".to_owned(),
        text: Arc::from("Tests pass"),
        meaning: "tests-pass".to_owned(),
        thresholds: vec!["< 5 min".to_owned()],
        context: None,
        approved: Some(Approved { document: "1.4.0".to_owned(), ..Approved::default() }),
        taken_back_in: None,
        entry: None,
    };
    let undone = Attestation { taken_back_in: Some("d".repeat(40)), ..word.clone() };
    let said = Said { sign_offs: vec![word], taken_back: vec![undone], evidence_for: Vec::new() };
    let state = FileState {
        id: 0,
        blob: None,
        trails: (0..3).map(trail).collect(),
        gone: vec![gone],
        renamed: false,
        ticked: OnceLock::new(),
        version: Arc::clone(&version),
    };
    let lost = Trailer { key: "Evidence-for".to_owned(), value: "x".to_owned(), by: commit("c") };
    let mut history = History {
        head: by.commit.clone(),
        asked: vec!["GO.md".to_owned()],
        paths: vec![Arc::from("GO.md")],
        revisions: vec![by, commit("b")],
        records: (0..3).map(record).collect(),
        row: [Some(Arc::new(state))].into_iter().collect(),
        items: 3,
        said: BTreeMap::from([(1, said)]),
        lost: vec![crate::history::Lost { trailer: lost, in_several: true, unread_of: vec![2] }],
        ..History::default()
    };
    history.index();
    history
}

fn restored(bytes: &[u8]) -> Option<History> {
    let File::Whole(whole) = file(bytes)? else { return None };
    read::history(*whole, None, Base::of("a", crate::sources::digest::sha256(bytes), bytes.len()))
}

#[test]
fn what_was_kept_is_told_as_before() {
    let history = history();
    let kept = bytes(&File::Whole(Box::new(write::whole(&history, "key"))), 0);
    let again = restored(&kept).unwrap();
    assert_eq!(again.items(&read()), history.items(&read()));
    assert_eq!((again.lost.len(), &again.lost[0].trailer), (1, &history.lost[0].trailer));
    assert!(again.lost[0].in_several && again.lost[0].unread_of == [2]);
    assert_eq!(bytes(&File::Whole(Box::new(write::whole(&again, "key"))), 0), kept);
}

#[test]
fn any_other_bytes_are_read_or_refused() {
    let kept = bytes(&File::Whole(Box::new(write::whole(&history(), "key"))), 0);
    let now = read();
    let (mut whole, mut refused) = (0, 0);
    for at in 0..kept.len() {
        assert!(restored(&kept[..at]).is_none(), "cut at {at}");
        for byte in [0, 1, 2, 0x7f, 0x80, 0xff, kept[at].wrapping_add(1)] {
            let mut other = kept.clone();
            other[at] = byte;
            match restored(&other) {
                Some(history) => {
                    history.items(&now);
                    whole += 1;
                }
                None => refused += 1,
            }
        }
    }
    assert!(whole > 100 && refused > 100, "{whole} {refused}");
}
