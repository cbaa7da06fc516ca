//! Safety's JSON: `safety check`, and `safety scan` of version 3.

mod check;
mod scan;

use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::model::Reading;

pub(super) struct Safety;

impl Format for Safety {
    fn id(&self) -> &'static str {
        "safety"
    }

    fn about(&self) -> About {
        About {
            tool: "Safety",
            recognised: "`report_meta` beside `scanned_packages` or `vulnerabilities`; of `safety scan` `scan_results` beside `meta`",
            carries: &["findings"],
            tells: Tells::NOTHING
                .time("`report_meta.timestamp`, or `meta.timestamp`")
                .version("`report_meta.safety_version`, or `meta.telemetry.safety_version`")
                .commit("`report_meta.git.commit`, where the tree was not dirty"),
            source: "https://docs.safetycli.com/safety-docs/output/json-output",
            clean: "Packages are counted and `vulnerabilities` is empty.",
            vacuous: "0 packages.",
            blank: Blanks::NONE,
            notes: &[
                "`safety check` prints banners before and after its JSON; they are passed over.",
                "A finding is a vulnerability of a package; one that is ignored is suppressed. A severity stands there with a key of Safety's service alone: without one it is an error on the linters' scale, unknown on the other.",
                "Its time has no zone.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            let check = shape.at(&["report_meta", "safety_version"]).is_some()
                || shape.has(&["report_meta", "scanned_packages"]);
            check || shape.has(&["scan_results", "meta"])
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Safety");
        let check = input.sniff.json().is_some_and(|shape| shape.has(&["report_meta"]));
        match check {
            true => check::read(input, &mut reading)?,
            false => scan::read(input, &mut reading)?,
        }
        Ok(reading)
    }
}
