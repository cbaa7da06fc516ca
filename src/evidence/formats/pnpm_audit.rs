//! `pnpm audit --json`, which is npm 6's report without its actions.

use crate::evidence::family::npm;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::model::Reading;

pub(super) struct PnpmAudit;

impl Format for PnpmAudit {
    fn id(&self) -> &'static str {
        "pnpm-audit"
    }

    fn about(&self) -> About {
        About {
            tool: "pnpm audit",
            recognised: "`advisories` and `metadata` without `actions`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://pnpm.io/cli/audit",
            clean: "`advisories` is there and empty.",
            vacuous: "0 dependencies; an `error`.",
            blank: Blanks::NONE,
            notes: &[
                "A finding is a path to a vulnerable package, as `metadata` counts them; `moderate` is medium.",
                "With `actions` the file cannot be told from npm 6's, and reads as npm-audit with the same figures.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let own = |shape| npm::is_advisories(shape) && !shape.has(&["actions"]);
        Fit::sure(sniff.json().is_some_and(own))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        sniff.json().is_some_and(npm::is_advisories)
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "pnpm audit");
        npm::read(input, &mut reading, "pnpm audit")?;
        Ok(reading)
    }
}
