//! The seals that lie beside artifacts, or in a folder above them.

use crate::checklist;
use crate::facts::Shard;
use crate::model::{Answer, Artifact, Code, Part, Place, Problem, Seal};
use crate::pipeline::inputs::project::Project;
use crate::pipeline::report::vault::Vaulting;
use crate::pipeline::witness::recording::input;
use crate::seal::manifest::Input;
use crate::seal::{self, Sealing};
use crate::sources::files::Unread;

use super::beside::beside;
use super::find::{Found, From};

/// Reads every seal, and takes it from the files: it is no artifact. What a seal names and is not
/// there is lost: the one failing report may be the one that was taken away.
pub(super) fn read(
    project: &Project<'_>,
    found: &mut Found,
    vaulting: Vaulting<'_>,
) -> (Vec<Sealing>, Vec<Input>, Vec<Problem>) {
    let mut texts = std::mem::take(&mut found.seals);
    let git = project.from_git.then_some(project);
    for (name, file) in beside(project, found, &seal::is_seal) {
        let mut bytes = Vec::new();
        let read = file.read(git, &mut bytes);
        texts.push((name, read.map(|()| bytes)));
    }
    let seals: Vec<String> =
        found.files.keys().filter(|path| seal::is_seal(path)).cloned().collect();
    for path in seals {
        found.files.remove(&path);
        found.default.remove(&path);
    }
    texts.sort();
    let (mut sealings, mut inputs, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for (path, text) in texts {
        match text.and_then(|bytes| Ok((of(&path, &bytes)?, bytes))) {
            Ok((sealing, bytes)) => {
                sealings.push(sealing);
                inputs.push(input("seal", &path, &bytes, vaulting));
            }
            Err(why) => {
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
                let named = "what it names may have been taken away".to_owned();
                let unread =
                    Unread { path: path.clone(), why: named, leads_to: None, within: Some(folder) };
                found.unread.push((unread, From::Globs));
                problems.push(
                    Problem::new(Code::SealUnread, Place::file(path), why).hint(
                        "It seals nothing. Collect again in the job that makes the artifacts.",
                    ),
                );
            }
        }
    }
    for sealing in &sealings {
        let gone = sealing.subjects.iter().filter(|of| !found.files.contains_key(&of.path));
        found.unread.extend(gone.map(|of| {
            let why = format!("{} names it, and it is not there", sealing.seal.path);
            let from = From::Globs;
            (Unread { path: of.path.clone(), why, leads_to: None, within: None }, from)
        }));
    }
    (sealings, inputs, problems)
}

/// Holds an artifact to the seals: what a job tells of its own part in a run, its report of tests need not.
pub(in crate::pipeline) fn hold(artifact: &mut Artifact, sealings: &[Sealing]) {
    artifact.sealed = seal::sealed(artifact, sealings);
    let part = artifact.sealed.seal().and_then(part);
    let Answer::Read(reading) = &mut artifact.answer else { return };
    if let (Some(part), Some(tests)) = (part, &mut reading.facts.tests)
        && tests.shards_missing().is_none()
    {
        tests.shards.extend([part]);
    }
}

fn part(seal: &Seal) -> Option<Shard> {
    let Part { number, of, run, .. } = seal.part.as_ref()?;
    Some(Shard { of: *of, number: *number, leg: run.iter().cloned().collect(), is_leg_told: true })
}

/// Reads the seal at `path`, and whether its command can have hidden how the tool ended, ran a part of the
/// tests or left findings out.
///
/// # Errors
/// As [`seal::read`].
pub(in crate::pipeline) fn of(path: &str, bytes: &[u8]) -> Result<Sealing, String> {
    let mut sealing = seal::read(path, bytes)?;
    let command = sealing.seal.command.as_deref();
    sealing.seal.hides = command.and_then(checklist::hides_exit_code);
    sealing.seal.runs_a_part = command.and_then(checklist::runs_a_part);
    sealing.seal.selected = command.and_then(checklist::selects);
    sealing.seal.narrowed = command.and_then(checklist::narrows);
    let runner = command.and_then(checklist::runner);
    if let Some(part) = &mut sealing.seal.part {
        part.run.extend(runner);
    }
    Ok(sealing)
}
