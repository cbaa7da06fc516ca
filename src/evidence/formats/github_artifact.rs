//! The artifacts that runs of GitHub Actions left: their names and digests.

use serde::Deserialize;

use crate::evidence::family::{github, github_pages};
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Provenance, Subject};
use crate::model::{Reading, Rule, counted};

pub(super) struct GithubArtifact;

impl Format for GithubArtifact {
    fn id(&self) -> &'static str {
        "github-artifact"
    }

    fn about(&self) -> About {
        About {
            tool: "GitHub Actions (`/repos/:owner/:repo/actions/artifacts`)",
            recognised: "`artifacts` beside `total_count`, of `archive_download_url`",
            carries: &["provenance"],
            tells: Tells::NOTHING
                .time("the latest `updated_at` or `created_at`")
                .commit("`workflow_run.head_sha`, where all are of one")
                .digest("`digest` of each artifact"),
            source: "https://docs.github.com/en/rest/actions/artifacts",
            clean: "Artifacts are listed.",
            vacuous: "0 artifacts; a page that is cut off; all of them expired.",
            blank: Blanks::NONE,
            notes: &[
                "Pages one behind the other (`gh api --paginate`), or in a list (`--slurp`), are one list.",
                "A subject is an artifact that has not expired. Nothing is signed.",
                "Digests are there since 2025; before, a subject has an empty one.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            let page = shape.first().unwrap_or(shape);
            page.has_list("artifacts")
                && page.has(&["total_count"])
                && page.first_of("artifacts").is_none_or(|one| one.has(&["archive_download_url"]))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let page = github_pages::paged::<Page<'_>>(input)?;
        let mut reading = Reading::by(self.id(), "GitHub Actions");
        page.whole(&mut reading, "artifact");
        let live = || page.entries.iter().filter(|artifact| artifact.expired != Some(true));
        if page.entries.is_empty() {
            reading.doubt(Rule::NothingLookedAt, "The list holds 0 artifacts.");
        } else if live().count() == 0 {
            reading.doubt(Rule::NothingLookedAt, "Every artifact of the list has expired.");
        }
        let mut commits: Vec<String> = live().filter_map(Artifact::commit).collect();
        commits.dedup();
        let commit = commits.first().filter(|_| commits.len() == 1).cloned();
        reading.produced_at = github::latest(live().map(Artifact::at));
        reading.commit.clone_from(&commit);
        let bare = live().filter(|artifact| artifact.subject().is_none()).count() as u64;
        if bare > 0 {
            let bare = counted(bare, "artifact");
            reading.warn(format!("{bare} without a digest: what was in it cannot be told."));
        }
        reading.facts.provenance = Some(Provenance {
            builder: Some("GitHub Actions".to_owned()),
            list: live().filter_map(Artifact::subject).collect(),
            source_commit: commit,
            ..Provenance::default()
        });
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Page<'a> {
    total_count: u64,
    #[serde(borrow)]
    artifacts: Vec<Artifact<'a>>,
}

impl<'a> github_pages::Page for Page<'a> {
    type Entry = Artifact<'a>;

    fn parts(self) -> (Option<u64>, Vec<Artifact<'a>>) {
        (Some(self.total_count), self.artifacts)
    }

    fn id(entry: &Artifact<'a>) -> Option<u64> {
        entry.id
    }
}

#[derive(Deserialize)]
struct Artifact<'a> {
    id: Option<u64>,
    #[serde(borrow)]
    name: Option<Str<'a>>,
    digest: Option<Str<'a>>,
    expired: Option<bool>,
    created_at: Option<Str<'a>>,
    updated_at: Option<Str<'a>>,
    workflow_run: Option<Run<'a>>,
}

#[derive(Deserialize)]
struct Run<'a> {
    #[serde(borrow)]
    head_sha: Option<Str<'a>>,
}

impl Artifact<'_> {
    fn commit(&self) -> Option<String> {
        self.workflow_run.as_ref().and_then(|run| text::said(&run.head_sha))
    }

    fn at(&self) -> Option<&str> {
        self.updated_at.as_deref().or(self.created_at.as_deref())
    }

    /// `None` without a digest, as of runs before 2025: it could be anything, and two such are no match.
    fn subject(&self) -> Option<Subject> {
        let name = text::said(&self.name).unwrap_or_default();
        Some(Subject { name, digest: text::said(&self.digest)? })
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn an_artifact_without_a_digest_matches_no_other() {
        let text = r#"{"total_count": 2, "artifacts": [
            {"id": 1, "name": "a", "size_in_bytes": 1, "archive_download_url": "u", "expired": false},
            {"id": 2, "name": "b", "size_in_bytes": 2, "archive_download_url": "u", "expired": false,
             "digest": "sha256:ab"}]}"#;
        let reading = reading("github-artifact", text);
        let names: Vec<String> =
            reading.facts.provenance.unwrap().list.into_iter().map(|of| of.name).collect();
        assert_eq!(names, ["b"]);
        assert!(reading.warnings[0].starts_with("1 artifact without a digest"));
    }
}
