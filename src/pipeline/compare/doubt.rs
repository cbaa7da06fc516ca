//! Why the record of a release may not tell what the release was.

use serde_json::Value;

use crate::pipeline::Error;
use crate::snapshot::{Snapshot, incoherence, store};
use crate::sources::files;
use crate::sources::git::history::Sought;
use crate::sources::git::{Repository, Since};

use super::LARGEST;

/// Where what is recorded lies: a tag may stand on the commit that brought the record.
const OF_RECORDS: &str = ".trueup/";

/// Something a reader should know of the record of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pipeline) enum Doubt {
    /// The tag of the release is at another commit than the one recorded.
    Elsewhere { tag: String, recorded: String },
    /// It was recorded of changes that are in no commit.
    Dirty,
    /// What was recorded is not there any more; the commit that took it away, if one did.
    Altered { by: Option<String> },
    /// What of the record does not follow from the rest of it.
    Incoherent { what: String },
}

impl Doubt {
    /// Whether nothing can be said by comparing with it.
    pub(in crate::pipeline) fn forbids(&self) -> bool {
        *self != Doubt::Dirty
    }

    /// What is told of the record of `release`, as a clause.
    pub(in crate::pipeline) fn told(&self, release: &str) -> String {
        let record = format!("the record of {release}");
        match self {
            Doubt::Elsewhere { tag, recorded } => {
                let (tag, recorded) = (short(tag), short(recorded));
                format!("the tag {release} is at {tag}, and its record is of {recorded}")
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
    release: &str,
    snapshot: &Snapshot,
) -> Result<Vec<Doubt>, Error> {
    let Some(of) = &snapshot.commit else { return Ok(Vec::new()) };
    let mut doubts = Vec::new();
    if let Some(repository) = repository
        && let Some((_, tag)) = repository.tags()?.into_iter().find(|(name, _)| name == release)
        && !is_same(repository, &of.id, &tag)?
    {
        doubts.push(Doubt::Elsewhere { tag, recorded: of.id.clone() });
    }
    doubts.extend(of.dirty.then_some(Doubt::Dirty));
    Ok(doubts)
}

/// Whether two commits hold the same but for what was recorded.
fn is_same(repository: &Repository, a: &str, b: &str) -> Result<bool, Error> {
    if a == b {
        return Ok(true);
    }
    let b = repository.resolve(b).map_err(Error::of_revision)?;
    Ok(match repository.changes_since_commit(a, &b)? {
        Since::Known(changes) => changes.iter().all(|change| change.path.starts_with(OF_RECORDS)),
        Since::UnknownCommit | Since::Truncated => false,
    })
}

/// What is to be doubted of `release`, of which `snapshot` tells what the record says that lies at
/// `path`; where there is none, whether there was one.
pub(super) fn of_record(
    repository: Option<&Repository>,
    release: &str,
    path: &str,
    record: Option<(&[u8], &Snapshot)>,
) -> Result<Vec<Doubt>, Error> {
    let mut doubts = Vec::new();
    if let Some((_, snapshot)) = record {
        doubts.extend(of_state(repository, release, snapshot)?);
        doubts.extend(incoherence(snapshot).map(|what| Doubt::Incoherent { what }));
    }
    if let Some(repository) = repository {
        doubts.extend(altered(repository, path, record.map(|(bytes, _)| bytes))?);
    }
    Ok(doubts)
}

/// Whether a version of the record at `path` is gone: it is neither the `present` one, nor kept beside
/// it, nor was it taken back.
fn altered(
    repository: &Repository,
    path: &str,
    present: Option<&[u8]>,
) -> Result<Option<Doubt>, Error> {
    let Some(head) = repository.head()? else { return Ok(None) };
    let paths = [path.to_owned()];
    let history = repository.file_history(&head, &Sought { paths: &paths, ..Sought::default() })?;
    let changes = history.revisions.iter().flat_map(|revision| {
        let here = revision.changes.iter().filter(|change| change.path == 0);
        here.map(|change| (change.blob, revision.by.commit.as_str()))
    });
    let mut versions: Vec<(Option<Vec<u8>>, &str)> = Vec::new();
    for (blob, commit) in changes {
        let bytes = blob.map(|id| repository.blob(id, LARGEST)).transpose()?.flatten();
        versions.push((bytes, commit));
    }
    let kept = kept(repository, path);
    let is_present = |was: &[u8]| present.is_some_and(|present| same(was, present));
    for (at, (version, _)) in versions.iter().enumerate() {
        let Some(version) = version else { continue };
        if is_present(version) {
            // What stood there between this version and the present one was taken back.
            return Ok(None);
        }
        if !kept.iter().any(|kept| same(version, kept)) {
            let by = versions.get(at + 1).map(|(_, commit)| (*commit).to_owned());
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
