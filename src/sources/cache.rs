//! What may be kept from one run to the next: a folder that git ignores and anybody may delete.
//!
//! Each file begins with the digest of its content and of what this program was built of, so that a
//! damaged one and one of another build count as none.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::model::Digest;

use super::digest::sha256;
use super::files;
use super::output::{make_folder, write_file, write_parts};

/// Where it lies in a project.
pub const FOLDER: &str = ".trueup/cache";

/// What this program was built of, in a few letters.
const BUILD: &str = env!("TRUEUP_BUILD");

/// How many files are kept, the newest.
const MOST: usize = 24;

/// The folder of kept files. Nothing here is an error: what cannot be read is not there, and what
/// cannot be written is not kept.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// The cache of the project at `root`; `None` where a link leads out of it.
    pub fn of(root: &Path) -> Option<Cache> {
        let folder = root.join(FOLDER);
        let linked = |path: &Path| path.symlink_metadata().is_ok_and(|data| data.is_symlink());
        let leads_out = linked(&folder) || folder.parent().is_some_and(linked);
        (!leads_out).then_some(Cache { folder })
    }

    /// The names of all files, sorted.
    pub fn names(&self) -> Vec<String> {
        files::names(&self.folder)
    }

    /// What was kept under `name`, if it is whole.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        self.read_known(name).map(|(bytes, _)| bytes)
    }

    /// The same with its digest, by which another file can name it.
    pub fn read_known(&self, name: &str) -> Option<(Vec<u8>, Digest)> {
        let mut file = fs::File::open(self.folder.join(name)).ok()?;
        // The head is as long for any content.
        let mut head = head_of(sha256(b"")).into_bytes();
        file.read_exact(&mut head).ok()?;
        let mut content = Vec::new();
        file.read_to_end(&mut content).ok()?;
        let digest = sha256(&content);
        (head == head_of(digest).as_bytes()).then_some((content, digest))
    }

    /// Counts the file as one that was written now: another that was stands on it.
    pub fn renew(&self, name: &str) {
        let file = fs::File::options().append(true).open(self.folder.join(name));
        // Where it cannot be done, the file is forgotten a little earlier.
        let _ = file.and_then(|file| file.set_modified(SystemTime::now()));
    }

    /// Keeps `content` under `name`, and forgets the oldest files.
    pub fn write(&self, name: &str, content: &[u8]) {
        if make_folder(&self.folder).is_err() {
            return;
        }
        let ignore = self.folder.join(".gitignore");
        if !ignore.exists() && write_file(&ignore, b"*\n").is_err() {
            return;
        }
        let head = head_of(sha256(content));
        if write_parts(&self.folder.join(name), &[head.as_bytes(), content]).is_ok() {
            self.forget();
        }
    }

    fn forget(&self) {
        let kept = self.names().into_iter().filter(|name| !name.starts_with('.'));
        let mut kept: Vec<_> = kept
            .map(|name| self.folder.join(name))
            .map(|path| (fs::metadata(&path).and_then(|data| data.modified()).ok(), path))
            .collect();
        kept.sort();
        for (_, path) in kept.iter().take(kept.len().saturating_sub(MOST)) {
            // Another run may have done it.
            let _ = fs::remove_file(path);
        }
    }
}

/// The first line of a file whose content has that digest.
fn head_of(content: Digest) -> String {
    format!("{BUILD} {content}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back_and_damage_is_nothing() {
        let root = tempfile::tempdir().unwrap();
        let cache = Cache::of(root.path()).unwrap();
        assert_eq!((cache.read("a"), cache.names().len()), (None, 0));
        cache.write("a", b"one\ntwo");
        assert_eq!(cache.read("a").as_deref(), Some(&b"one\ntwo"[..]));
        let place = root.path().join(FOLDER).join("a");
        let bytes = fs::read(&place).unwrap();
        let of_another_build = [b"0", &bytes[..]].concat();
        let whole = bytes.as_slice();
        for damaged in [&whole[..whole.len() - 1], &whole[..20], b"", b"\n", &of_another_build] {
            fs::write(&place, damaged).unwrap();
            assert_eq!(cache.read("a"), None);
        }
        assert_eq!(fs::read_to_string(root.path().join(FOLDER).join(".gitignore")).unwrap(), "*\n");
    }

    #[test]
    fn it_does_not_grow() {
        let root = tempfile::tempdir().unwrap();
        let cache = Cache::of(root.path()).unwrap();
        for at in 0..MOST + 9 {
            cache.write(&format!("file-{at}"), b"x");
        }
        assert_eq!(cache.names().len(), MOST + 1, "and the file that git is told by");
    }

    #[test]
    fn what_was_renewed_is_forgotten_last() {
        let root = tempfile::tempdir().unwrap();
        let cache = Cache::of(root.path()).unwrap();
        let old = SystemTime::UNIX_EPOCH;
        for name in ["one", "two"] {
            cache.write(name, b"x");
            let file = fs::File::options().append(true).open(root.path().join(FOLDER).join(name));
            file.unwrap().set_modified(old).unwrap();
        }
        cache.renew("one");
        cache.renew("three");
        for at in 0..MOST - 1 {
            cache.write(&format!("file-{at}"), b"x");
        }
        assert_eq!(cache.read("one").as_deref(), Some(&b"x"[..]));
        assert_eq!((cache.read("two"), cache.read("three")), (None, None));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_is_not_followed() {
        let (root, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(other.path(), root.path().join(".trueup")).unwrap();
        assert!(Cache::of(root.path()).is_none());
    }
}
