//! Judging again, from what was recorded and the bytes in the vault: no disk, no git, no clock.

mod unheld;
mod witness;

use std::collections::{BTreeMap, BTreeSet};

use crate::checklist;
use crate::config;
use crate::evidence;
use crate::model::{
    Artifact, Code, Digest, Document, Documents, Item, ItemRef, Place, Problem, Rules,
};
use crate::pipeline::assemble::{self, Parts};
use crate::pipeline::checks::problems;
use crate::pipeline::inputs::nearest::narrow_gate;
use crate::pipeline::inputs::{artifacts, checklists};
use crate::pipeline::judge::people::Shown;
use crate::pipeline::judge::{Bound, Leniency, verdicts};
use crate::pipeline::witness::file::{Recorded, RecordedArtifact};
use crate::policy::{Config, Requirement};
use crate::reconcile::{self, Case, Depth, FoundArtifact, Request, Withheld, requests};
use crate::seal::Sealing;
use crate::seal::manifest::Input;
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
    let case = case(of, told, blobs)?;
    let witness = Replaying::new(of, blobs);
    let judgement = verdicts(&case, &witness);
    let parts = |judgement| Parts { case: &case, judgement, documents: true, proposals: None };
    let derived = parts(&judgement);
    let mut checklists = derived.checklists(case.documents.iter());
    let (artifacts, waivers) = (derived.artifacts(), derived.waivers());
    Shown::by(&case.config).address_in(&mut checklists);
    let unheld = Unheld::of(&case, &judgement, &waivers);
    let mut judgement = judgement.clone();
    unheld.take_as_told(&mut judgement, &case, told, of);
    judgement.gate = reconcile::decide_again(&case, &judgement);
    let shallow = told.commit.as_ref().is_some_and(|commit| commit.truncated);
    let judged = problems::of_history(shallow, &judgement).into_iter();
    let judged = judged.chain(judgement.problems.iter().cloned());
    let reading = case.documents.checklists().flat_map(|of| of.problems.iter().cloned());
    let reading = reading.chain(problems::of_requirements(
        &case.requirements,
        &case.waivers,
        &case.documents,
    ));
    Ok(Replayed {
        reading: reading.map(|of| assemble::problem(&of)).collect(),
        problems: judged.map(|of| assemble::problem(&of)).collect(),
        gate: parts(&judgement).gate(),
        stale_ticks: stale_ticks(&case.documents),
        unasked: witness.unasked.take(),
        waivers,
        checklists,
        artifacts,
        unheld,
        config: case.config,
    })
}

/// What was judged, from what was recorded of it.
fn case(of: &Recorded, told: &Snapshot, blobs: Blobs<'_>) -> Result<Case, String> {
    let mut config = config(of, blobs)?;
    let documents = documents(of, &config, blobs)?;
    narrow_gate(&mut config, &documents);
    let Bound { requirements, waivers } =
        Bound::written(&config, &documents, &mut Leniency::none())
            .map_err(|_| "A requirement beside an item cannot be understood.".to_owned())?;
    let sealings = sealings(of, blobs)?;
    let reading = Reading { of, told, sealings: &sealings, blobs };
    Ok(Case {
        artifacts: reading.artifacts(&config, &requirements),
        documents,
        config,
        requirements,
        waivers,
        lost: of.lost.clone(),
        problems: of.problems.iter().filter_map(problem).collect(),
        clock: of.judged_at,
        deployed: of.deployed_at,
        rules: Rules::default(),
    })
}

/// The checklists as read again, with the histories that were recorded.
fn documents(of: &Recorded, config: &Config, blobs: Blobs<'_>) -> Result<Documents, String> {
    let settings = checklists::settings(config);
    let document = |input: &Input| {
        let bytes = held(input, blobs)?;
        let mut document = Document::new(checklist::read(&input.path, &bytes, &settings), bytes);
        document.histories = of.histories.as_ref().map(|recorded| {
            let known = recorded.get(&input.path);
            let of_item = |item: &Item| known.and_then(|known| known.get(&item.id)).cloned();
            let items = document.checklist.items.iter();
            items.map(|item| of_item(item).unwrap_or_default()).collect()
        });
        Ok(document)
    };
    of.checklists.iter().map(document).collect()
}

/// What artifacts are read again from.
struct Reading<'a> {
    of: &'a Recorded,
    told: &'a Snapshot,
    sealings: &'a [Sealing],
    blobs: Blobs<'a>,
}

impl Reading<'_> {
    /// Every artifact that is asked for.
    fn artifacts(&self, config: &Config, requirements: &[Requirement]) -> Vec<FoundArtifact> {
        let least = artifacts::least(config);
        let recorded = self.of.artifacts.iter();
        let by_path: BTreeMap<&str, &RecordedArtifact> =
            recorded.map(|artifact| (artifact.input.path.as_str(), artifact)).collect();
        let paths: BTreeSet<String> = by_path.keys().map(|&path| path.to_owned()).collect();
        let is_default = |path: &&String| by_path.get(path.as_str()).is_some_and(|of| of.default);
        let default_paths: BTreeSet<String> = paths.iter().filter(is_default).cloned().collect();
        let formats: BTreeMap<&str, &Option<String>> =
            self.told.artifacts.iter().map(|of| (of.path.as_str(), &of.format)).collect();
        let found = |(request, depth): (Request, Depth)| {
            let recorded = by_path.get(request.path.as_str())?;
            let told = formats.get(request.path.as_str()).copied().cloned().flatten();
            Some(self.artifact(request, depth.and(least), recorded, told))
        };
        requests(requirements, &paths, &default_paths).into_iter().filter_map(found).collect()
    }

    /// One of them; of the format that is `told` of it where its bytes are not at hand.
    fn artifact(
        &self,
        request: Request,
        depth: Depth,
        recorded: &RecordedArtifact,
        told: Option<String>,
    ) -> FoundArtifact {
        let input = &recorded.input;
        let bytes = (self.blobs)(&input.sha256).filter(|_| input.withheld.is_none());
        let bytes = bytes.ok_or_else(|| "It is not in the vault".to_owned());
        let read = bytes.as_deref().map_err(String::as_str);
        let mut artifact = artifacts::parsed(&request, depth, read, Times::default());
        if bytes.is_err() {
            artifact.sha256 = Digest::parse(&input.sha256).unwrap_or(artifact.sha256);
            artifact.bytes = input.bytes;
        }
        FoundArtifact {
            artifact: dated(artifact, recorded, self.sealings),
            named: request.format,
            in_default_place: recorded.default,
            withheld: bytes.is_err().then_some(Withheld { format: told }),
        }
    }
}

/// The addresses of the items that would be stale for their tick, were they proven.
fn stale_ticks(documents: &Documents) -> BTreeSet<String> {
    let is_stale = |of: &ItemRef<'_>| {
        of.history.is_some_and(|history| reconcile::is_stale_tick(of.item, history))
    };
    documents.items().filter(is_stale).map(|of| of.full_address()).collect()
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
    of.seals.iter().map(|input| artifacts::seals::of(&input.path, &held(input, blobs)?)).collect()
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
    artifacts::seals::hold(&mut artifact, sealings);
    artifacts::told_by_itself(&mut artifact);
    artifact
}

fn problem(of: &v1::Problem) -> Option<Problem> {
    let code = Code::ALL.iter().copied().find(|code| code.word() == of.code)?;
    let place = Place { path: of.path.clone(), line: of.line };
    let problem = Problem::new(code, place, of.message.clone());
    Some(Problem { item: of.item.clone(), hint: of.hint.clone(), ..problem })
}
