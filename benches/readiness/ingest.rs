//! Reading every artifact once (read, digest, parse) against `sha256sum` of the same files.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use serde_json::Value;
use trueup::evidence::{self, Detail};
use trueup::model::Glob;
use trueup::sources::digest::sha256;
use trueup::sources::files::{self, ArtifactFile};

use super::measure::{self, ROUNDS, Run};
use super::truth;
use super::workload::Workload;

const LIMIT: u64 = 512 << 20;
const READS: &str = "an artifact can be read";

/// The artifacts, largest first.
pub(crate) fn artifacts(repo: &Path) -> Vec<ArtifactFile> {
    let glob = Glob::new("artifacts/**").expect("a sound glob");
    let mut found = files::artifacts(repo, &[glob], &[]).files;
    found.sort_by_cached_key(|file| std::cmp::Reverse(files::size(&file.root, &file.path)));
    found
}

/// One artifact's bytes.
pub(crate) fn bytes(file: &ArtifactFile) -> Vec<u8> {
    files::read_path(&file.root, &file.path, &file.name, LIMIT).expect(READS)
}

/// The job: ingests everything, and tells the totals.
pub(crate) fn totals(repo: &Path) -> Value {
    let counted: Vec<BTreeMap<&str, u64>> = artifacts(repo)
        .par_iter()
        .map_init(Vec::new, |room, file| {
            files::read_into(room, &file.root, &file.path, &file.name, LIMIT).expect(READS);
            let answer = evidence::read(&file.name, room, None, &Detail::default());
            assert!(sha256(room).0 != [0; 32], "a digest");
            truth::counts(&answer)
        })
        .collect();
    truth::sum(&counted)
}

/// Prints the ratio, once every run's totals are true.
pub(crate) fn compare(of: &Workload) {
    let names: Vec<String> = artifacts(&of.repo)
        .iter()
        .map(|file| file.root.join(&file.path).to_string_lossy().into_owned())
        .collect();
    let mut hash = vec!["sha256sum"];
    hash.extend(names.iter().map(String::as_str));
    let (mut theirs, mut ours): (Vec<Run>, Vec<Run>) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        theirs.push(measure::run(&hash));
        let run = measure::own("ingest", &of.repo);
        truth::check(&run.out, &of.truth);
        ours.push(run);
    }
    let (theirs, taken) = (measure::median(&theirs), measure::median(&ours));
    println!(
        "ingest: {taken:.3} s, sha256sum: {theirs:.3} s, {:.2} times; peak {:.0} MiB",
        taken / theirs,
        measure::peak(&ours)
    );
}
