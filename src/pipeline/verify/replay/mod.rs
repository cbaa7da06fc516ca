//! Judging again, from what was recorded and the bytes in the vault: no disk, no git, no clock.

mod unheld;
mod witness;

use std::collections::{BTreeMap, BTreeSet};

use crate::checklist;
use crate::config::{self, Config, Requirement};
use crate::evidence;
use crate::model::{Artifact, Code, Digest, Place, Problem, Rules};
use crate::pipeline::assemble::{self, Parts};
use crate::pipeline::checks::{links, problems};
use crate::pipeline::inputs::{artifacts, checklists};
use crate::pipeline::judge::people::Shown;
use crate::pipeline::witness::file::{Recorded, RecordedArtifact};
use crate::reconcile::{self, Inputs, requests};
use crate::seal::manifest::Input;
use crate::seal::{self, Sealing};
use crate::snapshot::{Snapshot, v1};
use crate::sources::files::Times;

pub(super) use unheld::Unheld;
use witness::Replaying;

/// The bytes of a digest, as the vault has them.
pub(super) type Blobs<'b> = &'b dyn Fn(&str) -> Option<Vec<u8>>;

/// What judging again came to. What rests on bytes that are not in the vault is taken as it was told.
pub(super) struct Replayed {
    /// Every checklist with its items, as the snapshot has them, but for what is proposed.
    pub(super) checklists: Vec<v1::Checklist>,
    pub(super) artifacts: Vec<v1::Artifact>,
    pub(super) waivers: Vec<v1::Waiver>,
    pub(super) unheld: Unheld,
    /// The addresses of ticked items whose text or limit changed since.
    pub(super) stale_ticks: BTreeSet<String>,
    /// Questions that the witness was not asked when it was recorded.
    pub(super) unasked: BTreeSet<String>,
    /// What reading found wrong in the documents and the requirements.
    pub(super) reading: Vec<v1::Problem>,
    /// What judging found wrong.
    pub(super) problems: Vec<v1::Problem>,
    /// The gate without what it compares with an earlier release.
    pub(super) gate: v1::Gate,
    /// The configuration that held.
    pub(super) config: Config,
}

/// Judges again.
///
/// # Errors
/// A sentence, where an input that everything rests on is not in the vault or not to be understood.
pub(super) fn replay(of: &Recorded, told: &Snapshot, blobs: Blobs<'_>) -> Result<Replayed, String> {
    let config = config(of, blobs)?;
    let read = documents(of, &config, blobs)?;
    let (mut requirements, waivers) = checklists::requirements(&config, &read)
        .map_err(|_| "A requirement beside an item cannot be understood.".to_owned())?;
    requirements.extend(links::requirements(&config, &read.checklists));
    let files = Files::of(of, &requirements, told, &sealings(of, blobs)?, blobs);
    let witness = Replaying::new(of, blobs);
    let histories = histories(of, &read);
    let recorded: Vec<Problem> = of.problems.iter().filter_map(problem).collect();
    let inputs = Inputs {
        checklists: &read.checklists,
        config: &config,
        requirements: &requirements,
        waivers: &waivers,
        artifacts: &files.artifacts,
        named: &files.named,
        default: &files.default,
        lost: &of.lost,
        withheld: &files.withheld,
        could_carry: &evidence::could_carry,
        witness: &witness,
        histories: &histories,
        clock: of.judged_at,
        deployed: of.deployed_at,
        rules: Rules::default(),
    };
    let judgement = reconcile::reconcile(&inputs, &recorded);
    let parts = |judgement| Parts {
        checklists: &read.checklists,
        documents: Some(&read.bytes),
        requirements: &requirements,
        waivers: &waivers,
        people: &config.people,
        artifacts: &files.artifacts,
        histories: &histories,
        judgement,
        proposals: &[],
    };
    let derived = parts(&judgement);
    let (mut checklists, artifacts, waived) =
        (derived.checklists(), derived.artifacts(), derived.waivers());
    Shown::by(&config).address_in(&mut checklists);
    let unheld = Unheld::of(&read.checklists, &judgement, &waived);
    let shallow = told.commit.as_ref().is_some_and(|commit| commit.truncated);
    let mut judgement = judgement.clone();
    unheld.take_as_told(&mut judgement, &checklists, told, of);
    judgement.gate = reconcile::decide_again(&inputs, &recorded, &judgement);
    let judged = problems::of_history(shallow, &judgement).into_iter();
    let judged = judged.chain(judgement.problems.iter().cloned());
    let reading = read.checklists.iter().flat_map(|of| of.problems.iter().cloned());
    let reading = reading.chain(problems::of_requirements(&requirements, &read.checklists));
    Ok(Replayed {
        reading: reading.map(|of| assemble::problem(&of)).collect(),
        problems: judged.map(|of| assemble::problem(&of)).collect(),
        gate: parts(&judgement).gate(),
        stale_ticks: stale_ticks(&inputs),
        unasked: witness.unasked.take(),
        waivers: waived,
        checklists,
        artifacts,
        unheld,
        config,
    })
}

fn documents(of: &Recorded, config: &Config, blobs: Blobs<'_>) -> Result<checklists::Read, String> {
    let settings = checklists::settings(config);
    let mut read = checklists::Read { checklists: vec![], bytes: vec![], problems: vec![] };
    for input in &of.checklists {
        let bytes = held(input, blobs)?;
        read.checklists.push(checklist::read(&input.path, &bytes, &settings));
        read.bytes.push(bytes);
    }
    Ok(read)
}

/// The artifacts as read again; the lists run in parallel.
#[derive(Default)]
struct Files {
    artifacts: Vec<Artifact>,
    named: Vec<Option<String>>,
    default: Vec<bool>,
    /// Those without their bytes, with the format that is told of them.
    withheld: BTreeMap<usize, Option<String>>,
}

impl Files {
    fn of(
        of: &Recorded,
        requirements: &[Requirement],
        told: &Snapshot,
        sealings: &[Sealing],
        blobs: Blobs<'_>,
    ) -> Files {
        let by_path: BTreeMap<&str, &RecordedArtifact> =
            of.artifacts.iter().map(|artifact| (artifact.input.path.as_str(), artifact)).collect();
        let paths: BTreeSet<String> = by_path.keys().map(|&path| path.to_owned()).collect();
        let is_default = |path: &&String| by_path.get(path.as_str()).is_some_and(|of| of.default);
        let default_paths: BTreeSet<String> = paths.iter().filter(is_default).cloned().collect();
        let formats: BTreeMap<&str, &Option<String>> =
            told.artifacts.iter().map(|of| (of.path.as_str(), &of.format)).collect();
        let mut files = Files::default();
        for (request, depth) in requests(requirements, &paths, &default_paths) {
            let Some(recorded) = by_path.get(request.path.as_str()) else { continue };
            let bytes = blobs(&recorded.input.sha256).filter(|_| recorded.input.withheld.is_none());
            let bytes = bytes.ok_or_else(|| "It is not in the vault".to_owned());
            let mut artifact = artifacts::parsed(&request, depth, &bytes, Times::default());
            if bytes.is_err() {
                let format = formats.get(request.path.as_str()).copied().cloned().flatten();
                files.withheld.insert(files.artifacts.len(), format);
                artifact.sha256 = Digest::parse(&recorded.input.sha256).unwrap_or(artifact.sha256);
                artifact.bytes = recorded.input.bytes;
            }
            files.artifacts.push(dated(artifact, recorded, sealings));
            files.named.push(request.format);
            files.default.push(recorded.default);
        }
        files
    }
}

/// The addresses of the items that would be stale for their tick, were they proven.
fn stale_ticks(inputs: &Inputs<'_>) -> BTreeSet<String> {
    let mut stale = BTreeSet::new();
    for (list, histories) in inputs.checklists.iter().zip(inputs.histories) {
        let items = list.items.iter().zip(histories);
        let items = items.filter(|(item, known)| reconcile::is_stale_tick(item, known));
        stale.extend(items.map(|(item, _)| format!("{}#{}", list.path, item.id)));
    }
    stale
}

fn held(input: &Input, blobs: Blobs<'_>) -> Result<Vec<u8>, String> {
    match &input.withheld {
        Some(why) => Err(format!("{} is not in the vault: {why}.", input.path)),
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
