//! Whether the pages that the manifest names are those that the snapshot gives: each is drawn again,
//! so that one which was altered together with the manifest is found too.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use serde_json::Value;

use crate::diff::Diff;
use crate::model::{Layer, counted};
use crate::render::{beside, site, write_json};
use crate::snapshot::Snapshot;
use crate::sources::digest::{Digesting, sha256};
use crate::sources::files;

use super::{LARGEST, Report, SNAPSHOT, VERSION};
use crate::pipeline::witness::file::{Recorded, WITNESS};

/// What is drawn from nothing, but is what the pages are drawn from.
const DATA: [&str; 2] = [SNAPSHOT, WITNESS];

/// Draws every page, and every output beside them, and compares.
pub(super) fn layer(
    report: &Report,
    recorded: &Recorded,
    snapshot: &Snapshot,
    on_trust: &mut Vec<String>,
) -> Layer {
    let (drew, own) = (snapshot.tool.version.as_str(), VERSION);
    if drew != own {
        let why = format!("trueup {drew} drew them; this is trueup {own}, which may draw others.");
        on_trust.push(format!("The pages: {why}"));
        return Layer::skipped("pages", format!("Not drawn again: {why}"));
    }
    if let Some(fault) = beyond(report, snapshot, recorded) {
        return Layer::of("pages", "", vec![fault]);
    }
    let options = match options(report, recorded, snapshot) {
        Ok(options) => options,
        Err(why) => return Layer::of("pages", "", vec![why]),
    };
    if !options.diffs.is_empty() {
        let diffs = counted(options.diffs.len() as u64, "difference");
        on_trust.push(format!("The {diffs} between releases: what was before is not here."));
    }
    let seen = Mutex::new(Comparison::with(report));
    let compare = |page: site::Page| {
        let digest = sha256(&page.bytes).to_string();
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.compare(&page.path, &digest, SNAPSHOT);
    };
    if let Err(fault) = site::draw_into(snapshot, &options, &compare) {
        return Layer::of("pages", "", vec![format!("{fault}.")]);
    }
    let mut seen = seen.into_inner().unwrap_or_else(PoisonError::into_inner);
    seen.faults.sort();
    for entry in &report.manifest.files {
        let Some(name) = &entry.output else { continue };
        match beside::draw(name, snapshot, &options) {
            Ok(bytes) => {
                let digest = sha256(&bytes).to_string();
                seen.compare(&entry.path, &digest, &format!("the output {name}"));
            }
            Err(why) => seen.faults.push(format!("{}: {why}", entry.path)),
        }
    }
    seen.left_over();
    let drawn = counted(seen.drawn, "file");
    Layer::of("pages", format!("{drawn} drawn again from the snapshot, the same."), seen.faults)
}

/// What stands in the data besides, and no page is drawn from.
fn beyond(report: &Report, snapshot: &Snapshot, recorded: &Recorded) -> Option<String> {
    let name = match (is_all_of(report, SNAPSHOT, snapshot), is_all_of(report, WITNESS, recorded)) {
        (false, _) => SNAPSHOT,
        (true, false) => WITNESS,
        (true, true) => return None,
    };
    Some(format!("{name} tells what trueup does not write into it."))
}

/// Whether `read` is all that the file `name` tells. By its digest where it lies there as trueup
/// writes it, so that a large one is not held once more; else, laid out otherwise, member by member.
fn is_all_of(report: &Report, name: &str, read: &impl Serialize) -> bool {
    let mut written = Digesting::new(io::sink());
    if write_json(&mut written, read).is_err() {
        return false;
    }
    let (digest, _) = written.finish();
    if report.present.get(name) == Some(&digest.to_string()) {
        return true;
    }
    let there = report.read(name).ok();
    let there: Option<Value> = there.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    there.is_some() && there == serde_json::to_value(read).ok()
}

/// What the pages say beside the snapshot, as it lies in the report.
fn options(
    report: &Report,
    recorded: &Recorded,
    snapshot: &Snapshot,
) -> Result<site::Options, String> {
    let kept = report.present.keys().filter(|path| path.starts_with("vault/"));
    let placed = |path: &String| Some((path.rsplit('/').next()?.to_owned(), path.clone()));
    Ok(site::Options {
        snapshot_sha256: report.present.get(SNAPSHOT).cloned(),
        diffs: diffs(report, snapshot)?,
        inputs: recorded.told(),
        kept: kept.filter_map(placed).collect(),
    })
}

/// The differences between neighbouring releases, from the oldest to the newest.
pub(super) fn diffs(report: &Report, snapshot: &Snapshot) -> Result<Vec<Diff>, String> {
    let is_diff = |path: &&String| path.starts_with("releases/") && path.ends_with(".json");
    let mut diffs = Vec::new();
    for path in report.present.keys().filter(is_diff) {
        let bytes = files::read(&report.dir, path, LARGEST).map_err(|fault| format!("{fault}."))?;
        let diff: Diff = serde_json::from_slice(&bytes)
            .map_err(|fault| format!("{path} is no difference between releases: {fault}."))?;
        diffs.push(diff);
    }
    let place = |diff: &Diff| snapshot.releases.iter().position(|of| of.name == diff.to.name);
    diffs.sort_by_key(place);
    Ok(diffs)
}

/// What was drawn, beside what the manifest names.
struct Comparison<'r> {
    /// The digests of what was not drawn yet, by path.
    named: BTreeMap<&'r str, &'r str>,
    faults: Vec<String>,
    drawn: u64,
}

impl Comparison<'_> {
    fn with(report: &Report) -> Comparison<'_> {
        let files = report.manifest.files.iter();
        let drawn = files.filter(|of| !DATA.contains(&of.path.as_str()) && !is_kept(&of.path));
        let named = drawn.map(|of| (of.path.as_str(), of.sha256.as_str())).collect();
        Comparison { named, faults: Vec::new(), drawn: 0 }
    }

    fn compare(&mut self, path: &str, digest: &str, from: &str) {
        self.drawn += 1;
        match self.named.remove(path) {
            Some(named) if named == digest => {}
            Some(_) => self.faults.push(format!("{path} is not what {from} gives.")),
            None => self.faults.push(format!("{path} is not in the manifest; {from} gives it.")),
        }
    }

    /// What the manifest has and nothing gives.
    fn left_over(&mut self) {
        let left = self.named.keys();
        let fault = |path: &&str| format!("{path} is in the manifest, and nothing here gives it.");
        self.faults.extend(left.map(fault));
    }
}

fn is_kept(path: &str) -> bool {
    path.starts_with("vault/")
}
