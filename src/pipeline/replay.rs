//! Judging again, from what was recorded and the bytes in the vault: no disk, no git, no clock.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::checklist;
use crate::config::{self, Config};
use crate::evidence;
use crate::facts::Value;
use crate::model::{Artifact, Code, Glob, Place, Problem, Rules, Timestamp};
use crate::reconcile::{self, Hands, Inputs, Judgement, Since, Witness, requests};
use crate::seal::manifest::Input;
use crate::seal::{self, Sealing};
use crate::sources::files::Times;

use crate::snapshot::{Snapshot, v1};

use super::assemble::Parts;
use super::recorded::{Recorded, RecordedArtifact, RecordedDocument};
use super::shown::Shown;
use super::{artifacts, checklists, links};

/// The bytes of a digest, as the vault has them.
pub(super) type Blobs<'b> = &'b dyn Fn(&str) -> Option<Vec<u8>>;

/// How the reason begins to end that tells of something which is not in the vault.
pub(super) const UNHELD: &str = " is not in the vault: ";

/// What judging again came to.
pub(super) struct Replayed {
    /// Every checklist with its items, as the snapshot has them, but for their histories and what is
    /// proposed.
    pub(super) checklists: Vec<v1::Checklist>,
    pub(super) artifacts: Vec<v1::Artifact>,
    pub(super) waivers: Vec<v1::Waiver>,
    /// Items whose answer rests on something that is not in the vault.
    pub(super) unheld: BTreeSet<String>,
    /// Questions that the witness was not asked when it was recorded.
    pub(super) unasked: BTreeSet<String>,
    /// The gate's word; what rests on something that is not in the vault is taken as it was told.
    pub(super) gate: String,
    /// What speaks against it, but for what is compared with an earlier release.
    pub(super) reasons: Vec<String>,
}

/// Judges again.
///
/// # Errors
/// A sentence, where an input that everything rests on is not in the vault or not to be understood.
pub(super) fn replay(of: &Recorded, told: &Snapshot, blobs: Blobs<'_>) -> Result<Replayed, String> {
    let config = config(of, blobs)?;
    let settings = checklists::settings(&config);
    let mut read = checklists::Read { checklists: vec![], bytes: vec![], problems: vec![] };
    for input in &of.checklists {
        let bytes = held(input, blobs)?;
        read.checklists.push(checklist::read(&input.path, &bytes, &settings));
        read.bytes.push(bytes);
    }
    let (mut requirements, waivers) = checklists::requirements(&config, &read)
        .map_err(|_| "A requirement beside an item cannot be understood.".to_owned())?;
    requirements.extend(links::requirements(&config, &read.checklists));
    let sealings = sealings(of, blobs)?;
    let by_path: BTreeMap<&str, &RecordedArtifact> =
        of.artifacts.iter().map(|artifact| (artifact.input.path.as_str(), artifact)).collect();
    let paths: BTreeSet<String> = by_path.keys().map(|&path| path.to_owned()).collect();
    let is_default = |path: &&String| by_path.get(path.as_str()).is_some_and(|of| of.default);
    let default_paths: BTreeSet<String> = paths.iter().filter(is_default).cloned().collect();
    let (mut all, mut named, mut default, mut unheld) = (vec![], vec![], vec![], BTreeSet::new());
    for (request, depth) in requests(&requirements, &paths, &default_paths) {
        let Some(recorded) = by_path.get(request.path.as_str()) else { continue };
        let bytes = blobs(&recorded.input.sha256).filter(|_| recorded.input.withheld.is_none());
        let bytes = bytes.ok_or_else(|| "It is not in the vault".to_owned());
        if bytes.is_err() {
            unheld.insert(all.len());
        }
        let artifact = artifacts::parsed(&request, depth, &bytes, Times::default());
        all.push(dated(artifact, recorded, &sealings));
        named.push(request.format);
        default.push(recorded.default);
    }
    let witness = Replaying { of, blobs, unasked: RefCell::default() };
    let histories = histories(of, &read);
    let problems: Vec<Problem> = of.problems.iter().filter_map(problem).collect();
    let inputs = Inputs {
        checklists: &read.checklists,
        config: &config,
        requirements: &requirements,
        waivers: &waivers,
        artifacts: &all,
        named: &named,
        default: &default,
        lost: &of.lost,
        could_carry: &evidence::could_carry,
        witness: &witness,
        histories: &histories,
        clock: of.judged_at,
        deployed: of.deployed_at,
        rules: Rules::default(),
    };
    let mut judgement = reconcile::reconcile(&inputs, &problems);
    let parts = Parts {
        checklists: &read.checklists,
        documents: Some(&read.bytes),
        requirements: &requirements,
        waivers: &waivers,
        people: &config.people,
        artifacts: &all,
        histories: &[],
        judgement: &judgement,
        proposals: &[],
    };
    let (mut checklists, artifacts, waived) =
        (parts.checklists(), parts.artifacts(), parts.waivers());
    Shown::by(&config).address_in(&mut checklists);
    let unheld = unheld_items(&read, &judgement, &unheld);
    take_as_told(&mut judgement, &checklists, &unheld, told);
    let decided = reconcile::decide_again(&inputs, &problems, &judgement);
    let (gate, reasons) = (decided.result.word().to_owned(), decided.reasons);
    let unasked = witness.unasked.borrow().clone();
    Ok(Replayed { checklists, artifacts, waivers: waived, unheld, unasked, gate, reasons })
}

fn held(input: &Input, blobs: Blobs<'_>) -> Result<Vec<u8>, String> {
    match &input.withheld {
        Some(why) => Err(format!("{}{UNHELD}{why}.", input.path)),
        None => blobs(&input.sha256).ok_or_else(|| format!("{} is not in the vault.", input.path)),
    }
}

fn config(of: &Recorded, blobs: Blobs<'_>) -> Result<Config, String> {
    let Some(input) = &of.config else { return Ok(Config::default()) };
    let text = String::from_utf8(held(input, blobs)?)
        .map_err(|_| format!("{} in the vault is not UTF-8.", input.path))?;
    config::read(&input.path, &text, &evidence::format_ids())
        .map_err(|_| format!("{} in the vault cannot be understood.", input.path))
}

fn sealings(of: &Recorded, blobs: Blobs<'_>) -> Result<Vec<Sealing>, String> {
    of.seals.iter().map(|input| seal::read(&input.path, &held(input, blobs)?)).collect()
}

/// What is known beside its bytes is taken as recorded; what the bytes and the seal say is not.
fn dated(mut artifact: Artifact, of: &RecordedArtifact, sealings: &[Sealing]) -> Artifact {
    artifact.archive.clone_from(&of.archive);
    artifact.tracked = of.tracked;
    artifact.committed_in.clone_from(&of.committed_in);
    artifact.checked_out.clone_from(&of.checked_out);
    artifact.arrived = of.arrived;
    artifact.time = of.time.zip(of.time_from);
    artifact.zoned = of.zoned;
    artifact.sealed = seal::sealed(&artifact, sealings);
    artifacts::told_by_itself(&mut artifact);
    artifact
}

fn histories(of: &Recorded, read: &checklists::Read) -> Vec<Vec<crate::model::ItemHistory>> {
    let Some(recorded) = &of.histories else { return Vec::new() };
    let of_list = |list: &crate::model::Checklist| {
        let known = recorded.get(&list.path);
        let of_item = |id: &String| known.and_then(|known| known.get(id)).cloned();
        list.items.iter().map(|item| of_item(&item.id).unwrap_or_default()).collect()
    };
    read.checklists.iter().map(of_list).collect()
}

fn problem(of: &crate::snapshot::v1::Problem) -> Option<Problem> {
    let code = Code::ALL.iter().copied().find(|code| code.word() == of.code)?;
    let place = Place { path: of.path.clone(), line: of.line };
    let problem = Problem::new(code, place, of.message.clone());
    Some(Problem { item: of.item.clone(), hint: of.hint.clone(), ..problem })
}

/// The addresses of the items whose answer rests on something that is not in the vault.
fn unheld_items(
    read: &checklists::Read,
    judgement: &Judgement,
    unheld: &BTreeSet<usize>,
) -> BTreeSet<String> {
    let mut addresses = BTreeSet::new();
    for (list, items) in read.checklists.iter().zip(&judgement.items) {
        for (item, judged) in list.items.iter().zip(items) {
            let mut evidence = judged
                .requirements
                .iter()
                .flat_map(|&index| &judgement.requirements[index].evidence);
            let lacks = evidence.any(|of| unheld.contains(&of.artifact));
            if lacks || judged.reason.contains(UNHELD) {
                addresses.insert(format!("{}#{}", list.path, item.id));
            }
        }
    }
    addresses
}

/// Gives items whose evidence is not in the vault the verdict and the status that the snapshot tells.
fn take_as_told(
    judgement: &mut Judgement,
    checklists: &[v1::Checklist],
    unheld: &BTreeSet<String>,
    told: &Snapshot,
) {
    let mut known = BTreeMap::new();
    for list in &told.checklists {
        known.extend(list.items.iter().map(|item| ((&list.path, &item.id), item)));
    }
    for (list, items) in checklists.iter().zip(&mut judgement.items) {
        for (item, judged) in list.items.iter().zip(items) {
            let told = known.get(&(&list.path, &item.id));
            let told = told.filter(|_| unheld.contains(&format!("{}#{}", list.path, item.id)));
            if let Some(told) = told {
                (judged.verdict, judged.status) = (told.verdict, told.status);
            }
        }
    }
}

/// Answers as they were recorded. A question that was not asked then is noted, and answered by what
/// proves nothing.
struct Replaying<'r> {
    of: &'r Recorded,
    blobs: Blobs<'r>,
    unasked: RefCell<BTreeSet<String>>,
}

impl Replaying<'_> {
    fn unasked<T>(&self, question: String, answer: T) -> T {
        self.unasked.borrow_mut().insert(question);
        answer
    }

    fn document(&self, path: &str) -> Option<Result<Vec<u8>, String>> {
        match self.of.documents.get(path) {
            None => self.unasked(format!("what {path} holds"), None),
            Some(RecordedDocument::Missing) => None,
            Some(RecordedDocument::Unread(why)) => Some(Err(why.clone())),
            Some(RecordedDocument::Read(input)) => Some(held(input, self.blobs)),
        }
    }
}

impl Witness for Replaying<'_> {
    fn since_commit(&self, commit: &str) -> Since {
        let known = self.of.since_commit.get(commit).cloned();
        known.unwrap_or_else(|| {
            self.unasked(format!("what changed since {commit}"), Since::Truncated)
        })
    }

    fn since_brought(&self, commit: &str) -> Since {
        match self.of.since_brought.get(commit) {
            Some(known) => known.clone(),
            // Reports of earlier versions asked only for the difference.
            None => self.since_commit(commit),
        }
    }

    fn since_time(&self, time: Timestamp) -> Since {
        let known = self.of.since_time.get(&time.to_string()).cloned();
        known
            .unwrap_or_else(|| self.unasked(format!("what changed since {time}"), Since::Truncated))
    }

    fn files(&self, glob: &Glob) -> Vec<String> {
        let known = self.of.globs.get(glob.as_str()).cloned();
        known.unwrap_or_else(|| self.unasked(format!("which files match {glob}"), Vec::new()))
    }

    fn unlisted(&self, glob: &Glob) -> Option<String> {
        self.of.unlisted.get(glob.as_str()).cloned()
    }

    fn text(&self, path: &str) -> Option<Result<String, String>> {
        let bytes = self.document(path)?;
        Some(bytes.and_then(|bytes| super::witness::text(path, bytes)))
    }

    fn load(&self, path: &str) -> Option<Result<Value, String>> {
        Some(self.document(path)?.and_then(|bytes| evidence::parse_document(path, &bytes)))
    }

    fn hands(&self, commit: &str, paths: &[Glob]) -> Hands {
        let known = self.of.hands.get(&super::recording::whose(commit, paths)).cloned();
        known.unwrap_or_else(|| {
            self.unasked(format!("who made the change of {commit}"), Hands::Truncated)
        })
    }

    fn git(&self) -> Option<Value> {
        let text = serde_json::to_vec(self.of.git.as_ref()?).ok()?;
        evidence::parse_document("git.json", &text).ok()
    }
}
