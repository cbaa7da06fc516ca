//! Finding and reading artifacts: each file once, largest first over the threads.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rayon::prelude::*;

use crate::config::{Config, Requirement};
use crate::evidence::{self, Detail};
use crate::facts::Keep;
use crate::model::{
    Answer, Artifact, Code, Digest, Glob, Place, Problem, Reading, Rule, TimeFrom, Timestamp,
};
use crate::reconcile::{Depth, Lost, Request, has_a_report_s_name, looks_like_a_report, requests};
use crate::sources::digest::sha256;
use crate::sources::files::{self, ArtifactFile, ArtifactFolder, Unread};

use super::Error;
use super::project::Project;

/// The largest artifact that is read.
const LARGEST: u64 = 512 << 20;

/// Every artifact as read, with what is known beside it; the lists run in parallel.
#[derive(Default)]
pub(super) struct Read {
    pub(super) artifacts: Vec<Artifact>,
    /// The format that was named for each.
    pub(super) named: Vec<Option<String>>,
    /// Whether each lies in the default places.
    pub(super) default: Vec<bool>,
    /// What could have been artifacts and was not read.
    pub(super) lost: Vec<Lost>,
    pub(super) problems: Vec<Problem>,
}

/// A file that may be an artifact.
enum File {
    Disk(ArtifactFile),
    Git(String),
}

/// A file, its size, and what it is to be read as.
type Work<'w> = (&'w File, u64, &'w Vec<(&'w Request, Depth)>);

/// Finds and reads every artifact that a requirement or the default places name.
pub(super) fn read(
    project: &Project<'_>,
    config: &Config,
    requirements: &[Requirement],
    folders: &[PathBuf],
) -> Result<Read, Error> {
    // What is taken out by a waiver of one finding must be in the list.
    let findings = config.waivers.iter().any(|waiver| !waiver.findings.is_empty());
    let depth = Depth { findings, ..Depth::default() };
    read_to(depth, project, config, requirements, folders)
}

/// Every artifact of the default places and `folders`, with every test case and the document
/// itself: what a requirement could be made of.
pub(super) fn whole(
    project: &Project<'_>,
    config: &Config,
    folders: &[PathBuf],
) -> Result<Vec<Artifact>, Error> {
    let depth = Depth { cases: true, data: true, ..Depth::default() };
    Ok(read_to(depth, project, config, &[], folders)?.artifacts)
}

/// Reads to `least`, and as deep as a requirement asks.
fn read_to(
    least: Depth,
    project: &Project<'_>,
    config: &Config,
    requirements: &[Requirement],
    folders: &[PathBuf],
) -> Result<Read, Error> {
    let Found { files, default, foreign, unread } = find(project, config, requirements, folders)?;
    let paths: BTreeSet<String> = files.keys().cloned().collect();
    let wanted = requests(requirements, &paths, &default);
    let mut by_path: BTreeMap<&str, Vec<(&Request, Depth)>> = BTreeMap::new();
    for (request, depth) in &wanted {
        let depth = Depth {
            cases: depth.cases || least.cases,
            findings: depth.findings || least.findings,
            data: depth.data || least.data,
            ..*depth
        };
        by_path.entry(&request.path).or_default().push((request, depth));
    }
    let mut work: Vec<Work<'_>> = by_path
        .iter()
        .filter_map(|(path, requests)| files.get(*path).map(|file| (file, size(file), requests)))
        .collect();
    work.sort_by_key(|(_, size, _)| std::cmp::Reverse(*size));
    // Git's handle is one thread's own; files of the disk are read on all.
    let mut read: Vec<(Artifact, &Request, Depth)> = if project.from_git {
        work.iter().flat_map(|(file, _, of)| read_one(Some(project), file, of)).collect()
    } else {
        work.par_iter().flat_map_iter(|(file, _, of)| read_one(None, file, of)).collect()
    };
    read.sort_by(|a, b| a.1.cmp(b.1));
    let lost = lost(config, requirements, unread, &paths, &default);
    let mut read = gather(project, read, &default, &foreign);
    read.problems.extend(lost.iter().map(not_read));
    read.lost = lost;
    Ok(read)
}

/// Every file by name.
struct Found {
    files: BTreeMap<String, File>,
    /// The names of those in the default places.
    default: BTreeSet<String>,
    /// The names of those that lie outside the repository.
    foreign: BTreeSet<String>,
    /// What is no file, or could not be looked into.
    unread: Vec<(Unread, From)>,
}

/// Where something was looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    /// By the globs, under the repository.
    Globs,
    /// In a folder of the command line.
    Folder,
}

fn find(
    project: &Project<'_>,
    config: &Config,
    requirements: &[Requirement],
    folders: &[PathBuf],
) -> Result<Found, Error> {
    let mut globs: Vec<Glob> = config.artifacts.clone();
    globs
        .extend(requirements.iter().flat_map(|of| &of.artifacts).map(|wanted| wanted.glob.clone()));
    let folders: Vec<ArtifactFolder> = folders
        .iter()
        .map(|folder| ArtifactFolder::new(&project.root, folder).map_err(Error::usage))
        .collect::<Result<_, _>>()?;
    let mut files: BTreeMap<String, File> = BTreeMap::new();
    let mut unread = Vec::new();
    if project.from_git {
        let tracked = project.matching(&globs);
        files.extend(tracked.into_iter().map(|path| (path.clone(), File::Git(path))));
        unread.extend(project.no_files().map(|of| (of, From::Globs)));
    } else {
        let found = files::artifacts(&project.root, &globs, &[]);
        unread.extend(found.unread.into_iter().map(|of| (of, From::Globs)));
        files.extend(found.files.into_iter().map(|file| (file.name.clone(), File::Disk(file))));
    }
    let mut default: BTreeSet<String> = files
        .keys()
        .filter(|name| config.artifacts.iter().any(|glob| glob.matches(name)))
        .cloned()
        .collect();
    let mut foreign = BTreeSet::new();
    let named = files::artifacts(&project.root, &[], &folders);
    unread.extend(named.unread.into_iter().map(|of| (of, From::Folder)));
    for mut file in named.files {
        if files::is_within(&project.root, &file.root) {
            default.insert(file.name.clone());
            files.insert(file.name.clone(), File::Disk(file));
            continue;
        }
        // A file from outside never takes the place of the repository's own.
        while files.contains_key(&file.name) || project.holds(&file.name) {
            file.name = format!("outside/{}", file.name);
        }
        foreign.insert(file.name.clone());
        default.insert(file.name.clone());
        files.insert(file.name.clone(), File::Disk(file));
    }
    Ok(Found { files, default, foreign, unread })
}

/// Of what was not read, what a requirement or the default places lose.
fn lost(
    config: &Config,
    requirements: &[Requirement],
    unread: Vec<(Unread, From)>,
    read: &BTreeSet<String>,
    default_read: &BTreeSet<String>,
) -> Vec<Lost> {
    let wanted = || requirements.iter().flat_map(|of| &of.artifacts).map(|wanted| &wanted.glob);
    let told = |(unread, from): (Unread, From)| {
        let Unread { path, why, leads_to, folder } = unread;
        let report = folder || has_a_report_s_name(&path);
        let read_elsewhere = leads_to.as_ref().is_some_and(|to| default_read.contains(to));
        let mut lost = Lost { path, why, leads_to, folder, default: false };
        let paths = || read.iter().map(String::as_str);
        lost.default = report
            && match from {
                From::Folder => !read_elsewhere,
                From::Globs => config.artifacts.iter().any(|glob| lost.is_lost_to(glob, paths())),
            };
        let named = wanted().any(|glob| lost.is_lost_to(glob, paths()));
        (lost.default || named).then_some(lost)
    };
    unread.into_iter().filter_map(told).collect()
}

fn not_read(lost: &Lost) -> Problem {
    let at = Place::file(lost.path.clone());
    let message = format!("{} cannot be read: {}.", lost.path, lost.why);
    let hint = if lost.folder {
        "Put the files themselves there, readable."
    } else {
        "Put the file itself there."
    };
    Problem::new(Code::ArtifactUnread, at, message).hint(hint)
}

fn size(file: &File) -> u64 {
    match file {
        File::Disk(file) => files::size(&file.root, &file.path),
        File::Git(_) => 0,
    }
}

/// Reads one file once, and parses it for each format that was named for it.
fn read_one<'r>(
    project: Option<&Project<'_>>,
    file: &File,
    requests: &[(&'r Request, Depth)],
) -> Vec<(Artifact, &'r Request, Depth)> {
    let (bytes, modified) = match file {
        File::Disk(file) => (
            files::read_path(&file.root, &file.path, &file.name, LARGEST)
                .map_err(|fault| fault.to_string()),
            files::modified(&file.root, &file.path),
        ),
        File::Git(path) => {
            let read = project.and_then(|project| project.read(path, LARGEST));
            (read.unwrap_or_else(|| Err(format!("{path} is not there"))), None)
        }
    };
    requests
        .iter()
        .map(|&(request, depth)| {
            let artifact = parsed(request, depth, &bytes, modified);
            (artifact, request, depth)
        })
        .collect()
}

fn parsed(
    request: &Request,
    depth: Depth,
    bytes: &Result<Vec<u8>, String>,
    modified: Option<Timestamp>,
) -> Artifact {
    let (sha256, size, answer) = match bytes {
        Ok(bytes) => {
            let detail = detail(depth);
            let answer = evidence::read(&request.path, bytes, request.format.as_deref(), &detail);
            (sha256(bytes), bytes.len() as u64, answer)
        }
        Err(why) => (Digest([0; 32]), 0, Answer::Unknown { why: format!("{why}.") }),
    };
    Artifact {
        path: request.path.clone(),
        sha256,
        bytes: size,
        time: modified.map(|time| (time, TimeFrom::File)),
        zoned: true,
        tracked: false,
        committed_in: None,
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
    default: &BTreeSet<String>,
    foreign: &BTreeSet<String>,
) -> Read {
    let mut all = Read::default();
    let mut told = BTreeSet::new();
    for (mut artifact, request, depth) in read {
        let own = !foreign.contains(&artifact.path);
        date(project, &mut artifact, own);
        if told.insert(artifact.path.clone()) {
            all.problems.extend(problems(&artifact, depth.named));
        }
        all.default.push(default.contains(&artifact.path));
        all.named.push(request.format.clone());
        all.artifacts.push(artifact);
    }
    all
}

/// When the artifact was made: its content says so, else its last commit, else the file.
fn date(project: &Project<'_>, artifact: &mut Artifact, own: bool) {
    artifact.tracked = own && project.is_tracked(&artifact.path);
    if artifact.tracked
        && let (Some(repository), Some(commit)) = (project.repository, &project.commit)
        && let Ok(Some(change)) = repository.last_change(&artifact.path, commit)
    {
        artifact.time = Some((change.time, TimeFrom::Commit));
        artifact.committed_in = Some(change.id);
    }
    let content = artifact.answer.reading().and_then(|reading| reading.produced_at.as_ref());
    if let Some((made, at)) = content.and_then(|made| made.at.map(|at| (made, at))) {
        artifact.time = Some((at, TimeFrom::Content));
        artifact.zoned = made.zoned;
    }
}

/// What is wrong with an artifact, whether or not a requirement uses it.
fn problems(artifact: &Artifact, named: bool) -> Option<Problem> {
    let at = Place::file(artifact.path.clone());
    match &artifact.answer {
        Answer::Broken { why, .. } => Some(
            Problem::new(Code::ArtifactBroken, at, why.clone())
                .hint("Run the tool again and look at how it ended."),
        ),
        Answer::Ambiguous { candidates, shape } => {
            let message = format!(
                "{} formats fit this file (`{shape}`): {}.",
                candidates.len(),
                crate::model::listed(candidates, 4)
            );
            let hint = "Name one in trueup.toml: artifacts = [{ glob = \"…\", format = \"…\" }].";
            Some(Problem::new(Code::ArtifactAmbiguous, at, message).hint(hint))
        }
        Answer::Unknown { why } => (named || looks_like_a_report(artifact))
            .then(|| Problem::new(Code::ArtifactUnread, at, why.clone())),
        Answer::Read(reading) => vacuous(reading, at),
    }
}

fn vacuous(reading: &Reading, at: Place) -> Option<Problem> {
    let doubt = reading.doubts.iter().find(|doubt| doubt.rule != Rule::SilentTool)?;
    let code = match doubt.rule {
        Rule::ToolFailed => Code::ToolFailed,
        _ => Code::ArtifactVacuous,
    };
    Some(Problem::new(code, at, doubt.why.clone()))
}
