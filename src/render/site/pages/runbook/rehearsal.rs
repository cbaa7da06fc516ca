//! Which commands of a plan CI has run: a step is called as the command is, as GitHub calls those that
//! have no name of their own (`Run npm run migrate`). Where it ran, and on what, the step does not say.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::render::site::links::Links;
use crate::render::site::when::when;
use crate::render::site::world::{World, short};
use crate::snapshot::v1::Artifact;

/// The steps of CI by the command that they are called after, the newest of each.
pub(super) struct Rehearsals<'s>(BTreeMap<String, Step<'s>>);

struct Step<'s> {
    artifact: &'s Artifact,
    job: String,
    succeeded: bool,
}

/// How CI fared with a command.
#[derive(Serialize)]
pub(super) struct Rehearsed {
    pub(super) succeeded: bool,
    /// `job "migrate", 3 days before this report`.
    words: String,
    href: Option<String>,
}

impl<'s> Rehearsals<'s> {
    /// What the artifacts that can be trusted tell of jobs and their steps.
    pub(super) fn of(world: &World<'s>) -> Rehearsals<'s> {
        let sound = world.snapshot.artifacts.iter().filter(|of| of.invalid.is_none());
        let mut artifacts: Vec<&Artifact> = sound.collect();
        artifacts.sort_by_key(|of| of.produced_at.as_deref());
        let mut steps = BTreeMap::new();
        for artifact in artifacts {
            for (job, name, succeeded) in ended(artifact) {
                let known: Option<&Step<'_>> = steps.get(&name);
                // Of one run the worse end counts.
                if !succeeded || known.is_none_or(|known| !std::ptr::eq(known.artifact, artifact)) {
                    steps.insert(name, Step { artifact, job, succeeded });
                }
            }
        }
        Rehearsals(steps)
    }

    /// Whether CI ran `command`.
    pub(super) fn has(&self, command: &str) -> bool {
        self.0.get(&plain(command)).is_some_and(|step| step.succeeded)
    }

    /// What CI made of `command`.
    pub(super) fn find(&self, links: Links, command: &str) -> Option<Rehearsed> {
        let step = self.0.get(&plain(command))?;
        let mut words = format!("job \"{}\"", step.job);
        let made = step.artifact.produced_at.as_deref();
        if let Some(age) = made.and_then(|made| when(made, links.world.judged).age) {
            words = format!("{words}, {age} before this report");
        }
        let judged = links.world.snapshot.commit.as_ref().map(|of| of.id.as_str());
        let commit = step.artifact.commit.as_deref().filter(|of| judged != Some(*of));
        if let Some(commit) = commit {
            words = format!("{words}, at {}", short(commit));
        }
        let href = links.artifact(&step.artifact.path);
        Some(Rehearsed { succeeded: step.succeeded, words, href })
    }
}

/// The jobs of an artifact and their steps, as commands, that came to an end of their own, and whether
/// it was a good one.
fn ended(artifact: &Artifact) -> Vec<(String, String, bool)> {
    let ci = artifact.facts.figures("ci");
    let jobs = members(ci.as_ref().and_then(|ci| ci.get("jobs")));
    let steps = jobs.flat_map(|(job, of)| members(of.get("steps")).map(move |step| (job, step)));
    let ended = steps.filter_map(|(job, (name, step))| {
        let succeeded = match step.get("conclusion").and_then(Value::as_str)? {
            "success" => true,
            "failure" => false,
            _ => return None,
        };
        Some((job.clone(), plain(name), succeeded))
    });
    ended.collect()
}

fn members(of: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    of.and_then(Value::as_object).into_iter().flatten()
}

/// A command, or the name of a step, without what GitHub puts before it and with single spaces.
fn plain(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    let command = line.strip_prefix("Run ").unwrap_or(line);
    command.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::render::site::Options;
    use crate::render::site::tests::story;

    /// An artifact of the story with jobs of one step each: job, step, conclusion.
    fn with_jobs(jobs: &[(&str, &str, &str)], made: &str) -> Artifact {
        let mut artifact = story::no_go().artifacts.swap_remove(0);
        let jobs: serde_json::Map<String, Value> = jobs
            .iter()
            .map(|(job, step, end)| {
                ((*job).to_owned(), json!({"steps": {*step: {"conclusion": *end}}}))
            })
            .collect();
        artifact.invalid = None;
        artifact.produced_at = Some(made.to_owned());
        artifact.facts = [("ci".to_owned(), json!({ "jobs": jobs }))].into_iter().collect();
        artifact
    }

    #[test]
    fn a_step_of_that_name_tells_how_the_command_ended() {
        let mut snapshot = story::no_go();
        let old = with_jobs(&[("a", "Run npm run migrate", "failure")], "2026-11-01T10:00:00Z");
        let new = with_jobs(
            &[
                ("a", "Run npm  run migrate", "success"),
                ("b", "make deploy", "success"),
                ("c", "make deploy", "failure"),
                ("d", "make undo", "skipped"),
            ],
            "2026-11-20T10:05:00Z",
        );
        let broken = Artifact {
            invalid: Some("cut off".to_owned()),
            ..with_jobs(&[("e", "make clean", "success")], "2026-11-20T10:05:00Z")
        };
        snapshot.artifacts = vec![new, old, broken];
        let options = Options::default();
        let world = World::new(&snapshot, &options);
        let (links, rehearsals) = (Links::below(&world), Rehearsals::of(&world));
        for (command, told) in [
            ("npm run migrate", Some(true)),
            ("make deploy", Some(false)),
            ("make undo", None),
            ("make clean", None),
            ("make", None),
        ] {
            let found = rehearsals.find(links, command);
            assert_eq!(found.map(|found| found.succeeded), told, "{command}");
            assert_eq!(rehearsals.has(command), told == Some(true), "{command}");
        }
        let words = rehearsals.find(links, "npm run migrate").unwrap().words;
        assert!(words.starts_with("job \"a\", 2 days before this report"), "{words}");
    }
}
