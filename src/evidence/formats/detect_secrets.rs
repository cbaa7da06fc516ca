//! A baseline of detect-secrets: where something looks like a secret.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::evidence::json::{Map, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct DetectSecrets;

impl Format for DetectSecrets {
    fn id(&self) -> &'static str {
        "detect-secrets"
    }

    fn about(&self) -> About {
        About {
            tool: "detect-secrets",
            recognised: "`plugins_used` beside `results`",
            carries: &["findings"],
            tells: Tells::NOTHING.time("`generated_at`").version("`version`"),
            source: "https://github.com/Yelp/detect-secrets#baseline",
            clean: "`results` is empty under a list of plugins, and something vouches for the run.",
            vacuous: "0 plugins: nothing could be found.",
            blank: Blanks::NONE,
            notes: &[
                "A secret has no severity: each is an error on the linters' scale, unknown on the other.",
                "A baseline holds what is known: those that an audit marked `is_secret: false` are suppressed.",
                "Of a secret only its hash is in the file, and that is not read either.",
                "It does not say which files it looked at, and outside of git it looks at none, with the same empty `results` and exit code 0.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff
                .json()
                .is_some_and(|shape| shape.has_list("plugins_used") && shape.has_map("results")),
        )
    }

    fn may_hold_secrets(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let baseline: Baseline<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "detect-secrets");
        reading.tool_version = text::said(&baseline.version);
        reading.produced_at = baseline.generated_at.as_deref().map(ProducedAt::parse);
        let mut findings = input.findings();
        for (path, secrets) in &baseline.results {
            secrets.iter().for_each(|secret| findings.add(secret.finding(path)));
        }
        if baseline.plugins_used.is_empty() {
            reading.doubt(Rule::NothingLookedAt, "detect-secrets looked with 0 plugins.");
        }
        if baseline.results.is_empty() {
            let why = "detect-secrets writes the same where it found no file to look at.";
            reading.doubt(Rule::SilentTool, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Baseline<'a> {
    #[serde(borrow)]
    version: Option<Str<'a>>,
    generated_at: Option<Str<'a>>,
    plugins_used: Vec<IgnoredAny>,
    results: Map<'a, Vec<Secret<'a>>>,
}

#[derive(Deserialize)]
struct Secret<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Str<'a>>,
    #[serde(default)]
    line_number: Num,
    is_secret: Option<bool>,
}

impl Secret<'_> {
    fn finding(&self, path: &str) -> Finding {
        Finding {
            rule: text::said(&self.kind),
            title: self.kind.as_deref().and_then(text::title),
            path: Some(path.to_owned()),
            line: self.line_number.line(),
            suppressed: self.is_secret == Some(false),
            ..Finding::levelled(Level::Error)
        }
    }
}
