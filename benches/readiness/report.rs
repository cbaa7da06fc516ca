//! The whole report against the sum of its floors.

use std::path::Path;

use serde_json::Value;

use super::measure::{self, ROUNDS, Run};
use super::workload::Workload;

/// Prints the ratio, once every run's counts are true.
pub(crate) fn compare(of: &Workload) {
    let out = tempfile::tempdir().expect("a folder");
    let site = out.path().join("site");
    let (mut whole, mut floors) = (Vec::new(), vec![Vec::new(); 4]);
    for _ in 0..ROUNDS {
        let _ = std::fs::remove_dir_all(&site);
        whole.push(report(of, &site));
        let jobs = [
            ("artifacts", of.repo.as_path()),
            ("checklists", &of.repo),
            ("history", &of.repo),
            ("pages", &site),
        ];
        for ((job, folder), runs) in jobs.into_iter().zip(&mut floors) {
            runs.push(measure::own(job, folder));
        }
    }
    let [artifacts, checklists, history, pages] =
        [0, 1, 2, 3].map(|at| measure::median(&floors[at]));
    let sum = artifacts + checklists + history + pages;
    let taken = measure::median(&whole);
    println!(
        "report: {taken:.3} s, floors: {sum:.3} s (artifacts {artifacts:.3}, checklists \
         {checklists:.3}, history {history:.3}, pages {pages:.3}), {:.2} times; peak {:.0} MiB",
        taken / sum,
        measure::peak(&whole)
    );
}

/// One cold report, and its counts against the truth.
fn report(of: &Workload, site: &Path) -> Run {
    let (repo, out) = (of.repo.to_string_lossy(), site.to_string_lossy());
    let command =
        [env!("CARGO_BIN_EXE_trueup"), "report", "--no-cache", "-C", &repo, "--out", &out];
    let run = measure::run(&command);
    let snapshot = std::fs::read(site.join("snapshot.json")).expect("a snapshot");
    let snapshot: Value = serde_json::from_slice(&snapshot).expect("JSON");
    let files = of.truth["files"].as_object().expect("files");
    for list in snapshot["checklists"].as_array().expect("checklists") {
        let path = list["path"].as_str().expect("a path");
        let items = list["items"].as_array().expect("items");
        let done = items.iter().filter(|item| item["claim"] == "done").count();
        assert_eq!(files[path]["items"], items.len(), "{path}");
        assert_eq!(files[path]["done"], done, "{path}");
    }
    assert_eq!(snapshot["checklists"].as_array().map(Vec::len), Some(files.len()));
    run
}
