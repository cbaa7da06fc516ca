//! Finding and reading artifacts: each file once, largest first over the threads.

mod archives;
mod beside;
mod find;
mod heads;
mod origins;
mod problems;
mod reports;
pub(in crate::pipeline) mod seals;
mod traces;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rayon::prelude::*;

use crate::evidence::{self, Detail};
use crate::facts::Keep;
use crate::model::{Answer, Artifact, Digest, Limits, Problem, Sealed, TimeFrom};
use crate::pipeline::Error;
use crate::pipeline::report::vault::Vaulting;
use crate::policy::{Config, Requirement};
use crate::reconcile::{Depth, FoundArtifact, Lost, Request, requests};
use crate::seal::manifest::Input;
use crate::seal::{self, Sealing};
use crate::sources::digest::sha256;
use crate::sources::files::Times;

use super::apart::apart;
use super::project::Project;
use archives::Opened;
use find::{File, Found, find, lost};
use heads::Heads;
use origins::Origins;

/// Every artifact as read, with what is known beside it.
#[derive(Default)]
pub(in crate::pipeline) struct Read {
    pub(in crate::pipeline) found: Vec<FoundArtifact>,
    /// What could have been artifacts and was not read.
    pub(in crate::pipeline) lost: Vec<Lost>,
    /// The seals that were read.
    pub(in crate::pipeline) seals: Vec<Input>,
    pub(in crate::pipeline) problems: Vec<Problem>,
}

/// What a file is to be read as.
type Asked<'w> = Vec<(&'w Request, Depth)>;

/// What one thread reads in one go.
enum Work<'w> {
    File(&'w File, &'w Asked<'w>),
    Archive(&'w Opened, BTreeMap<&'w str, &'w Asked<'w>>),
}

/// Finds and reads every artifact that a requirement or the default places name.
pub(in crate::pipeline) fn read(
    project: &Project<'_>,
    config: &Config,
    requirements: &[Requirement],
    folders: &[PathBuf],
    vaulting: Vaulting<'_>,
) -> Result<Read, Error> {
    let how = How { least: least(config), vaulting };
    read_to(&how, project, config, requirements, folders)
}

/// How deep every artifact is read: what is taken out by a waiver of one finding must be in the list.
pub(in crate::pipeline) fn least(config: &Config) -> Depth {
    let findings = config.waivers.iter().any(|waiver| !waiver.findings.is_empty());
    Depth { findings, ..Depth::default() }
}

/// Every artifact of the default places and `folders`, with every test case and the document
/// itself: what a requirement could be made of.
pub(in crate::pipeline) fn whole(
    project: &Project<'_>,
    config: &Config,
    folders: &[PathBuf],
) -> Result<Vec<Artifact>, Error> {
    let least = Depth { cases: true, data: true, ..Depth::default() };
    let how = How { least, vaulting: Vaulting::NONE };
    let read = read_to(&how, project, config, &[], folders)?;
    Ok(read.found.into_iter().map(|of| of.artifact).collect())
}

/// How artifacts are read.
struct How<'v> {
    /// To this depth, and as deep as a requirement asks.
    least: Depth,
    vaulting: Vaulting<'v>,
}

fn read_to(
    how: &How<'_>,
    project: &Project<'_>,
    config: &Config,
    requirements: &[Requirement],
    folders: &[PathBuf],
) -> Result<Read, Error> {
    let &How { least, vaulting } = how;
    let mut found = find(project, config, requirements, folders)?;
    let left_out = reports::leave_out(project, requirements, &config.limits, &mut found);
    traces::leave_out(requirements, &config.limits, &mut found);
    let (sealings, seals, told) = seals::read(project, &mut found, vaulting);
    let unread = std::mem::take(&mut found.unread);
    let paths: BTreeSet<String> = found.files.keys().cloned().collect();
    let wanted = requests(requirements, &paths, &found.default);
    let mut by_path: BTreeMap<&str, Asked<'_>> = BTreeMap::new();
    for (request, depth) in &wanted {
        by_path.entry(&request.path).or_default().push((request, depth.and(least)));
    }
    let work = work(&found, &by_path);
    // Git's handle is one thread's own; files of the disk are read on all.
    let limits = &config.limits;
    let mut read: Vec<(Artifact, &Request, Depth)> = if project.from_git {
        let room = &mut Vec::new();
        work.iter().flat_map(|work| work.read(Some(project), room, limits, vaulting)).collect()
    } else {
        apart(|| {
            let each = work
                .par_iter()
                .map_init(Vec::new, |room, work| work.read(None, room, limits, vaulting));
            each.flatten_iter().collect()
        })
    };
    read.sort_by(|a, b| a.1.cmp(b.1));
    let lost = lost(config, requirements, unread, &paths, &found.default);
    let mut read = gather(project, read, &found, &sealings);
    read.problems.extend(left_out);
    read.problems.extend(told);
    let beyond = |lost: &Lost| found.beyond.contains(&lost.path);
    // A seal has a problem of its own.
    let files = lost.iter().filter(|lost| !seal::is_seal(&lost.path));
    read.problems.extend(files.map(|lost| problems::not_read(lost, beyond(lost))));
    read.lost = lost;
    read.seals = seals;
    Ok(read)
}

/// The largest first; the entries of an archive with it.
fn work<'w>(found: &'w Found, by_path: &'w BTreeMap<&'w str, Asked<'w>>) -> Vec<Work<'w>> {
    let mut files = Vec::new();
    let mut entries: BTreeMap<usize, BTreeMap<&str, &Asked<'_>>> = BTreeMap::new();
    for (&path, asked) in by_path {
        match found.files.get(path) {
            Some(&File::Entry(archive)) => {
                entries.entry(archive).or_default().insert(path, asked);
            }
            Some(file) => files.push((file.size(), Work::File(file, asked))),
            None => {}
        }
    }
    files.extend(entries.into_iter().filter_map(|(archive, asked)| {
        let archive = found.archives.get(archive)?;
        Some((archive.bytes.len() as u64, Work::Archive(archive, asked)))
    }));
    files.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    files.into_iter().map(|(_, work)| work).collect()
}

impl<'w> Work<'w> {
    /// Reads each file once, into `room`, and parses it for each format that was named for it.
    fn read(
        &self,
        project: Option<&Project<'_>>,
        room: &mut Vec<u8>,
        limits: &Limits,
        vaulting: Vaulting<'_>,
    ) -> Vec<(Artifact, &'w Request, Depth)> {
        match self {
            Work::File(file, asked) => {
                let read = file.read(project, room);
                let bytes = read.as_ref().map(|()| room.as_slice()).map_err(String::as_str);
                let times = file.times();
                let parsed = |&(request, depth): &(&'w Request, Depth)| {
                    (parsed(request, depth, bytes, times), request, depth)
                };
                let read: Vec<_> = asked.iter().map(parsed).collect();
                vaulting.artifact(read.iter().map(|(artifact, ..)| artifact), bytes);
                read
            }
            Work::Archive(archive, asked) => archive.read(asked, limits, vaulting),
        }
    }
}

/// What the bytes of a file, or the reason why there are none, are read as.
pub(in crate::pipeline) fn parsed(
    request: &Request,
    depth: Depth,
    bytes: Result<&[u8], &str>,
    times: Times,
) -> Artifact {
    let (sha256, size, answer) = match bytes {
        Ok(bytes) => {
            let detail = detail(depth);
            let mut answer =
                evidence::read(&request.path, bytes, request.format.as_deref(), &detail);
            if let Answer::Read(reading) = &mut answer {
                reading.publish();
            }
            (sha256(bytes), bytes.len() as u64, answer)
        }
        Err(why) => (Digest([0; 32]), 0, Answer::Unknown { why: format!("{why}.") }),
    };
    Artifact {
        path: request.path.clone(),
        archive: None,
        sha256,
        bytes: size,
        time: times.written.map(|time| (time, TimeFrom::File)),
        zoned: true,
        tracked: false,
        committed_in: None,
        arrived: times.arrived,
        checked_out: None,
        sealed: Sealed::No,
        answer,
    }
}

fn detail(depth: Depth) -> Detail {
    let keep = |all| if all { Keep::All } else { Keep::Shown };
    Detail {
        cases: keep(depth.cases),
        findings: keep(depth.findings),
        components: keep(depth.components),
        data: depth.data,
    }
}

fn gather(
    project: &Project<'_>,
    read: Vec<(Artifact, &Request, Depth)>,
    found: &Found,
    sealings: &[Sealing],
) -> Read {
    let mut all = Read::default();
    let mut told = BTreeSet::new();
    let heads = Heads::of(project);
    let tracked = |artifact: &Artifact| {
        !found.foreign.contains(&artifact.path) && project.is_tracked(artifact.file())
    };
    let files = read.iter().filter(|(artifact, ..)| tracked(artifact));
    let files: BTreeSet<String> = files.map(|(of, ..)| of.file().to_owned()).collect();
    let origins = Origins::of(project, &files.iter().cloned().collect::<Vec<_>>());
    for (mut artifact, request, depth) in read {
        seals::hold(&mut artifact, sealings);
        artifact.tracked =
            files.contains(artifact.file()) && !found.foreign.contains(&artifact.path);
        date(&mut artifact, &origins);
        artifact.checked_out = heads.before(&artifact);
        if project.on_ci && !artifact.zoned {
            artifact.arrived = artifact.time.map(|(time, _)| time);
        }
        if told.insert(artifact.path.clone()) {
            all.problems.extend(problems::problems(&artifact, depth.named));
        }
        all.found.push(FoundArtifact {
            named: request.format.clone(),
            in_default_place: found.default.contains(&artifact.path),
            withheld: None,
            artifact,
        });
    }
    all
}

/// When the artifact was made: its content says so, else its seal, the commit that brought
/// it, or the file.
fn date(artifact: &mut Artifact, origins: &Origins) {
    if artifact.tracked {
        // A checkout sets the file's own time anew: where the commit is not here, none is known.
        let origin = origins.at(artifact.file());
        artifact.time = origin.map(|by| (by.written(), TimeFrom::Commit));
        artifact.committed_in = origin.map(|by| by.commit.clone());
    }
    told_by_itself(artifact);
}

/// What an artifact's content says of its time, or else its seal.
pub(in crate::pipeline) fn told_by_itself(artifact: &mut Artifact) {
    if let Some(seal) = artifact.sealed.seal() {
        artifact.time = Some((seal.made(), TimeFrom::Seal));
    }
    let content = artifact.answer.reading().and_then(|reading| reading.produced_at.as_ref());
    // Tools write a zero for a time that they do not know.
    match content.filter(|made| !made.is_zero()).map(|made| (made.at, made.zoned)) {
        None => {}
        // It tells its own age, and that is unknown: no other time may stand for it.
        Some((None, _)) => artifact.time = None,
        Some((Some(at), zoned)) => {
            artifact.time = Some((at, TimeFrom::Content));
            artifact.zoned = zoned;
        }
    }
}
