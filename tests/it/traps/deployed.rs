//! Which deployment is that of the judged code: of a commit before it, as long as no other took its place
//! and the document is of the same release.

use crate::support::{Repo, at};

const LIST: &str = "# Release\n\n**Version:** 1.0\n\n## First Hour\n\n- [x] Error rate is low\n";
const CONFIG: &str = "[[require]]\nitem = \"**/error-rate-is-low\"\nartifacts = [\"reports/err.json\"]\n\
                      condition = \"data.rate < 0.01\"\nmax-age = \"30d\"\n";

/// Code that was deployed on 2026-01-06 and measured two hours later.
fn measured() -> Repo {
    let repo = Repo::new().file("LIST.md", LIST).file("trueup.toml", CONFIG);
    let repo = repo.file(".gitignore", "reports/\n").file("src/a.py", "1");
    let repo = repo.commit("all", at("2026-01-05"));
    let measures = "{\"rate\": 0.001, \"timestamp\": \"2026-01-06T11:00:00Z\"}";
    let repo = deployed(repo, "1", "2026-01-06T09:00:00Z").file("reports/err.json", measures);
    repo.modified("reports/err.json", at("2026-01-06T11:00:00Z"))
}

/// `HEAD` was deployed at `when`.
fn deployed(repo: Repo, number: &str, when: &str) -> Repo {
    let event = format!(
        "{{\"deployment\": {{\"id\": {number}, \"sha\": \"{}\", \"environment\": \"production\"}}, \
         \"deployment_status\": {{\"id\": 2, \"state\": \"success\", \"environment\": \
         \"production\", \"created_at\": \"{when}\"}}}}",
        repo.id("HEAD")
    );
    repo.file(&format!("reports/deployment-{number}.json"), event)
}

/// The status of the first item, and the state of its window.
fn told(repo: &Repo) -> String {
    let told = repo.trueup(["check", "--format", "json", "--as-of", "2026-01-09T00:00:00Z"]);
    let item = told.json()["checklists"][0]["items"][0].clone();
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    format!("{} {}", word(&item["status"]), word(&item["window"]["state"]))
}

#[test]
fn what_was_deployed_since_took_the_place_of_the_deployment() {
    let repo = measured();
    assert_eq!(told(&repo), "verified met");
    let repo = repo.file("src/a.py", "2").commit("bad", at("2026-01-07"));
    let repo = deployed(repo, "2", "2026-01-07T09:00:00Z");
    let repo = repo.file("src/a.py", "1").commit("back again", at("2026-01-08"));
    assert_eq!(told(&repo), "stale not-yet-due", "the bad one is what runs");
    let untold = repo.read("reports/deployment-2.json");
    let untold = untold.replace("2026-01-07T09:00:00Z", "yesterday");
    assert_eq!(told(&repo.file("reports/deployment-2.json", untold)), "stale not-yet-due");
}

#[test]
fn the_deployment_of_the_release_before_is_not_that_of_the_next_ones_checklist() {
    for next in [LIST.replace("1.0", "1.1"), LIST.replace("# Release", "# Release 1.1")] {
        let repo = measured().file("LIST.md", next);
        let repo = repo.commit("the list of 1.1", at("2026-01-08"));
        assert_eq!(told(&repo), "stale not-yet-due");
    }
}

#[test]
fn a_deployment_made_again_is_the_latest_one() {
    let repo = measured().file("LIST.md", LIST.replace("# Release", "# Release\n\nAs ever."));
    let repo = repo.commit("words", at("2026-01-07"));
    assert_eq!(told(&repo), "verified met", "no code changed");
    let id = repo.id("HEAD~1");
    let again = repo.read("reports/deployment-1.json");
    assert!(again.contains(&id), "{again}");
    let again = again.replace("2026-01-06T09", "2026-01-08T09");
    assert_eq!(told(&repo.file("reports/deployment-3.json", again)), "stale overdue");
}

#[test]
fn gitlab_tells_of_its_deployments_as_github_does() {
    let event = |repo: &Repo, state: &str, to: &str| {
        format!(
            "[{{\"id\": 7, \"sha\": \"{}\", \"ref\": \"main\", \"status\": \"{state}\", \"deployable\": null, \
             \"environment\": {{\"name\": \"{to}\"}}, \"updated_at\": \"2026-01-06T09:00:00Z\"}}]",
            repo.id("HEAD")
        )
    };
    for (state, to, expected) in [
        ("success", "production", "verified met"),
        ("failed", "production", "stale not-yet-due"),
        ("running", "production", "stale not-yet-due"),
        ("success", "staging", "stale not-yet-due"),
    ] {
        let repo = measured();
        let told_by_gitlab = event(&repo, state, to);
        let repo = repo.file("reports/deployment-1.json", told_by_gitlab);
        assert_eq!(told(&repo), expected, "{state} {to}");
    }
}

#[test]
fn a_deployment_and_its_status_tell_of_one_together_and_each_alone_is_told() {
    let deployment = |repo: &Repo, id: u64| {
        format!(
            "[{{\"id\": {id}, \"sha\": \"{}\", \"ref\": \"main\", \"task\": \"deploy\", \"environment\": \
             \"production\", \"created_at\": \"2026-01-06T08:50:00Z\", \"statuses_url\": \"u\"}}]",
            repo.id("HEAD")
        )
    };
    let status = "[{\"id\": 1, \"state\": \"success\", \"environment\": \"production\", \
                  \"deployment_url\": \"https://api.example/deployments/42\", \
                  \"created_at\": \"2026-01-06T09:00:00Z\"}]";
    let untold = |repo: &Repo| {
        let told = repo.trueup(["check", "--as-of", "2026-01-09T00:00:00Z"]).stdout();
        let lines = told.lines().filter(|line| line.contains("deployment-untold"));
        lines.count()
    };
    let with = |files: &[(&str, String)]| {
        let start = measured().file("reports/deployment-1.json", "{}");
        files.iter().fold(start, |repo, (path, text)| repo.file(path, text))
    };
    let list = deployment(&measured(), 42);
    let (both, other) = (("reports/d.json", list.clone()), ("reports/s.json", status.to_owned()));
    let repo = with(&[both.clone(), other.clone()]);
    assert_eq!((told(&repo).as_str(), untold(&repo)), ("verified met", 0));
    for (files, problems) in [
        (vec![both], 1),
        (vec![other.clone()], 1),
        (vec![("reports/d.json", list.replace("42", "41")), other], 2),
    ] {
        let repo = with(&files);
        assert_eq!((told(&repo).as_str(), untold(&repo)), ("stale not-yet-due", problems));
    }
}

#[test]
fn a_deployment_that_failed_after_all_opens_nothing() {
    let repo = measured();
    let failed = repo.read("reports/deployment-1.json").replace("\"success\"", "\"failure\"");
    let failed = failed.replace("2026-01-06T09:00", "2026-01-06T09:05");
    assert_eq!(told(&repo.file("reports/later.json", &*failed)), "stale not-yet-due");
    let inactive = failed.replace("\"failure\"", "\"inactive\"");
    assert_eq!(told(&measured().file("reports/later.json", inactive)), "verified met");
}

/// `measured`, and code that was changed and changed back; what stands in `{bad}` and `{good}` of `files`
/// are the commits.
fn changed_back(files: &[(&str, &str)]) -> Repo {
    let repo = measured();
    let good = repo.id("HEAD");
    let repo = repo.file("src/a.py", "2").commit("bad", at("2026-01-07"));
    let bad = repo.id("HEAD");
    let repo = repo.file("src/a.py", "1").commit("back again", at("2026-01-08"));
    files.iter().fold(repo, |repo, (path, text)| {
        repo.file(&format!("reports/{path}"), text.replace("{bad}", &bad).replace("{good}", &good))
    })
}

/// Of GitHub: a deployment that was created and updated on 2026-01-`days`.
fn of_github(id: u64, commit: &str, days: [&str; 2]) -> String {
    let [created, updated] = days;
    let url = format!("https://api.example/repos/a/shop/deployments/{id}");
    format!(
        "{{\"id\": {id}, \"url\": \"{url}\", \"sha\": \"{commit}\", \"ref\": \"main\", \"task\": \"deploy\", \
         \"environment\": \"production\", \"created_at\": \"2026-01-{created}Z\", \
         \"updated_at\": \"2026-01-{updated}Z\", \"statuses_url\": \"{url}/statuses\"}}"
    )
}

fn status_of(id: u64, state: &str, time: &str) -> String {
    format!(
        "[{{\"id\": {id}7, \"state\": \"{state}\", \"environment\": \"production\", \
         \"deployment_url\": \"https://api.example/repos/a/shop/deployments/{id}\", \
         \"created_at\": \"2026-01-{time}Z\"}}]"
    )
}

#[test]
fn one_that_may_have_succeeded_takes_the_place_of_the_one_before_it() {
    let good = of_github(1, "{good}", ["06T08:50:00", "07T09:00:01"]);
    let bad = of_github(2, "{bad}", ["07T08:50:00", "07T08:50:00"]);
    let success = status_of(1, "success", "06T09:00:00");
    let with = |more: &[(&str, &str)]| {
        let mut files = vec![("deployment-1.json", "{}"), ("1.json", &good), ("s1.json", &success)];
        files.extend(more);
        let repo = changed_back(&files);
        let problems = repo.trueup(["check", "--as-of", "2026-01-09T00:00:00Z"]).stdout();
        (told(&repo), problems.contains("deployment-untold"))
    };
    let open = ("verified met".to_owned(), false);
    let shut = |is_told: bool| ("stale not-yet-due".to_owned(), is_told);
    assert_eq!(with(&[]), open);
    assert_eq!(with(&[("2.json", &bad)]), shut(true), "nothing tells how it ended");
    let list = format!("[{bad}, {good}]");
    assert_eq!(with(&[("1.json", "{}"), ("2.json", &list)]), shut(true), "in one list");
    for (state, expected) in [
        ("success", shut(false)),
        ("inactive", shut(true)),
        ("failure", open.clone()),
        ("in_progress", open.clone()),
    ] {
        let status = status_of(2, state, "07T09:00:00");
        assert_eq!(with(&[("2.json", &bad), ("s2.json", &status)]), expected, "{state}");
        assert_eq!(with(&[("2.json", &list), ("s2.json", &status)]), expected, "{state}");
    }
    let failed = status_of(2, "failure", "07T09:10:00");
    let was_live = status_of(2, "success", "07T09:00:00");
    let both = [("2.json", &*bad), ("s2.json", &was_live), ("s2b.json", &failed)];
    assert_eq!(with(&both), shut(false), "it was live before it failed");
    let migrated = good.replace("\"task\": \"deploy\"", "\"task\": \"deploy:migrations\"");
    assert!(!with(&[("1.json", &migrated)]).0.contains("verified"));
    let replaced = status_of(1, "inactive", "07T09:00:01");
    assert_eq!(with(&[("s3.json", &replaced)]), shut(true), "another took its place");
    let elsewhere = success.replace("a/shop", "a/other");
    assert_eq!(with(&[("s1.json", &elsewhere)]), shut(true), "of another repository");
    let destroyed = bad.replace("\"task\": \"deploy\"", "\"task\": \"destroy\"");
    assert_eq!(with(&[("2.json", &destroyed)]), shut(false), "the place was taken down");
    let destroyed = good.replace("\"task\": \"deploy\"", "\"task\": \"destroy\"");
    assert!(!with(&[("1.json", &destroyed)]).0.contains("verified"));
}

#[test]
fn a_list_hides_none_that_succeeded_behind_one_that_did_not() {
    let entry = |id: u64, commit: &str, state: &str, day: &str| {
        format!(
            "{{\"id\": {id}, \"sha\": \"{commit}\", \"ref\": \"main\", \"status\": \"{state}\", \
             \"deployable\": null, \"environment\": {{\"name\": \"production\"}}, \
             \"created_at\": \"2026-01-{day}T08:50:00Z\", \"updated_at\": \"2026-01-{day}T09:00:00Z\"}}"
        )
    };
    for (state, expected) in
        [("running", "verified met"), ("failed", "verified met"), ("success", "stale not-yet-due")]
    {
        let list = [entry(8, "{bad}", state, "07"), entry(7, "{good}", "success", "06")].join(",");
        let files = [("deployment-1.json", "{}"), ("list.json", &format!("[{list}]"))];
        assert_eq!(told(&changed_back(&files)), expected, "{state}");
    }
}

#[test]
fn ids_of_two_projects_that_are_the_same_are_of_two_deployments() {
    let entry = |commit: &str, state: &str| {
        format!(
            "[{{\"id\": 7, \"sha\": \"{commit}\", \"ref\": \"main\", \"status\": \"{state}\", \
             \"deployable\": null, \"environment\": {{\"name\": \"production\"}}, \
             \"updated_at\": \"2026-01-06T09:00:00Z\"}}]"
        )
    };
    let (own, other) = (entry("{good}", "running"), entry(&"1".repeat(40), "success"));
    let files = [("deployment-1.json", "{}"), ("a.json", &own), ("b.json", &other)];
    assert_eq!(told(&changed_back(&files)), "stale not-yet-due");
}
