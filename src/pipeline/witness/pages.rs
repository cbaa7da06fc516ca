//! The files of a report that trueup wrote, by the manifest in its folder.

use crate::seal::manifest::{
    Entry, MANIFEST, Manifest, REPORT_STATEMENT, SIGNATURE, VERDICT_STATEMENTS,
};
use crate::sources::digest::sha256;

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

/// Whether the file at `path` lies in a report, whose manifest names it by its bytes. A manifest that
/// names what no report has is not believed.
pub(super) fn is_page(path: &str, read: &dyn Fn(&str) -> Option<Vec<u8>>) -> bool {
    let mut folders = path.match_indices('/').map(|(at, _)| &path[..at]);
    folders.any(|folder| is_page_of(folder, path, read).unwrap_or(false))
}

fn is_page_of(folder: &str, path: &str, read: &dyn Fn(&str) -> Option<Vec<u8>>) -> Option<bool> {
    let manifest = Manifest::read(&read(&format!("{folder}/{MANIFEST}"))?).ok()?;
    let has = |mark: &&str| manifest.files.iter().any(|entry| entry.path == **mark);
    if !MARKS.iter().all(|mark| has(&mark)) || !manifest.files.iter().all(is_of_a_report) {
        return None;
    }
    let within = path.strip_prefix(folder)?.strip_prefix('/')?;
    if [MANIFEST, REPORT_STATEMENT, SIGNATURE].contains(&within)
        || VERDICT_STATEMENTS.contains(&within)
    {
        return Some(true);
    }
    let entry = manifest.files.iter().find(|entry| entry.path == within)?;
    Some(sha256(&read(path)?).to_string() == entry.sha256)
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
