//! What stands in the folder before, during and after.

use super::*;

const SNAPSHOT: &[u8] = br#"{"schema": "trueup/snapshot/1", "more": [1, 2]}"#;

fn report<'f>(pages: &[(&'f str, &'f [u8])]) -> Vec<(&'f str, &'f [u8])> {
    let mut all = vec![(MARKER, SNAPSHOT)];
    all.extend_from_slice(pages);
    all
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_new_folder_is_made_with_its_parents() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("public/readiness");
    write_folder(&out, report(&[("a/b.html", b"b"), ("index.html", b"i")])).unwrap();
    assert_eq!(names(&out), ["a", "index.html", MARKER]);
    assert_eq!(fs::read(out.join("a/b.html")).unwrap(), b"b");
    assert_eq!(names(&dir.path().join("public")), ["readiness"]);
}

#[test]
fn an_own_folder_is_replaced_whole() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    write_folder(&out, report(&[("old.html", b"old"), ("same.html", b"same")])).unwrap();
    write_folder(&out, report(&[("new.html", b"new"), ("same.html", b"same")])).unwrap();
    assert_eq!(names(&out), ["new.html", "same.html", MARKER]);
    assert_eq!(names(dir.path()), ["out"]);
}

#[cfg(unix)]
#[test]
fn an_unchanged_page_is_the_same_file_as_before() {
    use std::os::unix::fs::MetadataExt as _;
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let file = |name: &str| fs::metadata(out.join(name)).unwrap().ino();
    write_folder(&out, report(&[("a.html", b"a"), ("b.html", b"one")])).unwrap();
    let before = (file("a.html"), file("b.html"));
    write_folder(&out, report(&[("a.html", b"a"), ("b.html", b"two")])).unwrap();
    assert_eq!(file("a.html"), before.0);
    assert_ne!(file("b.html"), before.1);
}

#[test]
fn a_foreign_folder_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    for (marker, bytes) in [
        ("thesis.txt", b"years of work".as_slice()),
        (MARKER, b"{\"schema\": \"jest/1\"}"),
        (MARKER, b"{\"schema\": \"trueup/snapshot/1\", cut"),
        (MARKER, b""),
    ] {
        fs::create_dir(&out).unwrap();
        fs::write(out.join(marker), bytes).unwrap();
        let fault = write_folder(&out, report(&[])).unwrap_err();
        assert!(fault.to_string().contains("is not a report of trueup's"), "{fault}");
        assert_eq!(fs::read(out.join(marker)).unwrap(), bytes);
        fs::remove_dir_all(&out).unwrap();
    }
}

#[test]
fn a_work_tree_is_refused_even_where_it_holds_a_report() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(MARKER), SNAPSHOT).unwrap();
    fs::write(dir.path().join(".git"), "gitdir: ../site").unwrap();
    let fault = write_folder(dir.path(), report(&[])).unwrap_err();
    assert!(fault.to_string().contains("is a git work tree"), "{fault}");
    assert!(fault.hint().unwrap().contains("copy"));
}

#[test]
fn an_empty_folder_is_taken() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    fs::create_dir(&out).unwrap();
    write_folder(&out, report(&[])).unwrap();
    assert_eq!(names(&out), [MARKER]);
}

#[test]
fn an_interruption_leaves_the_old_folder() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    write_folder(&out, report(&[("a.html", b"old")])).unwrap();
    let writer = FolderWriter::begin(&out).unwrap();
    writer.file("a.html", b"new").unwrap();
    drop(writer);
    assert_eq!(fs::read(out.join("a.html")).unwrap(), b"old");
    assert_eq!(names(dir.path()), ["out"]);
}

#[test]
fn an_interruption_between_two_renames_is_mended_by_the_next_run() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    write_folder(&out, report(&[("a.html", b"old")])).unwrap();
    fs::rename(&out, aside(&out)).unwrap();
    let writer = FolderWriter::begin(&out).unwrap();
    assert_eq!(fs::read(out.join("a.html")).unwrap(), b"old");
    drop(writer);
}

#[test]
fn no_page_leaves_the_folder() {
    let dir = tempfile::tempdir().unwrap();
    let writer = FolderWriter::begin(&dir.path().join("out")).unwrap();
    for path in ["", "../x", "/etc/x", "a/../../x", "./x"] {
        let fault = writer.file(path, b"").unwrap_err();
        assert!(fault.to_string().contains("is no name for a page"), "{path}");
    }
}

#[test]
fn a_page_is_added_once_and_the_present_one_is_never_written_into() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    write_folder(&out, report(&[("a.html", b"old")])).unwrap();
    let writer = FolderWriter::begin(&out).unwrap();
    writer.file("a.html", b"old").unwrap();
    assert!(writer.file("a.html", b"new").is_err());
    assert_eq!(fs::read(out.join("a.html")).unwrap(), b"old");
}

#[cfg(unix)]
#[test]
fn a_link_to_the_folder_stays_a_link() {
    let dir = tempfile::tempdir().unwrap();
    let (real, link) = (dir.path().join("real"), dir.path().join("link"));
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink("real", &link).unwrap();
    write_folder(&link, report(&[("a.html", b"a")])).unwrap();
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(names(&real), ["a.html", MARKER]);
}

#[test]
fn threads_may_share_the_writer() {
    let dir = tempfile::tempdir().unwrap();
    // Each folder is new to all threads at once, many times over.
    for round in 0..40 {
        let out = dir.path().join(format!("out-{round}"));
        let writer = FolderWriter::begin(&out).unwrap();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let writer = &writer;
                scope.spawn(move || {
                    for page in 0..8 {
                        writer.file(&format!("t/{page}/{thread}.html"), b"x").unwrap();
                    }
                });
            }
        });
        writer.finish().unwrap();
        assert_eq!(names(&out.join("t/7")).len(), 4);
    }
}

#[test]
fn a_file_that_somebody_put_into_a_report_is_not_lost() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("readiness");
    let manifest: &[u8] = br#"{"files": [{"path": "snapshot.json"}, {"path": "a.html"}]}"#;
    let pages: [(&str, &[u8]); 2] = [("a.html", b"a"), (MANIFEST, manifest)];
    write_folder(&out, report(&pages)).unwrap();
    fs::write(out.join("manifest.json.sig"), "").unwrap();
    write_folder(&out, report(&pages)).unwrap();
    fs::write(out.join("notes.txt"), "mine").unwrap();
    let fault = write_folder(&out, report(&pages)).unwrap_err();
    assert!(fault.to_string().contains("holds notes.txt"), "{fault}");
    assert_eq!(fs::read(out.join("notes.txt")).unwrap(), b"mine");
}
