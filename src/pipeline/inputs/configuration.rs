//! Which `trueup.toml` holds: the nearest, from the folder that was named up to the repository's root.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::config;
use crate::evidence;
use crate::model::{Code, Place, Problem, is_misspelt};
use crate::pipeline::Error;
use crate::policy::Config;
use crate::snapshot::v1;
use crate::sources::digest::sha256;
use crate::sources::files;

use super::project::{LARGEST_TEXT, Project};

/// The name of the configuration.
pub(in crate::pipeline) const CONFIG: &str = "trueup.toml";

/// The configuration that holds in `dir`, the defaults where there is none; and a problem for each
/// file that its author may think is read, in `dir` and the folders above and below it.
///
/// # Errors
/// Where it cannot be read or understood.
pub(in crate::pipeline) fn read(
    project: &Project<'_>,
    dir: &Path,
) -> Result<(Config, Vec<Problem>), Error> {
    let folders = folders(project, dir);
    let mut problems: Vec<Problem> =
        folders.iter().flat_map(|folder| misspelt(project, folder)).collect();
    let mut found: Option<(String, Config)> = None;
    for folder in &folders {
        let path = within(folder, CONFIG);
        let Some(text) = text(project, &path)? else { continue };
        match &found {
            None => found = Some((path.clone(), parsed(&path, text)?)),
            Some((used, _)) => problems.push(
                Problem::new(Code::ConfigUnread, Place::file(&path), format!("{used} is used."))
                    .hint("Keep one of them, or name the folder of the other with -C."),
            ),
        }
    }
    let (used, config) = found.map(|(path, config)| (Some(path), config)).unwrap_or_default();
    problems.extend(below(project, &folders, used.as_deref(), &config));
    Ok((config, problems))
}

/// A problem for each configuration of a folder below: it holds where trueup runs there, and here it
/// says nothing.
fn below(
    project: &Project<'_>,
    folders: &[String],
    used: Option<&str>,
    config: &Config,
) -> Vec<Problem> {
    let lead = folders.first().map(|folder| within(folder, "")).unwrap_or_default();
    let is_below = |path: &&str| {
        let inner = path.strip_prefix(lead.as_str()).and_then(|path| path.rsplit_once('/'));
        inner.is_some_and(|(_, name)| name == CONFIG)
    };
    let is_ignored = |path: &str| config.defaults.ignore.iter().any(|glob| glob.matches(path));
    let told = project.paths().filter(is_below).filter(|path| !is_ignored(path)).map(|path| {
        let instead = used.map_or_else(
            || "No configuration above it is there".to_owned(),
            |used| format!("{used} is used"),
        );
        let message = format!("{instead}; what this one asks for is not asked here.");
        let folder = path.strip_suffix(CONFIG).unwrap_or(path).trim_end_matches('/');
        Problem::new(Code::ConfigUnread, Place::file(path), message).hint(format!(
            "Run `trueup -C {folder}` as well, move it up, or name it in `[defaults] ignore`."
        ))
    });
    told.collect()
}

/// The file of the configuration that holds in `dir`, where there is one: its path and its bytes.
pub(in crate::pipeline) fn file(project: &Project<'_>, dir: &Path) -> Option<(String, Vec<u8>)> {
    folders(project, dir).iter().find_map(|folder| {
        let path = within(folder, CONFIG);
        let bytes = project.read(&path, LARGEST_TEXT)?.ok()?;
        Some((path, bytes))
    })
}

/// The same as reports name it.
pub(in crate::pipeline) fn named(project: &Project<'_>, dir: &Path) -> Option<v1::ConfigFile> {
    let (path, bytes) = file(project, dir)?;
    Some(v1::ConfigFile { path, sha256: sha256(&bytes).to_string() })
}

/// That its `checklists` match no file.
pub(in crate::pipeline) fn no_checklist(project: &Project<'_>, dir: &Path) -> Error {
    let path = file(project, dir).map_or_else(|| CONFIG.to_owned(), |(path, _)| path);
    let error = Error::usage(format!("the `checklists` of {path} match no file"));
    match path.rsplit_once('/') {
        Some((folder, _)) => error.hinted(format!(
            "Paths are relative to the repository: write `{folder}/docs/…`, or `**/docs/…`."
        )),
        None => {
            error.hinted("Globs are of paths in the repository: `docs/*.md`, `**/CHECKLIST.md`.")
        }
    }
}

/// `dir` and the folders above it, within the root, nearest first; the root is empty.
pub(in crate::pipeline) fn folders(project: &Project<'_>, dir: &Path) -> Vec<String> {
    let below = match &project.folder {
        Some(folder) => PathBuf::from(folder),
        None => project.repository.map(|repository| repository.below(dir)).unwrap_or_default(),
    };
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    (0..=parts.len()).rev().filter_map(|depth| Some(parts.get(..depth)?.join("/"))).collect()
}

/// The path of a file of a folder.
pub(in crate::pipeline) fn within(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

fn text(project: &Project<'_>, path: &str) -> Result<Option<String>, Error> {
    let Some(read) = project.read(path, LARGEST_TEXT) else {
        if !project.from_git && files::is_named(&project.root, path) {
            let lead = format!("{path} is there, but cannot be read as part of the repository");
            return Err(
                Error::usage(lead).hinted("It must be a regular file that git does not ignore.")
            );
        }
        return Ok(None);
    };
    let bytes = read.map_err(|why| Error::usage(why).hinted(format!("Mend {path}.")))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Error::usage(format!("{path} is not UTF-8")).hinted("Save it as UTF-8."))?;
    Ok(Some(text))
}

fn parsed(path: &str, text: String) -> Result<Config, Error> {
    config::read(path, &text, &evidence::format_ids()).map_err(|faults| Error::Config {
        faults,
        texts: BTreeMap::from([(path.to_owned(), text)]),
    })
}

/// Files of a folder whose name is the configuration's but for a slip: `Trueup.toml`, `trueup.tml`.
fn misspelt(project: &Project<'_>, folder: &str) -> Vec<Problem> {
    let lead = within(folder, "");
    let in_folder = project.paths().filter_map(|path| path.strip_prefix(lead.as_str()));
    let slips = in_folder.filter(|name| {
        let lower = name.trim_start_matches('.').to_lowercase();
        !name.contains('/') && *name != CONFIG && (lower == CONFIG || is_misspelt(&lower, CONFIG))
    });
    let told = slips.map(|name| {
        let at = Place::file(within(folder, name));
        Problem::new(
            Code::ConfigUnread,
            at,
            format!("{name} is no configuration, so it is not read."),
        )
        .hint(format!("Name it {CONFIG}."))
    });
    told.collect()
}
