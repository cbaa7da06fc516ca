//! The list of reports that Lighthouse CI wrote down: its `manifest.json`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::evidence::json::{Map, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Means, Sniff, Tells};
use crate::facts::Metrics;
use crate::model::{Reading, Rule, listed};

pub(super) struct LighthouseCiManifest;

impl Format for LighthouseCiManifest {
    fn id(&self) -> &'static str {
        "lighthouse-ci-manifest"
    }

    fn about(&self) -> About {
        About {
            tool: "Lighthouse CI (`lhci upload --target=filesystem`, `manifest.json`)",
            recognised: "a list of `url`, `isRepresentativeRun` and `summary`",
            carries: &["metrics"],
            tells: Tells::NOTHING,
            source: "https://github.com/GoogleChrome/lighthouse-ci/blob/main/docs/configuration.md#target",
            clean: "Each page has a run that stands for it, with scores.",
            vacuous: "No page, no run that stands for one, or no score.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "Of each page the run counts that Lighthouse CI calls representative.",
                "A category is a metric as of a report of Lighthouse (`metrics[\"performance\"].value`, `rate_pct`): of several pages the lowest score.",
                "A category that one of the pages has no score of is left out.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let keys = ["url", "isRepresentativeRun", "summary"];
        Fit::sure(sniff.json().and_then(|shape| shape.first()).is_some_and(|one| one.has(&keys)))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Lighthouse CI");
        let mut lowest: BTreeMap<String, f64> = BTreeMap::new();
        let mut unscored: BTreeSet<String> = BTreeSet::new();
        let (mut pages, mut represented, mut runs) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
        input.elements(|run: Run<'_>| {
            let url = run.url.to_string();
            pages.insert(url.clone());
            if run.represents {
                represented.insert(url);
                let scores = run.summary.iter().flatten();
                runs.push(scores.map(|(name, score)| (name.to_string(), score.get())).collect());
            }
        })?;
        let runs: Vec<BTreeMap<String, Option<f64>>> = runs;
        let names: BTreeSet<&String> = runs.iter().flat_map(BTreeMap::keys).collect();
        for name in names {
            for run in &runs {
                match run.get(name).copied().flatten() {
                    Some(score) => {
                        let least = lowest.entry(name.clone()).or_insert(score);
                        *least = least.min(score);
                    }
                    None => drop(unscored.insert(name.clone())),
                }
            }
        }
        let mut metrics = Metrics::default();
        for (name, score) in lowest.iter().filter(|(name, _)| !unscored.contains(*name)) {
            metrics.set(name, "value", *score);
            metrics.set(name, "rate_pct", score * 100.0);
        }
        let unseen: Vec<&String> = pages.difference(&represented).collect();
        if let Some(page) = unseen.first() {
            reading.doubt(Rule::NothingLookedAt, format!("No run stands for {page}."));
        } else if metrics.by_name.is_empty() {
            reading.doubt(Rule::NothingLookedAt, "No run has a score of each page.");
        }
        let left_out: Vec<&String> =
            unscored.iter().filter(|of| lowest.contains_key(*of)).collect();
        if !left_out.is_empty() {
            let left_out = listed(&left_out, 4);
            reading.warn(format!("Not every page has a score of {left_out}: left out."));
        }
        reading.facts.metrics = Some(metrics);
        Ok(reading)
    }
}

/// A run of a page.
#[derive(Deserialize)]
struct Run<'a> {
    #[serde(borrow)]
    url: Str<'a>,
    #[serde(rename = "isRepresentativeRun")]
    represents: bool,
    /// Score by category; null where it was not measured.
    summary: Option<Map<'a, Num>>,
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn run(url: &str, represents: bool, summary: &str) -> String {
        format!(
            r#"{{"url": "{url}", "isRepresentativeRun": {represents}, "summary": {{{summary}}}}}"#
        )
    }

    #[test]
    fn of_several_pages_the_lowest_score_of_the_runs_that_stand_for_them() {
        let text = format!(
            "[{}, {}, {}]",
            run("a", false, r#""performance": 0.1"#),
            run("a", true, r#""performance": 0.9, "seo": 1, "pwa": null"#),
            run("b", true, r#""performance": 0.7, "pwa": null"#),
        );
        let read = reading("lighthouse-ci-manifest", &text);
        let metrics = read.facts.metrics.unwrap().by_name;
        assert_eq!(metrics.keys().collect::<Vec<_>>(), ["performance"]);
        assert_eq!(metrics["performance"]["value"], 0.7);
        assert!(read.warnings[0].contains("seo"), "{:?}", read.warnings);
    }

    #[test]
    fn a_page_that_no_run_stands_for_proves_nothing() {
        let of = |represents: bool, summary: &str| format!("[{}]", run("a", represents, summary));
        proves(
            "lighthouse-ci-manifest",
            &[
                (&of(true, r#""seo": 1"#), ""),
                (&of(false, r#""seo": 1"#), "No run stands for a"),
                (&of(true, r#""seo": null"#), "No run has a score"),
            ],
        );
    }
}
