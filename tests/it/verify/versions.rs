//! Reports of another version, and what is said of layers that were not checked.

use super::*;

fn of_another_version(repo: &Repo) {
    rewrite(repo, "snapshot.json", |of| of["tool"]["version"] = "0.0.1".into());
    forge(repo);
}

#[test]
fn pages_of_another_version_are_not_drawn_again_and_that_is_no_pass() {
    let repo = published(&[]);
    of_another_version(&repo);
    let seen = verify(&repo).code(3).json();
    assert!(seen["layers"][4]["ok"].is_null(), "{seen}");
    assert_eq!((&seen["ok"], &seen["other_version"]), (&false.into(), &"0.0.1".into()));
    assert!(seen["on_trust"].to_string().contains("trueup 0.0.1 drew them"), "{seen}");
    let told = repo.trueup(["verify", "readiness"]).code(3).stdout();
    let first = "Not whole: the pages were not drawn again, for trueup 0.0.1 drew them";
    assert!(told.starts_with(first), "{told}");
    assert!(!told.contains("Whole"), "{told}");
    // The verdicts are judged whatever drew the pages.
    rewrite(&repo, "snapshot.json", |of| of["checklists"][0]["items"][0]["reason"] = "So.".into());
    forge(&repo);
    verify(&repo).code(1);
}

#[test]
fn no_page_can_be_altered_by_naming_another_version() {
    let repo = published(&[]);
    change(&folder(&repo).join("index.html"), "contradicted", "verified");
    of_another_version(&repo);
    verify(&repo).code(3);
}

#[test]
fn who_reads_the_snapshot_can_be_content_without_the_pages() {
    let repo = published(&[]);
    let args = ["verify", "readiness", "--allow-other-version"];
    assert!(repo.trueup(args).code(0).stdout().ends_with("Whole, as far as it was checked.\n"));
    of_another_version(&repo);
    let told = repo.trueup(args).code(0).stdout();
    let first = "The pages were not drawn again, for trueup 0.0.1 drew them; the verdicts come out";
    assert!(told.starts_with(first), "{told}");
    rewrite(&repo, "snapshot.json", |of| of["summary"]["gate"]["result"] = "go".into());
    forge(&repo);
    repo.trueup(args).code(1);
}

#[test]
fn without_the_verdicts_it_is_not_called_whole() {
    let repo = published(&["--no-vault"]);
    let told = repo.trueup(["verify", "readiness"]).code(0).stdout();
    assert!(
        told.starts_with("The files are as they were published; the verdicts were not"),
        "{told}"
    );
    assert!(!told.contains("Whole"), "{told}");
}
