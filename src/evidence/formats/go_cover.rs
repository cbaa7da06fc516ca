//! Go's cover profile: statements by block.

use std::collections::{BTreeMap, HashMap};

use crate::evidence::family::covered;
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells};
use crate::facts::{Coverage, Gaps, Share};
use crate::model::Reading;

pub(super) struct GoCover;

impl Format for GoCover {
    fn id(&self) -> &'static str {
        "go-cover"
    }

    fn about(&self) -> About {
        About {
            tool: "go test -coverprofile",
            recognised: "a first line `mode: set`, `count` or `atomic`",
            carries: &["coverage"],
            tells: Tells::NOTHING,
            source: "https://go.dev/doc/build-cover",
            clean: "Statements are counted.",
            vacuous: "0 statements.",
            blank: Blanks::NONE,
            notes: &[
                "It counts statements, not lines.",
                "A block that stands several times, as `-coverpkg` writes it, is one block, covered where any of them ran.",
                "Profiles that were put after one another have several `mode:` lines.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let mode = |line: &str| matches!(line, "mode: set" | "mode: count" | "mode: atomic");
        Fit::sure(sniff.text().is_some_and(|head| mode(head.first())))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut blocks: HashMap<&str, (u64, bool)> = HashMap::new();
        for (number, line) in input.lines() {
            let line = line.trim();
            if line.is_empty() || line.starts_with("mode:") {
                continue;
            }
            let fault = || Broken::new(format!("At line {number}: no block with its counts."));
            let mut parts = line.rsplitn(3, ' ');
            let count: u64 = parts.next().and_then(|count| count.parse().ok()).ok_or_else(fault)?;
            let statements: u64 = parts.next().and_then(|of| of.parse().ok()).ok_or_else(fault)?;
            let block = parts.next().filter(|block| block.contains(':')).ok_or_else(fault)?;
            let known = blocks.entry(block).or_insert((statements, false));
            known.1 |= count > 0;
        }
        input.whole_lines()?;
        let (mut statements, mut gaps) = (Share::default(), Gaps::default());
        let mut files: BTreeMap<&str, Share> = BTreeMap::new();
        for (block, (count, hit)) in blocks {
            let file = block.rsplit_once(':').map_or(block, |(file, _)| file);
            let share = Share { covered: if hit { count } else { 0 }, total: count };
            covered::add(files.entry(file).or_default(), share);
        }
        for (path, share) in files {
            covered::add_file((&mut statements, &mut gaps), path, share);
        }
        let mut reading = Reading::by(self.id(), "go test");
        let coverage = Coverage { statements: Some(statements), gaps, ..Coverage::default() };
        covered::settle(&mut reading, coverage);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}
