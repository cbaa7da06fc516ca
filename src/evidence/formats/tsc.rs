//! The output of `tsc`, plain or pretty. An empty one is what success looks like.

use crate::evidence::{About, Broken, Cut, Fit, Format, Input, Sniff, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule, counted};

pub(super) struct Tsc;

impl Format for Tsc {
    fn id(&self) -> &'static str {
        "tsc"
    }

    fn about(&self) -> About {
        About {
            tool: "tsc",
            recognised: "lines `file(line,column): error TSnnnn:` or `file:line:column - error TSnnnn:`",
            carries: &["findings"],
            tells: &[],
            source: "https://www.typescriptlang.org/docs/handbook/compiler-options.html",
            notes: &[
                "tsc prints nothing on success: an empty output counts as 0 errors only beside something that vouches for the run.",
                "Diagnostics without a file of the kinds TS5xxx, TS6xxx and TS18xxx mean that the compile did not happen.",
                "Indented lines continue the message above them.",
                "`Found N errors` is compared with the count.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.text().is_some_and(|head| head.any(|line| Diagnostic::of(line).is_some())))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        sniff.text().is_some()
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        reading.tool = Some("tsc".to_owned());
        let mut findings = input.findings();
        let mut declared = None;
        let mut not_started = None;
        let mut lines = 0;
        for (_, line) in input.lines() {
            lines += u64::from(!line.trim().is_empty());
            if let Some(diagnostic) = Diagnostic::of(line) {
                if diagnostic.file.is_none() && diagnostic.stops_compile() {
                    not_started.get_or_insert_with(|| {
                        format!("TS{}: {}", diagnostic.code, diagnostic.said)
                    });
                }
                findings.add(diagnostic.finding());
            } else if let Some(count) = summary(line) {
                declared = Some(count);
            }
        }
        if let Some(declared) = declared.filter(|&declared| declared != findings.total()) {
            let held = findings.total();
            reading.warn(format!(
                "tsc says that it found {declared} errors; the output holds {held}."
            ));
        }
        if let Some(said) = not_started {
            reading.doubt(Rule::ToolFailed, format!("tsc did not compile. It says: {said}"));
        } else if findings.total() == 0 && declared != Some(0) {
            let why = format!(
                "The output holds {} and no diagnostic; tsc prints nothing on success, and where it never ran.",
                counted(lines, "line")
            );
            reading.doubt(Rule::SilentTool, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::Anywhere
    }
}

/// `Found 3 errors in 2 files.`
fn summary(line: &str) -> Option<u64> {
    let (count, rest) = line.trim().strip_prefix("Found ")?.split_once(' ')?;
    rest.starts_with("error").then(|| count.parse().ok()).flatten()
}

/// One diagnostic.
struct Diagnostic<'a> {
    file: Option<&'a str>,
    line: Option<u64>,
    code: u32,
    said: &'a str,
    warns: bool,
}

impl<'a> Diagnostic<'a> {
    /// `src/a.ts(12,5): error TS2322: …`, `src/a.ts:12:5 - error TS2322: …`, `error TS5083: …`.
    fn of(line: &'a str) -> Option<Diagnostic<'a>> {
        // Nearly every line of a long log is a continuation, told by its first character.
        if line.starts_with([' ', '\t']) {
            return None;
        }
        let at = line.find(" TS").map_or(0, |at| at + 1);
        let (before, rest) = (line.get(..at)?, line.get(at..)?);
        let (code, said) = rest.strip_prefix("TS")?.split_once(':')?;
        let place = before.strip_suffix("error ").or_else(|| before.strip_suffix("warning "))?;
        let (file, line) = match place {
            "" => (None, None),
            place => {
                let (file, line) = plain(place).or_else(|| pretty(place))?;
                (Some(file), Some(line))
            }
        };
        let warns = before.ends_with("warning ");
        Some(Diagnostic { file, line, code: code.parse().ok()?, said: said.trim(), warns })
    }

    /// Whether it is about the configuration or the command line.
    fn stops_compile(&self) -> bool {
        matches!(self.code, 5000..=6999 | 18000..=18999)
    }

    fn finding(&self) -> Finding {
        Finding {
            rule: Some(format!("TS{}", self.code)),
            title: text::title(self.said),
            path: self.file.map(str::to_owned),
            line: self.line,
            ..Finding::levelled(if self.warns { Level::Warning } else { Level::Error })
        }
    }
}

/// `src/a.ts(12,5): `; a folder may have parentheses too.
fn plain(place: &str) -> Option<(&str, u64)> {
    let (file, at) = place.strip_suffix("): ")?.rsplit_once('(')?;
    Some((file, at.split_once(',')?.0.parse().ok()?))
}

/// `src/a.ts:12:5 - `.
fn pretty(place: &str) -> Option<(&str, u64)> {
    let (place, _) = place.strip_suffix(" - ")?.rsplit_once(':')?;
    let (file, line) = place.rsplit_once(':')?;
    Some((file, line.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_diagnostic_is_read() {
        for (line, file, number, code) in [
            ("src/a.ts(12,5): error TS2322: Type 'x'", Some("src/a.ts"), Some(12), 2322),
            ("app/(auth)/a b.tsx(3,1): error TS7006: P", Some("app/(auth)/a b.tsx"), Some(3), 7006),
            ("  Type 'error TS1: x' is not assignable", None, None, 0),
            ("src/a.tsx:3:1 - error TS7006: Parameter", Some("src/a.tsx"), Some(3), 7006),
            ("error TS5083: Cannot read file", None, None, 5083),
        ] {
            match Diagnostic::of(line) {
                Some(read) => {
                    assert_eq!((read.file, read.line, read.code), (file, number, code), "{line}");
                }
                None => assert_eq!(code, 0, "{line}"),
            }
        }
    }
}
