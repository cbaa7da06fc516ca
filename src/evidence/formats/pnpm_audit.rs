//! `pnpm audit --json`, which is npm 6's report without its actions.

use serde::Deserialize;

use crate::evidence::family::npm::{self, Failure};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells};
use crate::model::Reading;

pub(super) struct PnpmAudit;

impl Format for PnpmAudit {
    fn id(&self) -> &'static str {
        "pnpm-audit"
    }

    fn about(&self) -> About {
        About {
            tool: "pnpm audit",
            recognised: "`advisories` and `metadata` without `actions`, or nothing but an `error` whose code begins with `ERR_PNPM_`",
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
        let own = |shape: &Shape<'_>| {
            npm::is_advisories(shape) && !shape.has(&["actions"]) || npm::is_failure_of_pnpm(shape)
        };
        Fit::sure(sniff.json().is_some_and(own))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        let told = |shape| npm::is_advisories(shape) || npm::is_failure_of_pnpm(shape);
        sniff.json().is_some_and(told)
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "pnpm audit");
        if input.sniff.json().is_some_and(npm::is_failure_of_pnpm) {
            let Told { error } = input.json()?;
            error.doubt(&mut reading, "pnpm audit", None);
            return Ok(reading);
        }
        npm::read(input, &mut reading, "pnpm audit")?;
        Ok(reading)
    }
}

/// What pnpm writes in the place of a report.
#[derive(Deserialize)]
struct Told<'a> {
    #[serde(borrow)]
    error: Failure<'a>,
}
