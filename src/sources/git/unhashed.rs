//! Reading many objects without hashing each again.

use git2::opts::strict_hash_verification;

/// While this lives, objects are taken as their packs hold them, as git itself takes them: libgit2
/// would hash each one that it reads once more, a quarter of the cost of a history. What is judged is
/// read outside of it.
#[derive(Debug)]
pub struct Unhashed(());

impl Unhashed {
    /// From here on, until it is dropped.
    pub fn begin() -> Unhashed {
        strict_hash_verification(false);
        Unhashed(())
    }
}

impl Drop for Unhashed {
    fn drop(&mut self) {
        strict_hash_verification(true);
    }
}
