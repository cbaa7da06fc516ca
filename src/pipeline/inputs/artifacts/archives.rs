//! Opening the archives among the files found: their entries are artifacts, they themselves are not.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::evidence::archive::{self, Contents, Fault};
use crate::model::{Artifact, Glob, Limits, archive_kind, within_archive};
use crate::pipeline::inputs::project::Project;
use crate::pipeline::report::vault::Vaulting;
use crate::policy::Config;
use crate::reconcile::{Depth, Request};
use crate::seal;
use crate::sources::files::{Times, Unread};

use super::find::{File, Found, From};
use super::{Asked, parsed};

/// An archive that was read to its end and found whole.
pub(super) struct Opened {
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
    times: Times,
}

/// Puts the entries of every archive in its place. One that is broken is told as unread: what a
/// glob would have found in it is lost.
pub(super) fn open(project: &Project<'_>, config: &Config, wanted: &[Glob], found: &mut Found) {
    let archives: Vec<(&String, &File)> =
        found.files.iter().filter(|(path, _)| archive_kind(path).is_some()).collect();
    let look = |project, (path, file): &(&String, &File)| look(project, path, file, &config.limits);
    let looked: Vec<(Opened, Result<Contents, Fault>)> = if project.from_git {
        archives.iter().map(|archive| look(Some(project), archive)).collect()
    } else {
        archives.par_iter().map(|archive| look(None, archive)).collect()
    };
    for (opened, contents) in looked {
        let from = if found.folders.contains(&opened.path) { From::Folder } else { From::Globs };
        let itself = found.files.remove(&opened.path);
        found.default.remove(&opened.path);
        match contents {
            Err(fault) => {
                let path = opened.path;
                if fault.limit {
                    found.beyond.insert(path.clone());
                }
                let within = Some(within_archive(&path));
                let unread = Unread { path, why: fault.why, leads_to: None, within };
                found.unread.push((unread, from));
            }
            Ok(contents) => {
                let names_it = |glob: &Glob| {
                    glob.matches(&opened.path)
                        && !contents.names.iter().any(|name| glob.matches(name))
                };
                // A glob that names the archive and nothing in it is told what to say instead.
                if let Some(itself) = itself.filter(|_| wanted.iter().any(names_it)) {
                    found.files.insert(opened.path.clone(), itself);
                }
                settle(opened, contents, from, config, found);
            }
        }
    }
}

fn look(
    project: Option<&Project<'_>>,
    path: &str,
    file: &File,
    limits: &Limits,
) -> (Opened, Result<Contents, Fault>) {
    let mut bytes = Vec::new();
    let contents = match file.read(project, &mut bytes) {
        Ok(()) => archive::contents(path, &bytes, limits),
        Err(why) => Err(Fault { limit: false, why }),
    };
    (Opened { path: path.to_owned(), bytes, times: file.times() }, contents)
}

/// Takes an archive's entries among the files.
fn settle(opened: Opened, contents: Contents, from: From, config: &Config, found: &mut Found) {
    let index = found.archives.len();
    let foreign = found.foreign.contains(&opened.path);
    let unread = |path: String, why: String, within: Option<String>| {
        (Unread { path, why, leads_to: None, within }, from)
    };
    for skipped in contents.skipped {
        found.unread.push(unread(skipped.name, skipped.why, skipped.within));
    }
    let seals: Vec<&String> = contents.names.iter().filter(|name| seal::is_seal(name)).collect();
    found.seals.extend(opened.bytes_of(&seals, &config.limits));
    for name in contents.names {
        if found.files.contains_key(&name) {
            found.unread.push(unread(name, "another file has that name".to_owned(), None));
            continue;
        }
        if seal::is_seal(&name) || is_of_the_finder(&name) {
            continue;
        }
        if from == From::Folder || config.artifacts.iter().any(|glob| glob.matches(&name)) {
            found.default.insert(name.clone());
        }
        if foreign {
            found.foreign.insert(name.clone());
        }
        found.files.insert(name, File::Entry(index));
    }
    found.archives.push(opened);
}

/// Whether an entry is what macOS packs beside a file: attributes, in the place of its name.
fn is_of_the_finder(name: &str) -> bool {
    name.contains("!/__MACOSX/") && name.rsplit('/').next().is_some_and(|of| of.starts_with("._"))
}

impl Opened {
    /// The bytes of the entries of these names, each or why they cannot be had.
    pub(super) fn bytes_of(
        &self,
        names: &[&String],
        limits: &Limits,
    ) -> Vec<(String, Result<Vec<u8>, String>)> {
        let mut entries = Vec::new();
        if names.is_empty() {
            return entries;
        }
        let wanted = |name: &str| names.iter().any(|wanted| *wanted == name);
        let visit = &mut |name: &str, bytes| entries.push((name.to_owned(), Ok(bytes)));
        match archive::each(&self.path, &self.bytes, limits, &wanted, visit) {
            Ok(()) => entries,
            Err(Fault { why, .. }) => {
                names.iter().map(|&name| (name.clone(), Err(why.clone()))).collect()
            }
        }
    }

    /// Reads the entries that are asked for, one after the other.
    pub(super) fn read<'r>(
        &self,
        asked: &BTreeMap<&str, &Asked<'r>>,
        limits: &Limits,
        vaulting: Vaulting<'_>,
    ) -> Vec<(Artifact, &'r Request, Depth)> {
        let mut read = Vec::new();
        let wanted = |name: &str| asked.contains_key(name);
        let visit = &mut |name: &str, bytes: Vec<u8>| {
            read.extend(self.entry(asked, name, Ok(&bytes), vaulting));
        };
        match archive::each(&self.path, &self.bytes, limits, &wanted, visit) {
            Ok(()) => read,
            // It was whole when it was opened, so this is not met; were it, nothing would count.
            Err(Fault { why, .. }) => {
                let broken = Err(why.as_str());
                asked.keys().flat_map(|name| self.entry(asked, name, broken, vaulting)).collect()
            }
        }
    }

    fn entry<'r>(
        &self,
        asked: &BTreeMap<&str, &Asked<'r>>,
        name: &str,
        bytes: Result<&[u8], &str>,
        vaulting: Vaulting<'_>,
    ) -> Vec<(Artifact, &'r Request, Depth)> {
        let parsed = |&(request, depth): &(&'r Request, Depth)| {
            let archive = Some(self.path.clone());
            let artifact = parsed(request, depth, bytes, self.times);
            (Artifact { archive, ..artifact }, request, depth)
        };
        let asked = asked.get(name).into_iter().flat_map(|asked| asked.iter());
        let read: Vec<_> = asked.map(parsed).collect();
        vaulting.artifact(read.iter().map(|(artifact, ..)| artifact), bytes);
        read
    }
}
