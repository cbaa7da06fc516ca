//! What reading, judging and reporting cost, as multiples of what they cannot do without.
//!
//! `TRUEUP_WORKLOAD` names a folder with `repo/` and `truth.json`, as the workload generator
//! writes it, or the generator itself, which then runs once into the folder of cargo's temporary
//! files: `TRUEUP_WORKLOAD=workload.py cargo bench --bench readiness`. Every figure is CPU time of
//! whole processes, both sides by turns in one run, the median counts; each run is checked against
//! `truth.json`.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench prints its figures, and stops where they would not be true"
)]

mod bare;
mod floors;
mod history;
mod ingest;
mod kinds;
mod measure;
mod report;
mod truth;
mod workload;

use std::path::Path;

/// As in the program itself.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    // Both sides are processes: the bench runs itself for its own ones.
    let mut words = std::env::args().skip(1);
    if let (Some(job), Some(folder)) = (words.next(), words.next()) {
        return run(&job, Path::new(&folder));
    }
    let Some(workload) = workload::find() else {
        println!("skipped: TRUEUP_WORKLOAD names no workload");
        return;
    };
    history::compare(&workload);
    // A workload may be made of a history alone.
    if workload.truth["artifacts"].is_object() {
        ingest::compare(&workload);
        kinds::compare(&workload);
        report::compare(&workload);
    }
}

/// One job over the workload's repository.
fn run(job: &str, repo: &Path) {
    match job {
        "ingest" => println!("{}", ingest::totals(repo)),
        "artifacts" => println!("{}", floors::artifacts(repo)),
        "checklists" => println!("{}", floors::checklists(repo)),
        "history" => println!("{}", floors::history(repo)),
        "pages" => println!("{}", floors::pages(repo)),
        job if job.starts_with("history-") => println!("{}", history::job(job, repo)),
        other => panic!("no job is called {other}"),
    }
}
