//! The files of a report that trueup wrote, by the manifest in its folder.

use crate::seal::manifest::{
    Entry, MANIFEST, Manifest, REPORT_STATEMENT, SIGNATURE, VERDICT_STATEMENTS,
};
use crate::sources::digest::sha256;

/// The largest file of a report that is looked at.
pub(in crate::pipeline) const LARGEST_PAGE: u64 = 256 << 20;

/// What every report has.
const MARKS: [&str; 2] = ["index.html", "snapshot.json"];

/// What it may have beside pages.
const BESIDE: [&str; 6] = [
    "assets/LICENSES.txt",
    "assets/search-index.js",
    "assets/site.css",
    "assets/site.js",
    "snapshot.json",
    "witness.json",
];

/// The report in a folder, by its manifest. One that names what no report has is not believed.
pub(in crate::pipeline) fn report_in(
    folder: &str,
    read: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Option<Manifest> {
    let manifest = Manifest::read(&read(&format!("{folder}/{MANIFEST}"))?).ok()?;
    let has = |mark: &str| manifest.files.iter().any(|entry| entry.path == mark);
    let is_report = MARKS.iter().all(|mark| has(mark)) && manifest.files.iter().all(is_of_a_report);
    is_report.then_some(manifest)
}

/// Whether the file at `within` the report's folder is one of it: as its manifest has it, or beside that.
pub(in crate::pipeline) fn is_page(
    report: &Manifest,
    within: &str,
    read: &dyn Fn() -> Option<Vec<u8>>,
) -> bool {
    let is_beside = [MANIFEST, REPORT_STATEMENT, SIGNATURE].contains(&within);
    if is_beside || VERDICT_STATEMENTS.contains(&within) {
        return true;
    }
    let entry = report.files.iter().find(|entry| entry.path == within);
    entry
        .is_some_and(|entry| read().is_some_and(|bytes| sha256(&bytes).to_string() == entry.sha256))
}

fn is_of_a_report(entry: &Entry) -> bool {
    let path = entry.path.as_str();
    let is_page = path.ends_with(".html");
    let is_diff = path.starts_with("releases/") && path.ends_with(".json");
    let of_vault = path.starts_with("vault/sha256/");
    let is_there = is_page || is_diff || of_vault || BESIDE.contains(&path);
    // What was asked for beside the pages lies beside the first.
    let is_output = entry.output.is_some() && !path.contains('/');
    (is_there || is_output) && !path.split('/').any(|part| part == "..")
}
