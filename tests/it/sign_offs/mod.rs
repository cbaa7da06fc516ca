//! Sign-offs in files: an entry is the word of whoever committed it, and of nobody else.

mod around;
mod copied;
mod merges;
mod one_person;
mod releases;
mod reverts;
mod several;
mod squashed;
mod ticks;

use serde_json::Value;

use crate::support::{Repo, at};

const LIST: &str = "# Go\n\n## Security\n\n- [x] Keys rotated\n- [x] Bank told\n";
const FILE: &str = "docs/sign-offs.toml";

/// What the requirement asks of the sign-off besides; Ana writes the list.
fn asking(more: &str) -> Repo {
    let config = format!(
        "[people]\n\"@noor\" = \"noor@example.org\"\n\"@security\" = [\"@noor\", \"eli@example.org\"]\n\n\
         [sign-offs]\nfiles = \"{FILE}\"\n\n\
         [[require]]\nitem = \"security/keys-rotated\"\nsign-off = {{ by = \"@security\"{more} }}\n"
    );
    Repo::new()
        .file("GO.md", LIST)
        .file("trueup.toml", config)
        .file(FILE, "# Who vouches for what.\n")
        .commit("a checklist", at("2026-01-05"))
        .author("Noor", "noor@example.org")
}

fn entry(by: &str, date: &str) -> String {
    format!("[[sign-off]]\nitem = \"security/keys-rotated\"\nby = \"{by}\"\ndate = {date}\n\n")
}

fn args(more: &[&'static str]) -> Vec<&'static str> {
    [&["check", "--exit-zero", "--format", "json", "--as-of", "2026-01-10T12:00:00Z"], more]
        .concat()
}

fn judged(repo: &Repo, more: &[&'static str]) -> Value {
    repo.trueup(args(more)).code(0).json()
}

#[track_caller]
fn says(repo: &Repo, status: &str, reason: &str) {
    let snapshot = judged(repo, &[]);
    let item = &snapshot["checklists"][0]["items"][0];
    let said = item["reason"].as_str().unwrap();
    assert_eq!(item["status"], status, "{said}");
    assert!(said.contains(reason), "{said}");
}

#[test]
fn an_entry_counts_that_the_one_whom_it_names_committed() {
    let repo = asking("").file(FILE, entry("@noor", "2026-01-06"));
    says(&repo, "unproven", "none is on record");
    let problems = judged(&repo, &[])["problems"].clone();
    assert_eq!(problems[0]["code"], "sign-off-uncommitted", "{problems:#}");
    let repo = repo.commit("my word", at("2026-01-07"));
    says(&repo, "verified", "Signed off by Noor on 2026-01-06");
    let snapshot = judged(&repo, &[]);
    let given = &snapshot["checklists"][0]["items"][0]["requirement"]["sign_off"]["given"][0];
    assert_eq!(given["from"], "file");
    assert_eq!((&given["path"], &given["line"]), (&Value::from(FILE), &Value::from(1)));
    assert_eq!(snapshot["problems"], serde_json::json!([]));
}

#[test]
fn a_name_in_a_file_is_nobody_s_word() {
    let by_another = asking("")
        .author("Mallory", "mallory@example.org")
        .file(FILE, entry("noor@example.org", "2026-01-06"))
        .commit("her word, she said", at("2026-01-07"));
    says(&by_another, "unproven", "Mallory is not among those who may sign as mallory@example.org");
    let by_a_colleague = asking("")
        .author("Eli", "eli@example.org")
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("her word", at("2026-01-07"));
    says(&by_a_colleague, "unproven", "Eli committed the entry, and it names @noor");
    let changed = asking("")
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("my word", at("2026-01-07"))
        .author("Eli", "eli@example.org")
        .file(FILE, entry("@noor", "2026-01-08"))
        .commit("a younger date", at("2026-01-08"));
    says(&changed, "unproven", "Eli committed the entry, and it names @noor");
}

#[test]
fn what_stands_around_an_entry_is_no_part_of_it() {
    let more = "# moved by Eli\n\n[[sign-off]]\nitem = \"security/bank-told\"\n\
                by = \"eli@example.org\"\ndate = 2026-01-08\n\n";
    let repo = asking("")
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("my word", at("2026-01-07"))
        .author("Eli", "eli@example.org")
        .file(FILE, format!("{more}{}", entry("@noor", "2026-01-06").replace(" = ", "   = ")))
        .commit("another entry above", at("2026-01-08"));
    says(&repo, "verified", "Signed off by Noor on 2026-01-06");
    let renamed = repo.with(|git| {
        std::fs::rename(
            git.workdir().unwrap().join(FILE),
            git.workdir().unwrap().join("docs/words.toml"),
        )
        .unwrap()
    });
    let config = renamed.read("trueup.toml").replace(FILE, "docs/words.toml");
    let renamed = renamed.file("trueup.toml", config).commit("renamed", at("2026-01-09"));
    says(&renamed, "verified", "Signed off by Noor on 2026-01-06");
}

#[test]
fn an_entry_that_was_taken_out_is_taken_back() {
    let repo = asking("")
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("my word", at("2026-01-07"))
        .file(FILE, "");
    says(&repo, "unproven", "none is on record");
    let repo = repo.commit("taken back", at("2026-01-08"));
    says(&repo, "unproven", "none is on record");
    assert_eq!(
        judged(&repo, &["--at", "HEAD~1"])["checklists"][0]["items"][0]["status"],
        "verified"
    );
    let again = repo
        .author("Eli", "eli@example.org")
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("put back by another", at("2026-01-09"));
    says(&again, "unproven", "Eli committed the entry, and it names @noor");
}

#[test]
fn a_date_is_not_later_than_the_commit_nor_the_clock() {
    let later = asking("")
        .file(FILE, entry("@noor", "2026-01-09"))
        .commit("ahead of time", at("2026-01-07"));
    says(&later, "unproven", "Noor dated the entry 2026-01-09, and committed it before");
    let same_day = asking("")
        .file(FILE, entry("@noor", "2026-01-07"))
        .commit("in the east, where it is that day already", at("2026-01-06T20:00:00Z"));
    says(&same_day, "verified", "Signed off by Noor");
    let tomorrow = asking("")
        .file(FILE, entry("@noor", "2026-01-12"))
        .commit("after the judge's clock", at("2026-01-12"));
    says(&tomorrow, "unproven", "signed after the moment of judgement");
}

#[test]
fn the_latest_stands_and_its_date_is_its_age() {
    let old = asking(", max-age = \"3d\"")
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("an old word, committed late", at("2026-01-09"));
    says(&old, "stale", "the limit is 3 days. Sign it off again.");
    let both = entry("@noor", "2026-01-06") + &entry("@noor", "2026-01-09");
    let young = old.file(FILE, both).commit("a younger one", at("2026-01-09"));
    says(&young, "verified", "Signed off by Noor on 2026-01-09");
    let snapshot = judged(&young, &[]);
    let given = &snapshot["checklists"][0]["items"][0]["requirement"]["sign_off"]["given"];
    assert_eq!(given.as_array().unwrap().len(), 2, "the superseded one is kept: {given:#}");
}

#[test]
fn two_at_one_time_are_an_error_in_one_file_and_in_two() {
    let twice = entry("@noor", "2026-01-06").repeat(2);
    let repo = asking("").file(FILE, twice);
    let said = repo.trueup(["check"]).code(2).stderr();
    assert!(said.contains("@noor signs `security/keys-rotated` off twice"), "{said}");
    let glob = entry("noor@example.org", "2026-01-06").replace("keys-rotated", "*");
    let repo = repo
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("one", at("2026-01-07"))
        .file(FILE, entry("@noor", "2026-01-06") + &glob)
        .commit("and another", at("2026-01-08"));
    says(&repo, "unproven", "at the same time, so neither is the later one");
}

#[test]
fn a_text_that_changed_since_makes_it_stale() {
    let reworded =
        LIST.replace("Keys rotated", "All keys rotated <!-- id: security/keys-rotated -->");
    let repo = asking("")
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("my word", at("2026-01-07"))
        .author("Ana", "ana@example.org")
        .file("GO.md", reworded)
        .commit("more", at("2026-01-08"));
    says(&repo, "stale", "the wording changed since");
}

#[test]
fn who_merges_a_request_does_not_sign_what_it_says() {
    let body = "keys\n\nSigned-off-for: security/keys-rotated";
    let signed =
        |subject: &str| asking("").commit(&format!("{subject}\n\n{body}"), at("2026-01-07"));
    let why = "Noor merged a request, whose words its message may hold";
    says(&signed("Merge pull request #12 from mallory/keys"), "unproven", why);
    says(&signed("Merge pull request 'Keys' (#12) from keys into main"), "unproven", why);
    says(&signed("Merge branch 'keys' into 'main'"), "unproven", why);
    says(&signed("Merged PR 12: keys"), "unproven", why);
    says(&signed("Merge the keys"), "verified", "Signed off by Noor");
}

#[test]
fn a_box_that_was_reset_asks_for_a_word_anew() {
    let open = LIST.replace("- [x] Keys", "- [ ] Keys");
    let signed =
        asking("").file(FILE, entry("@noor", "2026-01-06")).commit("my word", at("2026-01-07"));
    let trailer =
        asking("").commit("go\n\nSigned-off-for: security/keys-rotated", at("2026-01-07"));
    for signed in [signed, trailer] {
        says(&signed, "verified", "Signed off by Noor");
        let reset = signed.author("Ana", "ana@example.org").file("GO.md", &*open);
        says(&reset, "open", "the box was reset in the work tree");
        let reset = reset.commit("the next release", at("2026-01-08"));
        says(&reset, "open", "the box was reset on 2026-01-08, so it asks anew");
        let ticked = reset.file("GO.md", LIST).commit("done again", at("2026-01-09"));
        says(&ticked, "stale", "the box was reset on 2026-01-08");
        let again = ticked
            .author("Noor", "noor@example.org")
            .commit("go\n\nSigned-off-for: security/keys-rotated", at("2026-01-09T08:00:00Z"));
        says(&again, "verified", "Signed off by Noor on 2026-01-09");
    }
}

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
fn every_fault_of_a_file_is_told_with_its_place() {
    let text = "[[sign-off]]\nitem = \"security/keys-rotated\"\nby = \"@nour\"\ndate = \"soon\"\n\n\
                [[sign-off]]\nitm = \"security/keys-rotated\"\nby = \"noor\"\n";
    let said = asking("").file(FILE, text).trueup(["check"]).code(2).stderr();
    for part in [
        "docs/sign-offs.toml:3:6",
        "`@nour` is not in [people]",
        "did you mean `@noor`",
        "docs/sign-offs.toml:4:8",
        "`soon` is no date",
        "2026-03-02",
        "unknown key `itm`",
        "this [[sign-off]] has no `date`",
        "`noor` is no address",
    ] {
        assert!(said.to_lowercase().contains(&part.to_lowercase()), "{part}\n{said}");
    }
    let none = asking("").remove(FILE).trueup(["check"]).code(2).stderr();
    assert!(none.contains("trueup.toml:6: `docs/sign-offs.toml` matches no file"), "{none}");
}

#[test]
fn an_entry_for_nothing_is_told() {
    let repo = asking("")
        .file(FILE, entry("@noor", "2026-01-06").replace("keys-rotated", "keys-gone"))
        .commit("for nothing", at("2026-01-07"));
    let problems = judged(&repo, &[])["problems"].clone();
    assert_eq!(problems[0]["code"], "sign-off-unmatched", "{problems:#}");
    assert_eq!(problems[0]["line"], 1);
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

/// Noor may sign; `paths` is where the change lies.
fn changing() -> Repo {
    let repo = asking(", four-eyes = true");
    let config = repo.read("trueup.toml").replace("sign-off =", "paths = [\"app/**\"]\nsign-off =");
    repo.file("trueup.toml", config)
        .author("Ana", "ana@example.org")
        .file("app/pay.rs", "1")
        .commit("paying", at("2026-01-05"))
        .tag("v1.0.0")
}

const WORD: &str = "looked\n\nSigned-off-for: security/keys-rotated";

#[test]
fn four_eyes_are_not_those_of_who_made_the_change() {
    let repo = changing().author("Noor", "noor@example.org").commit(WORD, at("2026-01-06"));
    let told = "Signed off by Noor on 2026-01-06, who did not tick or word it nor change app/** since \
                v1.0.0.";
    says(&repo, "verified", told);
    let own = changing()
        .author("Noor", "noor@example.org")
        .file("app/pay.rs", "2")
        .commit("paying more", at("2026-01-06"))
        .commit(WORD, at("2026-01-07"));
    says(&own, "unproven", "Noor changed app/pay.rs in");
    let eli = own.author("Eli", "eli@example.org").commit(WORD, at("2026-01-08"));
    says(&eli, "verified", "Signed off by Eli");
    // What an earlier release holds is not the change that is vouched for.
    let shipped = changing()
        .author("Noor", "noor@example.org")
        .file("app/pay.rs", "2")
        .commit("paying more", at("2026-01-06"))
        .tag("v1.1.0")
        .commit(WORD, at("2026-01-07"));
    says(&shipped, "verified", "since v1.1.0");
    let nightly = changing()
        .author("Noor", "noor@example.org")
        .file("app/pay.rs", "2")
        .commit("paying more", at("2026-01-06"))
        .tag("nightly-2026-01-06")
        .commit(WORD, at("2026-01-07"));
    says(&nightly, "unproven", "since v1.0.0, and four eyes are asked for");
}

#[test]
fn a_release_of_another_package_holds_no_change_of_this_one() {
    let repo = || {
        changing()
            .file("web/shop.js", "1")
            .commit("a shop", at("2026-01-06"))
            .tag("app@1.0.0")
            .tag("web@1.0.0")
            .author("Noor", "noor@example.org")
            .file("app/pay.rs", "2")
            .commit("paying more", at("2026-01-07"))
    };
    let of_web = repo().tag("web@1.0.1").commit(WORD, at("2026-01-08"));
    says(&of_web, "unproven", "since app@1.0.0, and four eyes are asked for");
    let of_app = repo().tag("app@1.0.1").commit(WORD, at("2026-01-08"));
    says(&of_app, "verified", "since app@1.0.1");
}

#[test]
fn who_is_named_as_co_author_made_the_change_too() {
    let repo = changing()
        .file("app/pay.rs", "2")
        .commit("paying more\n\nCo-authored-by: Noor <NOOR@example.org>", at("2026-01-06"))
        .author("Noor", "noor@example.org")
        .commit(WORD, at("2026-01-07"));
    says(&repo, "unproven", "since v1.0.0, and four eyes are asked for");
}

#[test]
fn a_word_is_of_the_code_that_its_giver_could_see() {
    let changed = |when: &str| {
        changing()
            .file("app/pay.rs", "2")
            .commit("paying more", at(when))
            .author("Noor", "noor@example.org")
    };
    let rebased = |changed: Repo| {
        changed.commit(WORD, at("2026-01-09")).rebased(at("2026-01-06"), at("2026-01-09"))
    };
    says(&rebased(changed("2026-01-07")), "stale", "Since then 1 commit changed app/pay.rs");
    says(&rebased(changed("2026-01-05T08:00:00Z")), "verified", "Signed off by Noor on 2026-01-06");
    let entered = |when: &str| {
        changed(when).file(FILE, entry("@noor", "2026-01-06")).commit("my word", at("2026-01-09"))
    };
    says(&entered("2026-01-08"), "stale", "Since then 1 commit changed app/pay.rs");
    says(&entered("2026-01-06T15:00:00Z"), "verified", "Signed off by Noor on 2026-01-06");
}

#[test]
fn a_later_change_under_the_paths_makes_a_sign_off_stale() {
    let repo = changing()
        .author("Noor", "noor@example.org")
        .commit(WORD, at("2026-01-06"))
        .author("Ana", "ana@example.org")
        .file("app/pay.rs", "2")
        .commit("paying more", at("2026-01-07"));
    says(&repo, "stale", "Since then 1 commit changed app/pay.rs. Sign it off again.");
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

#[test]
fn two_addresses_under_one_name_are_one_person() {
    let config = "[people]\n\"@security\" = [\"noor@example.org\", \"noor@work.example\", \"eli@example.org\"]\n\n\
        [[require]]\nitem = \"release/keys\"\nsign-off = { by = [\"@security\"], count = 2 }\n";
    let of = |name: &str, email: &str| {
        let repo = Repo::new()
            .file("LIST.md", "# Release\n\n- [x] Keys rotated <!-- id: keys -->\n")
            .file("trueup.toml", config)
            .commit("all", at("2026-01-01"))
            .author("Noor", "noor@example.org")
            .commit("one\n\nSigned-off-for: keys", at("2026-01-05"))
            .author(name, email)
            .commit("two\n\nSigned-off-for: keys", at("2026-01-06"));
        let told = repo.trueup(["check", "--format", "json"]).json();
        told["checklists"][0]["items"][0]["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(of("noor", "noor@work.example"), "unproven");
    assert_eq!(of("Noor Haddad", "noor@work.example"), "unproven");
    assert_eq!(of("Eli", "eli@example.org"), "verified");
}

#[test]
fn how_people_are_shown_decides_nothing() {
    let config = "[[require]]\nitem = \"release/keys\"\npaths = [\"src/**\"]\n\
        sign-off = { by = [\"ana@a.example\", \"a.c@b.example\", \"eli@c.example\"], count = 2, four-eyes = true }\n";
    let of = |shown: &str, (name, email): (&str, &str), hand: (&str, &str)| {
        let repo = Repo::new()
            .file("LIST.md", "# Release\n\n- [x] Keys rotated <!-- id: keys -->\n")
            .file("trueup.toml", format!("[site]\npeople = \"{shown}\"\n\n{config}"))
            .commit("all", at("2026-01-01"))
            .author(hand.0, hand.1)
            .file("src/a.rs", "fn b() {}\n")
            .commit("the change", at("2026-01-04"))
            .author("Ana Costa", "ana@a.example")
            .commit("one\n\nSigned-off-for: keys", at("2026-01-05"))
            .author(name, email)
            .commit("two\n\nSigned-off-for: keys", at("2026-01-06"));
        repo.trueup(["report", "--out", "site", "--as-of", "2026-01-10T12:00:00Z"]).code(0);
        repo.trueup(["verify", "site"]).code(0);
        let told: serde_json::Value =
            serde_json::from_str(&repo.read("site/snapshot.json")).unwrap();
        told["checklists"][0]["items"][0]["status"].as_str().unwrap().to_owned()
    };
    let (eli, max) = (("Eli", "eli@c.example"), ("Max", "max@d.example"));
    for shown in ["names", "handles", "none"] {
        assert_eq!(of(shown, eli, max), "verified", "two people, {shown}");
        let again = ("Ana Costa", "a.c@b.example");
        assert_eq!(of(shown, again, max), "unproven", "one under two addresses, {shown}");
        let own = ("Eli", "elsewhere@d.example");
        assert_eq!(of(shown, eli, own), "unproven", "who made the change, {shown}");
    }
}

#[test]
fn four_eyes_are_not_those_of_who_made_the_change_under_another_address() {
    let config = "[[require]]\nitem = \"release/keys\"\npaths = [\"src/**\"]\n\
        sign-off = { by = [\"noor@example.org\"], four-eyes = true }\n";
    let of = |name: &str| {
        let repo = Repo::new()
            .file("LIST.md", "# Release\n\n- [x] Keys rotated <!-- id: keys -->\n")
            .file("trueup.toml", config)
            .file("src/a.rs", "fn a() {}\n")
            .commit("all", at("2026-01-01"))
            .author(name, "noor@work.example")
            .file("src/a.rs", "fn b() {}\n")
            .commit("the change", at("2026-01-04"))
            .author("Noor", "noor@example.org")
            .commit("ok\n\nSigned-off-for: keys", at("2026-01-05"));
        let told = repo.trueup(["check", "--format", "json"]).json();
        let item = &told["checklists"][0]["items"][0];
        (item["status"].as_str().unwrap().to_owned(), item["reason"].to_string())
    };
    let (status, reason) = of("Noor");
    assert_eq!(status, "unproven", "{reason}");
    assert!(reason.contains("changed src/a.rs"), "{reason}");
    let (status, reason) = of("Eli");
    assert_eq!(status, "verified", "{reason}");
}

/// Noor signs the keys by a trailer that says `written`, of the checklist at `path`.
fn trailer(path: &str, list: &str, written: &str) -> Repo {
    let config =
        "[[require]]\nitem = \"security/keys-rotated\"\nsign-off = { by = \"noor@example.org\" }\n";
    Repo::new()
        .file(path, list)
        .file("trueup.toml", config)
        .commit("a checklist", at("2026-01-05"))
        .author("Noor", "noor@example.org")
        .commit(&format!("looked\n\nSigned-off-for: {written}"), at("2026-01-06"))
}

#[test]
fn a_trailer_of_which_a_part_names_no_item_signs_nothing() {
    let says_of = |written: &str, status: &str, reason: &str| {
        let repo = trailer("GO.md", LIST, written);
        says(&repo, status, reason);
        judged(&repo, &[])["problems"].clone()
    };
    let keys = "security/keys-rotated";
    says_of(keys, "verified", "Signed off by Noor");
    says_of(&format!("{keys}, security/bank-told"), "verified", "Signed off by Noor");
    let told = says_of(&format!("{keys}, except production"), "unproven", "none is on record");
    assert_eq!(told[0]["code"], "trailer-unmatched", "{told}");
}

#[test]
fn a_word_is_taken_back_by_a_revert_that_names_its_request_or_its_subject() {
    let after = |message: &str| {
        let signed = "security: keys rotated (#12)\n\nSigned-off-for: security/keys-rotated";
        let config =
            "[[require]]\nitem = \"security/*\"\nsign-off = { by = \"noor@example.org\" }\n";
        let repo = Repo::new().file("GO.md", LIST).file("trueup.toml", config);
        let repo = repo.commit("a checklist", at("2026-01-05")).author("Noor", "noor@example.org");
        let repo = repo.file("keys", "2").commit(signed, at("2026-01-06")).remove("keys");
        judged(&repo.commit(message, at("2026-01-07")), &[])["checklists"][0]["items"][0]["status"]
            .clone()
    };
    assert_eq!(after("Remove keys (#13)"), "verified");
    for message in [
        "Revert \"security: keys rotated (#12)\" (#13)\n\nReverts acme/shop#12",
        "Revert \"security: keys rotated\"",
        "revert: security: keys rotated (#12)",
        "Undo\n\nThis reverts merge request !12",
    ] {
        assert_eq!(after(message), "unproven", "{message}");
    }
}
