//! Finding artifacts: by globs, in folders, in archives; and what could not be looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::model::Glob;
use crate::pipeline::Error;
use crate::pipeline::inputs::project::Project;
use crate::policy::{Config, Requirement};
use crate::reconcile::{Lost, has_a_report_s_name};
use crate::sources::files::{self, ArtifactFile, ArtifactFolder, Times, Unread};

use super::archives::{self, Opened};

/// The largest artifact that is read.
const LARGEST: u64 = 512 << 20;

/// The room above which one file's bytes are not held for the next.
const ROOM: usize = 8 << 20;

/// A file that may be an artifact.
pub(super) enum File {
    Disk(ArtifactFile),
    Git(String),
    /// An entry of the archive at that index.
    Entry(usize),
}

impl File {
    /// How many bytes it holds; 0 where that is not known before it is read.
    pub(super) fn size(&self) -> u64 {
        match self {
            File::Disk(file) => files::size(&file.root, &file.path),
            File::Git(_) | File::Entry(_) => 0,
        }
    }

    /// Puts its bytes in the place of what `room` held, or tells why not in a sentence. An entry is
    /// read with its archive.
    pub(super) fn read(
        &self,
        project: Option<&Project<'_>>,
        room: &mut Vec<u8>,
    ) -> Result<(), String> {
        if room.capacity() > ROOM {
            *room = Vec::new();
        }
        match self {
            File::Disk(file) => files::read_into(room, &file.root, &file.path, &file.name, LARGEST)
                .map_err(|fault| fault.to_string()),
            File::Git(path) => {
                let read = project.and_then(|project| project.read(path, LARGEST));
                *room = read.unwrap_or_else(|| Err(format!("{path} is not there")))?;
                Ok(())
            }
            File::Entry(_) => Err("it is read with its archive".to_owned()),
        }
    }

    /// What the file system says of its past.
    pub(super) fn times(&self) -> Times {
        match self {
            File::Disk(file) => files::times(&file.root, &file.path),
            File::Git(_) | File::Entry(_) => Times::default(),
        }
    }
}

/// Every file by name.
#[derive(Default)]
pub(super) struct Found {
    pub(super) files: BTreeMap<String, File>,
    /// The names of those in the default places.
    pub(super) default: BTreeSet<String>,
    /// The names of those that lie outside the repository.
    pub(super) foreign: BTreeSet<String>,
    /// What is no file, or could not be looked into.
    pub(super) unread: Vec<(Unread, From)>,
    /// The names of those that lie in a folder of the command line.
    pub(super) folders: BTreeSet<String>,
    /// The archives that were opened.
    pub(super) archives: Vec<Opened>,
    /// The seals in archives, each with its bytes or why they cannot be had.
    pub(super) seals: Vec<(String, Result<Vec<u8>, String>)>,
    /// Those that passed a bound.
    pub(super) beyond: BTreeSet<String>,
}

/// Where something was looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// By the globs, under the repository.
    Globs,
    /// In a folder of the command line.
    Folder,
}

/// Finds every file that a requirement or the default places name.
pub(super) fn find(
    project: &Project<'_>,
    config: &Config,
    requirements: &[Requirement],
    folders: &[PathBuf],
) -> Result<Found, Error> {
    let wanted: Vec<Glob> = requirements
        .iter()
        .flat_map(|of| &of.artifacts)
        .map(|wanted| wanted.glob.clone())
        .collect();
    let globs = [config.artifacts.as_slice(), &wanted].concat();
    let folders: Vec<ArtifactFolder> = folders
        .iter()
        .map(|folder| ArtifactFolder::new(&project.root, folder).map_err(Error::usage))
        .collect::<Result<_, _>>()?;
    let mut files: BTreeMap<String, File> = BTreeMap::new();
    let mut unread = Vec::new();
    if project.from_git {
        let tracked = project.paths().filter(|path| files::reaches(&globs, path));
        files.extend(tracked.map(|path| (path.to_owned(), File::Git(path.to_owned()))));
        unread.extend(project.no_files().map(|of| (of, From::Globs)));
    } else {
        let found = files::artifacts(&project.root, &globs, &[]);
        unread.extend(found.unread.into_iter().map(|of| (of, From::Globs)));
        files.extend(found.files.into_iter().map(|file| (file.name.clone(), File::Disk(file))));
    }
    let in_place = |name: &&String| config.artifacts.iter().any(|glob| glob.matches(name));
    let mut default: BTreeSet<String> = files.keys().filter(in_place).cloned().collect();
    let (mut foreign, mut in_folders) = (BTreeSet::new(), BTreeSet::new());
    let named = files::artifacts(&project.root, &[], &folders);
    unread.extend(named.unread.into_iter().map(|of| (of, From::Folder)));
    for mut file in named.files {
        if files::is_within(&project.root, &file.root) {
            default.insert(file.name.clone());
            in_folders.insert(file.name.clone());
            files.insert(file.name.clone(), File::Disk(file));
            continue;
        }
        // A file from outside never takes the place of the repository's own; nor is it gone where a
        // glob means both.
        let meant = file.name.clone();
        while files.contains_key(&file.name) || project.holds(&file.name) {
            file.name = format!("outside/{}", file.name);
        }
        if file.name != meant {
            let why = format!(
                "the repository holds another file of that name, so that it is called {}",
                file.name
            );
            let leads_to = Some(file.name.clone());
            unread.push((Unread { path: meant, why, leads_to, within: None }, From::Folder));
        }
        foreign.insert(file.name.clone());
        in_folders.insert(file.name.clone());
        default.insert(file.name.clone());
        files.insert(file.name.clone(), File::Disk(file));
    }
    let mut found =
        Found { files, default, foreign, unread, folders: in_folders, ..Found::default() };
    archives::open(project, config, &wanted, &mut found);
    Ok(found)
}

/// Of what was not read, what a requirement or the default places lose.
pub(super) fn lost(
    config: &Config,
    requirements: &[Requirement],
    unread: Vec<(Unread, From)>,
    read: &BTreeSet<String>,
    default_read: &BTreeSet<String>,
) -> Vec<Lost> {
    let wanted = || requirements.iter().flat_map(|of| &of.artifacts).map(|wanted| &wanted.glob);
    let told = |(unread, from): (Unread, From)| {
        let Unread { path, why, leads_to, within } = unread;
        let report = within.is_some() || has_a_report_s_name(&path);
        let read_elsewhere = leads_to.as_ref().is_some_and(|to| default_read.contains(to));
        let mut lost = Lost { path, why, leads_to, within, default: false };
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
