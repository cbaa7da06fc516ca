//! Who wrote the latest commits.

use super::commit::Commit;
use super::error::GitError;
use super::repository::Repository;
use super::walk::NewestFirst;

/// How many commits are looked at.
const REACH: usize = 500;

impl Repository {
    /// The addresses of the latest authors up to `head`, by the mailmap, each once, at most `most`:
    /// those with more commits first.
    ///
    /// # Errors
    /// Where an object cannot be read.
    pub fn latest_authors(&self, head: &Commit, most: usize) -> Result<Vec<String>, GitError> {
        let mut counted: Vec<(String, usize)> = Vec::new();
        for commit in NewestFirst::from(self, self.oid(head)?)?.take(REACH) {
            let email = self.describe(&commit?)?.author.email;
            if !email.contains('@') || email.contains("[bot]") {
                continue;
            }
            match counted.iter_mut().find(|(known, _)| *known == email) {
                Some((_, count)) => *count += 1,
                None => counted.push((email, 1)),
            }
        }
        counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(counted.into_iter().take(most).map(|(email, _)| email).collect())
    }
}
