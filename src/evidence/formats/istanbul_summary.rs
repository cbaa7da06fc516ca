//! Istanbul's `coverage-summary.json`, which Jest, nyc, c8 and Vitest write.

use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess};

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
        let share = |count: Count| Share { covered: count.covered, total: count.total };
        let coverage = Coverage {
            lines: Some(share(total.lines)),
            branches: total.branches.map(share),
            functions: total.functions.map(share),
            statements: Some(share(total.statements)),
            gaps: summary.gaps,
        };
        covered::settle(&mut reading, coverage);
        Ok(reading)
    }
}

#[derive(Default)]
struct Summary {
    total: Option<Total>,
    gaps: Gaps,
}

impl<'de> Members<'de> for Summary {
    fn member<A: MapAccess<'de>>(&mut self, path: &str, map: &mut A) -> Result<(), A::Error> {
        if path == "total" {
            self.total = Some(map.next_value()?);
        } else if let File::Counted { lines: Count { total, covered } } = map.next_value()? {
            self.gaps.add(path, Share { covered, total });
        }
        Ok(())
    }
}

/// What stands under a file's path.
#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    Counted { lines: Count },
    Other(#[allow(dead_code, reason = "it is passed over")] IgnoredAny),
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
