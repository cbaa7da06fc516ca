//! Three real histories, against figures that another program counted.
//!
//! That program pairs items by heading, ancestors, text and occurrence number alone. So a reworded
//! or moved item, and every item below a reworded parent, is for it one removal and one addition,
//! whatever its box did; for trueup it is the same item, and its box may have been ticked in that
//! commit. What must agree exactly, commit by commit: how many tasks there are and how many of them
//! are ticked; additions less removals; and ticks and unticks wherever it saw no such pair.
//! `[-]` is a box to trueup and none to that program: it is switched off here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use trueup::checklist::{Markers, Settings};
use trueup::history;
use trueup::history::log::LogEvent;
use trueup::model::{Change, Claim};
use trueup::sources::git::Repository;
use trueup::sources::git::history::Sought;

use crate::support::corpus;

/// What a commit did, or a whole history.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Counts {
    tasks: i64,
    checked: i64,
    added: i64,
    ticked: i64,
    unticked: i64,
    removed: i64,
    /// Events that the other program counts as a removal and an addition.
    changed: i64,
}

impl Counts {
    fn tell(&mut self, event: &LogEvent) {
        let done = i64::from(event.claim == Claim::Done);
        match event.change {
            Change::Added => {
                self.added += 1;
                self.tasks += 1;
                self.checked += done;
            }
            Change::Removed => {
                self.removed += 1;
                self.tasks -= 1;
                self.checked -= done;
            }
            Change::Ticked => {
                self.ticked += 1;
                self.checked += 1;
            }
            Change::Unticked => {
                self.unticked += 1;
                self.checked -= 1;
            }
            Change::Reworded | Change::Moved => self.changed += 1,
        }
    }
}

/// A clone of a bundle; the folder is removed with it.
fn clone(histories: &Path, name: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let clone = folder.path().join("clone");
    let bundle = histories.join(format!("{name}.bundle"));
    let done = Command::new("git").args(["clone", "-q"]).arg(bundle).arg(&clone).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    (folder, clone)
}

/// The log of the tasks of the file at `path`, oldest first.
fn log(clone: &Path, path: &str) -> Vec<LogEvent> {
    let repository = Repository::discover(clone).unwrap().unwrap();
    let head = repository.head().unwrap().unwrap();
    let markers = Markers::new(&BTreeMap::from([("-".to_owned(), None)]));
    let settings = Settings { markers, ..Settings::default() };
    let paths = [path.to_owned()];
    let sought = Sought { paths: &paths, trailers: &[], marks: &[] };
    let history =
        history::of_checklists(&repository, &head, &sought, &history::Reading::of(&settings))
            .unwrap();
    let log = history.log(&repository, &[], &settings).unwrap();
    let mut events = log.checklists.into_iter().next().unwrap().events;
    events.retain(|event| event.claim != Claim::None);
    events
}

fn total<'e>(events: impl IntoIterator<Item = &'e LogEvent>) -> Counts {
    let mut counts = Counts::default();
    events.into_iter().for_each(|event| counts.tell(event));
    counts
}

#[test]
fn a_bridges_roadmap_commit_by_commit() {
    let Some(histories) = corpus("histories") else { return };
    let (_folder, clone) = clone(&histories, "mautrix-whatsapp");
    let events = log(&clone, "ROADMAP.md");
    let mut by_commit: Vec<(String, Vec<&LogEvent>)> = Vec::new();
    for event in &events {
        match by_commit.last_mut() {
            Some((commit, events)) if *commit == event.commit => events.push(event),
            _ => by_commit.push((event.commit.clone(), vec![event])),
        }
    }
    let table = histories.join("../checklists/history-mautrix-whatsapp.tsv");
    let table = std::fs::read_to_string(table).unwrap();
    let mut theirs: Vec<Vec<i64>> = table
        .lines()
        .skip(1)
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').skip(2).map(|figure| figure.parse().unwrap()).collect())
        .collect();
    assert_eq!(theirs.len(), 33);
    // A commit that changed other text of the file alone has no event of ours.
    let mut before = 0;
    theirs.retain(|row| {
        let quiet = row[0] == before && row[2..].iter().all(|figure| *figure == 0);
        before = row[0];
        !quiet
    });
    assert_eq!(theirs.len(), by_commit.len());
    let mut running = Counts::default();
    for (row, (commit, events)) in theirs.iter().zip(by_commit) {
        let [tasks, checked, added, readded, ticked, unticked, removed] = row[..] else {
            panic!("{row:?}");
        };
        let ours = total(events);
        running.tasks += ours.tasks;
        running.checked += ours.checked;
        assert_eq!((running.tasks, running.checked), (tasks, checked), "{commit}");
        let taken_for_new = added + readded - ours.added;
        assert_eq!(taken_for_new, removed - ours.removed, "{commit}");
        assert!(taken_for_new >= 0, "{commit}: {ours:?}");
        let flips = (ours.ticked - ticked, ours.unticked - unticked);
        assert!(flips.0 >= 0 && flips.1 >= 0, "{commit}: {ours:?}");
        assert!(flips.0 + flips.1 <= taken_for_new, "{commit}: {ours:?}");
        assert!(taken_for_new > 0 || ours.changed == 0, "{commit}: {ours:?}");
    }
    assert_eq!((running.tasks, running.checked), (68, 59));
    let first = &events[0];
    assert_eq!(first.release.as_deref(), Some("v0.1.0"));
    let releases: std::collections::BTreeSet<_> =
        events.iter().filter_map(|event| event.release.clone()).collect();
    assert!(releases.len() > 5, "{releases:?}");
}

#[test]
fn the_totals_of_three_histories() {
    let Some(histories) = corpus("histories") else { return };
    // name, path, at HEAD: items, checked; by the other program: added with re-added, ticked,
    // unticked, removed
    for (name, path, head, theirs) in [
        ("mautrix-whatsapp", "ROADMAP.md", (68, 59), (93, 57, 31, 25)),
        ("kep-753", "keps/sig-node/753-sidecar-containers/README.md", (18, 18), (30, 15, 0, 12)),
        ("opendevbot", "TODO.md", (25, 25), (91, 10, 1, 66)),
    ] {
        let (_folder, clone) = clone(&histories, name);
        let ours = total(&log(&clone, path));
        let (added, ticked, unticked, removed) = theirs;
        assert_eq!((ours.tasks, ours.checked), head, "{name}");
        let taken_for_new = added - ours.added;
        assert_eq!(taken_for_new, removed - ours.removed, "{name}: {ours:?}");
        let flips = (ours.ticked - ticked, ours.unticked - unticked);
        assert!(flips.0 >= 0 && flips.1 >= 0, "{name}: {ours:?}");
        assert!(flips.0 + flips.1 <= taken_for_new, "{name}: {ours:?}");
    }
}

/// Every tick that holds, in the commit that `git log -S` would name: checked by hand.
#[test]
fn a_feature_gates_list_tells_the_branches_commits() {
    let Some(histories) = corpus("histories") else { return };
    let (_folder, clone) = clone(&histories, "kep-753");
    let events = log(&clone, "keps/sig-node/753-sidecar-containers/README.md");
    let subjects: Vec<&str> = events
        .iter()
        .filter(|event| event.change == Change::Ticked)
        .map(|event| event.subject.as_str())
        .collect();
    assert!(!subjects.iter().any(|subject| subject.starts_with("Merge ")), "{subjects:?}");
    assert!(subjects.contains(&"KEP-753: add PRR answers for beta"), "{subjects:?}");
}
