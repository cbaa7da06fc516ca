//! Sealing artifacts in the job that made them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::Value as Json;

use crate::checklist;
use crate::evidence::{self, Detail, archive};
use crate::model::{Answer, ArchiveKind, Timestamp, archive_kind, listed};
use crate::seal::{
    self, Ci, Noted, PREDICATE, Predicate, STATEMENT, SUFFIX, Shard, Statement, StatementSubject,
    Tool, WrittenOn, is_seal,
};
use crate::snapshot::published;
use crate::sources::digest::sha256;
use crate::sources::environment::Environment;
use crate::sources::files::{self, ReadError};
use crate::sources::job::Job;
use crate::sources::output::write_file;

use super::Error;
use super::inputs::project::Project;
use super::inputs::{configuration, project};
use super::offline;

/// The largest file that is sealed.
const LARGEST: u64 = 512 << 20;

/// What is sealed, and what is said of it.
#[derive(Debug, Clone)]
pub struct Collecting {
    /// A folder of the project.
    pub dir: PathBuf,
    /// Files and folders, relative to `dir`; none for the default places.
    pub paths: Vec<PathBuf>,
    /// The seal's file, relative to `dir`; else it lies in the folder that the files share.
    pub out: Option<PathBuf>,
    /// An archive of the files with their seal, relative to `dir`.
    pub bundle: Option<PathBuf>,
    /// How the tool ended.
    pub exit_code: Option<i64>,
    /// What was run.
    pub command: Option<String>,
    /// Which part of how many this job ran; else the command tells, or the CI system.
    pub shard: Option<ToldShard>,
    /// Now.
    pub at: Timestamp,
}

/// A part as it was told: the leg of a matrix, where one is named, its number and how many there are.
pub type ToldShard = (Option<String>, (u64, u64));

/// What was sealed.
#[derive(Debug, Clone)]
pub struct Collected {
    /// The seal.
    pub statement: Statement<Predicate>,
    /// Its file.
    pub seal: PathBuf,
    /// The archive, where one was asked for.
    pub bundle: Option<PathBuf>,
    /// What a later job will not be able to judge by, as sentences.
    pub warnings: Vec<String>,
}

/// Seals the files and writes the seal beside them.
///
/// # Errors
/// Where there is nothing to seal, a file cannot be read, or the seal cannot be written.
pub fn collect(of: &Collecting, environment: &Environment) -> Result<Collected, Error> {
    let repository = project::repository(&of.dir)?;
    let project = Project::open(&of.dir, repository.as_ref(), None)?;
    let job = environment.job.as_ref();
    let found = found(of, &project)?;
    let (folder, names) = place(of, &found)?;
    let read: Vec<(Noted, StatementSubject, Vec<u8>)> = found
        .par_iter()
        .zip(&names)
        .map(|(file, name)| noted(file, name))
        .collect::<Result<_, _>>()?;
    let mut statement = Statement {
        kind: STATEMENT.to_owned(),
        subject: Vec::new(),
        predicate_type: PREDICATE.to_owned(),
        predicate: Predicate {
            npm_offline: offline::npm(of, &project, environment),
            ..predicate(of, &project, job)
        },
    };
    let (mut warnings, mut packed) = (warnings(&statement.predicate), Vec::new());
    warnings.extend(unknown(&project, &found)?);
    let moves = repository.as_ref().map(|of| of.checked_out()).unwrap_or_default();
    for (mut noted, subject, bytes) in read {
        noted.written_on = written_on(&noted, &statement.predicate, &moves);
        warnings.extend(doubt(&noted));
        packed.push((noted.name.clone(), bytes));
        statement.subject.push(subject);
        statement.predicate.artifacts.push(noted);
    }
    warnings.extend(left_over(&statement.predicate));
    warnings.extend(offline::warning(&statement.predicate));
    let seal = match &of.out {
        Some(out) => of.dir.join(out),
        None => free_name(&folder, &stem(job), &names),
    };
    let text = serde_json::to_string_pretty(&statement).unwrap_or_default() + "\n";
    if let Some(bundle) = &of.bundle {
        let name = seal.file_name().unwrap_or_default().to_string_lossy().into_owned();
        packed.push((name, text.clone().into_bytes()));
        pack(&of.dir.join(bundle), &packed)?;
    }
    write_file(&seal, text.as_bytes())?;
    let bundle = of.bundle.as_ref().map(|bundle| of.dir.join(bundle));
    Ok(Collected { statement, seal, bundle, warnings })
}

/// The files that are meant, without seals and without the bundle that is to be written.
fn found(of: &Collecting, project: &Project<'_>) -> Result<Vec<PathBuf>, Error> {
    let mut found = if of.paths.is_empty() {
        let (config, _) = configuration::read(project, &of.dir)?;
        let listed = files::artifacts(&project.root, &config.artifacts, &[]).files;
        let listed: Vec<PathBuf> =
            listed.into_iter().map(|file| file.root.join(file.path)).collect();
        files::under(Path::new("."), &listed).map_err(Error::failed)?
    } else {
        files::under(&of.dir, &of.paths).map_err(Error::usage)?
    };
    let bundle = of.bundle.as_ref().and_then(|bundle| of.dir.join(bundle).canonicalize().ok());
    found.retain(|file| !is_seal(&file.to_string_lossy()) && Some(file) != bundle.as_ref());
    if found.is_empty() {
        return Err(Error::usage("there is nothing to seal")
            .hinted("Name the files or folders that the job made: trueup collect reports/."));
    }
    Ok(found)
}

/// The seal's folder, and what the files are called in it.
fn place(of: &Collecting, found: &[PathBuf]) -> Result<(PathBuf, Vec<String>), Error> {
    let Some(out) = &of.out else {
        return files::common_folder(found).ok_or_else(|| {
            Error::usage("the files share no folder for their seal, or a name is not UTF-8")
        });
    };
    if !is_seal(&out.to_string_lossy()) {
        return Err(Error::usage(format!("{} is no name for a seal", out.display()))
            .hinted(format!("It ends in `{SUFFIX}`, by which later jobs find it.")));
    }
    let out = of.dir.join(out);
    let folder = out.parent().and_then(|folder| folder.canonicalize().ok());
    let named = folder.and_then(|folder| Some((folder.clone(), files::names_in(&folder, found)?)));
    named.ok_or_else(|| {
        Error::usage(format!("the files do not lie in the folder of {}", out.display()))
            .hinted("A seal names files beside it and below: put it above them.")
    })
}

fn noted(file: &Path, name: &str) -> Result<(Noted, StatementSubject, Vec<u8>), Error> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let last = Path::new(file.file_name().unwrap_or_default());
    let bytes = files::read_path(folder, last, name, LARGEST)
        .map_err(|fault| Error::failed(fault.to_string()))?;
    let written = files::times(folder, last).written;
    let digest = sha256(&bytes).to_string();
    let subject = StatementSubject {
        name: name.to_owned(),
        digest: BTreeMap::from([("sha256".to_owned(), digest)]),
    };
    let answer = evidence::read(name, &bytes, None, &Detail::default());
    let (format, invalid) = match &answer {
        Answer::Read(reading) => {
            (Some(reading.format), reading.doubts.first().map(|doubt| doubt.why.clone()))
        }
        Answer::Broken { format, why, .. } => (Some(*format), Some(why.clone())),
        Answer::Ambiguous { .. } | Answer::Unknown { .. } => (None, None),
    };
    let facts = answer.reading().map(|reading| published(&reading.facts)).unwrap_or_default();
    let noted = Noted {
        name: name.to_owned(),
        bytes: bytes.len() as u64,
        written_at: written.map(|at| at.to_string()),
        written_on: None,
        format: format.map(str::to_owned),
        invalid,
        facts: facts.into_iter().map(|(group, facts)| (group, counts(facts))).collect(),
    };
    Ok((noted, subject, bytes))
}

/// The figures without the lists.
fn counts(facts: Json) -> Json {
    match facts {
        Json::Object(members) => {
            let figures = members.into_iter().filter(|(_, value)| !value.is_array());
            Json::Object(figures.map(|(name, value)| (name, counts(value))).collect())
        }
        other => other,
    }
}

/// What is checked out is what the artifacts were made of, whatever the run was started for.
fn predicate(of: &Collecting, project: &Project<'_>, job: Option<&Job>) -> Predicate {
    let commit = project.commit.as_ref();
    Predicate {
        tool: Tool {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        },
        sealed_at: of.at.to_string(),
        commit: commit.map(|commit| commit.id.clone()).or_else(|| job?.commit.clone()),
        tree: commit.and_then(|commit| project.repository?.tree_id(commit).ok()),
        checked_out_at: checked_out(project).map(|at| at.to_string()),
        dirty: !project.modified.is_empty(),
        ref_name: job
            .and_then(|job| job.ref_name.clone())
            .or_else(|| commit.and_then(|commit| commit.branch.clone())),
        ci: job.map(|job| Ci {
            system: job.system.to_owned(),
            commit: job.commit.clone(),
            run_id: job.run_id.clone(),
            run_url: job.run_url.clone(),
            attempt: job.attempt.clone(),
            workflow: job.workflow.clone(),
            job: job.job.clone(),
        }),
        exit_code: of.exit_code,
        command: of.command.clone(),
        shard: shard(of, job),
        npm_offline: false,
        artifacts: Vec::new(),
    }
}

/// As the option says, else the command, else the CI system. That it was all (`1/1`) is not believed of a
/// command that runs a part.
fn shard(of: &Collecting, job: Option<&Job>) -> Option<Shard> {
    let by_command = || Some((None, checklist::shard(of.command.as_deref()?)?));
    let in_parts = of.shard.clone().filter(|(_, (_, parts))| *parts > 1);
    let told = in_parts.or_else(by_command).or_else(|| of.shard.clone());
    let by_system = told.is_none();
    let (leg, (number, of)) = told.or_else(|| Some((None, job?.part?)))?;
    let runner = job.and_then(|job| job.runner.clone());
    Some(Shard { number, of, leg, runner, by_system })
}

/// Since when the commit is checked out, as git's log of `HEAD` has it; else when it was committed.
fn checked_out(project: &Project<'_>) -> Option<Timestamp> {
    let commit = project.commit.as_ref()?;
    let moves = project.repository.map(|of| of.checked_out()).unwrap_or_default();
    let stayed = moves.iter().rev().take_while(|(_, id)| *id == commit.id);
    stayed.last().map_or(Some(commit.time), |(at, _)| Some(*at))
}

/// What was checked out when a file was written that is older than what is now, as git's log of `HEAD` has
/// it.
fn written_on(noted: &Noted, of: &Predicate, moves: &[(Timestamp, String)]) -> Option<WrittenOn> {
    let time = |text: &Option<String>| text.as_deref()?.parse::<Timestamp>().ok();
    let written = time(&noted.written_at).filter(|at| Some(*at) < time(&of.checked_out_at))?;
    let (since, commit) = moves.iter().rev().find(|(at, _)| *at <= written)?;
    Some(WrittenOn { commit: commit.clone(), checked_out_at: since.to_string() })
}

/// The files that were there before what is checked out: an earlier run left them.
fn left_over(of: &Predicate) -> Option<String> {
    let since: Timestamp = of.checked_out_at.as_deref()?.parse().ok()?;
    let earlier = |noted: &&Noted| {
        noted
            .written_at
            .as_deref()
            .and_then(|at| at.parse().ok())
            .is_some_and(|at: Timestamp| at < since)
    };
    let names: Vec<&str> =
        of.artifacts.iter().filter(earlier).map(|noted| noted.name.as_str()).collect();
    let verb = if names.len() == 1 { "was" } else { "were" };
    (!names.is_empty()).then(|| {
        format!(
            "{} {verb} written before this commit was checked out ({}), so no evidence of it: an \
             earlier run may have left it here. Empty the folder before the tools run.",
            listed(&names, 3),
            since.human()
        )
    })
}

fn warnings(of: &Predicate) -> Vec<String> {
    let mut warnings = Vec::new();
    if of.commit.is_none() {
        warnings.push("No commit is known here: the seal tells of none.".to_owned());
    }
    if of.dirty {
        warnings.push(
            "Tracked files differ from the commit: what is sealed now counts as made of other code."
                .to_owned(),
        );
    }
    warnings
}

/// The files that git neither knows nor ignores, beside what is sealed and what lies in its folders: the
/// commit that the seal names lacks them.
fn unknown(project: &Project<'_>, sealed: &[PathBuf]) -> Result<Option<String>, Error> {
    let root = project.root.canonicalize().map_err(|fault| Error::failed(fault.to_string()))?;
    let folders: BTreeSet<&Path> = sealed.iter().filter_map(|file| file.parent()).collect();
    let is_beside = |path: &&String| {
        let place = root.join(path.as_str());
        !is_seal(path)
            && !folders.iter().any(|folder| **folder != root && place.starts_with(folder))
    };
    let unknown: Vec<&str> = project
        .untracked
        .iter()
        .filter(is_beside)
        .filter(|path| !sealed.contains(&root.join(path)))
        .map(String::as_str)
        .collect();
    let verb = if unknown.len() == 1 { "is" } else { "are" };
    Ok((!unknown.is_empty()).then(|| {
        format!(
            "{} {verb} in no commit and not ignored: the commit that is sealed lacks what may have been tested.",
            listed(&unknown, 3)
        )
    }))
}

fn doubt(of: &Noted) -> Option<String> {
    if archive_kind(&of.name).is_some() {
        let name = &of.name;
        return Some(format!("{name} is an archive: seal its files before they are packed."));
    }
    of.invalid.as_ref().map(|why| format!("{}: {why}", of.name))
}

/// A name in `folder` that no seal of other files has: a job may seal what each tool made apart.
fn free_name(folder: &Path, stem: &str, names: &[String]) -> PathBuf {
    let numbered = (1..).map(|number| match number {
        1 => format!("{stem}{SUFFIX}"),
        _ => format!("{stem}-{number}{SUFFIX}"),
    });
    let free = numbered.map(|name| folder.join(name)).find(|path| {
        let last = Path::new(path.file_name().unwrap_or_default());
        match files::read_path(folder, last, "", LARGEST) {
            Err(ReadError::Missing { .. }) => true,
            Err(_) => false,
            Ok(bytes) => seal::read("", &bytes)
                .is_ok_and(|seal| seal.subjects.iter().all(|of| names.contains(&of.path))),
        }
    });
    // The numbers have no end, and a folder's files have.
    free.unwrap_or_else(|| folder.join(format!("{stem}{SUFFIX}")))
}

/// The seal's name without its end: the job's, as far as a file's name can have it.
fn stem(job: Option<&Job>) -> String {
    let name = job.and_then(|job| job.job.as_deref()).unwrap_or_default();
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
    let stem: String = name.chars().map(plain).collect();
    let stem = stem.trim_matches('-');
    if stem.is_empty() { "trueup".to_owned() } else { stem.to_owned() }
}

fn pack(path: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Error> {
    let shown = path.display();
    let named = archive_kind(&path.to_string_lossy());
    let Some(kind) = named.filter(|kind| *kind != ArchiveKind::Unread) else {
        return Err(Error::usage(format!("{shown} is no name for a bundle"))
            .hinted("It ends in .zip, .tar, .tar.gz or .tgz."));
    };
    let packed = archive::pack(kind, files)
        .map_err(|why| Error::failed(format!("{shown} cannot be packed: {why}")))?;
    Ok(write_file(path, &packed)?)
}
