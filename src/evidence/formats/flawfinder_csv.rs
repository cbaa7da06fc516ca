//! `flawfinder --csv`.

use csv::ReaderBuilder;

use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Grade, Level};
use crate::model::{Reading, Rule};

pub(super) struct FlawfinderCsv;

impl Format for FlawfinderCsv {
    fn id(&self) -> &'static str {
        "flawfinder-csv"
    }

    fn about(&self) -> About {
        About {
            tool: "Flawfinder (`--csv`)",
            recognised: "a header `File,Line,Column,DefaultLevel,Level`",
            carries: &["findings"],
            tells: Tells::NOTHING.version("the column `ToolVersion`"),
            source: "https://dwheeler.com/flawfinder/flawfinder.pdf",
            clean: "The header alone, vouched for.",
            vacuous: "The header alone: Flawfinder writes it, and exits with 0, where it found no file, too.",
            blank: Blanks::NONE,
            notes: &[
                "Levels 4 and 5 are errors, 3 is a warning, those below are notes, as in its SARIF; 5 is critical, 4 high, 3 medium, 2 and 1 low, 0 info.",
                "`--minlevel` leaves findings out, and does not say so; its default leaves out level 0.",
                "Its SARIF is read as SARIF, and says no more of the files.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let header = |line: &str| line.starts_with("File,Line,Column,DefaultLevel,Level,");
        Fit::sure(sniff.text().is_some_and(|head| header(head.first())))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        input.whole_lines()?;
        let mut rows = ReaderBuilder::new().from_reader(input.text.as_bytes());
        let header = rows.headers().cloned().map_err(|error| fault(&error))?;
        let column = |name: &str| header.iter().position(|head| head.trim() == name);
        let mut reading = Reading::by(self.id(), "Flawfinder");
        let mut findings = input.findings();
        for row in rows.records() {
            let row = row.map_err(|error| fault(&error))?;
            let said = |name: &str| column(name).and_then(|at| row.get(at));
            let some = |name: &str| said(name).filter(|told| !told.is_empty()).map(str::to_owned);
            let (grade, level) = grave(said("Level").unwrap_or_default());
            reading.tool_version = reading.tool_version.or_else(|| some("ToolVersion"));
            findings.add(Finding {
                rule: some("RuleId").or_else(|| some("Name")),
                title: said("Warning").and_then(text::title),
                path: some("File"),
                line: said("Line").and_then(|line| line.parse().ok()),
                ..Finding::new(grade, level)
            });
        }
        if findings.total() == 0 {
            let why =
                "Flawfinder writes its header where it found nothing, and where it found no file.";
            reading.doubt(Rule::SilentTool, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

fn fault(error: &csv::Error) -> Broken {
    match error.position() {
        Some(at) => Broken::new(format!("The row at line {} is no row of the header.", at.line())),
        None => Broken::new("A row is no CSV."),
    }
}

/// A level of 0 to 5 on both scales.
fn grave(level: &str) -> (Grade, Level) {
    match level.trim() {
        "5" => (Grade::Critical, Level::Error),
        "4" => (Grade::High, Level::Error),
        "3" => (Grade::Medium, Level::Warning),
        "2" | "1" => (Grade::Low, Level::Note),
        "0" => (Grade::Info, Level::Note),
        _ => (Grade::Unknown, Level::Error),
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Grade;

    const HEADER: &str =
        "File,Line,Column,DefaultLevel,Level,Category,Name,Warning,ToolVersion,RuleId\n";

    fn row(level: &str) -> String {
        format!("a.c,7,5,4,{level},buffer,strcpy,\"Copies, unchecked.\",2.0.19,FF1001\n")
    }

    #[test]
    fn a_level_says_how_grave_it_is() {
        for (level, grade) in [
            ("5", Grade::Critical),
            ("4", Grade::High),
            ("3", Grade::Medium),
            ("1", Grade::Low),
            ("0", Grade::Info),
            ("x", Grade::Unknown),
        ] {
            let read = reading("flawfinder-csv", &format!("{HEADER}{}", row(level)));
            assert_eq!(read.tool_version.as_deref(), Some("2.0.19"));
            let findings = read.facts.findings.unwrap();
            let finding = &findings.list.entries()[0];
            assert_eq!((finding.grade, finding.line), (grade, Some(7)), "{level}");
            assert_eq!(finding.title.as_deref(), Some("Copies, unchecked."));
        }
    }

    #[test]
    fn a_header_alone_does_not_say_what_was_looked_at() {
        let short = format!("{HEADER}a.c,7,5\n");
        let cut = format!("{HEADER}{}", &row("4")[..20]);
        proves(
            "flawfinder-csv",
            &[
                (&format!("{HEADER}{}", row("4")), ""),
                (HEADER, "where it found no file"),
                (&short, "line 2 is no row"),
                (&cut, "in the middle of a line"),
            ],
        );
    }
}
