//! The history of every item of every checklist, against git's own way to the same files: all
//! commits that touch them, then each distinct version once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use trueup::checklist::{self, Settings};
use trueup::history::{self, History};
use trueup::model::{Change, Event, ItemHistory};
use trueup::sources::cache::{Cache, FOLDER};
use trueup::sources::git::history::Sought;
use trueup::sources::git::{Commit, Repository};

use crate::measure::{ROUNDS, Run, median, own, peak, run};
use crate::workload::Workload;

/// Git lists every change below the folder, then reads what was listed.
const PIPE: &str = "git log --raw --no-abbrev --no-renames --format= -- docs/checklists \
    | awk '$4 ~ /[1-9a-f]/ && !met[$4]++ { print $4 }' | git cat-file --batch --buffer > /dev/null";

/// How many commits back the kept history ends that a run goes on from.
const NEW: &str = "HEAD~50";

/// Prints the ratios, and stops where a flip is not as the generator made it.
pub(crate) fn compare(workload: &Workload) {
    let repo = &workload.repo;
    println!("{}", own("history-checked", repo).out.trim());
    forget(repo);
    own("history-before", repo);
    println!("going on: {}", own("history-kept-checked", repo).out.trim());
    println!("nothing new: {}", own("history-kept-checked", repo).out.trim());
    let pipe = format!("cd '{}' && {PIPE}", repo.display());
    let (mut git, mut cold, mut warm, mut same) = (vec![], vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        git.push(run(&["sh", "-c", &pipe]));
        cold.push(own("history-cold", repo));
        forget(repo);
        own("history-before", repo);
        warm.push(own("history-kept", repo));
        same.push(own("history-kept", repo));
    }
    forget(repo);
    let against = |name: &str, runs: &[Run], base: &[Run]| {
        println!(
            "{name}: {:.3} ({:.4} s, {:.0} MiB)",
            median(runs) / median(base),
            median(runs),
            peak(runs)
        );
    };
    println!("git pipe: {:.3} s", median(&git));
    against("history of all items / git pipe", &cold, &git);
    against("going on by 50 commits / cold (at most 0.05)", &warm, &cold);
    against("nothing new / cold", &same, &cold);
}

fn forget(repo: &Path) {
    let _ = std::fs::remove_dir_all(repo.join(FOLDER));
}

/// One of the jobs above; it prints what it found.
pub(crate) fn job(name: &str, repo: &Path) -> String {
    let repository = Repository::discover(repo).expect("git").expect("a repository");
    let revision = if name == "history-before" { NEW } else { "HEAD" };
    let head = repository.resolve(revision).expect("a commit");
    let paths = checklists(repo);
    let trailers = &["Signed-off-for", "Evidence-for"];
    let sought = Sought { paths: &paths, trailers, ..Sought::default() };
    let settings = Settings::default();
    let cache = Cache::of(repo).expect("a folder");
    let history = match name {
        "history-before" | "history-kept" | "history-kept-checked" => history::with_cache(
            &repository,
            &head,
            &sought,
            &history::Reading::of(&settings),
            &cache,
        ),
        _ => history::of_checklists(&repository, &head, &sought, &history::Reading::of(&settings)),
    }
    .expect("a history");
    if name.ends_with("-checked") {
        checked(repo, &repository, &head, &history)
    } else {
        format!("{} checklists", paths.len())
    }
}

/// The checklists of the work tree, which is HEAD's, whatever the revision. To list every file of the
/// commit costs more than to go on, and is no part of a history.
fn checklists(repo: &Path) -> Vec<String> {
    let (mut found, mut folders) = (Vec::new(), vec![repo.join("docs/checklists")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let below = path.strip_prefix(repo).expect("a path below");
                found.push(below.to_str().expect("UTF-8").to_owned());
            }
        }
    }
    found.sort();
    found
}

/// Holds every item against `truth.json`: exact where it was never reworded or moved, and 98 of 100
/// of the rest. An item that one of the same words took the place of is one item here; the truth has
/// two, and so what goes back further than the truth's birth counts among the rest.
fn checked(repo: &Path, repository: &Repository, head: &Commit, history: &History) -> String {
    let truth = repo.parent().expect("a folder").join("truth.json");
    let truth = std::fs::read(truth).expect("a workload has its truth");
    let truth: Value = serde_json::from_slice(&truth).expect("the truth is JSON");
    let items = truth["items"].as_array().expect("items");
    let files: BTreeSet<&str> = items.iter().map(|item| text(item, "file")).collect();
    let mut told: BTreeMap<(String, u64), ItemHistory> = BTreeMap::new();
    let tree = repository.tree(head).expect("a tree");
    for file in files {
        let bytes = tree.read(file, 1 << 24).expect("a file").expect("of some size");
        let now = checklist::read(file, &bytes, &Settings::default());
        for (item, history) in now.items.iter().zip(history.items(&now)) {
            told.insert((file.to_owned(), item.line as u64), history);
        }
    }
    let (mut changed, mut lost) = (0, 0);
    for known in items {
        let (file, line) = (text(known, "file").to_owned(), number(known, "line"));
        let history = told.get(&(file.clone(), line)).expect("an item at every line of the truth");
        let flips: Vec<u64> = history
            .events
            .iter()
            .filter(|event| matches!(event.change, Change::Ticked | Change::Unticked))
            .map(|event| event.by.subject[2..9].parse().expect("a numbered commit"))
            .collect();
        let exact = flips.len() as u64 == number(known, "flips")
            && flips.last().copied() == known["last_flip"].as_u64();
        let commit = |event: &Event| event.by.subject[2..9].parse::<u64>().ok();
        let first = history.events.first().and_then(commit);
        let came_again =
            first.zip(known["added"].as_u64()).is_some_and(|(first, born)| first < born);
        if number(known, "rewords") + number(known, "moves") == 0 && !came_again {
            assert!(exact, "{file}:{line}: {flips:?} in place of {known}");
        } else {
            changed += 1;
            lost += usize::from(!exact);
        }
    }
    assert!(lost * 50 <= changed, "{lost} of {changed} are not followed");
    let exact = items.len() - changed;
    format!("{exact} items exact, {} of {changed} reworded or moved ones too", changed - lost)
}

fn text<'v>(of: &'v Value, key: &str) -> &'v str {
    of[key].as_str().expect("a text")
}

fn number(of: &Value, key: &str) -> u64 {
    of[key].as_u64().expect("a number")
}
