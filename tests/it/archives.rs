//! Archives as evidence: what is read from them, and every way in which one is refused.

use trueup::evidence::archive::{Contents, Fault, contents};
use trueup::model::Limits;

use crate::support::packed::{Zipped, gz, tar, zip, zipped};
use crate::support::{Repo, at};

#[path = "../../fuzz/archive_body.rs"]
mod body;

const CHECKLIST: &str =
    "# Go\n\n- [x] Tests pass <!-- evidence: tests.total > 0 && tests.failed == 0 -->\n";
const JUNIT: &str = r#"<testsuite name="s"><testcase name="a"/><testcase name="b"/></testsuite>"#;
const FAILED: &str =
    r#"<testsuite name="s"><testcase name="c"><failure message="no"/></testcase></testsuite>"#;

fn names(path: &str, bytes: &[u8]) -> Vec<String> {
    let found = contents(path, bytes, &Limits::default()).unwrap();
    assert_eq!(found.skipped, []);
    found.names
}

fn refused(path: &str, bytes: &[u8], limits: &Limits) -> Fault {
    contents(path, bytes, limits).expect_err("it is refused")
}

#[test]
fn entries_are_named_behind_their_archive_and_one_archive_may_lie_in_another() {
    let inner = gz(&tar(&[(b'5', "x/", b""), (b'0', "./x/b.xml", b"<b/>")]));
    let outer = zip(&[zipped("x/", ""), zipped("a.xml", "<a/>"), zipped("in.tgz", inner)]);
    assert_eq!(names("r/o.zip", &outer), ["r/o.zip!/a.xml", "r/o.zip!/in.tgz!/x/b.xml"]);
    let third = zip(&[zipped("o.zip", &outer)]);
    let Contents { names, skipped } = contents("t.zip", &third, &Limits::default()).unwrap();
    assert_eq!(names, ["t.zip!/o.zip!/a.xml"]);
    assert_eq!(skipped[0].name, "t.zip!/o.zip!/in.tgz");
    assert!(skipped[0].why.contains("not opened"), "{}", skipped[0].why);
}

#[test]
fn what_lies_is_refused_whole() {
    let plain = zipped("a.xml", "<a/>");
    let with = |change: &dyn Fn(&mut Zipped)| {
        let mut second = zipped("b.xml", "<b/>");
        change(&mut second);
        zip(&[plain.clone(), second])
    };
    let mut prefixed = b"#!/bin/sh\n".to_vec();
    prefixed.extend(zip(std::slice::from_ref(&plain)));
    let whole = zip(std::slice::from_ref(&plain));
    let followed = [&whole[..], b"more"].concat();
    let commented = [&whole[..whole.len() - 2], &[4, 0], b"more"].concat();
    assert_eq!(names("r/a.zip", &commented), ["r/a.zip!/a.xml"]);
    for (bytes, why) in [
        (zip(&[zipped("../a.xml", "")]), "leads out of the archive"),
        (zip(&[zipped("a\\..\\..\\b.xml", "")]), "leads out of the archive"),
        (zip(&[zipped("/etc/a.xml", "")]), "absolute path"),
        (zip(&[zipped("C:\\a.xml", "")]), "absolute path"),
        (zip(&[plain.clone(), plain.clone()]), "duplicate"),
        (zip(&[plain.clone(), zipped("./a.xml", "")]), "two of its entries are called a.xml"),
        (with(&|b| b.local_name = Some(b"c.xml".to_vec())), "filename mismatch"),
        (with(&|b| b.declared = Some(9)), "another size than it says"),
        (with(&|b| b.shares = Some(0)), "inconsistency"),
        (prefixed, "something stands before"),
        (followed, "something stands behind its end"),
        (b"PK\x03\x04 and nothing".to_vec(), "no whole ZIP archive"),
        (Vec::new(), "no whole ZIP archive"),
    ] {
        let fault = refused("r/a.zip", &bytes, &Limits::default());
        assert!(fault.why.contains(why) && !fault.limit, "{why}: {fault:?}");
    }
}

#[test]
fn a_tar_file_that_lies_is_refused_whole() {
    let a: (u8, &str, &[u8]) = (b'0', "a.xml", b"<a/>");
    let whole = tar(&[a, (b'0', "b.xml", b"<b/>")]);
    let mut behind = whole.clone();
    behind.extend(tar(&[(b'0', "c.xml", b"<c/>")]));
    for (bytes, why) in [
        (tar(&[(b'0', "../a.xml", b"")]), "leads out"),
        (tar(&[(b'0', "/a.xml", b"")]), "absolute"),
        (tar(&[a, a]), "two of its entries are called a.xml"),
        (whole[..1024].to_vec(), "cut off"),
        (whole[..1400].to_vec(), "tar archive"),
        (whole[..520].to_vec(), "no whole tar archive"),
        (whole[..514].to_vec(), "another size than it says"),
        (behind, "something stands behind its end"),
        (vec![1; 1024], "no whole tar archive"),
        (Vec::new(), "cut off"),
    ] {
        for (path, bytes) in [("a.tar", bytes.clone()), ("a.tgz", gz(&bytes))] {
            let fault = refused(path, &bytes, &Limits::default());
            assert!(fault.why.contains(why) && !fault.limit, "{path} {why}: {fault:?}");
        }
    }
    assert!(refused("a.tgz", &whole, &Limits::default()).why.contains("no whole tar"));
}

#[test]
fn links_and_what_is_encrypted_are_told_and_not_read() {
    let mut link = zipped("l.xml", "a.xml");
    link.mode = 0o120_777;
    let mut locked = zipped("s.xml", "secret");
    locked.flags = 1;
    let mut odd = zipped("o.xml", "odd");
    odd.method = 12;
    let bytes = zip(&[zipped("a.xml", ""), link, locked, odd]);
    let Contents { names, skipped } = contents("a.zip", &bytes, &Limits::default()).unwrap();
    assert_eq!(names, ["a.zip!/a.xml"]);
    let told: Vec<_> = skipped.iter().map(|of| (of.name.as_str(), of.why.as_str())).collect();
    assert_eq!(
        told,
        [
            ("a.zip!/l.xml", "links are not followed"),
            ("a.zip!/s.xml", "it is encrypted"),
            ("a.zip!/o.xml", "it is packed by a method that is not read"),
        ]
    );
    let bytes = tar(&[(b'2', "l.xml", b""), (b'3', "null", b""), (b'0', "a.xml", b"")]);
    let found = contents("a.tar", &bytes, &Limits::default()).unwrap();
    assert_eq!((found.names.len(), found.skipped.len()), (1, 2));
}

#[test]
fn every_bound_is_named_by_its_setting() {
    let limits = Limits { entries: 3, entry: 100_000, total: 150_000, ratio: 200 };
    let zeros = |size: usize| vec![0; size];
    let four = zip(&["a", "b", "c", "d"].map(|name| zipped(name, "")));
    let large = zip(&[zipped("a", zeros(100_001))]);
    let twice = zip(&[zipped("a", zeros(90_000)), zipped("b", zeros(90_000))]);
    let nested = zip(&[zipped("n.tgz", gz(&tar(&[(b'0', "a", &zeros(100_001))])))]);
    for (bytes, setting) in [
        (&four, "archive-entries"),
        (&large, "archive-entry"),
        (&twice, "archive-total"),
        (&nested, "archive-entry"),
    ] {
        let fault = refused("a.zip", bytes, &limits);
        assert!(fault.limit && fault.why.contains(setting), "{fault:?}");
    }
    let bomb = zip(&[zipped("a", zeros(2 << 20))]);
    let fault = refused("a.zip", &bomb, &Limits::default());
    assert!(fault.why.contains("more than 200 times its size (`archive-ratio`)"), "{fault:?}");
    let fault = refused("a.tar.gz", &gz(&tar(&[(b'0', "a", &zeros(2 << 20))])), &Limits::default());
    assert!(fault.limit && fault.why.contains("archive-ratio"), "{fault:?}");
}

/// Cut at every byte and with every byte changed: an answer, and never fewer entries than there are.
#[test]
fn no_cut_and_no_changed_byte_hides_an_entry() {
    let inner = gz(&tar(&[(b'0', "c.xml", FAILED.as_bytes())]));
    let zip = zip(&[zipped("a.xml", JUNIT), zipped("b.xml", FAILED), zipped("i.tgz", inner)]);
    let tar = tar(&[(b'0', "a.xml", JUNIT.as_bytes()), (b'0', "b.xml", FAILED.as_bytes())]);
    let whole = |path: &str, bytes: &[u8]| match contents(path, bytes, &Limits::default()) {
        Ok(found) => found.names.len() + found.skipped.len(),
        Err(_) => usize::MAX,
    };
    for (path, bytes) in [("a.zip", zip), ("a.tar", tar.clone()), ("a.tgz", gz(&tar))] {
        let entries = whole(path, &bytes);
        for cut in 0..bytes.len() {
            assert!(whole(path, &bytes[..cut]) >= entries, "{path} cut at {cut}");
            body::holds(&bytes[..cut]);
        }
        for at in 0..bytes.len() {
            for bit in [0x01, 0x80] {
                let mut flipped = bytes.clone();
                flipped[at] ^= bit;
                assert!(whole(path, &flipped) >= entries, "{path} changed at {at}");
                body::holds(&flipped);
            }
        }
    }
}

fn shop() -> Repo {
    Repo::new()
        .file("CHECKLIST.md", CHECKLIST)
        .file(".gitignore", "reports/\n")
        .commit("a checklist", at("2026-01-05"))
}

fn status(repo: &Repo) -> (String, String) {
    let seen = repo.trueup(["check", "--format", "json", "--no-history"]).json();
    let item = &seen["checklists"][0]["items"][0];
    let word = |name: &str| item[name].as_str().unwrap_or_default().to_owned();
    (word("status"), word("reason"))
}

#[test]
fn a_test_report_in_an_archive_proves_what_it_would_prove_beside_it() {
    let repo = shop().file("reports/ci.zip", zip(&[zipped("junit.xml", JUNIT)]));
    assert_eq!(status(&repo).0, "verified");
    let seen = repo.trueup(["check", "--format", "json"]).json();
    assert_eq!(seen["artifacts"][0]["path"], "reports/ci.zip!/junit.xml");
    let failing = zip(&[zipped("unit.xml", JUNIT), zipped("api.xml", FAILED)]);
    let repo = repo.file("reports/ci.zip", failing);
    assert_eq!(status(&repo).0, "contradicted");
    let only = CHECKLIST.replace(" -->", " -->\n  <!-- artifacts: reports/*.zip!/unit.xml -->");
    let repo = repo.file("CHECKLIST.md", only);
    assert_eq!(status(&repo).0, "verified");
}

#[test]
fn a_broken_archive_is_broken_evidence_wherever_a_glob_could_match_in_it() {
    let whole = zip(&[zipped("junit.xml", JUNIT)]);
    let repo =
        shop().file("reports/junit.xml", JUNIT).file("reports/cut.zip", &whole[..whole.len() - 9]);
    let (status_, reason) = status(&repo);
    assert_eq!(status_, "unproven", "{reason}");
    assert!(reason.contains("reports/cut.zip cannot be read: it is no whole ZIP"), "{reason}");
    let seen = repo.trueup(["check", "--format", "json"]).json();
    assert_eq!(seen["problems"][0]["code"], "archive-broken");
    let named = |artifacts: &str| {
        let comment = format!(" -->\n  <!-- artifacts: {artifacts} -->");
        CHECKLIST.replace(" -->", &comment)
    };
    let repo = repo.file("CHECKLIST.md", named("reports/*.xml"));
    assert_eq!(status(&repo).0, "verified", "nothing in it could have matched");
    let repo = repo.file("CHECKLIST.md", named("reports/**/*.xml"));
    assert_eq!(status(&repo).0, "unproven");
}

#[test]
fn an_archive_of_a_kind_that_is_not_opened_may_hold_the_failing_report() {
    let named = |artifacts: &str| {
        let comment = format!(" -->\n  <!-- artifacts: {artifacts} -->");
        shop()
            .file("CHECKLIST.md", CHECKLIST.replace(" -->", &comment))
            .file("reports/junit.xml", JUNIT)
    };
    for name in ["e2e.tar.bz2", "e2e.tar.xz", "e2e.tar.zst", "e2e.7z"] {
        let path = format!("reports/{name}");
        let repo = named("reports/**/*.xml").file(&path, "whatever");
        let (status_, reason) = status(&repo);
        assert_eq!(status_, "unproven", "{name}");
        assert!(
            reason.contains(&format!("{path} cannot be read: archives of this kind")),
            "{reason}"
        );
        let seen = repo.trueup(["check", "--format", "json"]).json();
        assert_eq!(seen["problems"][0]["code"], "archive-broken", "{name}");
        assert_eq!(status(&named("reports/*.xml").file(&path, "whatever")).0, "verified", "{name}");
    }
    let within = zip(&[zipped("junit.xml", JUNIT), zipped("more.tar.xz", "whatever")]);
    let repo = named("reports/**/*.xml").file("reports/all.zip", &within);
    let (status_, reason) = status(&repo);
    assert_eq!(status_, "unproven");
    assert!(reason.contains("reports/all.zip!/more.tar.xz cannot be read"), "{reason}");
    let repo = named("reports/*.zip!/*.xml").file("reports/all.zip", within);
    assert_eq!(status(&repo).0, "verified", "nothing in it could have matched");
}

#[test]
fn what_a_trace_of_playwright_holds_is_no_report() {
    let events = "{\"version\":8,\"type\":\"context-options\",\"origin\":\"testRunner\"}\n";
    let seen = |head: &str, more: &[(&str, &str)]| {
        let parts = [
            ("test.trace", head),
            ("0-trace.network", ""),
            ("resources/1f.json", "[]"),
            ("resources/20.json", "{\"error\":\"x"),
        ];
        let entries: Vec<_> =
            parts.iter().chain(more).map(|&(name, of)| zipped(name, of)).collect();
        let trace = zip(&entries);
        let outer = zip(&[zipped("retry1/trace.zip", &trace)]);
        let repo = shop().file("reports/junit.xml", JUNIT).file("reports/retry1/trace.zip", trace);
        let alone = status(&repo);
        assert_eq!(status(&repo.file("reports/ci.zip", outer)).0, alone.0);
        alone
    };
    assert_eq!(seen(events, &[]).0, "verified");
    assert_eq!(seen(events, &[("junit.xml", FAILED)]).0, "contradicted");
    assert_eq!(seen(events, &[("resources/deep/junit.xml", FAILED)]).0, "contradicted");
    let (status, reason) = seen("{\"version\":8}\n", &[]);
    assert_eq!(status, "unproven");
    assert!(reason.contains("trace.zip!/"), "{reason}");
}

#[test]
fn an_archive_that_is_not_called_one_may_hold_the_failing_report() {
    let packed = zip(&[zipped("junit.xml", FAILED)]);
    for name in ["zip", "download", "artifacts.zip.1"] {
        let path = format!("reports/{name}");
        let repo = shop().file("reports/junit.xml", JUNIT).file(&path, &packed);
        let (status, reason) = status(&repo);
        assert_eq!(status, "unproven", "{name}");
        assert!(reason.contains("call it `.zip`"), "{reason}");
    }
    let repo = shop().file("reports/junit.xml", JUNIT).file("reports/app.jar", packed);
    assert_eq!(status(&repo).0, "verified");
}

#[test]
fn an_archive_that_is_named_itself_is_told_what_to_say() {
    let comment = " -->\n  <!-- artifacts: reports/ci.zip -->";
    let repo = shop()
        .file("CHECKLIST.md", CHECKLIST.replace(" -->", comment))
        .file("reports/ci.zip", zip(&[zipped("junit.xml", JUNIT)]));
    let (status, reason) = status(&repo);
    assert_eq!(status, "unproven");
    assert!(reason.contains("Name what is in it: `reports/ci.zip!/**`"), "{reason}");
}

#[test]
fn archives_in_git_and_in_folders_of_the_command_line_are_opened() {
    let bytes = gz(&tar(&[(b'0', "out/junit.xml", JUNIT.as_bytes())]));
    let repo = Repo::new()
        .file("CHECKLIST.md", CHECKLIST)
        .file("reports/ci.tar.gz", &bytes)
        .commit("all", at("2026-01-05"));
    let seen = repo.trueup(["check", "--format", "json", "--at", "HEAD"]).json();
    assert_eq!(seen["artifacts"][0]["path"], "reports/ci.tar.gz!/out/junit.xml");
    assert_eq!(seen["checklists"][0]["items"][0]["status"], "verified");
    let repo = shop();
    let folder = repo.outside().join("downloaded");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("ci.tgz"), bytes).unwrap();
    let seen = repo.trueup(["check", "--format", "json", "--artifacts", "../downloaded"]).json();
    assert_eq!(seen["artifacts"][0]["path"], "downloaded/ci.tgz!/out/junit.xml");
    assert_eq!(seen["checklists"][0]["items"][0]["status"], "verified");
}

#[test]
fn a_bound_of_the_configuration_is_kept() {
    let repo = shop()
        .file("trueup.toml", "[limits]\narchive-entries = 1\n")
        .commit("bounds", at("2026-01-06"))
        .file("reports/ci.zip", zip(&[zipped("a.xml", JUNIT), zipped("b.xml", JUNIT)]));
    assert_eq!(status(&repo).0, "unproven");
    let seen = repo.trueup(["check", "--format", "json"]).json();
    let problem = &seen["problems"][0];
    assert_eq!(problem["code"], "archive-limit");
    assert!(problem["message"].as_str().unwrap().contains("`archive-entries`"), "{problem}");
}

#[test]
fn inspect_shows_what_lies_in_an_archive() {
    let repo = shop().file("ci.zip", zip(&[zipped("a.xml", JUNIT), zipped("note.txt", "hello")]));
    let seen = repo.trueup(["inspect", "--format", "json", "ci.zip"]).code(1).json();
    assert_eq!(seen[0]["kind"], "archive");
    let entries = &seen[0]["entries"];
    assert_eq!(entries[0]["path"], "ci.zip!/a.xml");
    assert_eq!(entries[0]["facts"]["tests"]["total"], 2);
    assert!(entries[1]["error"].is_string());
    insta::assert_snapshot!(repo.trueup(["inspect", "ci.zip"]).transcript());
    let repo = repo.file("cut.zip", "PK");
    let seen = repo.trueup(["inspect", "--format", "json", "cut.zip"]).code(1).json();
    assert!(seen[0]["error"].as_str().unwrap().contains("no whole ZIP"), "{seen}");
}

#[test]
fn a_report_that_is_compressed_by_itself_is_read_whole_or_not_at_all() {
    let repo = Repo::new().file("GO.md", CHECKLIST).commit("a checklist", at("2026-01-05"));
    let status = |bytes: &[u8]| {
        std::fs::create_dir_all(repo.dir().join("reports")).unwrap();
        std::fs::write(repo.dir().join("reports/junit.xml.gz"), bytes).unwrap();
        let json = repo.trueup(["check", "--format", "json"]).json();
        json["checklists"][0]["items"][0]["status"].as_str().unwrap().to_owned()
    };
    let packed = gz(JUNIT.as_bytes());
    assert_eq!(status(&packed), "verified");
    assert_eq!(status(&gz(FAILED.as_bytes())), "contradicted");
    for broken in [&packed[..packed.len() - 1], &packed[..30], &[&*packed, b"x"].concat()] {
        assert_eq!(status(broken), "unproven");
    }
    // What was compressed twice, or is an archive by another name, is not guessed at.
    assert_eq!(status(&gz(&packed)), "unproven");
    assert_eq!(status(&gz(&tar(&[(b'0', "a.xml", JUNIT.as_bytes())]))), "unproven");
}
