//! People, exceptions and the gate, as a team uses them: none turns red to green.

use crate::support::{Repo, at};

pub(crate) const LIST: &str =
    "# Go\n\n## Security\n\n- [x] Keys rotated\n- [x] Dependencies clean\n";
const PEOPLE: &str = "[people]\n\"@security\" = [\"noor@example.org\", \"eli@example.org\"]\n";

/// The item `id` as `check` publishes it, judged on 10 January 2026.
pub(crate) fn item(repo: &Repo, id: &str) -> serde_json::Value {
    let args = ["check", "--exit-zero", "--format", "json", "--as-of", "2026-01-10T12:00:00Z"];
    let snapshot = repo.trueup(args).code(0).json();
    let items = snapshot["checklists"][0]["items"].as_array().unwrap().clone();
    items.into_iter().find(|item| item["address"] == format!("security/{id}")).unwrap()
}

#[track_caller]
fn keys(repo: &Repo, status: &str, said: &str) {
    let item = item(repo, "keys-rotated");
    let reason = item["reason"].as_str().unwrap();
    assert_eq!(item["status"], status, "{reason}");
    assert!(reason.contains(said), "{reason}");
}

/// Ana ticked the item on 5 January; `sign_off` is what the requirement asks for.
fn asking(sign_off: &str) -> Repo {
    let config = format!(
        "{PEOPLE}\n[[require]]\nitem = \"security/keys-rotated\"\nsign-off = {{ {sign_off} }}\n"
    );
    Repo::new()
        .file("GO.md", LIST)
        .file("trueup.toml", config)
        .commit("a checklist", at("2026-01-05"))
}

fn signed(repo: Repo, name: &str, when: &str) -> Repo {
    let email = format!("{}@example.org", name.to_lowercase());
    let message = format!("{name} looked\n\nSigned-off-for: security/keys-rotated");
    repo.author(name, &email).commit(&message, at(when))
}

const BY: &str = "by = [\"@security\"]";

#[test]
fn a_sign_off_by_one_who_may_is_evidence() {
    let repo = signed(asking(BY), "Noor", "2026-01-06");
    keys(&repo, "verified", "Signed off by Noor on 2026-01-06");
    let args = ["explain", "security/keys-rotated", "--as-of", "2026-01-10T12:00:00Z"];
    let told = repo.trueup(args).code(0).stdout();
    assert!(told.contains("✓ Noor, 2026-01-06"), "{told}");
}

#[test]
fn without_one_nothing_is_proven() {
    keys(&asking(BY), "unproven", "none is on record");
    let stranger = signed(asking(BY), "Mallory", "2026-01-06");
    keys(&stranger, "unproven", "Mallory is not among those who may sign");
}

#[test]
fn without_history_no_sign_off_counts() {
    let repo = signed(asking(BY), "Noor", "2026-01-06");
    let args = ["check", "--no-history", "--format", "json", "--as-of", "2026-01-10T12:00:00Z"];
    let snapshot = repo.trueup(args).code(0).json();
    let item = &snapshot["checklists"][0]["items"][0];
    assert_eq!(item["status"], "unproven");
    assert!(item["reason"].as_str().unwrap().contains("was not read"), "{item}");
}

#[test]
fn an_old_one_and_one_of_another_text_are_stale() {
    let old = signed(asking("by = [\"@security\"], max-age = \"3d\""), "Noor", "2026-01-06");
    keys(&old, "stale", "the limit is 3 days");
    let reworded = signed(asking(BY), "Noor", "2026-01-06")
        .author("Ana", "ana@example.org")
        .file(
            "GO.md",
            LIST.replace("Keys rotated", "All keys rotated <!-- id: security/keys-rotated -->"),
        )
        .commit("more", at("2026-01-07"));
    keys(&reworded, "stale", "the wording changed since");
}

#[test]
fn a_young_one_says_until_when_it_holds() {
    let repo = signed(asking("by = [\"@security\"], max-age = \"30d\""), "Noor", "2026-01-06");
    assert_eq!(item(&repo, "keys-rotated")["valid_until"], "2026-02-05T00:00:00Z");
}

#[test]
fn as_many_people_as_asked_for_must_sign() {
    let two = "by = [\"@security\"], count = 2";
    let twice = signed(signed(asking(two), "Noor", "2026-01-06"), "Noor", "2026-01-07");
    keys(&twice, "unproven", "1 sign-off is there: Noor on 2026-01-07");
    let both = signed(twice, "Eli", "2026-01-08");
    keys(&both, "verified", "Signed off by Eli on 2026-01-08 and Noor on 2026-01-07");
}

#[test]
fn four_eyes_are_not_those_of_who_ticked() {
    let asked = "by = [\"ana@example.org\", \"noor@example.org\"], four-eyes = true";
    let own = signed(asking(asked), "Ana", "2026-01-06");
    keys(&own, "unproven", "ticked or worded the item");
    keys(&signed(own, "Noor", "2026-01-07"), "verified", "Signed off by Noor");
}

#[test]
fn a_tick_counts_only_where_the_rule_says_so() {
    keys(&asking("by = [\"ana@example.org\"]"), "unproven", "none is on record");
    let repo = asking("by = [\"ana@example.org\"], tick = true");
    let opened = repo.file("GO.md", LIST.replace("[x]", "[ ]")).commit("opened", at("2026-01-06"));
    let ticked = opened.file("GO.md", LIST).commit("ticked", at("2026-01-07"));
    keys(&ticked, "verified", "Signed off by Ana");
}

#[test]
fn where_signatures_are_asked_for_a_name_alone_is_none() {
    let repo = signed(asking("by = [\"@security\"], signed = true"), "Noor", "2026-01-06");
    keys(&repo, "unproven", "Noor did not sign the commit");
}

#[test]
fn two_of_one_person_at_one_time_are_an_error() {
    let repo = signed(signed(asking(BY), "Noor", "2026-01-06"), "Noor", "2026-01-06");
    keys(&repo, "unproven", "at the same time");
    let strangers = signed(asking(BY), "Noor", "2026-01-06");
    let strangers = signed(signed(strangers, "Mallory", "2026-01-07"), "Mallory", "2026-01-07");
    keys(&strangers, "verified", "Signed off by Noor");
}

#[test]
fn beside_a_condition_both_must_hold() {
    let config = format!(
        "{PEOPLE}\n[[require]]\nitem = \"security/keys-rotated\"\n\
         condition = 'text(\"GO.md\").size() > 0'\nsign-off = {{ {BY} }}\n"
    );
    let repo = asking(BY).file("trueup.toml", config).commit("both", at("2026-01-05"));
    keys(&repo, "unproven", "none is on record");
    keys(&signed(repo, "Noor", "2026-01-06"), "verified", "GO.md");
}

const AUDIT: &str = r#"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "audit",
    "rules": []}}, "results": [
    {"ruleId": "CVE-2026-1", "level": "error", "message": {"text": "one"}},
    {"ruleId": "CVE-2026-2", "level": "error", "message": {"text": "two"}}]}]}"#;

/// A failing scan of two findings, and what the configuration says besides.
fn scanned_config(more: &str) -> String {
    format!(
        "[[require]]\nname = \"audit\"\nitem = \"security/dependencies-clean\"\n\
         artifacts = [\"reports/audit.sarif\"]\ncondition = \"findings.errors == 0\"\n\n{more}"
    )
}

pub(crate) fn scanned(more: &str) -> Repo {
    Repo::new()
        .file("GO.md", LIST)
        .file("trueup.toml", scanned_config(more))
        .file("reports/audit.sarif", AUDIT)
        .commit("a checklist", at("2026-01-05"))
}

pub(crate) fn waiver(scope: &str, until: &str) -> String {
    format!(
        "[[waiver]]\nitem = \"security/*\"\n{scope}\nreason = \"not reachable\"\nby = \"@ana\"\n\
         until = \"{until}\"\n\n"
    )
}

pub(crate) fn codes(repo: &Repo) -> Vec<String> {
    let args = ["check", "--exit-zero", "--format", "json", "--as-of", "2026-01-10T12:00:00Z"];
    let snapshot = repo.trueup(args).code(0).json();
    let problems = snapshot["problems"].as_array().unwrap().clone();
    problems.iter().map(|of| of["code"].as_str().unwrap().to_owned()).collect()
}

#[track_caller]
fn gate(repo: &Repo, code: i32, said: &str) {
    let args = ["check", "--as-of", "2026-01-10T12:00:00Z"];
    let run = repo.trueup(args).code(code);
    assert!(run.stdout().contains(said), "{}", run.stdout());
    let args = ["check", "--format", "json", "--as-of", "2026-01-10T12:00:00Z"];
    let snapshot = repo.trueup(args).code(code).json();
    let result = if code == 0 { "go" } else { "no-go" };
    assert_eq!(snapshot["summary"]["gate"]["result"], result);
}

#[test]
fn a_gate_asks_for_sections_and_for_a_share() {
    let of = |gate: &str| {
        let ok = "[[require]]\nitem = \"security/keys-rotated\"\n\
                  condition = 'text(\"GO.md\").size() > 0'\n\n";
        scanned(&format!("{ok}[gate]\n{gate}\n"))
    };
    gate(&of("min-proven = 50"), 0, "Go.");
    gate(&of("min-proven = 50.5"), 1, "50 % of the applicable items are proven, and 50.5 %");
    let share = of("min-proven = 0.8").trueup(["check"]).code(2).stderr();
    assert!(share.contains("this is no share of 1 to 100"), "{share}");
    gate(&of("min-proven = \"51%\""), 1, "50 % of the applicable items are proven, and 51 %");
    let run = of("fail-on = [\"failing\"]\nmin-proven = 50").trueup(["check", "--format", "json"]);
    let rules = run.json()["summary"]["gate"]["rules"].clone();
    let told: Vec<String> =
        rules.as_array().unwrap().iter().map(|of| of["rule"].to_string()).collect();
    assert_eq!(
        told,
        [
            "\"fail-on failing\"",
            "\"every checklist and its history could be read\"",
            "\"min-proven 50 %\""
        ]
    );
    assert_eq!((&rules[0]["holds"], &rules[2]["holds"]), (&true.into(), &true.into()));
    let section = "require = [{ section = \"secur*\", status = \"verified\" }]";
    gate(&of(section), 1, "1 required item of ** under secur* is not verified");
    let none = of("require = [{ section = \"nowhere\", status = \"verified\" }]");
    let said = none.trueup(["check"]).code(2).stderr();
    assert!(said.contains("the gate's `** under nowhere` matches no item"), "{said}");
}

#[test]
fn a_gate_over_a_section_asks_for_what_lies_below_it() {
    const LIST: &str = "# Go\n\n## Security\n\n- [x] Headers set\n\n### Login\n\n- [x] Tests pass <!-- id: t -->\n\n\
                        ## Load\n\n- [ ] Slow\n";
    let config = |items: &str| {
        format!(
            "[[require]]\nitem = \"*/headers-set\"\ncondition = 'text(\"GO.md\") != \"\"'\n\n[gate]\n\
             require = [{{ items = \"{items}\", status = \"verified\" }}]\n"
        )
    };
    let of = |items: &str| {
        let repo = Repo::new().file("GO.md", LIST).file("trueup.toml", config(items));
        repo.commit("a checklist", at("2026-01-05"))
    };
    for (items, code, said) in [
        ("security/*", 0, "Go."),
        ("security/**", 1, "1 required item of"),
        ("security/login/*", 1, "1 required item of"),
        ("login/*", 1, "1 required item of"),
    ] {
        gate(&of(items), code, said);
    }
}

#[test]
fn a_gate_refuses_what_got_worse_since_a_release() {
    let clean = AUDIT.replace("\"error\"", "\"note\"");
    let config = "[gate]\nregression = \"previous\"\n";
    let repo = scanned(config).file("reports/audit.sarif", clean).commit("clean", at("2026-01-06"));
    let none = repo.trueup(["check", "--as-of", "2026-01-10T12:00:00Z"]).code(0).stdout();
    assert!(none.contains("There is no earlier release to compare with"), "{none}");
    let head = repo.id("HEAD");
    let repo = repo.with(|git| std::fs::write(git.path().join("shallow"), head + "\n").unwrap());
    gate(&repo, 1, "cannot be said: the clone is shallow");
    let repo = repo.with(|git| std::fs::remove_file(git.path().join("shallow")).unwrap());
    let nightly = repo.tag("nightly-1").file("README.md", "# S\n").commit("next", at("2026-01-07"));
    gate(&nightly, 1, "nothing that was tagged or recorded before this commit is a release by its");
    let repo = nightly.tag("v1.0.0").file("README.md", "# Shop\n").commit("next", at("2026-01-07"));
    gate(
        &repo,
        0,
        "v1.0.0 was not recorded, nor any release before it: only what was claimed is compared.",
    );
    let repo = repo.file("reports/audit.sarif", AUDIT).commit("worse", at("2026-01-08"));
    gate(&repo, 1, "1 item is worse than at v1.0.0: Dependencies clean");
    // A tag on what is worse makes it no norm, unless it is called a release.
    let repo =
        repo.tag("nightly-2").file("README.md", "# The shop\n").commit("on", at("2026-01-09"));
    gate(&repo, 1, "1 item is worse than at v1.0.0: Dependencies clean");
    let config = scanned_config(config) + "[releases]\ntags = \"nightly-*\"\n";
    gate(&repo.file("trueup.toml", config), 0, "Go.");
}

#[test]
fn a_gate_refuses_a_configuration_that_asks_less_of_all_items() {
    let clean = AUDIT.replace("\"error\"", "\"note\"");
    let gate_of = |more: &str| format!("[gate]\nregression = \"previous\"\n{more}\n");
    let repo = scanned(&gate_of("fail-on = [\"stale\"]"))
        .file("reports/audit.sarif", clean)
        .commit("clean", at("2026-01-06"))
        .tag("v1.0.0");
    let config = repo.read("trueup.toml");
    let weaker = config.replace("[gate]", "[defaults]\nignore = [\"src/**\"]\n\n[gate]");
    let repo = repo.file("trueup.toml", weaker).commit("weaker", at("2026-01-07"));
    gate(&repo, 1, "Less is asked of all items than at v1.0.0: [defaults] ignore");
    let told = repo.trueup(["diff", "v1.0.0"]).code(0).stdout();
    assert!(told.contains("Weaker: [defaults] ignore has `src/**` now."), "{told}");
    let repo = repo.file("trueup.toml", config.replace("\"stale\"", "\"stale\", \"failing\""));
    gate(&repo.commit("stricter", at("2026-01-08")), 0, "Go.");
}

#[test]
fn an_id_that_stands_in_several_checklists_is_told_unless_it_is_said_which_is_meant() {
    let require = "[[require]]\nitem = \"keys\"\ncondition = 'text(\"GO.md\") != \"\"'\n";
    let spread = |config: &str| {
        let list = LIST.replace("Keys rotated", "Keys rotated <!-- id: keys -->");
        let other = "# Other\n\n- [x] Keys rotated <!-- id: keys -->\n";
        let repo = Repo::new().file("GO.md", list).file("OTHER.md", other);
        let repo = repo.file("trueup.toml", config).commit("all", at("2026-01-05"));
        let told = repo.trueup(["check", "--exit-zero", "--format", "json"]).code(0).json();
        let problems = told["problems"].as_array().unwrap().clone();
        let of_it = problems.into_iter().find(|of| of["code"] == "requirement-spread");
        of_it.map(|of| format!("{} {}", of["message"].as_str().unwrap(), of["hint"]))
    };
    let told = spread(require).unwrap();
    assert!(told.starts_with("`keys` is an item of each of GO.md and OTHER.md."), "{told}");
    assert_eq!(spread(&format!("{require}checklist = \"**\"\n")), None);
    assert_eq!(spread(&require.replace("keys", "security/keys")), None);
    let waiver = "[[waiver]]\nitem = \"keys\"\nreason = \"r\"\nby = \"@a\"\nuntil = 2026-12-31\n";
    let told = spread(waiver).unwrap();
    assert!(told.starts_with("`keys` is an item of each of GO.md and OTHER.md."), "{told}");
    assert_eq!(spread(&format!("{waiver}checklist = \"OTHER.md\"\n")), None);
}

#[test]
fn an_empty_gate_never_passes() {
    for empty in ["[gate]\n", "[gate]\nfail-on = []\nrequire = []\n"] {
        let repo = scanned(empty);
        let snapshot = repo.trueup(["check", "--format", "json"]).code(0).json();
        assert_eq!(snapshot["summary"]["gate"]["result"], "none", "{empty}");
    }
    let struck = LIST.replace("- [x] Dependencies clean", "- [x] ~~Dependencies clean~~");
    let over =
        "[gate]\nrequire = [{ items = \"security/dependencies-clean\", status = \"verified\" }]\n";
    let repo = scanned(over).file("GO.md", struck).commit("struck", at("2026-01-06"));
    gate(&repo, 1, "are applicable, so none of them holds");
}

#[test]
fn a_gate_that_requires_what_is_to_come_alone_decides_nothing_yet() {
    let list = "# Deployment\n\n## First 24 Hours\n\n- [ ] Errors watched <!-- id: errors -->\n";
    let require = "[[require]]\nitem = \"errors\"\ncondition = 'files(\"done.md\").size() == 1'\n";
    let with_sentence = |gate: &str, deployed: &str| {
        let config = format!("{require}\n[gate]\n{gate}");
        let repo = Repo::new().file("GO.md", list).file("trueup.toml", config);
        let repo = repo.commit("all", at("2026-01-05"));
        let as_of = ["check", "--exit-zero", "--format", "json", "--as-of", "2026-01-06T12:00:00Z"];
        let told = match deployed {
            "" => repo.trueup(as_of).json(),
            _ => repo.trueup(as_of.iter().copied().chain(["--deployed-at", deployed])).json(),
        };
        let gate = &told["summary"]["gate"];
        (gate["result"].to_string().replace('"', ""), gate["sentence"].to_string())
    };
    let asking = |gate: &str, deployed: &str| with_sentence(gate, deployed).0;
    let verified = "require = [{ items = \"errors\", status = \"verified\" }]\n";
    assert_eq!(asking(verified, ""), "none");
    assert_eq!(asking(verified, "2026-01-01T00:00:00Z"), "no-go", "it is overdue");
    let (result, sentence) =
        with_sentence(&format!("{verified}fail-on = [\"contradicted\"]\n"), "");
    assert_eq!(result, "go");
    assert!(sentence.contains("1 item in a time window does not count yet."), "{sentence}");
    let either = "require = [{ items = \"errors\", status = [\"verified\", \"failing\"] }]\n";
    assert_eq!(asking(either, ""), "go", "what holds already counts");
}

#[test]
fn a_file_that_git_does_not_know_is_in_no_commit() {
    let config = "[[require]]\nitem = \"security/keys-rotated\"\ncondition = 'CONDITION'\n";
    let of = |condition: &str, added: bool| {
        let repo = Repo::new()
            .file("GO.md", LIST)
            .file("trueup.toml", config.replace("CONDITION", condition))
            .commit("all", at("2026-01-05"))
            .file("scripts/rollback.sh", "restore\n");
        let repo = if added { repo.commit("the script", at("2026-01-06")) } else { repo };
        item(&repo, "keys-rotated")["status"].as_str().unwrap().to_owned()
    };
    let files = "files(\"scripts/*.sh\").size() == 1";
    let text = "text(\"scripts/rollback.sh\").contains(\"restore\")";
    assert_eq!([of(files, true), of(text, true)], ["verified", "verified"]);
    assert_eq!([of(files, false), of(text, false)], ["contradicted", "unproven"]);
}

#[test]
fn a_go_says_what_it_did_not_ask_for() {
    let list = "# Go\n\n- [x] Scanned <!-- evidence: findings.total == 0 -->\n- [] Keys rotated\n";
    let config = "[gate]\nfail-on = [\"contradicted\"]\n";
    let repo = Repo::new().file("GO.md", list).file("trueup.toml", config);
    let repo = repo.commit("all", at("2026-01-05"));
    let args = ["check", "--exit-zero", "--format", "json", "--as-of", "2026-01-10T12:00:00Z"];
    let gate = repo.trueup(args).code(0).json()["summary"]["gate"].clone();
    assert_eq!(
        (gate["result"].as_str().unwrap(), gate["sentence"].as_str().unwrap()),
        (
            "go",
            "Go. Nothing that the gate asks for stands in the way. 1 ticked item with a requirement is not \
             proven, which the gate does not ask for. 1 line looks like a box and is none."
        )
    );
}

#[test]
fn what_is_contradicted_is_worse_than_a_release_of_which_nothing_was_recorded() {
    let config = "[[require]]\nitem = \"security/dependencies-clean\"\npaths = []\n\
        artifacts = [\"reports/*\"]\ncondition = \"tests.total > 0 && tests.failed == 0\"\n\n\
        [gate]\nregression = \"previous\"\n";
    let repo = Repo::new()
        .file("GO.md", LIST)
        .file("trueup.toml", config)
        .file(".gitignore", "reports/\n")
        .commit("all", at("2026-01-05"))
        .tag("v1.0.0")
        .file("a.txt", "a")
        .commit("more", at("2026-01-06"));
    let case = |inside: &str| {
        format!(
            "<testsuite name=\"s\" timestamp=\"2026-01-07T08:00:00Z\"><testcase name=\"a\">{inside}</testcase></testsuite>"
        )
    };
    let repo = repo.file("reports/junit.xml", case(""));
    gate(&repo, 0, "Go.");
    let repo = repo.file("reports/junit.xml", case("<failure/>"));
    gate(&repo, 1, "1 item is worse than at v1.0.0: Dependencies clean");
}

#[test]
fn requirements_that_cannot_both_hold_of_an_item_are_an_error_wherever_they_stand() {
    let list = LIST.replace("clean\n", "clean <!-- evidence: findings.errors == 0 -->\n");
    let wide = "[[require]]\nitem = \"**\"\ncondition = \"findings.errors > 2\"\n";
    let repo = Repo::new().file("GO.md", &list).file("trueup.toml", wide);
    let said = repo.trueup(["check"]).code(2).stderr();
    assert!(said.contains("`findings.errors > 2` (trueup.toml:1)"), "{said}");
    assert!(said.contains("`findings.errors == 0` (GO.md:6)"), "{said}");
    let narrow = wide.replace("**", "security/keys-rotated");
    repo.file("trueup.toml", narrow).trueup(["check", "--exit-zero"]).code(0);
}

#[test]
fn a_gate_sees_what_the_history_shows() {
    let asking = |max: u32| {
        format!(
            "[[require]]\nitem = \"security/dependencies-clean\"\n\
             condition = 'text(\"GO.md\").size() < {max}'\n\n\
             [gate]\nfail-on = [\"requirement-loosened\", \"trailer-unmatched\"]\n"
        )
    };
    let repo = Repo::new().file("GO.md", LIST).file("trueup.toml", asking(200));
    let repo = repo.commit("a checklist", at("2026-01-05"));
    gate(&repo, 0, "Go.");
    let loosened = repo.file("trueup.toml", asking(900)).commit("looser", at("2026-01-06"));
    gate(&loosened, 1, "requirement-loosened");
    let repo = loosened.file("trueup.toml", asking(200)).commit("as before", at("2026-01-07"));
    gate(&repo, 0, "Go.");
    let slip = "a slip\n\nSigned-off-for: security/keys-rotate";
    gate(&repo.commit(slip, at("2026-01-08")), 1, "trailer-unmatched");
}

#[test]
fn findings_that_a_report_counts_and_leaves_out_refute_nothing() {
    let high = r#"{"test_id": "B602", "issue_severity": "HIGH", "filename": "a.py"}"#;
    let left_out = "3 findings are counted, and left out of the report by a filter or a baseline";
    for (results, condition, status, said) in [
        ("", "findings.total == 0", "unproven", left_out),
        ("", "findings.low == 0", "unproven", left_out),
        ("", "findings.high == 0", "verified", ""),
        ("", "findings.total <= 3", "verified", ""),
        ("", "findings.total <= 2", "unproven", left_out),
        (high, "findings.total == 0", "contradicted", ""),
        (high, "findings.high == 0", "contradicted", ""),
    ] {
        let report = format!(
            r#"{{"errors": [], "generated_at": "2026-01-10T10:00:00Z", "metrics": {{"_totals": {{"loc": 9,
            "SEVERITY.LOW": 3}}, "a.py": {{"loc": 9}}}}, "results": [{results}]}}"#
        );
        let config = format!(
            "[[require]]\nitem = \"security/keys-rotated\"\nartifacts = [\"r/bandit.json\"]\n\
             condition = \"{condition}\"\n"
        );
        let repo = Repo::new()
            .file("GO.md", LIST)
            .file("trueup.toml", config)
            .commit("a checklist", at("2026-01-05"))
            .file("r/bandit.json", report);
        let item = item(&repo, "keys-rotated");
        assert_eq!(item["status"], status, "{results} {condition}: {}", item["reason"]);
        assert!(item["reason"].as_str().unwrap().contains(said), "{}", item["reason"]);
    }
}

#[test]
fn a_requirement_that_was_exchanged_is_asked_by_what_it_was_too() {
    let config = |file: &str, condition: &str| {
        format!(
            "[[require]]\nitem = \"security/dependencies-clean\"\npaths = []\n\
             artifacts = [\"reports/{file}.xml\"]\ncondition = \"{condition}\"\n\n\
             [gate]\nregression = \"previous\"\n"
        )
    };
    let junit =
        |cases: &str| format!("<testsuite timestamp=\"2026-01-07T08:00:00Z\">{cases}</testsuite>");
    let (clean, failing) = ("<testcase name=\"a\"/>", "<testcase name=\"b\"><failure/></testcase>");
    let all = "tests.total > 0 && tests.failed == 0";
    let repo = Repo::new()
        .file("GO.md", LIST)
        .file(".gitignore", "reports/\n")
        .file("trueup.toml", config("junit", all))
        .commit("all", at("2026-01-05"))
        .tag("v1.0.0")
        .file("reports/junit.xml", junit(&format!("{clean}{failing}")))
        .file("reports/smoke.xml", junit(clean))
        .file("trueup.toml", config("junit", "tests.passed >= 1"))
        .commit("less", at("2026-01-06"));
    let worse = "By the conditions of v1.0.0 1 item would be failing: Dependencies clean";
    gate(&repo, 1, worse);
    let repo = repo.file("trueup.toml", config("smoke", all)).commit("other", at("2026-01-07"));
    gate(&repo, 1, worse);
    // So say those that ask for regressions without a gate.
    let asked = config("smoke", all).replace("regression = \"previous\"", "fail-on = [\"stale\"]");
    let ungated = repo.file("trueup.toml", asked);
    let clock = ["--as-of", "2026-01-10T12:00:00Z"];
    let failing = ["check", "--fail-on", "regression"];
    let told = ungated.trueup(failing.into_iter().chain(clock)).code(1).stdout();
    assert!(told.contains("By what was asked before, today's evidence refutes it."), "{told}");
    let diff = ["diff", "v1.0.0", "--fail-on", "regression"];
    ungated.trueup(diff.into_iter().chain(clock)).code(1);
    let repo = ungated.file("trueup.toml", config("smoke", all));
    let report = ["report", "--out", "site", "--as-of", "2026-01-10T12:00:00Z"];
    let verified = repo.file(".gitignore", "reports/\nsite/\n");
    verified.trueup(report).code(0);
    verified.trueup(["verify", "site"]).code(0);
    // What cannot be asked any more is told as before.
    let repo = verified.remove("reports/junit.xml");
    gate(&repo, 0, "Go.");
    gate(&repo.file("reports/junit.xml", junit(clean)), 0, "Go.");
}
