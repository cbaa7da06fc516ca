//! Reading many objects, none of them hashed again and none of them kept.

use git2::opts::{enable_caching, strict_hash_verification};

/// While this lives, objects are taken as their packs hold them, as git itself takes them: libgit2
/// would hash each one that it reads once more, a quarter of the cost of a history. What is judged is
/// read outside of it. It would also keep the commits and folders that it read, up to 256 MiB of them;
/// a walk asks for each once, or keeps it itself.
#[derive(Debug)]
pub struct Unhashed(());

impl Unhashed {
    /// From here on, until it is dropped.
    pub fn begin() -> Unhashed {
        strict_hash_verification(false);
        enable_caching(false);
        Unhashed(())
    }
}

impl Drop for Unhashed {
    fn drop(&mut self) {
        strict_hash_verification(true);
        enable_caching(true);
    }
}
