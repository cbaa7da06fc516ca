//! Which files are artifacts, and what reports call them.

use super::*;
use crate::sources::files::read_path;

fn lay(files: &[&str]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for file in files {
        let path = dir.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, *file).unwrap();
    }
    dir
}

fn globs(written: &[&str]) -> Vec<Glob> {
    written.iter().map(|glob| Glob::new(glob).unwrap()).collect()
}

fn names(found: &Listing<ArtifactFile>) -> Vec<&str> {
    assert_eq!(found.unread, []);
    found.files.iter().map(|file| file.name.as_str()).collect()
}

#[test]
fn globs_find_ignored_files_too_in_order_and_once() {
    let dir = lay(&[
        "reports/b/junit.xml",
        "reports/a.json",
        "reports/a.txt",
        "other/a.json",
        "reports/.git/a.json",
        "reports/.hidden/a.json",
    ]);
    std::fs::write(dir.path().join(".gitignore"), "reports/\n").unwrap();
    let globs = globs(&["reports/**/*.json", "reports/**", "./reports/a.json"]);
    assert_eq!(
        names(&artifacts(dir.path(), &globs, &[])),
        ["reports/.hidden/a.json", "reports/a.json", "reports/a.txt", "reports/b/junit.xml"]
    );
}

#[test]
fn an_archive_is_found_where_a_glob_can_match_in_it() {
    let dir = lay(&["r/a.zip", "r/b.tgz", "r/x/c.zip", "r/notes.md"]);
    for (glob, found) in [
        ("r/*.zip!/*.xml", &["r/a.zip"][..]),
        ("r/a.zip!/x/*.xml", &["r/a.zip"]),
        ("r/**/*.xml", &["r/a.zip", "r/b.tgz", "r/x/c.zip"]),
        ("r/*.xml", &[]),
        ("r/*/*.xml", &["r/a.zip", "r/b.tgz"]),
    ] {
        assert_eq!(names(&artifacts(dir.path(), &globs(&[glob]), &[])), found, "{glob}");
    }
}

#[test]
fn the_walk_begins_at_the_longest_plain_prefix() {
    for (written, start) in [
        ("reports/**/junit*.xml", Some("reports")),
        ("a/b/c.json", Some("a/b/c.json")),
        ("**/x.xml", Some("")),
        ("a/{b,c}/x", Some("a")),
        ("a/b?/x", Some("a")),
        ("a/b.zip!/c/x.xml", Some("a/b.zip")),
        ("a/b!/x.xml", Some("a/b!/x.xml")),
        ("../x/*.xml", None),
        ("a/../../x", None),
        ("/etc/*", None),
    ] {
        let glob = Glob::new(written).unwrap();
        assert_eq!(literal_prefix(&glob), start.map(PathBuf::from), "{written}");
    }
    let starts = starts(&globs(&["a/**", "a/b/*.xml", "ab/*.xml", "./a/c/*"]));
    assert_eq!(starts, BTreeSet::from([PathBuf::from("a"), PathBuf::from("ab")]));
}

#[test]
fn no_glob_leaves_the_repository() {
    let dir = lay(&["repo/in.json", "out.json"]);
    let root = dir.path().join("repo");
    let outside = format!("{}/*.json", dir.path().display());
    assert_eq!(artifacts(&root, &globs(&["../*.json", &outside]), &[]), Listing::default());
}

#[test]
fn a_glob_that_is_a_plain_path_finds_its_file() {
    let dir = lay(&["reports/k6.json"]);
    let globs = globs(&["reports/k6.json", "reports/none.json"]);
    assert_eq!(names(&artifacts(dir.path(), &globs, &[])), ["reports/k6.json"]);
}

#[test]
fn a_folder_within_the_repository_is_named_by_its_path_there() {
    let dir = lay(&["repo/ci/out/a.json", "repo/ci/out/b/c.json"]);
    let root = dir.path().join("repo");
    let folder = ArtifactFolder::new(&root, &root.join("ci/../ci/out")).unwrap();
    let found = artifacts(&root, &globs(&["ci/**/*.json"]), &[folder]);
    assert_eq!(names(&found), ["ci/out/a.json", "ci/out/b/c.json"], "each once");
}

#[test]
fn a_folder_outside_is_named_by_its_own_name_and_never_by_its_place() {
    let dir = lay(&["repo/x", "download/ci-out/a.json"]);
    let root = dir.path().join("repo");
    let folder = ArtifactFolder::new(&root, &dir.path().join("download/ci-out/")).unwrap();
    let found = artifacts(&root, &[], &[folder]);
    assert_eq!(names(&found), ["ci-out/a.json"]);
    let bytes =
        read_path(&found.files[0].root, &found.files[0].path, &found.files[0].name, 99).unwrap();
    assert_eq!(bytes, b"download/ci-out/a.json");
}

#[test]
fn two_outside_folders_of_one_name_stay_apart() {
    let dir = lay(&["repo/x", "one/out/a.json", "two/out/a.json"]);
    let root = dir.path().join("repo");
    let folder = |path: &str| ArtifactFolder::new(&root, &dir.path().join(path)).unwrap();
    let found = artifacts(&root, &[], &[folder("one/out"), folder("two/out")]);
    assert_eq!(names(&found), ["out-2/a.json", "out/a.json"]);
}

#[test]
fn a_missing_folder_is_said() {
    let dir = lay(&["file"]);
    let fault = ArtifactFolder::new(dir.path(), &dir.path().join("none")).unwrap_err();
    assert!(fault.contains("none cannot be read"), "{fault}");
    let fault = ArtifactFolder::new(dir.path(), &dir.path().join("file")).unwrap_err();
    assert!(fault.contains("is no folder"), "{fault}");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_told() {
    use std::os::unix::fs::symlink;
    let dir = lay(&["repo/out/a.json", "secret.json"]);
    let root = dir.path().join("repo");
    symlink("../../secret.json", root.join("out/b.json")).unwrap();
    symlink("../..", root.join("out/up")).unwrap();
    symlink("out", root.join("again")).unwrap();
    let found = artifacts(&root, &globs(&["out/**", "again/**"]), &[]);
    let names: Vec<&str> = found.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["out/a.json"]);
    let mut told: Vec<_> = found
        .unread
        .iter()
        .map(|of| (of.path.as_str(), of.leads_to.as_deref(), of.within.is_some()))
        .collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [("again", Some("out"), true), ("out/b.json", None, false), ("out/up", None, true)]
    );
}

#[cfg(unix)]
#[test]
fn a_name_that_is_not_utf8_is_shown_with_replacements_and_can_be_read() {
    use std::os::unix::ffi::OsStrExt as _;
    let dir = lay(&["repo/x"]);
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.json");
    std::fs::write(dir.path().join(name), "{}").unwrap();
    let found = artifacts(dir.path(), &globs(&["*.json"]), &[]);
    assert_eq!(names(&found), ["caf\u{fffd}.json"]);
    assert_eq!(
        read_path(&found.files[0].root, &found.files[0].path, &found.files[0].name, 9).unwrap(),
        b"{}"
    );
}
