//! Words in commits that were copied to another branch (`cherry-pick -x`): who gave them saw what the
//! original holds.

use super::{LIST, judged, says};
use crate::support::{Repo, at};

const TRAILER: &str = "go\n\nSigned-off-for: security/keys-rotated";

/// Noor signs on the branch `dev`, by a tick or by a trailer; `release` is where that is to be copied to.
fn signed(by_tick: bool, change: impl FnOnce(Repo) -> Repo) -> Repo {
    let config = "[[require]]\nitem = \"security/*\"\npaths = [\"src/**\"]\n\
                  sign-off = { by = \"noor@example.org\", tick = true }\n";
    let open = LIST.replace("- [x] Keys", "- [ ] Keys");
    let repo = Repo::new()
        .file("GO.md", if by_tick { open.as_str() } else { LIST })
        .file("trueup.toml", config)
        .file("src/keys.rs", "fn keys() {}\n")
        .commit("a checklist", at("2026-01-04"))
        .branch("release");
    let repo = change(repo).commit("only here", at("2026-01-05")).check_out("main").branch("dev");
    let repo = repo.author("Noor", "noor@example.org");
    let (repo, message) = match by_tick {
        true => (repo.file("GO.md", LIST), "go"),
        false => (repo, TRAILER),
    };
    repo.commit(message, at("2026-01-07"))
}

/// Copies the last commit of `dev` to `release`, as git does.
fn copied(repo: Repo, by_tick: bool) -> Repo {
    let original = repo.id("dev");
    let repo = repo.check_out("release");
    let list = repo.read("GO.md").replace("- [ ]", "- [x]");
    let said = if by_tick { "go\n" } else { TRAILER };
    repo.file("GO.md", list)
        .commit(&format!("{said}\n(cherry picked from commit {original})"), at("2026-01-08"))
        .rebased(at("2026-01-07"), at("2026-01-08"))
}

#[test]
fn a_copied_word_was_not_given_of_the_code_where_it_landed() {
    for by_tick in [false, true] {
        let alike = copied(signed(by_tick, |repo| repo.file("README.md", "# Shop\n")), by_tick);
        says(&alike, "verified", "Signed off by Noor on 2026-01-07");
        let other = copied(signed(by_tick, |of| of.file("src/keys.rs", "fn old() {}\n")), by_tick);
        let (original, copy) = (other.id("dev"), other.id("HEAD"));
        let why = format!(
            "Noor signed on 2026-01-07 in {}, of which {} is a copy; src/keys.rs is not what lay there.",
            &original[..7],
            &copy[..7]
        );
        says(&other, "stale", &why);
        let kept = judged(&other, &[]);
        assert_eq!(kept, judged(&other, &["--no-cache"]));
        other.trueup(["report", "--out", "out", "--as-of", "2026-01-10T12:00:00Z"]).code(0);
        other.trueup(["verify", "out"]).code(0);
        let original = other.id("dev");
        let told_less = other.read("out/witness.json").replace(&original, "");
        let lied = other.file("out/witness.json", told_less).trueup(["verify", "out"]).code(1);
        assert!(lied.stdout().contains("witness.json"), "{}", lied.stdout());
    }
}

#[test]
fn a_copied_word_was_not_given_below_the_heading_where_it_landed() {
    for by_tick in [false, true] {
        let list = |repo: Repo| {
            let list = repo
                .read("GO.md")
                .replace("# Go\n\n## Security", "# Go\n\n## Security\n\nFor staging only:");
            repo.file("GO.md", list)
        };
        let other = copied(signed(by_tick, list), by_tick);
        says(&other, "stale", "is a copy; the text that narrows it is another here.");
        let list = |repo: Repo| {
            let list = repo
                .read("GO.md")
                .replace("Keys rotated", "Old keys rotated <!-- id: security/keys-rotated -->");
            repo.file("GO.md", list)
        };
        let other = copied(signed(by_tick, list), by_tick);
        says(&other, "stale", "is a copy; the wording is another here.");
    }
}

#[test]
fn of_what_was_copied_from_elsewhere_nobody_knows_what_was_signed() {
    let original = "4f2c9e1".repeat(6)[..40].to_owned();
    let repo = signed(false, |repo| repo.file("README.md", "# Shop\n")).check_out("release");
    let repo = repo
        .author("Noor", "noor@example.org")
        .commit(&format!("{TRAILER}\n(cherry picked from commit {original})"), at("2026-01-08"));
    says(&repo, "stale", "4f2c9e1 is not in this clone, so what was signed there cannot be told");
}
