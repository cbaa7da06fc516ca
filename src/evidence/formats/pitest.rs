//! PIT's `mutations.xml`.

use std::collections::BTreeMap;

use crate::evidence::family::mutants;
use crate::evidence::xml::Node;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::Metrics;
use crate::model::{Reading, Rule, counted};

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
            vacuous: "0 mutants, or none that was tested; some that were found, all of which ran out of time.",
            blank: Blanks::NONE,
            notes: &[
                "A mutant counts as found where `detected` says so: killed, timed out, out of memory. NO_COVERAGE is not found.",
                "NON_VIABLE and RUN_ERROR mutants could not be tested: they are out of the score, though PIT counts them as detected.",
                "Each status is a metric of its own with its `count`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "mutations"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "PIT");
        let mut metrics = Metrics::default();
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let (mut all, mut total, mut found) = (0_u64, 0_u64, 0_u64);
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            if tag.is("mutation") {
                all += 1;
                let (mut detected, mut tested) = (false, true);
                tag.attributes(|key, value| match key {
                    "detected" => detected = &*value == "true",
                    "status" => {
                        tested = !matches!(&*value, "NON_VIABLE" | "RUN_ERROR");
                        *counts.entry(value.to_ascii_lowercase()).or_default() += 1;
                    }
                    _ => {}
                })?;
                total += u64::from(tested);
                found += u64::from(tested && detected);
            }
        }
        mutants::timed_out(&mut reading, found, counts.get("timed_out").copied().unwrap_or(0));
        counts.iter().for_each(|(name, count)| metrics.set(name, "count", *count as f64));
        if total == 0 {
            let why = match all {
                0 => "The report holds 0 mutants.".to_owned(),
                _ => format!("None of {} was tested.", counted(all, "mutant")),
            };
            reading.doubt(Rule::NothingLookedAt, why);
        } else {
            metrics.set("mutation_score", "value", found as f64 * 100.0 / total as f64);
        }
        reading.facts.metrics = Some(metrics);
        Ok(reading)
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(statuses: &[(&str, bool)]) -> String {
        let mutant = |(status, found): &(&str, bool)| {
            format!("<mutation detected='{found}' status='{status}'/>")
        };
        format!("<mutations>{}</mutations>", statuses.iter().map(mutant).collect::<String>())
    }

    #[test]
    fn a_mutant_that_could_not_be_tested_is_not_found() {
        for status in ["RUN_ERROR", "NON_VIABLE"] {
            proves("pitest", &[(&report(&[(status, true)]), "None of 1 mutant was tested")]);
            let text = report(&[(status, true), ("KILLED", true), ("SURVIVED", false)]);
            let metrics = reading("pitest", &text).facts.metrics.unwrap();
            assert_eq!(metrics.by_name["mutation_score"]["value"], 50.0, "{status}");
        }
    }
}
