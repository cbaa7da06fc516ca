//! Words that were kept, merged, cut off or published are the same words.

use super::{FILE, args, asking, entry, judged, says};
use crate::support::at;

#[test]
fn a_kept_history_says_the_same_as_one_read_anew() {
    let mut repo = asking("").file(FILE, entry("@noor", "2026-01-06"));
    repo = repo.commit("my word", at("2026-01-07"));
    let bank = entry("eli@example.org", "2026-01-08").replace("keys-rotated", "bank-told");
    let steps = [
        entry("@noor", "2026-01-06") + &bank,
        bank.clone(),
        "broken = [".to_owned(),
        entry("@noor", "2026-01-06") + &bank,
    ];
    for (at_step, text) in steps.iter().enumerate() {
        let who = if at_step % 2 == 0 {
            ("Eli", "eli@example.org")
        } else {
            ("Noor", "noor@example.org")
        };
        repo = repo.author(who.0, who.1).file(FILE, text).commit("a step", at("2026-01-08"));
        if text.starts_with("broken") {
            repo.trueup(args(&[])).code(2);
            continue;
        }
        let kept = judged(&repo, &[]);
        assert_eq!(kept, judged(&repo, &["--no-cache"]), "{at_step}");
        assert_eq!(kept, judged(&repo, &[]), "{at_step}, again");
    }
    // Noor's entry came back by her own commit, so it is hers again.
    says(&repo, "verified", "Signed off by Noor on 2026-01-06");
}

#[test]
fn a_merge_brings_the_entries_of_both_sides() {
    let base = asking("").branch("side").file(FILE, entry("@noor", "2026-01-06"));
    let base = base.commit("on a branch", at("2026-01-06")).check_out("main");
    let other = entry("eli@example.org", "2026-01-07").replace("keys-rotated", "bank-told");
    let merged = base
        .author("Eli", "eli@example.org")
        .file(FILE, &other)
        .commit("on main", at("2026-01-07"))
        .file(FILE, other + &entry("@noor", "2026-01-06"))
        .merge("side", "merge", at("2026-01-08"));
    says(&merged, "verified", "Signed off by Noor on 2026-01-06");
}

#[test]
fn the_parent_of_a_shallow_clone_s_cut_gave_nothing_away() {
    let repo = asking("")
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("my word", at("2026-01-07"))
        .file("README.md", "# Shop\n")
        .commit("more", at("2026-01-08"));
    let cut = repo.id("HEAD");
    let repo =
        repo.with(|git| std::fs::write(git.path().join("shallow"), format!("{cut}\n")).unwrap());
    says(&repo, "unproven", "none is in what the shallow clone holds of the history");
}

#[test]
fn a_published_report_derives_the_same_word_again() {
    let repo = asking(", four-eyes = true")
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("my word", at("2026-01-07"));
    repo.trueup(["report", "--out", "out", "--as-of", "2026-01-10T12:00:00Z"]).code(0);
    repo.trueup(["verify", "out"]).code(0);
    let nobody = repo.read("trueup.toml") + "\n[site]\npeople = \"none\"\n";
    let repo = repo.file("trueup.toml", nobody);
    repo.trueup(["report", "--out", "nobody", "--as-of", "2026-01-10T12:00:00Z"]).code(0);
    repo.trueup(["verify", "nobody"]).code(0);
    let witness =
        repo.read("out/witness.json").replace("\"by\": \"@noor\"", "\"by\": \"@security\"");
    let mended = witness.replace("noor@example.org", "mallory@example.org");
    let lied = repo.file("out/witness.json", mended).trueup(["verify", "out"]).code(1).stdout();
    assert!(lied.contains("keys-rotated is verified"), "{lied}");
}

#[test]
fn a_report_names_people_as_the_configuration_asks() {
    for (people, shown) in [("names", "Noor"), ("handles", "@noor"), ("none", "Somebody")] {
        let repo = asking("");
        let config = repo.read("trueup.toml") + &format!("\n[site]\npeople = \"{people}\"\n");
        let repo = repo
            .file("trueup.toml", config)
            .file(FILE, entry("@noor", "2026-01-06"))
            .commit("my word", at("2026-01-07"));
        says(&repo, "verified", &format!("Signed off by {shown} on 2026-01-06"));
        repo.trueup(["report", "--out", "site", "--as-of", "2026-01-10T12:00:00Z"]).code(0);
        let (snapshot, page) = (repo.read("site/snapshot.json"), repo.read("site/print.html"));
        for told in [&snapshot, &page] {
            assert_eq!(told.contains("Noor"), people == "names", "{people}");
            assert_eq!(told.contains("noor@example.org"), people == "names", "{people}");
            assert!(told.contains(shown), "{people}");
        }
        repo.trueup(["verify", "site"]).code(0);
    }
}
