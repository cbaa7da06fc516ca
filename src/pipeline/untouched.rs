//! A run for which nothing was touched since the last of its kind: neither an input, as far as sizes,
//! times and numbers of files tell, nor what was asked.

use std::path::{Path, PathBuf};

use crate::sources::cache::{self, Cache};
use crate::sources::digest::sha256;
use crate::sources::environment::Environment;
use crate::sources::files;

use super::cache::kept;
use super::inputs::project;
use super::{Error, Options};

/// What a run is known by.
pub struct Untouched {
    cache: Cache,
    /// The file of the cache: one for each thing that is asked.
    name: String,
    /// All that the answer hangs on, in one digest.
    state: String,
}

impl Untouched {
    /// Of a run by `options` in `environment` for what is `asked`, which writes to `out`. `None` where
    /// nothing may be kept, or the answer hangs on what is not looked at. When the answer was made is
    /// no part of it; the judge's clock is.
    ///
    /// # Errors
    /// Where there is no such folder, or its repository cannot be opened.
    pub fn of(
        options: &Options,
        environment: &Environment,
        asked: &str,
        out: Option<&Path>,
    ) -> Result<Option<Untouched>, Error> {
        let Some(repository) = project::repository(&options.dir)? else { return Ok(None) };
        // A file of keys outside the repository changes unseen.
        let fixed = repository.signers_of_git().0.is_none();
        let Some(cache) = kept(&repository, options.cache && fixed) else { return Ok(None) };
        let root = repository.root();
        let (of_git, objects) = repository.folders();
        let mut folders = vec![root.to_path_buf()];
        folders.extend(of_git.into_iter().filter(|folder| !folder.starts_with(root)));
        folders.extend(options.artifacts.iter().cloned());
        let mut but = vec![objects, root.join(cache::FOLDER)];
        but.extend(out.and_then(|out| out.canonicalize().ok()));
        let Some(files) = files::touched(&folders, &but) else { return Ok(None) };
        let options = Options { generated_at: options.clock, ..options.clone() };
        let environment = Environment { source_date_epoch: None, ..environment.clone() };
        let state = sha256(format!("{files} {options:?} {environment:?}").as_bytes()).to_string();
        let name = format!("untouched-{}", &sha256(asked.as_bytes()).to_string()[..16]);
        Ok(Some(Untouched { cache, name, state }))
    }

    /// What was remembered of the last run, where it was of the same state.
    pub fn known(&self) -> Option<Vec<u8>> {
        let kept = self.cache.read(&self.name)?;
        let (state, known) = kept.split_at_checked(self.state.len())?;
        (state == self.state.as_bytes()).then(|| known.to_vec())
    }

    /// Remembers `what` of this run for the next.
    pub fn remember(&self, what: &[u8]) {
        self.cache.write(&self.name, &[self.state.as_bytes(), what].concat());
    }
}

/// What the file system says of all that lies in `folder`; `None` where that cannot be told.
pub fn as_it_lies(folder: &Path) -> Option<String> {
    let folder: PathBuf = folder.canonicalize().ok()?;
    files::touched(&[folder], &[]).map(|digest| digest.to_string())
}
