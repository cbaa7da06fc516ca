//! A checklist for each package: whose item a name means.

use super::{args, entry};
use crate::support::{Repo, at};

const LIST: &str = "# Release\n\n## Security\n\n- [x] Keys rotated\n";

fn packages() -> Repo {
    let config = "checklists = \"*/RELEASE.md\"\n\n[sign-offs]\nfiles = \"sign-offs.toml\"\n\n\
                  [[require]]\nitem = \"security/keys-rotated\"\nchecklist = \"**\"\n\
                  sign-off = { by = \"noor@example.org\" }\n";
    Repo::new()
        .file("api/RELEASE.md", LIST)
        .file("web/RELEASE.md", LIST)
        .file("sign-offs.toml", "")
        .file("trueup.toml", config)
        .commit("checklists", at("2026-01-05"))
        .author("Noor", "noor@example.org")
}

/// What the item is in the checklist of the api and in that of the web, and the problems' codes and
/// messages.
fn told(repo: &Repo) -> ([String; 2], Vec<String>) {
    let snapshot = repo.trueup(args(&[])).json();
    let status = |at: usize| {
        snapshot["checklists"][at]["items"][0]["status"].as_str().unwrap_or_default().to_owned()
    };
    let problems = snapshot["problems"].as_array().unwrap().iter();
    let problems = problems.map(|of| format!("{} {}", of["code"], of["message"]).replace('"', ""));
    ([status(0), status(1)], problems.collect())
}

#[test]
fn a_name_of_several_checklists_signs_in_the_one_that_it_says() {
    let both = ["verified", "verified"];
    for (written, status) in [
        ("api/RELEASE.md#security/keys-rotated", ["verified", "unproven"]),
        ("web/*#security/keys-rotated", ["unproven", "verified"]),
        ("**#security/keys-rotated", both),
        ("security/*", both),
        ("api/RELEASE.md#security/*, web/RELEASE.md#security/keys-rotated", both),
    ] {
        let message = format!("looked\n\nSigned-off-for: {written}");
        assert_eq!(
            told(&packages().commit(&message, at("2026-01-06"))),
            (status.map(str::to_owned), Vec::new()),
            "{written}"
        );
        let of_all = entry("noor@example.org", "2026-01-06");
        let of_one = of_all.replace("security/keys-rotated", written);
        if !written.contains(',') {
            let repo = packages().file("sign-offs.toml", of_one).commit("mine", at("2026-01-06"));
            assert_eq!(told(&repo), (status.map(str::to_owned), Vec::new()), "{written}");
        }
    }
}

#[test]
fn a_name_of_several_checklists_alone_signs_nothing() {
    let none = ["unproven", "unproven"].map(str::to_owned);
    let repo = packages().commit("api\n\nSigned-off-for: security/keys-rotated", at("2026-01-06"));
    let commit: String = repo.id("HEAD").chars().take(7).collect();
    let said = format!(
        "trailer-unmatched Commit {commit} signs off `security/keys-rotated`, which items of several \
         checklists were called then."
    );
    assert_eq!(told(&repo), (none.clone(), vec![said]));
    assert_eq!(told(&repo), told(&repo), "as it is remembered");
    let repo = packages()
        .file("sign-offs.toml", entry("noor@example.org", "2026-01-06"))
        .commit("mine", at("2026-01-06"));
    let said = "sign-off-unmatched `security/keys-rotated` was an item of several checklists when \
                this entry was committed.";
    assert_eq!(told(&repo), (none, vec![said.to_owned()]));
}

/// Two projects made from one template, each with a configuration that names its own checklists.
fn projects() -> Repo {
    let config = |project: &str| {
        format!(
            "checklists = \"{project}/**/*.md\"\n[sign-offs]\nfiles = \"sign-offs.toml\"\n\n\
             [[require]]\nitem = \"security/keys-rotated\"\nsign-off = {{ by = \"noor@example.org\" }}\n"
        )
    };
    Repo::new()
        .file("api/RELEASE.md", LIST)
        .file("api/trueup.toml", config("api"))
        .file("web/RELEASE.md", LIST)
        .file("web/trueup.toml", config("web"))
        .file("sign-offs.toml", "")
        .commit("two projects", at("2026-01-05"))
        .author("Noor", "noor@example.org")
}

/// What the item is in one of the projects, and the problems' messages.
fn told_in(repo: &Repo, project: &'static str) -> (String, Vec<String>) {
    let snapshot = repo.trueup(args(&["-C", project])).json();
    let problems = snapshot["problems"].as_array().unwrap().iter();
    let message = |of: &serde_json::Value| of["message"].as_str().unwrap().to_owned();
    let status = snapshot["checklists"][0]["items"][0]["status"].as_str().unwrap_or_default();
    (status.to_owned(), problems.map(message).collect())
}

#[test]
fn a_name_alone_of_two_projects_signs_in_neither() {
    let unproven = "unproven".to_owned();
    let signed = "web\n\nSigned-off-for: security/keys-rotated";
    let repo = projects().commit(signed, at("2026-01-06"));
    let commit: String = repo.id("HEAD").chars().take(7).collect();
    let said = format!(
        "Commit {commit} signs off `security/keys-rotated`, which items of several checklists were \
         called then."
    );
    for project in ["api", "web"] {
        assert_eq!(told_in(&repo, project), (unproven.clone(), vec![said.clone()]), "{project}");
        let again = told_in(&repo, project);
        assert_eq!(again, (unproven.clone(), vec![said.clone()]), "as it is remembered");
    }
    let gone = repo
        .remove("web/RELEASE.md")
        .remove("web/trueup.toml")
        .commit("no web any more", at("2026-01-07"));
    assert_eq!(told_in(&gone, "api"), (unproven.clone(), vec![said]), "it was there then");
    let renewed = gone.commit("api\n\nSigned-off-for: security/keys-rotated", at("2026-01-08"));
    assert_eq!(told_in(&renewed, "api").0, "verified");

    let of_file = entry("noor@example.org", "2026-01-06");
    let repo = projects().file("sign-offs.toml", &of_file).commit("mine", at("2026-01-06"));
    let said =
        "`security/keys-rotated` was an item of several checklists when this entry was committed.";
    assert_eq!(told_in(&repo, "api"), (unproven, vec![said.to_owned()]));
}

#[test]
fn a_name_of_two_projects_signs_where_it_says_whose() {
    for written in ["web/RELEASE.md#security/keys-rotated", "web/**#security/keys-rotated"] {
        let repo =
            projects().commit(&format!("web\n\nSigned-off-for: {written}"), at("2026-01-06"));
        assert_eq!(told_in(&repo, "web"), ("verified".to_owned(), Vec::new()), "{written}");
        assert_eq!(told_in(&repo, "api").0, "unproven", "{written}");
    }
    let signed = "web\n\nSigned-off-for: security/keys-rotated";
    let other = "# Api\n\n## Security\n\n- [x] Headers set\n";
    for (file, text) in [("api/RELEASE.md", other), ("web/trueup.toml", "exclude = \"api/**\"\n")] {
        let repo = projects();
        let text = match file.ends_with("toml") {
            true => format!("{text}{}", repo.read(file)),
            false => text.to_owned(),
        };
        let repo = repo.file(file, text).commit(signed, at("2026-01-06"));
        assert_eq!(told_in(&repo, "web").0, "verified", "{file}");
    }
    let alone = projects()
        .remove("api/RELEASE.md")
        .remove("api/trueup.toml")
        .commit("one project", at("2026-01-06"));
    let alone = alone.file("docs/old/RELEASE.md", LIST).commit(signed, at("2026-01-07"));
    assert_eq!(told_in(&alone, "web").0, "verified", "no other project is there");
}

/// Each project's run reads the words for all of them, and tells of none that is another's.
#[test]
fn a_sign_off_of_another_projects_item_is_no_slip_of_this_one() {
    let told = |written: &str| {
        let signed = format!("web\n\nSigned-off-for: {written}");
        let repo = projects().commit(&signed, at("2026-01-06"));
        (told_in(&repo, "api").1.len(), told_in(&repo, "web").1.len())
    };
    assert_eq!(told("web/RELEASE.md#security/keys-rotated"), (0, 0));
    assert_eq!(told("web/RELEASE.md#security/keys-rotatet"), (0, 1), "a slip is web's alone");
    assert_eq!(told("web/NONE.md#security/keys-rotated"), (1, 1));
    assert_eq!(told("security/keys-rotatet"), (1, 1));
}
