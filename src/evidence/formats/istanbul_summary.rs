//! Istanbul's `coverage-summary.json`, which Jest, nyc, c8 and Vitest write.

use serde::Deserialize;
use serde::de::MapAccess;

use crate::evidence::family::covered;
use crate::evidence::json::Members;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::{Coverage, Gaps, Share};
use crate::model::Reading;

pub(super) struct IstanbulSummary;

impl Format for IstanbulSummary {
    fn id(&self) -> &'static str {
        "istanbul-summary"
    }

    fn about(&self) -> About {
        About {
            tool: "Istanbul (Jest, nyc, c8, Vitest: `coverage-summary.json`)",
            recognised: "`total` with `lines` and `statements`, each with `pct`",
            carries: &["coverage"],
            tells: Tells::NOTHING,
            source: "https://istanbul.js.org/docs/advanced/alternative-reporters/#json-summary",
            clean: "Lines are counted.",
            vacuous: "0 lines of code, which Istanbul calls `Unknown` or 100 %.",
            blank: Blanks::NONE,
            notes: &[
                "The share is computed from `covered` and `total`; `pct` is cut to two figures, and `\"Unknown\"` over nothing.",
                "A total of 0 lines looks like 100 % and proves nothing.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let pct = |kind: &str| {
            sniff.json().is_some_and(|shape| shape.at(&["total", kind, "pct"]).is_some())
        };
        Fit::sure(pct("lines") && pct("statements"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut summary = Summary::default();
        input.members(&mut summary)?;
        let total = summary.total.ok_or_else(|| Broken::new("The summary holds no `total`."))?;
        let mut reading = Reading::of(self.id());
        let of_files = summary.files;
        let share = |count: Count| Share { covered: count.covered, total: count.total };
        let coverage = Coverage {
            lines: Some(share(total.lines)),
            branches: total.branches.map(share),
            functions: total.functions.map(share),
            statements: Some(share(total.statements)),
            gaps: summary.gaps,
        };
        if let (Some(declared), true) = (coverage.lines, of_files.total > 0) {
            covered::counts_for_all(&mut reading, ("`total`", declared), ("the files", of_files));
        }
        covered::settle(&mut reading, coverage);
        Ok(reading)
    }
}

#[derive(Default)]
struct Summary {
    total: Option<Total>,
    gaps: Gaps,
    /// The lines of all files.
    files: Share,
}

impl<'de> Members<'de> for Summary {
    fn member<A: MapAccess<'de>>(&mut self, path: &str, map: &mut A) -> Result<(), A::Error> {
        if path == "total" {
            self.total = Some(map.next_value()?);
        } else if let File { lines: Some(Count { total, covered }) } = map.next_value()? {
            self.gaps.add(path, Share { covered, total });
            covered::add(&mut self.files, Share { covered, total });
        }
        Ok(())
    }
}

/// What stands under a file's path.
#[derive(Deserialize)]
struct File {
    lines: Option<Count>,
}

#[derive(Deserialize)]
struct Total {
    lines: Count,
    statements: Count,
    functions: Option<Count>,
    branches: Option<Count>,
}

#[derive(Deserialize)]
struct Count {
    total: u64,
    covered: u64,
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn a_total_that_the_files_do_not_bear_out_proves_nothing() {
        let counts = |covered: u64| {
            let of = format!(r#"{{"total": 9, "covered": {covered}, "skipped": 0, "pct": 100}}"#);
            format!(r#"{{"lines": {of}, "statements": {of}, "functions": {of}, "branches": {of}}}"#)
        };
        let report =
            |of_file: u64| format!(r#"{{"total": {}, "a.ts": {}}}"#, counts(9), counts(of_file));
        let why = "`total` counts 9 of 9 lines; the files hold 1 of 9 lines";
        proves("istanbul-summary", &[(&report(9), ""), (&report(1), why)]);
    }
}
