//! A folder of pages, swapped in whole.

mod compared;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;
use tempfile::TempDir;

use super::super::digest::sha256;
use super::super::files::everything;
use super::WriteError;
use super::fresh::{beside, split};
use compared::Compared;

/// The file that names the others of a report.
const MANIFEST: &str = "manifest.json";

/// The file by which a folder is known as trueup's own.
const MARKER: &str = "snapshot.json";

/// How the names of a report's manifest and of all that is said over it begin: statements,
/// signatures.
const OVER_MANIFEST: &str = "manifest.";

/// A folder being written beside the one it will replace. Dropped unfinished, it leaves no trace.
/// Threads may share it.
pub struct FolderWriter {
    target: PathBuf,
    fresh: TempDir,
    added: Mutex<Added>,
}

/// The files so far, relative to the folder.
#[derive(Default)]
struct Added {
    /// All.
    names: BTreeSet<PathBuf>,
    /// Those that the present folder holds with the same bytes; the others lie in the fresh one.
    kept: BTreeSet<PathBuf>,
    /// The folders of the fresh one.
    made: BTreeSet<PathBuf>,
}

/// What became of the present folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// Whether a new folder took its place; else it held all of this already, and stands untouched.
    pub changed: bool,
    /// The signatures over its manifest that went with it: they are of other bytes.
    pub unsigned: Vec<String>,
}

/// Writes `files` (paths relative to `dir`) as the whole content of `dir`.
///
/// # Errors
/// As [`FolderWriter::begin`] and [`FolderWriter::file`].
pub fn write_folder<'f>(
    dir: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Result<(), WriteError> {
    let writer = FolderWriter::begin(dir)?;
    for (path, bytes) in files {
        writer.file(path, bytes)?;
    }
    writer.finish()?;
    Ok(())
}

impl FolderWriter {
    /// Begins a new content for `dir`, which is left as it is until [`FolderWriter::finish`].
    ///
    /// # Errors
    /// Where `dir` exists and is not a report of trueup's, or its parent cannot be written.
    pub fn begin(dir: &Path) -> Result<FolderWriter, WriteError> {
        let (parent, name) = split(dir)?;
        let target = parent.join(name);
        recover(&target)?;
        refuse_foreign(&target)?;
        let fresh = beside(&target)?;
        Ok(FolderWriter { target, fresh, added: Mutex::default() })
    }

    /// Adds a file. One that the present folder holds with the same bytes is kept as it is, time
    /// and all.
    ///
    /// # Errors
    /// Where the path is not relative and plain, was added before, or the disk refuses.
    pub fn file(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let relative = self.name(path)?;
        let because = |fault: io::Error| WriteError::because(relative, &fault);
        if holds(&self.target.join(relative), bytes) {
            self.added().kept.insert(relative.to_path_buf());
            return Ok(());
        }
        let place = self.place(relative).map_err(because)?;
        let mut file = fs::File::create_new(&place).map_err(because)?;
        file.write_all(bytes).map_err(because)
    }

    /// The same of a file that `write` says a piece at a time, so that it is nowhere held whole.
    ///
    /// # Errors
    /// As [`FolderWriter::file`], and where `write` ends in a fault.
    pub fn stream(
        &self,
        path: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), WriteError> {
        let relative = self.name(path)?;
        let compared = || {
            let place = self.place(relative)?;
            let mut file = Compared::begin(self.target.join(relative), place);
            write(&mut file)?;
            file.finish()
        };
        if compared().map_err(|fault| WriteError::because(relative, &fault))? {
            self.added().kept.insert(relative.to_path_buf());
        }
        Ok(())
    }

    /// Takes the name of a file that is added.
    fn name<'p>(&self, path: &'p str) -> Result<&'p Path, WriteError> {
        let relative = Path::new(path);
        let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
        if path.is_empty() || !relative.components().all(plain) {
            return Err(WriteError::new(format!("`{path}` is no name for a page of a report")));
        }
        if !self.added().names.insert(relative.to_path_buf()) {
            return Err(WriteError::because(relative, &ErrorKind::AlreadyExists.into()));
        }
        Ok(relative)
    }

    /// The folder that is written, as it will be called.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// What the present folder holds under `path`.
    pub fn present(&self, path: &str) -> Option<Vec<u8>> {
        let path = self.target.join(path);
        path.symlink_metadata().is_ok_and(|data| data.is_file()).then(|| fs::read(path).ok())?
    }

    /// Keeps files of the present folder as they are: all of those named with the SHA-256 of their
    /// bytes, or none where one is not so.
    pub fn keep_standing(&self, files: &[(&str, &str)]) -> bool {
        let stands = |(path, digest): &(&str, &str)| {
            self.present(path).is_some_and(|bytes| sha256(&bytes).to_string() == *digest)
        };
        let all = files.iter().all(stands);
        if all {
            let mut added = self.added();
            added.names.extend(files.iter().map(|(path, _)| PathBuf::from(path)));
            added.kept.extend(files.iter().map(|(path, _)| PathBuf::from(path)));
        }
        all
    }

    /// Puts the new folder in the place of the old one. Where that holds the same files with the
    /// same bytes and nothing else, it stays as it is, with the signatures over its manifest.
    ///
    /// # Errors
    /// Where the disk refuses; the old folder then still stands.
    pub fn finish(self) -> Result<Finished, WriteError> {
        let because = |fault: std::io::Error| WriteError::because(&self.target, &fault);
        let Added { names, kept, .. } = std::mem::take(&mut *self.added());
        if self.target.symlink_metadata().is_err() {
            fs::rename(self.fresh.path(), &self.target).map_err(because)?;
            return Ok(Finished { changed: true, unsigned: Vec::new() });
        }
        let present = everything(&self.target).map_err(WriteError::new)?.into_iter();
        let left: Vec<String> =
            present.map(|(name, _)| name).filter(|name| !names.contains(Path::new(name))).collect();
        let is_over = |name: &String| name.starts_with(OVER_MANIFEST);
        if kept.len() == names.len() && left.iter().all(is_over) {
            return Ok(Finished { changed: false, unsigned: Vec::new() });
        }
        for relative in &kept {
            self.keep(relative).map_err(|fault| WriteError::because(relative, &fault))?;
        }
        swap(self.fresh.path(), &self.target).map_err(because)?;
        Ok(Finished { changed: true, unsigned: left.into_iter().filter(is_over).collect() })
    }

    /// Gives the fresh folder a file of the present one.
    fn keep(&self, relative: &Path) -> std::io::Result<()> {
        let (present, place) = (self.target.join(relative), self.place(relative)?);
        // Not every file system links, and none across two.
        fs::hard_link(&present, &place).or_else(|_| fs::copy(&present, &place).map(drop))
    }

    /// Where a file will stand in the fresh folder, the folders above it made.
    fn place(&self, relative: &Path) -> std::io::Result<PathBuf> {
        let place = self.fresh.path().join(relative);
        if let Some(folder) = place.parent() {
            // Held until it is there: another thread may want to write into it at once.
            let mut added = self.added();
            if !added.made.contains(folder) {
                fs::create_dir_all(folder)?;
                added.made.insert(folder.to_path_buf());
            }
        }
        Ok(place)
    }

    fn added(&self) -> std::sync::MutexGuard<'_, Added> {
        self.added.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn refuse_foreign(target: &Path) -> Result<(), WriteError> {
    let because = |fault: std::io::Error| WriteError::because(target, &fault);
    let shown = target.display();
    let entries = match fs::read_dir(target) {
        Ok(entries) => entries.collect::<Result<Vec<_>, _>>().map_err(because)?,
        Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(()),
        Err(fault) => return Err(because(fault)),
    };
    if entries.is_empty() {
        return Ok(());
    }
    if entries.iter().any(|entry| entry.file_name() == ".git") {
        return Err(WriteError::new(format!("{shown} is a git work tree, and would be replaced"))
            .with_hint("Write the report to another folder, and copy it there."));
    }
    if let Some(stranger) = stranger(target) {
        return Err(WriteError::new(format!(
            "{shown} holds {stranger}, which is not of the report and would be lost"
        ))
        .with_hint("Put it elsewhere, or name a new folder with --out."));
    }
    if !is_report(&target.join(MARKER)) {
        return Err(WriteError::new(format!(
            "{shown} exists and is not a report of trueup's: it holds no {MARKER}"
        ))
        .with_hint("Name a new or empty folder with --out."));
    }
    Ok(())
}

/// A file that somebody put into a report: the manifest does not have it, and it is no signature.
/// None can be told where there is no manifest.
fn stranger(target: &Path) -> Option<String> {
    #[derive(Deserialize)]
    struct Listed {
        files: Vec<Named>,
    }
    #[derive(Deserialize)]
    struct Named {
        path: String,
    }
    let manifest = fs::read(target.join(MANIFEST)).ok()?;
    let listed: Listed = serde_json::from_slice(&manifest).ok()?;
    let known: BTreeSet<&str> = listed.files.iter().map(|file| file.path.as_str()).collect();
    let own = |name: &str| name.starts_with(OVER_MANIFEST) || known.contains(name);
    let present = everything(target).ok()?;
    present.into_iter().map(|(name, _)| name).find(|name| !own(name))
}

/// Whether `dir` is a report of trueup's, by the snapshot in it.
pub fn is_report_folder(dir: &Path) -> bool {
    is_report(&dir.join(MARKER))
}

/// Whether a file is a snapshot of ours, of whatever version: it begins with its schema, and ends as
/// a whole one does.
fn is_report(marker: &Path) -> bool {
    let read = || -> std::io::Result<(Vec<u8>, Vec<u8>)> {
        let (mut head, mut tail) = (Vec::new(), Vec::new());
        let mut file = fs::File::open(marker)?;
        (&file).take(HEAD).read_to_end(&mut head)?;
        let length = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
        file.read_to_end(&mut tail)?;
        Ok((head, tail))
    };
    read().is_ok_and(|(mut head, tail)| {
        head.retain(|byte| !byte.is_ascii_whitespace());
        head.starts_with(br#"{"schema":"trueup/snapshot/"#) && tail.trim_ascii_end().ends_with(b"}")
    })
}

/// More than the schema of a snapshot takes, in bytes.
const HEAD: u64 = 256;

/// More than the end of a file of JSON takes.
const TAIL: u64 = 16;

fn holds(path: &Path, bytes: &[u8]) -> bool {
    path.symlink_metadata().is_ok_and(|data| data.is_file() && data.len() == bytes.len() as u64)
        && fs::read(path).is_ok_and(|present| present == bytes)
}

/// Puts `fresh` in `target`'s place; what stood there is then at `fresh`, or gone.
fn swap(fresh: &Path, target: &Path) -> std::io::Result<()> {
    if exchange(fresh, target).is_ok() {
        return Ok(());
    }
    // Not every file system exchanges two names in one step. Between these two renames only the
    // old folder's second name holds a report; the next run finds it there.
    let aside = aside(target);
    fs::rename(target, &aside)?;
    if let Err(fault) = fs::rename(fresh, target) {
        fs::rename(&aside, target)?;
        return Err(fault);
    }
    fs::remove_dir_all(&aside)
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Brings back the old folder of a run that was ended between two renames.
fn recover(target: &Path) -> Result<(), WriteError> {
    let aside = aside(target);
    if aside.is_dir() && target.symlink_metadata().is_err() {
        fs::rename(&aside, target).map_err(|fault| WriteError::because(target, &fault))?;
    }
    Ok(())
}

fn aside(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.old"))
}

#[cfg(test)]
mod tests;
