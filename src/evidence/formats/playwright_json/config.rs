//! How Playwright was run, as its report says: of which commit, which projects, which part.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::evidence::json::Str;
use crate::evidence::text;
use crate::facts::Shard;
use crate::model::{Reading, Rule};

#[derive(Deserialize)]
pub(super) struct Config<'a> {
    #[serde(borrow)]
    version: Option<Str<'a>>,
    metadata: Option<Metadata<'a>>,
    shard: Option<Part>,
    /// The projects that were run, where the version tells it.
    #[serde(rename = "filteredProjects")]
    projects: Option<Vec<Project<'a>>>,
    #[serde(rename = "updateSnapshots")]
    updates: Option<Str<'a>>,
}

/// Which part of the run it is, from 1.
#[derive(Deserialize)]
struct Part {
    current: Option<u64>,
    total: Option<u64>,
}

#[derive(Deserialize)]
struct Project<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Metadata<'a> {
    #[serde(borrow, rename = "gitCommit")]
    git: Option<Commit<'a>>,
    #[serde(rename = "gitDiff")]
    diff: Option<Str<'a>>,
    ci: Option<Ci<'a>>,
    #[serde(rename = "revision.id")]
    revision: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Commit<'a> {
    #[serde(borrow)]
    hash: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Ci<'a> {
    #[serde(borrow, rename = "commitHash")]
    commit: Option<Str<'a>>,
}

impl Config<'_> {
    /// Tells of the version and the commit, and doubts a run of what is not that commit's.
    pub(super) fn settle(&self, reading: &mut Reading) {
        reading.tool_version = text::said(&self.version);
        reading.commit = self.metadata.as_ref().and_then(Metadata::commit);
        if let Some(Part { current: Some(part), total: Some(of) }) = self.shard
            && !(1..=of).contains(&part)
        {
            reading.doubt(Rule::Unreadable, format!("It says that it is shard {part} of {of}."));
        }
        if let Some(which @ ("all" | "changed")) = self.updates.as_deref() {
            let why = format!(
                "Playwright wrote snapshots anew (`updateSnapshots` is `{which}`): what they would have failed is gone."
            );
            reading.doubt(Rule::OtherCode, why);
        }
        if self.metadata.as_ref().is_some_and(Metadata::may_be_dirty) {
            let why = "Playwright keeps a difference (`gitDiff`) that may be of changes in no commit: run it in CI, or without `captureGitInfo.diff`.";
            reading.doubt(Rule::OtherCode, why);
        }
    }

    /// Which part of a run it is, if it is one; the tests are of `projects`.
    pub(super) fn shard(&self, projects: &BTreeSet<String>) -> Option<Shard> {
        let Part { current: Some(number), total: Some(of) } = *self.shard.as_ref()? else {
            return None;
        };
        let told = self.projects.as_ref().map(|projects| {
            projects.iter().filter_map(|of| text::said(&of.name)).collect::<BTreeSet<_>>()
        });
        (1..=of).contains(&number).then(|| Shard {
            of,
            number,
            is_leg_told: told.is_some(),
            leg: told.unwrap_or_else(|| projects.clone()),
        })
    }
}

impl Metadata<'_> {
    fn commit(&self) -> Option<String> {
        let git = self.git.as_ref().and_then(|git| text::said(&git.hash));
        let ci = self.ci.as_ref().and_then(|ci| text::said(&ci.commit));
        git.or(ci).or_else(|| text::said(&self.revision))
    }

    /// Whether a difference is kept that may be to what is not committed. In CI it is of the pull request.
    fn may_be_dirty(&self) -> bool {
        self.ci.is_none() && self.diff.as_deref().is_some_and(|diff| !diff.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::{Shard, Shards};

    fn report(config: &str, project: &str) -> String {
        format!(
            r#"{{"config": {{"version": "1.57.0", "projects": [{{"name": "chromium"}}, {{"name": "firefox"}}]{config}}},
            "suites": [{{"title": "a.ts", "specs": [{{"title": "t", "tests": [{{"projectName": "{project}",
            "status": "expected", "expectedStatus": "passed", "results": [{{"status": "passed"}}]}}]}}]}}]}}"#
        )
    }

    fn shard(number: u64, of: u64) -> String {
        format!(r#", "shard": {{"total": {of}, "current": {number}}}"#)
    }

    #[test]
    fn one_part_of_a_run_says_which_it_is() {
        for (config, missing) in [
            (shard(1, 4), Some(3)),
            (shard(1, 1), Some(0)),
            (r#", "shard": null"#.to_owned(), None),
        ] {
            let tests = reading("playwright-json", &report(&config, "chromium")).facts.tests;
            assert_eq!(tests.unwrap().shards_missing(), missing, "{config}");
        }
    }

    #[test]
    fn a_part_beyond_the_last_is_none() {
        proves(
            "playwright-json",
            &[
                (&report(&shard(2, 2), "web"), ""),
                (&report(&shard(3, 2), "web"), "it is shard 3 of 2"),
                (&report(&shard(0, 2), "web"), "it is shard 0 of 2"),
            ],
        );
    }

    #[test]
    fn the_leg_of_a_part_is_what_was_run_or_else_what_its_tests_are_of() {
        let filtered = r#", "filteredProjects": [{"name": "firefox"}, {"name": "chromium"}]"#;
        for (more, leg, is_leg_told) in
            [(filtered, vec!["chromium", "firefox"], true), ("", vec!["chromium"], false)]
        {
            let text = report(&(shard(1, 2) + more), "chromium");
            let shards = reading("playwright-json", &text).facts.tests.unwrap().shards;
            let mut expected = Shards::default();
            let leg = leg.into_iter().map(str::to_owned).collect();
            expected.extend([Shard { of: 2, number: 1, leg, is_leg_told }]);
            assert_eq!(shards, expected, "{more}");
        }
    }

    #[test]
    fn snapshots_that_are_written_anew_hold_nothing() {
        let report = |which: &str| report(&format!(r#", "updateSnapshots": "{which}""#), "web");
        let anew = "wrote snapshots anew";
        for (which, why) in
            [("missing", ""), ("none", ""), ("default", ""), ("all", anew), ("changed", anew)]
        {
            proves("playwright-json", &[(&report(which), why)]);
        }
    }

    #[test]
    fn a_difference_outside_of_ci_may_be_of_changes_in_no_commit() {
        let report = |more: &str| {
            let git = r#""gitCommit": {"hash": "4f2a9c1"}"#;
            report(&format!(r#", "metadata": {{{git}{more}}}"#), "web")
        };
        let diff = r#", "gitDiff": "diff --git a/a b/a""#;
        proves(
            "playwright-json",
            &[
                (&report(""), ""),
                (&report(r#", "gitDiff": """#), ""),
                (&report(diff), "may be of changes in no commit"),
                (&report(&format!(r#"{diff}, "ci": {{"commitHash": "4f2a9c1"}}"#)), ""),
            ],
        );
    }
}
