//! Finding and reading checklists, and the requirements and waivers that stand beside their items.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::checklist::{self, Markers, Settings};
use crate::config::{self, ConfigFault};
use crate::evidence;
use crate::model::{Claim, Code, DirectiveKey, Document, Documents, Glob, Place, Problem, nearest};
use crate::pipeline::Error;
use crate::policy::{Config, Requirement, Waiver};
use crate::sources::files::is_markdown;

use super::apart::apart;
use super::nearest;
use super::project::{LARGEST_TEXT, Project};

/// Checklists as read.
pub(in crate::pipeline) struct Read {
    pub(in crate::pipeline) documents: Documents,
    /// Files that could not be read.
    pub(in crate::pipeline) problems: Vec<Problem>,
}

/// The reader's settings that a configuration means.
pub(in crate::pipeline) fn settings(config: &Config) -> Settings {
    Settings { markers: Markers::new(&config.markers), key_values: config.key_values }
}

/// The files that may be checklists, sorted.
pub(in crate::pipeline) fn paths(project: &Project<'_>, config: &Config) -> Vec<String> {
    let mut paths = match &config.checklists {
        Some(globs) => project.matching(globs),
        None => project.markdown(),
    };
    paths.retain(|path| !config.excludes(path));
    paths
}

/// Every checklist of the project, by path.
pub(in crate::pipeline) fn read(project: &Project<'_>, config: &Config) -> Read {
    let paths = paths(project, config);
    let everything = config.checklists.is_some();
    let settings = settings(config);
    let globs = config.checklists.as_deref().unwrap_or_default();
    let links = project.followed_by_none(globs, &paths).into_iter().map(|path| {
        Problem::new(Code::DocumentUnread, Place::file(path), "Links are not followed.")
            .hint("Name the file itself in `checklists`, or leave the link out of it.")
    });
    let mut problems: Vec<Problem> = links.collect();
    problems.extend(behind_links(project, config, &paths, &settings));
    let mut texts: Vec<(String, Vec<u8>)> = Vec::new();
    for path in paths {
        match project.read(&path, LARGEST_TEXT) {
            Some(Ok(bytes)) => texts.push((path, bytes)),
            Some(Err(why)) => problems.push(
                Problem::new(Code::DocumentUnread, Place::file(path), format!("{why}."))
                    .hint("Mend the file, or leave it out of `checklists` in trueup.toml."),
            ),
            None => {}
        }
    }
    let read = |(path, bytes): (String, Vec<u8>)| {
        let read = match everything {
            true => Some(checklist::read(&path, &bytes, &settings)),
            false => checklist::read_tasks(&path, &bytes, &settings),
        };
        match read {
            Some(read) => (Some(Document::new(read, bytes)), None),
            None => (None, without_boxes(&path, &bytes, &settings)),
        }
    };
    let read: Vec<(Option<Document>, Option<Problem>)> =
        apart(|| texts.into_par_iter().map(read).collect());
    let (documents, passed_over): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    problems.extend(passed_over.into_iter().flatten());
    Read { documents: documents.into_iter().flatten().collect(), problems }
}

/// That a document has no box, and an item of its tables asks for evidence all the same.
fn without_boxes(path: &str, bytes: &[u8], settings: &Settings) -> Option<Problem> {
    const KEY: &[u8] = b"evidence:";
    bytes.windows(KEY.len()).find(|at| *at == KEY)?;
    let read = checklist::read(path, bytes, settings);
    let comments = read.items.iter().flat_map(|item| &item.directives);
    let first = comments
        .filter(|comment| comment.key == DirectiveKey::Evidence)
        .min_by_key(|of| of.line)?;
    let message =
        "This asks for evidence in a file that is read as no checklist, for it has no box.";
    let place = Place::line(path, first.line);
    let problem = Problem::new(Code::DirectiveMalformed, place, message);
    Some(problem.hint("Name the file in `checklists` in trueup.toml."))
}

/// Submodules and links to folders in which a checklist that `checklists` names is not read.
fn behind_links(
    project: &Project<'_>,
    config: &Config,
    paths: &[String],
    settings: &Settings,
) -> Vec<Problem> {
    let globs = config.checklists.as_deref().unwrap_or_default();
    let is_open = |path: &str, bytes: &[u8]| {
        let items = checklist::read(path, bytes, settings).items;
        items.iter().any(|item| matches!(item.claim, Claim::Open | Claim::InProgress))
    };
    // Of a folder that cannot be looked into only globs over all that lies there know.
    let wanted = |path: &str| !config.excludes(path) && !config.excludes(&format!("{path}/*/*.md"));
    let unread = project.unlisted_by_any(globs, paths, &wanted, &is_open).into_iter();
    let told = |link: String| {
        let message =
            "Checklists in submodules and behind links to folders are not read; one matches here.";
        Problem::new(Code::DocumentUnread, Place::file(link), message).hint(
            "Gate a submodule in its own repository and `exclude` it; of a link name what it leads to.",
        )
    };
    unread.map(told).collect()
}

/// Whether each glob of `checklists` finds a file: a checklist that was renamed or left out of the
/// clone would else be gone without a word.
///
/// # Errors
/// Names the first that finds none.
pub(in crate::pipeline) fn every_glob_matches(
    project: &Project<'_>,
    config: &Config,
) -> Result<(), Error> {
    let globs = config.checklists.as_deref().unwrap_or_default();
    let is_checklist = |glob: &Glob, path: &str| glob.matches(path) && !config.excludes(path);
    match globs.iter().find(|glob| !project.paths().any(|path| is_checklist(glob, path))) {
        None => Ok(()),
        Some(lonely) => {
            let apart = match project.paths().any(|path| lonely.matches(path)) {
                true => " that `exclude` leaves",
                false => "",
            };
            let error = Error::usage(format!("`{lonely}` of `checklists` matches no file{apart}"));
            Err(match nearest(lonely.as_str(), project.paths().filter(|path| is_markdown(path))) {
                Some(near) => error.hinted(format!("Nearest: {near}.")),
                None => error.hinted("Take it out, or bring the file back."),
            })
        }
    }
}

/// Fills in what the procedures name: whether it is there at the judged state.
pub(in crate::pipeline) fn resolve_procedures(project: &Project<'_>, documents: &mut Documents) {
    for Document { checklist, .. } in documents.iter_mut() {
        let text = |path: &str| {
            let bytes = project.read(path, LARGEST_TEXT)?.ok()?;
            String::from_utf8(bytes).ok()
        };
        let exists = |path: &str| Some(project.holds(path));
        let procedures = &mut checklist.procedures;
        let missing = checklist::resolve(&checklist.path, procedures, &exists, &text);
        checklist.problems.extend(missing);
    }
}

/// The requirements and waivers of the configuration, then those beside items.
pub(in crate::pipeline) fn requirements(
    config: &Config,
    documents: &Documents,
) -> Result<(Vec<Requirement>, Vec<Waiver>), Error> {
    let formats = evidence::format_ids();
    let mut requirements = config.requirements.clone();
    let mut waivers = config.waivers.clone();
    if config.checklists.is_none() {
        let asked = requirements.iter_mut().map(|of| (&mut of.items, &of.place));
        let waived = waivers.iter_mut().map(|of| (&mut of.items, &of.place));
        asked.chain(waived).for_each(|(items, place)| nearest::narrow(items, place, documents));
    }
    let mut faults: Vec<ConfigFault> = Vec::new();
    let mut texts = BTreeMap::new();
    for Document { checklist, bytes, .. } in documents.iter() {
        let before = faults.len();
        for item in checklist.items.iter().filter(|item| !item.directives.is_empty()) {
            let (requirement, waiver, wrong) = config::of_item(&checklist.path, item, &formats);
            requirements.extend(requirement);
            waivers.extend(waiver);
            faults.extend(wrong);
        }
        if faults.len() > before {
            texts.insert(checklist.path.clone(), String::from_utf8_lossy(bytes).into_owned());
        }
    }
    if faults.is_empty() {
        Ok((requirements, waivers))
    } else {
        Err(Error::Config { faults, texts })
    }
}
