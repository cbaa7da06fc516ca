//! Reading seals, and holding artifacts to them: by name and by digest, for an empty file has the
//! digest of every other.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::statement::{Noted, PREDICATE, Predicate, STATEMENT, Shard, Statement};
use crate::model::{Artifact, Part, Seal, Sealed, Timestamp};

/// A seal, with what it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealing {
    /// What it says of the run.
    pub seal: Seal,
    /// The files that it names.
    pub subjects: Vec<Subject>,
}

/// A file that a seal names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// As artifacts are named.
    pub path: String,
    /// 64 hex digits.
    pub sha256: String,
    /// When it was last written, if the seal has it.
    pub written: Option<Timestamp>,
    /// The commit that was checked out then, and since when, where it was another.
    pub before: Option<(String, Timestamp)>,
}

/// Reads the seal at `path`.
///
/// # Errors
/// A sentence, where it is no whole seal: then it seals nothing.
pub fn read(path: &str, bytes: &[u8]) -> Result<Sealing, String> {
    #[derive(Deserialize)]
    struct Head {
        #[serde(rename = "_type")]
        kind: Option<String>,
        #[serde(rename = "predicateType")]
        predicate_type: Option<String>,
    }
    let head: Head = serde_json::from_slice(bytes)
        .map_err(|fault| format!("It is no JSON of a seal: {fault}."))?;
    match (head.kind.as_deref(), head.predicate_type.as_deref()) {
        (Some(STATEMENT), Some(PREDICATE)) => {}
        (_, other) => {
            let other = other.unwrap_or("none");
            return Err(format!("Its predicate type is `{other}`, not `{PREDICATE}`."));
        }
    }
    let statement: Statement<Predicate> =
        serde_json::from_slice(bytes).map_err(|fault| format!("It is no whole seal: {fault}."))?;
    let folder = path.rsplit_once('/').map(|(folder, _)| folder);
    let mut written = written(&statement.predicate)?;
    let mut subjects = Vec::new();
    for subject in &statement.subject {
        let plain = |part: &str| !matches!(part, "" | "." | "..");
        if !subject.name.split('/').all(plain) {
            return Err(format!("It names `{}`, which lies outside its folder.", subject.name));
        }
        let sha256 = subject.digest.get("sha256").filter(|hex| is_sha256(hex));
        let Some(sha256) = sha256.cloned() else {
            return Err(format!("It has no SHA-256 of {}.", subject.name));
        };
        let (written, before) = written.remove(&subject.name).unwrap_or_default();
        let path = match folder {
            Some(folder) => format!("{folder}/{}", subject.name),
            None => subject.name.clone(),
        };
        subjects.push(Subject { path, sha256, written, before });
    }
    Ok(Sealing { seal: seal(path, statement.predicate)?, subjects })
}

/// When a file was last written, and on which commit, checked out since when.
type Written = (Option<Timestamp>, Option<(String, Timestamp)>);

/// The same of each file, by its name.
fn written(of: &Predicate) -> Result<BTreeMap<String, Written>, String> {
    let read = |of: &Noted| {
        let at = of.written_at.as_ref().map(|at| time("written_at", at)).transpose()?;
        let on = of.written_on.as_ref().map(|on| {
            Ok::<_, String>((on.commit.clone(), time("checked_out_at", &on.checked_out_at)?))
        });
        Ok((of.name.clone(), (at, on.transpose()?)))
    };
    of.artifacts.iter().map(read).collect()
}

fn time(field: &str, stated: &str) -> Result<Timestamp, String> {
    stated.parse().map_err(|why| format!("`{field}`: {why}."))
}

fn seal(path: &str, of: Predicate) -> Result<Seal, String> {
    let (at, part) = (time("sealed_at", &of.sealed_at)?, part(&of));
    let checked_out = of.checked_out_at.map(|at| time("checked_out_at", &at)).transpose()?;
    let ci = of.ci.as_ref();
    Ok(Seal {
        path: path.to_owned(),
        at,
        written: None,
        checked_out,
        before: None,
        tree: of.tree.filter(|_| of.commit.is_some()),
        commit: of.commit.or_else(|| ci.and_then(|ci| ci.commit.clone())),
        dirty: of.dirty,
        ref_name: of.ref_name,
        system: ci.map(|ci| ci.system.clone()),
        job: ci.and_then(|ci| ci.job.clone()),
        run_id: ci.and_then(|ci| ci.run_id.clone()),
        run_url: ci.and_then(|ci| ci.run_url.clone()),
        exit_code: of.exit_code,
        command: of.command,
        hides: None,
        runs_a_part: None,
        selected: None,
        narrowed: None,
        part,
        npm_offline: of.npm_offline,
    })
}

/// The part that a job did. Those of one job bear its name, some with the part's number behind it.
fn part(of: &Predicate) -> Option<Part> {
    let shard = of.shard.as_ref().filter(|shard| shard.of > 1)?;
    let job = of.ci.as_ref().and_then(|ci| ci.job.as_deref()).unwrap_or_default();
    let numbers = [
        format!("{}/{}", shard.number, shard.of),
        shard.number.to_string(),
        shard.number.saturating_sub(1).to_string(),
    ];
    let apart = |c: char| !c.is_alphanumeric();
    let ended = numbers.iter().find_map(|number| {
        let lead = job.trim_end_matches(apart).strip_suffix(number.as_str())?;
        lead.ends_with(apart).then(|| lead.trim_end_matches(apart))
    });
    let told = [&shard.leg, &shard.runner, &of.commit].map(Clone::clone);
    let run = told.into_iter().flatten().chain([ended.unwrap_or(job).to_owned()]).collect();
    let &Shard { number, of, by_system, .. } = shard;
    Some(Part { number, of, run, by_system })
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// How `artifact` stands to the seals that were found.
pub fn sealed(artifact: &Artifact, sealings: &[Sealing]) -> Sealed {
    let digest = artifact.sha256.to_string();
    let mut held: Vec<Seal> = Vec::new();
    for sealing in sealings {
        for subject in sealing.subjects.iter().filter(|subject| subject.path == artifact.path) {
            if subject.sha256 != digest {
                return Sealed::Broken(format!(
                    "{} is not what {} sealed: its bytes were changed since, or it is another run's.",
                    artifact.path, sealing.seal.path
                ));
            }
            let (written, before) = (subject.written, subject.before.clone());
            held.push(Seal { written, before, ..sealing.seal.clone() });
        }
    }
    held.sort_by_key(|seal| (seal.made(), seal.at));
    let Some((first, others)) = held.split_first() else { return Sealed::No };
    let differs = |other: &&Seal| {
        (&other.commit, other.exit_code, other.dirty, other.npm_offline)
            != (&first.commit, first.exit_code, first.dirty, first.npm_offline)
    };
    match others.iter().find(differs) {
        Some(other) => Sealed::Broken(format!(
            "{} and {} seal {} and tell two things of its run.",
            first.path, other.path, artifact.path
        )),
        None => Sealed::Yes(Box::new(first.clone())),
    }
}

#[cfg(test)]
mod tests;
