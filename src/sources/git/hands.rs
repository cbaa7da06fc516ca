//! Who made a change: the authors of the commits that no earlier release holds.

use std::collections::BTreeSet;

use git2::{Mailmap, Oid};

use super::commit::{Person, lossy};
use super::error::GitError;
use super::repository::Repository;
use super::shipped::Release;
use crate::model::{ReleaseTags, package_of};

/// The trailer by which a message names who wrote it with the author.
const CO_AUTHOR: &str = "Co-authored-by";

/// Who made a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hands {
    /// These people.
    Known {
        /// The newest release before; `None` where there is none, and all commits count.
        since: Option<String>,
        /// Each person once, with their newest commit.
        hands: Vec<Hand>,
    },
    /// The clone is shallow, and some of these commits were cut off.
    Truncated,
}

/// Somebody who changed a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    /// Who, by the mailmap: the author, or a co-author whom the message names.
    pub person: Person,
    /// The full id of the commit.
    pub commit: String,
    /// One of the paths that it changed.
    pub path: String,
}

impl Repository {
    /// Who changed a path that is wanted, in the commits that `commit` stands on, itself among them,
    /// and that no release before it holds.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn hands(
        &self,
        commit: &str,
        releases: &ReleaseTags,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Hands, GitError> {
        let reading = |fault: git2::Error| GitError::reading("the history", &fault);
        let head = Oid::from_str(commit).map_err(reading)?;
        let releases = self.releases_before(head, releases)?;
        let releases = self.of_packages(releases, head, wanted)?;
        let since = releases.iter().max().map(|(_, name, _)| name.clone());
        let mut walk = self.git.revwalk().map_err(reading)?;
        walk.set_sorting(git2::Sort::TIME).map_err(reading)?;
        walk.push(head).map_err(reading)?;
        for (_, _, release) in &releases {
            walk.hide(*release).map_err(reading)?;
        }
        let mailmap = self.git.mailmap().ok();
        let (mut hands, mut known) = (Vec::new(), BTreeSet::new());
        for id in walk {
            let id = id.map_err(reading)?;
            if self.cut.contains(&id) {
                return Ok(Hands::Truncated);
            }
            let touched = self.touched(id)?;
            let Some(path) = touched.iter().find(|path| wanted(path)) else { continue };
            for person in people(&self.find(id)?, mailmap.as_ref()) {
                if known.insert(person.email.to_lowercase()) {
                    hands.push(Hand { person, commit: id.to_string(), path: path.clone() });
                }
            }
        }
        Ok(Hands::Known { since, hands })
    }

    /// The releases that can hold a change of what is wanted: where packages are tagged each by itself,
    /// those of the packages in whose folders it lies, and those of no package. All of them where it
    /// lies in the folder of none.
    fn of_packages(
        &self,
        releases: Vec<Release>,
        head: Oid,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<Release>, GitError> {
        let packages: BTreeSet<&str> =
            releases.iter().filter_map(|(_, name, _)| package_of(name)).collect();
        if packages.len() < 2 {
            return Ok(releases);
        }
        let files = self.tree(&self.resolve(&head.to_string())?)?.files()?;
        let folders = files.iter().filter(|(path, _)| wanted(path));
        let folders: BTreeSet<&str> = folders.flat_map(|(path, _)| path.split('/')).collect();
        let touched: BTreeSet<String> =
            packages.intersection(&folders).map(|&name| name.to_owned()).collect();
        let is_of_one =
            |release: &Release| package_of(&release.1).is_none_or(|name| touched.contains(name));
        Ok(if touched.is_empty() {
            releases
        } else {
            releases.into_iter().filter(is_of_one).collect()
        })
    }
}

/// The author of a commit and those whom its message names beside them, by a trailer or anywhere in it:
/// a squash leaves the trailers of its commits above its own last paragraph.
fn people(commit: &git2::Commit<'_>, mailmap: Option<&Mailmap>) -> Vec<Person> {
    let author = commit.author().to_owned();
    let message = commit.message_raw_bytes();
    let named = git2::message_trailers_bytes(message).ok().map(|trailers| {
        let is_co_author = |key: &[u8]| key.eq_ignore_ascii_case(CO_AUTHOR.as_bytes());
        let of = trailers.iter().filter(|(key, _)| is_co_author(key));
        of.filter_map(|(_, value)| signature(&lossy(value))).collect::<Vec<_>>()
    });
    let text = lossy(message);
    [author]
        .into_iter()
        .chain(named.unwrap_or_default())
        .chain(text.lines().filter_map(maker))
        .map(|who| {
            let mapped = mailmap.and_then(|mailmap| mailmap.resolve_signature(&who).ok());
            let who = mapped.unwrap_or(who);
            Person { name: lossy(who.name_bytes()), email: lossy(who.email_bytes()) }
        })
        .collect()
}

/// Whom a line of a message names as one who made the change: `Co-authored-by: Eli <eli@example.org>`,
/// and `Author: …`, as `git merge --squash` writes it. Who is named by mistake may not vouch for it.
fn maker(line: &str) -> Option<git2::Signature<'static>> {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || ">*-#".contains(c));
    let (key, who) = line.split_once(':')?;
    let names = [CO_AUTHOR, "Author"].iter().any(|name| key.trim().eq_ignore_ascii_case(name));
    names.then(|| signature(who)).flatten()
}

/// `Eli <eli@example.org>`.
fn signature(written: &str) -> Option<git2::Signature<'static>> {
    let (name, rest) = written.split_once('<')?;
    let (email, _) = rest.split_once('>')?;
    git2::Signature::new(name.trim(), email.trim(), &git2::Time::new(0, 0)).ok()
}
