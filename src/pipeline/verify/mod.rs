//! Checking a published report, offline: that nothing was altered, and that the same bytes give the
//! same verdicts. Each layer finds what the others cannot.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::model::{Layer, TimeFrom, Verification, counted};
use crate::seal::manifest::{MANIFEST, Manifest, REPORT_STATEMENT, SIGNATURE, vault_path};
use crate::snapshot::{Snapshot, store};
use crate::sources::digest::sha256;
use crate::sources::files;
use crate::sources::ssh::{self, Signed};

mod around;
mod gate;
mod items;
mod pages;
mod replay;
mod verdicts;
mod withheld;

use super::Error;
use super::report::statements::statements;
use super::witness::file::{Recorded, WITNESS};
use replay::replay;
use verdicts::Told;

/// The version that draws pages as this does.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where a report has its data.
const SNAPSHOT: &str = "snapshot.json";

/// The largest file of a report.
const LARGEST: u64 = 4 << 30;

/// Which report, and whose signature.
#[derive(Debug, Clone)]
pub struct Verifying {
    /// The report's folder.
    pub dir: PathBuf,
    /// Who may sign, as `ssh-keygen` reads it.
    pub allowed_signers: Option<PathBuf>,
    /// The signature over the manifest; else the one beside it.
    pub signature: Option<PathBuf>,
    /// Whether the pages of another version, which are not drawn again, need not be.
    pub allow_other_version: bool,
}

/// Checks a report.
///
/// # Errors
/// Where there is no report, or it cannot be read at all.
pub fn verify(of: &Verifying) -> Result<Verification, Error> {
    let report = Report::open(&of.dir)?;
    let snapshot = report.snapshot();
    let mut layers = vec![report.manifest_layer(), report.statement_layer(&snapshot)];
    let (mut on_trust, mut other) = (Vec::new(), None);
    match report.recorded().and_then(|recorded| Ok((recorded, snapshot?))) {
        Err(why) => {
            let faults = vec![why];
            layers.push(Layer::of("vault", "", faults));
            layers.push(Layer::skipped("verdicts", "Nothing to derive them from."));
            layers.push(Layer::skipped("pages", "Nothing to draw them from."));
        }
        Ok((recorded, snapshot)) => {
            layers.push(report.vault_layer(&recorded, &snapshot));
            layers.push(report.verdicts_layer(&recorded, &snapshot, &mut on_trust));
            layers.push(pages::layer(&report, &recorded, &snapshot, &mut on_trust));
            on_trust.extend(told_alone(&recorded));
            on_trust.extend(withheld::untold(&recorded));
            other = Some(snapshot.tool.version).filter(|version| version != VERSION);
        }
    }
    layers.push(signature_layer(of, &mut on_trust));
    Ok(Verification::of(layers, on_trust, other.as_deref(), of.allow_other_version))
}

/// A report as it lies there.
struct Report {
    dir: PathBuf,
    manifest: Manifest,
    manifest_sha256: String,
    /// The digest of every file, by path.
    present: BTreeMap<String, String>,
    /// What lies there and is no file, or cannot be read.
    odd: Vec<String>,
}

impl Report {
    fn open(dir: &Path) -> Result<Report, Error> {
        let shown = dir.display();
        if !dir.is_dir() {
            return Err(Error::usage(format!("there is no folder {shown}")));
        }
        let bytes = files::read(dir, MANIFEST, LARGEST).map_err(|fault| {
            Error::usage(format!("{shown} is no report that can be checked: {fault}"))
                .hinted("`trueup report` writes a manifest beside the pages.")
        })?;
        let manifest = Manifest::read(&bytes).map_err(Error::usage)?;
        let (mut present, mut odd) = (BTreeMap::new(), Vec::new());
        let found = files::everything(dir).map_err(Error::failed)?;
        for (path, is_file) in found {
            match files::read(dir, &path, LARGEST) {
                Ok(bytes) if is_file => {
                    present.insert(path, sha256(&bytes).to_string());
                }
                Ok(_) => odd.push(format!("{path} was added: it is a link.")),
                Err(fault) => odd.push(format!("{fault}.")),
            }
        }
        let manifest_sha256 = sha256(&bytes).to_string();
        Ok(Report { dir: dir.to_path_buf(), manifest, manifest_sha256, present, odd })
    }

    fn manifest_layer(&self) -> Layer {
        let mut faults = self.manifest.faults(&self.present);
        faults.extend(self.odd.iter().cloned());
        let files = counted(self.manifest.files.len() as u64, "file");
        Layer::of("manifest", format!("{files}, none altered, added or missing."), faults)
    }

    /// The statements are drawn again: whoever signs one signs what it says of the report. Those that
    /// say what was judged may be missing where the manifest does not name them.
    fn statement_layer(&self, snapshot: &Result<Snapshot, String>) -> Layer {
        let faults = match snapshot {
            Err(why) => vec![why.clone()],
            Ok(snapshot) => {
                let drawn = statements(snapshot, &self.manifest_sha256).into_iter();
                drawn.filter_map(|(name, text)| self.statement_fault(name, &text)).collect()
            }
        };
        let holds = format!("{REPORT_STATEMENT} speaks of this manifest.");
        Layer::of("statement", holds, faults)
    }

    fn statement_fault(&self, name: &str, drawn: &str) -> Option<String> {
        match files::read(&self.dir, name, LARGEST) {
            Err(_) if !self.must_hold(name) => None,
            Err(fault) => Some(format!("{fault}.")),
            Ok(bytes) if bytes != drawn.as_bytes() => {
                Some(format!("{name} says otherwise than snapshot.json and {MANIFEST}."))
            }
            Ok(_) => None,
        }
    }

    fn must_hold(&self, statement: &str) -> bool {
        let named = &self.manifest.statements;
        statement == REPORT_STATEMENT || named.iter().any(|name| name == statement)
    }

    fn recorded(&self) -> Result<Recorded, String> {
        Recorded::read(&self.read(WITNESS)?)
    }

    fn snapshot(&self) -> Result<Snapshot, String> {
        let stored = store::read(&self.read(SNAPSHOT)?);
        Ok(stored.map_err(|fault| format!("{SNAPSHOT}: {fault}."))?.snapshot)
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, String> {
        files::read(&self.dir, name, LARGEST).map_err(|fault| format!("{fault}."))
    }

    /// Whether each blob is what its name says, every kept input has one, and manifest, witness and
    /// snapshot name the same inputs.
    fn vault_layer(&self, recorded: &Recorded, snapshot: &Snapshot) -> Layer {
        let mut faults = Vec::new();
        let blobs = self.present.iter().filter(|(path, _)| path.starts_with("vault/"));
        for (path, sha256) in blobs {
            if *path != vault_path(sha256) {
                faults.push(format!("{path} is not what its name says: its SHA-256 is {sha256}."));
            }
        }
        let mut inputs = recorded.inputs();
        inputs.sort();
        for input in inputs.iter().filter(|input| input.withheld.is_none()) {
            if !self.present.contains_key(&vault_path(&input.sha256)) {
                faults.push(format!("{} is not in the vault: {}.", input.path, input.sha256));
            }
        }
        if inputs != self.manifest.inputs {
            faults.push(format!("{MANIFEST} and {WITNESS} name different inputs."));
        }
        let told: BTreeSet<(&str, &str)> =
            snapshot.artifacts.iter().map(|of| (of.path.as_str(), of.sha256.as_str())).collect();
        let known: BTreeSet<(&str, &str)> = recorded
            .artifacts
            .iter()
            .map(|of| (of.input.path.as_str(), of.input.sha256.as_str()))
            .collect();
        faults.extend(told.symmetric_difference(&known).map(|(path, sha256)| {
            format!("snapshot.json and {WITNESS} differ on {path} ({sha256}).")
        }));
        let blobs = self.present.keys().filter_map(|path| path.strip_prefix("vault/"));
        let blobs = blobs.filter_map(|path| path.rsplit('/').next()).collect();
        faults.extend(withheld::faults(recorded, snapshot, &blobs));
        let kept = inputs.iter().filter(|input| input.withheld.is_none()).count();
        let holds = format!(
            "{kept} of {} kept, each under its own digest.",
            counted(inputs.len() as u64, "input")
        );
        Layer::of("vault", holds, faults)
    }

    /// Whether judging again gives what the snapshot says.
    fn verdicts_layer(
        &self,
        recorded: &Recorded,
        snapshot: &Snapshot,
        on_trust: &mut Vec<String>,
    ) -> Layer {
        let blob = |sha256: &str| {
            let bytes = files::read(&self.dir, &vault_path(sha256), LARGEST).ok()?;
            // A blob that is not what its name says is as good as none.
            (self.present.get(&vault_path(sha256)).map(String::as_str) == Some(sha256))
                .then_some(bytes)
        };
        match replay(recorded, snapshot, &blob) {
            Err(why) if self.manifest.inputs.iter().all(|input| input.withheld.is_some()) => {
                Layer::skipped("verdicts", format!("Not derived again. {why}"))
            }
            Err(why) => Layer::of("verdicts", "", vec![why]),
            Ok(again) => match pages::diffs(self, snapshot) {
                Err(why) => Layer::of("verdicts", "", vec![why]),
                Ok(diffs) => {
                    let told = Told { snapshot, recorded, again: &again, diffs: &diffs };
                    verdicts::layer(&told, on_trust)
                }
            },
        }
    }
}

/// What the witness alone tells.
fn told_alone(of: &Recorded) -> Vec<String> {
    let mut told = Vec::new();
    let asked = of.since_commit.len()
        + of.since_tree.len()
        + of.since_brought.len()
        + of.since_time.len()
        + of.globs.len()
        + of.hands.len()
        + of.shipped.len();
    if of.git.is_some() || asked > 0 {
        told.push(format!(
            "What git and the disk answered is as {WITNESS} has it: {}.",
            counted(asked as u64, "question")
        ));
    }
    let by_file =
        of.artifacts.iter().filter(|of| of.time_from == Some(TimeFrom::File)).count() as u64;
    if by_file > 0 {
        told.push(format!("The times of {} are those of files.", counted(by_file, "artifact")));
    }
    if !of.seals.is_empty() {
        let seals = counted(of.seals.len() as u64, "seal");
        told.push(format!("Nobody signed the {seals} beside artifacts."));
    }
    told
}

fn signature_layer(of: &Verifying, on_trust: &mut Vec<String>) -> Layer {
    let Some(signers) = &of.allowed_signers else {
        on_trust.push(
            "Who made this report: no signature was asked for. Whoever can rewrite all of it can \
             make another that is whole."
                .to_owned(),
        );
        return Layer::skipped("signature", "Not asked for (--allowed-signers FILE).");
    };
    let signature = of.signature.clone().unwrap_or_else(|| of.dir.join(SIGNATURE));
    match ssh::check(&of.dir.join(MANIFEST), &signature, signers) {
        Signed::By(who) => Layer::of("signature", format!("Signed by {who}."), Vec::new()),
        Signed::No(why) => Layer::of("signature", "", vec![why]),
    }
}
