//! What a report cannot do without, by the same crates and with nothing asked of it.

use std::collections::HashSet;
use std::path::Path;

use git2::{ObjectType, Oid, Repository, Sort, TreeWalkMode};
use pulldown_cmark::{Options, Parser};
use rayon::prelude::*;
use trueup::sources::digest::sha256;

use super::{bare, ingest};

/// Reads, digests and parses every artifact; says how many pieces the parsers saw.
pub(crate) fn artifacts(repo: &Path) -> u64 {
    let pieces = |file| {
        let bytes = ingest::bytes(file);
        let digest = u64::from(sha256(&bytes).0[0]);
        digest + bare::parse(std::str::from_utf8(&bytes).expect("UTF-8"))
    };
    ingest::artifacts(repo).par_iter().map(pieces).sum()
}

/// Parses every checklist of the work tree; says how many events there were.
pub(crate) fn checklists(repo: &Path) -> usize {
    let options = Options::ENABLE_TASKLISTS | Options::ENABLE_TABLES | Options::ENABLE_GFM;
    let parsed = |text: String| Parser::new_ext(&text, options).into_offset_iter().count();
    markdown(&repo.join("docs/checklists")).into_iter().map(parsed).sum()
}

fn markdown(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            texts.extend(markdown(&path));
        } else {
            texts.extend(std::fs::read_to_string(&path));
        }
    }
    texts
}

/// Walks every commit, and looks at each version of each checklist once for its boxes; says how
/// many boxes were seen.
pub(crate) fn history(repo: &Path) -> usize {
    let repo = Repository::open(repo).expect("a repository");
    let mut walk = repo.revwalk().expect("a walk");
    walk.set_sorting(Sort::TOPOLOGICAL).expect("an order");
    walk.push_head().expect("a head");
    let (mut trees, mut blobs, mut boxes) = (HashSet::new(), HashSet::new(), 0);
    for id in walk.flatten() {
        let tree = repo.find_commit(id).and_then(|commit| commit.tree()).expect("a tree");
        let Ok(entry) = tree.get_path(Path::new("docs/checklists")) else { continue };
        if !trees.insert(entry.id()) {
            continue;
        }
        for blob in new_blobs(&repo, entry.id(), &mut trees, &mut blobs) {
            let blob = repo.find_blob(blob).expect("a blob");
            let boxed = |line: &&[u8]| line.trim_ascii_start().starts_with(b"- [");
            boxes += blob.content().split(|&byte| byte == b'\n').filter(boxed).count();
        }
    }
    boxes
}

/// The blobs under a tree that were not seen before.
fn new_blobs(
    repo: &Repository,
    tree: Oid,
    trees: &mut HashSet<Oid>,
    blobs: &mut HashSet<Oid>,
) -> Vec<Oid> {
    let mut new = Vec::new();
    let tree = repo.find_tree(tree).expect("a tree");
    let walked = tree.walk(TreeWalkMode::PreOrder, |_, entry| match entry.kind() {
        Some(ObjectType::Tree) => i32::from(!trees.insert(entry.id())),
        Some(ObjectType::Blob) => {
            if blobs.insert(entry.id()) {
                new.push(entry.id());
            }
            0
        }
        _ => 0,
    });
    walked.expect("a walk over a tree");
    new
}

/// Writes every file of a finished site into another folder; says how many bytes it holds.
pub(crate) fn pages(site: &Path) -> u64 {
    let to = tempfile::tempdir().expect("a folder");
    copied(site, to.path())
}

fn copied(from: &Path, to: &Path) -> u64 {
    let mut bytes = 0;
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let into = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir(&into).expect("a folder");
            bytes += copied(&entry.path(), &into);
        } else {
            let page = std::fs::read(entry.path()).expect("a page");
            std::fs::write(into, &page).expect("room for a page");
            bytes += page.len() as u64;
        }
    }
    bytes
}
