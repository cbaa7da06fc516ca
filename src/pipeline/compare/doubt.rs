//! Why the record of a release may not tell what the release was.

use std::path::Path;

use serde_json::Value;

use crate::pipeline::Error;
use crate::snapshot::{Snapshot, incoherence, store};
use crate::sources::files;
use crate::sources::git::history::Sought;
use crate::sources::git::{BlobId, Repository};

use super::{LARGEST, after};

/// Something a reader should know of the record of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pipeline) enum Doubt {
    /// The tag of the release is at another commit than the one recorded.
    Elsewhere { tag: String, recorded: String },
    /// It was recorded of changes that are in no commit.
    Dirty,
    /// What was recorded is not there any more; the commit that took it away, if one did.
    Altered { by: Option<String> },
    /// It lies at the end of another branch alone.
    OnBranch {
        /// Its name.
        branch: String,
        /// Where it lies there.
        path: String,
        /// The judged line stands on the release.
        on_line: bool,
    },
    /// What of the record does not follow from the rest of it.
    Incoherent { what: String },
}

impl Doubt {
    /// Whether nothing can be said by comparing with it.
    pub(in crate::pipeline) fn forbids(&self) -> bool {
        !matches!(self, Doubt::Dirty | Doubt::OnBranch { .. })
    }

    /// What is told of the record of `release`, as a clause.
    pub(in crate::pipeline) fn told(&self, release: &str) -> String {
        let record = format!("the record of {release}");
        match self {
            Doubt::Elsewhere { tag, recorded } => {
                let (tag, recorded) = (short(tag), short(recorded));
                format!(
                    "the tag {release} is at {tag}, and its record is of {recorded}: record it anew with its \
                     reports, `trueup report --release {release} --at {release} --artifacts FOLDER --force`"
                )
            }
            Doubt::Dirty => {
                format!("{record} is of a work tree with changes that are in no commit")
            }
            Doubt::Altered { by: Some(commit) } => {
                format!("{record} was changed or removed after it was made, in {}", short(commit))
            }
            Doubt::Altered { by: None } => {
                format!("{record} differs from the one that was committed")
            }
            Doubt::OnBranch { branch, path, .. } => format!(
                "{record} lies on the branch {branch} and is not here (`git checkout {branch} -- {path}` \
                 brings it)"
            ),
            Doubt::Incoherent { what } => format!("{record} does not hold together: {what}"),
        }
    }
}

fn short(commit: &str) -> &str {
    commit.get(..7).unwrap_or(commit)
}

/// What of the state that `snapshot` is of makes it a strange one to record as `release`.
pub(in crate::pipeline) fn of_state(
    repository: Option<&Repository>,
    dir: &Path,
    release: &str,
    snapshot: &Snapshot,
) -> Result<Vec<Doubt>, Error> {
    let Some(of) = &snapshot.commit else { return Ok(Vec::new()) };
    let mut doubts = Vec::new();
    if let Some(repository) = repository
        && let Some((_, tag)) = repository.tags()?.into_iter().find(|(name, _)| name == release)
        && of.id != tag
        && !after::is_of_tag(repository, dir, snapshot, (&of.id, &tag))?
    {
        doubts.push(Doubt::Elsewhere { tag, recorded: of.id.clone() });
    }
    doubts.extend(of.dirty.then_some(Doubt::Dirty));
    Ok(doubts)
}

/// What of the record of `release`, which says `snapshot`, is to be doubted by itself.
pub(in crate::pipeline) fn of_record(
    repository: Option<&Repository>,
    dir: &Path,
    release: &str,
    snapshot: &Snapshot,
) -> Result<Vec<Doubt>, Error> {
    let mut doubts = of_state(repository, dir, release, snapshot)?;
    doubts.extend(incoherence(snapshot).map(|what| Doubt::Incoherent { what }));
    Ok(doubts)
}

/// Where the record of `release` at `path`, which is not here, lies at the end of a branch; `is_meant` tells
/// by its bytes whether it is of this project.
pub(super) fn on_branch(
    repository: Option<&Repository>,
    release: &str,
    path: &str,
    is_meant: impl Fn(&[u8]) -> bool,
) -> Result<Option<Doubt>, Error> {
    let Some(repository) = repository else { return Ok(None) };
    for (branch, blob) in repository.branches_with(path)? {
        if !repository.blob(blob, LARGEST)?.is_some_and(|bytes| is_meant(&bytes)) {
            continue;
        }
        let tags = repository.tags()?;
        let tag = tags.iter().find(|(name, _)| name == release);
        let on_line = match (tag, repository.head()?) {
            (Some((_, tag)), Some(head)) => repository.is_ancestor(tag, &head)?,
            _ => false,
        };
        return Ok(Some(Doubt::OnBranch { branch, path: path.to_owned(), on_line }));
    }
    Ok(None)
}

/// For each of the `paths` of records whether a version of it is gone, by one walk over the history; of a
/// record that is not there, whether it was. `present` gives the bytes that stand there.
pub(in crate::pipeline) fn altered(
    repository: Option<&Repository>,
    paths: &[String],
    present: impl Fn(&str) -> Option<Vec<u8>>,
) -> Result<Vec<Option<Doubt>>, Error> {
    let mut versions = vec![Vec::new(); paths.len()];
    let Some(repository) = repository.filter(|_| !paths.is_empty()) else {
        return Ok(vec![None; paths.len()]);
    };
    if let Some(head) = repository.head()? {
        let history = repository.file_history(&head, &Sought { paths, ..Sought::default() })?;
        for revision in &history.revisions {
            for change in &revision.changes {
                if let Some(of) = versions.get_mut(change.path) {
                    of.push((change.blob, revision.by.commit.clone()));
                }
            }
        }
    }
    let gone = |(path, versions): (&String, Vec<Version>)| match versions.is_empty() {
        true => Ok(None),
        false => gone(repository, path, present(path).as_deref(), &versions),
    };
    paths.iter().zip(versions).map(gone).collect()
}

/// What a commit made of a record: its bytes, if any, and the commit.
type Version = (Option<BlobId>, String);

/// Whether one of the `versions` of a record, from the oldest on, is neither the `present` one, nor kept
/// beside it, nor was taken back.
fn gone(
    repository: &Repository,
    path: &str,
    present: Option<&[u8]>,
    versions: &[Version],
) -> Result<Option<Doubt>, Error> {
    let kept = kept(repository, path);
    for (at, (blob, _)) in versions.iter().enumerate() {
        let version = blob.map(|id| repository.blob(id, LARGEST)).transpose()?.flatten();
        let Some(version) = version else { continue };
        if present.is_some_and(|present| same(&version, present)) {
            // What stood there between this version and the present one was taken back.
            return Ok(None);
        }
        if !kept.iter().any(|kept| same(&version, kept)) {
            let by = versions.get(at + 1).map(|(_, commit)| commit.clone());
            return Ok(Some(Doubt::Altered { by }));
        }
    }
    Ok(None)
}

/// The records that the one at `path` superseded.
fn kept(repository: &Repository, path: &str) -> Vec<Vec<u8>> {
    let root = repository.root();
    let present = store::list(&files::names(&root.join(store::FOLDER)));
    let is_it = |file: &String| path.ends_with(&format!("/{file}"));
    let of = present.into_iter().filter(|of| of.file.as_ref().is_some_and(is_it));
    let paths = of.flat_map(|of| of.superseded).map(|file| format!("{}/{file}", store::FOLDER));
    paths.filter_map(|path| files::read(root, &path, LARGEST).ok()).collect()
}

/// Whether two records say the same, however they are laid out.
fn same(a: &[u8], b: &[u8]) -> bool {
    let json = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).ok();
    a == b || json(a).is_some_and(|a| json(b) == Some(a))
}
