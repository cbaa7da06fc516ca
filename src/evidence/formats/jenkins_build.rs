//! A build of Jenkins, by its JSON API.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::Ci;
use crate::model::Reading;

pub(super) struct JenkinsBuild;

impl Format for JenkinsBuild {
    fn id(&self) -> &'static str {
        "jenkins-build"
    }

    fn about(&self) -> About {
        About {
            tool: "Jenkins (`/job/:name/:number/api/json`)",
            recognised: "`_class` of a run beside `building` and `result`",
            carries: &["ci"],
            tells: Tells::NOTHING
                .time("`timestamp` and `duration`")
                .commit("`lastBuiltRevision.SHA1`, where all are of one commit or one repository"),
            source: "https://www.jenkins.io/doc/book/using/remote-access-api/",
            clean: "`result` is `SUCCESS`, and `building` is false.",
            vacuous: "Nothing here: what the build says of itself is judged by what a condition reads.",
            blank: Blanks::NONE,
            notes: &[
                "Of a build that checked out several repositories, as one with a shared library does, no commit is told: which is the build's cannot be known.",
                "SUCCESS, FAILURE, ABORTED and NOT_BUILT are told as GitHub tells them; UNSTABLE, with failed tests, is a failure.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has(&["building", "result", "number"]) && shape.has(&["timestamp"])
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let build: Build<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "Jenkins");
        let commit = build.revision();
        let ended = build.timestamp.get().map(|began| began + build.duration.get().unwrap_or(0.0));
        reading.produced_at = ended.and_then(when::millis);
        reading.commit.clone_from(&commit);
        let (status, conclusion) = match (build.building, build.result.as_deref()) {
            (Some(false), Some("SUCCESS")) => ("completed", Some("success")),
            (Some(false), Some("ABORTED")) => ("completed", Some("cancelled")),
            (Some(false), Some("NOT_BUILT")) => ("completed", Some("skipped")),
            (Some(false), Some(_)) => ("completed", Some("failure")),
            _ => ("in_progress", None),
        };
        reading.facts.ci = Some(Ci {
            status: Some(status.to_owned()),
            conclusion: conclusion.map(str::to_owned),
            commit,
            url: text::said(&build.url),
            name: text::said(&build.name),
            run: text::said(&build.url),
            ..Ci::default()
        });
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Build<'a> {
    building: Option<bool>,
    #[serde(borrow)]
    result: Option<Str<'a>>,
    #[serde(default)]
    timestamp: Num,
    #[serde(default)]
    duration: Num,
    url: Option<Str<'a>>,
    #[serde(rename = "fullDisplayName")]
    name: Option<Str<'a>>,
    actions: Option<Vec<Action<'a>>>,
}

#[derive(Deserialize)]
struct Action<'a> {
    #[serde(borrow, rename = "lastBuiltRevision")]
    built: Option<Revision<'a>>,
    #[serde(rename = "remoteUrls")]
    remotes: Option<Vec<Str<'a>>>,
}

#[derive(Deserialize)]
struct Revision<'a> {
    #[serde(borrow, rename = "SHA1")]
    sha: Option<Str<'a>>,
}

impl Build<'_> {
    /// The commit of the build; `None` where several repositories were checked out, of which one is
    /// a library and stands first.
    fn revision(&self) -> Option<String> {
        let actions = self.actions.iter().flatten();
        let mut checkouts = actions.filter_map(|action| {
            let sha = text::said(&action.built.as_ref()?.sha)?;
            Some((sha, action.remotes.as_ref()))
        });
        let (sha, remotes) = checkouts.next()?;
        let is_one =
            |(other, from): (String, _)| other == sha || remotes.is_some() && from == remotes;
        checkouts.all(is_one).then_some(sha)
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn of_several_repositories_no_commit_is_the_builds() {
        let checkout = |sha: &str, remote: &str| {
            format!(r#"{{"lastBuiltRevision":{{"SHA1":"{sha}"}},"remoteUrls":["{remote}"]}}"#)
        };
        let (library, shop) = (checkout("1111", "library.git"), checkout("2222", "shop.git"));
        for (actions, expected) in [
            (vec![&shop], Some("2222")),
            (vec![&shop, &shop], Some("2222")),
            (vec![&library, &shop], None),
            (vec![&shop, &checkout("3333", "shop.git")], Some("2222")),
        ] {
            let actions = actions.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(",");
            let text = format!(
                r#"{{"_class":"org.jenkinsci.plugins.workflow.job.WorkflowRun","actions":[{{}},{actions}],
                "building":false,"number":7,"result":"SUCCESS","timestamp":1757000000000}}"#
            );
            let read = reading("jenkins-build", &text);
            assert_eq!(read.commit.as_deref(), expected, "{actions}");
        }
    }
}
