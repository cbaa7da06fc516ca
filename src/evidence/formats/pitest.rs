//! PIT's `mutations.xml`.

use std::collections::BTreeMap;

use crate::evidence::xml::Node;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::Metrics;
use crate::model::{Reading, Rule};

pub(super) struct Pitest;

impl Format for Pitest {
    fn id(&self) -> &'static str {
        "pitest"
    }

    fn about(&self) -> About {
        About {
            tool: "PIT",
            recognised: "the root element `mutations`",
            carries: &["metrics"],
            tells: Tells::NOTHING,
            source: "https://pitest.org/quickstart/commandline/",
            clean: "Mutants were tested: `metrics.mutation_score.value` says how many of 100 were found.",
            vacuous: "0 mutants.",
            blank: Blanks::NONE,
            notes: &[
                "A mutant counts as found where `detected` says so: killed, timed out, out of memory. NO_COVERAGE is not found.",
                "Each status is a metric of its own with its `count`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "mutations"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        reading.tool = Some("PIT".to_owned());
        let mut metrics = Metrics::default();
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let (mut total, mut found) = (0_u64, 0_u64);
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            if tag.is("mutation") {
                total += 1;
                tag.attributes(|key, value| match key {
                    "detected" => found += u64::from(&*value == "true"),
                    "status" => *counts.entry(value.to_ascii_lowercase()).or_default() += 1,
                    _ => {}
                })?;
            }
        }
        counts.iter().for_each(|(name, count)| metrics.set(name, "count", *count as f64));
        if total == 0 {
            reading.doubt(Rule::NothingLookedAt, "The report holds 0 mutants.");
        } else {
            metrics.set("mutation_score", "value", found as f64 * 100.0 / total as f64);
        }
        reading.facts.metrics = Some(metrics);
        Ok(reading)
    }
}
