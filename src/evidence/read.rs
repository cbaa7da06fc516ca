//! The reading discipline, in one place: decode, sniff, ask the formats, read, doubt.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::archive::{gunzip, is_gzip};
use super::blank::{self, Means};
use super::bounds::{LOOK, MAX_BYTES};
use super::decode::decode;
use super::sniff::Blank;
use super::{Broken, Detail, FORMATS, Fit, Format, Input, Sniff, document, mask, text, when};
use crate::model::{
    Answer, ArchiveKind, Reading, Rule, UNNAMED_ARCHIVE, Wording, archive_kind, counted,
    is_package, within_archive,
};

/// The format of that id.
pub fn by_id(id: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.id() == id)
}

/// Reads a file that a tool left behind. `name` is what the file is called; it decides only
/// between generic YAML and TOML. `named` is the format that the user gives it, if any. Any bytes
/// get an answer; a file that proves nothing never reads as one that proves something.
pub fn read(name: &str, bytes: &[u8], named: Option<&str>, detail: &Detail) -> Answer {
    let named = match named.map(|id| (id, by_id(id))) {
        None => None,
        Some((_, Some(format))) => Some(format),
        Some((id, None)) => return Answer::Unknown { why: format!("No format is called `{id}`.") },
    };
    if bytes.len() > MAX_BYTES {
        let (size, limit) = (bytes.len() >> 20, MAX_BYTES >> 20);
        return refused(named, format!("The file holds {size} MiB; the limit is {limit} MiB."));
    }
    if let Some(why) = packed(name, bytes) {
        return refused(named, why);
    }
    let (name, bytes) = match unpacked(name, bytes) {
        Ok(unpacked) => unpacked,
        Err(why) => return refused(named, why),
    };
    let decoded = match decode(&bytes) {
        Ok(decoded) => decoded,
        Err(why) => return refused(named, why),
    };
    let text = plain(decoded.text);
    let file = File { name, text: &text, named, detail, cut: decoded.cut };
    let mut answer = contained(named, || file.answer());
    if let Answer::Read(reading) = &mut answer {
        reading.wording = Some(Wording::of(undeclared(&text)));
        decoded.warning.into_iter().for_each(|warning| reading.warn(warning));
    }
    answer
}

/// The answer of `read`. A fault in a reader costs its file, and no run.
fn contained(named: Option<&'static dyn Format>, read: impl FnOnce() -> Answer) -> Answer {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        let why =
            "Reading it broke off: that is a fault of trueup. Please report it with the file.";
        refused(named, why.to_owned())
    })
}

/// Colours are taken off plain text; in JSON and XML they belong to the strings. Code Climate ends each
/// document by a byte of zero, which nothing in JSON may hold: a line ends there.
fn plain(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.trim_start().starts_with('{') && text.contains('\0') {
        return Cow::Owned(text.replace('\0', "\n"));
    }
    if text.trim_start().starts_with(['{', '[', '<']) {
        return text;
    }
    match text::without_colours(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(plain) => Cow::Owned(plain),
    }
}

/// The text behind the declaration of XML, which says of the bytes how they were to be read and nothing of what
/// is in them.
fn undeclared(text: &str) -> &str {
    let declared = text.strip_prefix("<?xml").filter(|rest| rest.starts_with(char::is_whitespace));
    let behind = declared.and_then(|rest| rest.split_once("?>"));
    behind.map_or(text, |(_, text)| text.trim_start())
}

/// What is to be said instead of the name of an archive.
fn packed(name: &str, bytes: &[u8]) -> Option<String> {
    if archive_kind(name) == Some(ArchiveKind::Unread) {
        return Some("It is an archive of a kind that is not opened: unpack it.".to_owned());
    }
    if archive_kind(name).is_some() {
        let inside = within_archive(name);
        return Some(format!("It is an archive. Name what is in it: `{inside}/**`."));
    }
    let said =
        if is_package(name) { "The file is a package, and no report." } else { UNNAMED_ARCHIVE };
    bytes.starts_with(b"PK\x03\x04").then(|| said.to_owned())
}

/// What a tool compressed as it wrote it (`report.json.gz`), by the name that it has then.
fn unpacked<'b>(name: &'b str, bytes: &'b [u8]) -> Result<(&'b str, Cow<'b, [u8]>), String> {
    if !is_gzip(bytes) {
        return Ok((name, Cow::Borrowed(bytes)));
    }
    let inner = gunzip(bytes, MAX_BYTES as u64).map_err(|fault| match fault.limit {
        true => "It inflates to more than is read of any file: unpack it.".to_owned(),
        false => format!("It cannot be unpacked: {}.", fault.why),
    })?;
    Ok((name.strip_suffix(".gz").unwrap_or(name), Cow::Owned(inner)))
}

/// What cannot be read of a format that holds secrets may still hold them.
fn broken(format: &dyn Format, why: String) -> Answer {
    Answer::Broken { format: format.id(), why, secrets: format.may_hold_secrets() }
}

fn refused(named: Option<&'static dyn Format>, why: String) -> Answer {
    match named {
        Some(format) => broken(format, why),
        None => Answer::Unknown { why },
    }
}

struct File<'a> {
    name: &'a str,
    text: &'a str,
    named: Option<&'static dyn Format>,
    detail: &'a Detail,
    cut: bool,
}

impl File<'_> {
    fn answer(&self) -> Answer {
        let sniff = Sniff::of(self.text, LOOK);
        // Behind a long text in JSON may stand a key that makes it another tool's.
        let told = !sniff.partial || sniff.json().is_none();
        if let Some(answer) = told.then(|| self.decide(&sniff)).flatten() {
            return answer;
        }
        let sniff = Sniff::of(self.text, usize::MAX);
        self.decide(&sniff).unwrap_or_else(|| self.unclaimed(&sniff, &[]))
    }

    /// The answer, or `None` where the look at the head was too short to tell.
    fn decide(&self, sniff: &Sniff<'_>) -> Option<Answer> {
        if let Some(blank) = sniff.blank() {
            return Some(self.blank(blank, sniff));
        }
        if let Some(format) = self.named {
            return match format.accepts(sniff) {
                true if format.about().carries.is_empty() => self.as_document(format, sniff),
                true => Some(self.read(format, sniff)),
                false if sniff.partial => None,
                false => Some(self.misnamed(format, sniff)),
            };
        }
        match claimants(sniff).as_slice() {
            [format] => Some(self.read(*format, sniff)),
            _ if sniff.partial => None,
            others => Some(self.unclaimed(sniff, others)),
        }
    }

    /// A file that the user named for its document alone (`json`). Where it is a tool's report, what
    /// speaks against that speaks against its document too: a run that failed, another commit.
    fn as_document(&self, format: &'static dyn Format, sniff: &Sniff<'_>) -> Option<Answer> {
        let claimants = claimants(sniff);
        let [tool] = claimants.as_slice() else {
            return (!sniff.partial).then(|| self.read(format, sniff));
        };
        let mut document = match self.read(format, sniff) {
            Answer::Read(document) => document,
            Answer::Broken { format, why, .. } => {
                return Some(Answer::Broken { format, why, secrets: tool.may_hold_secrets() });
            }
            other => return Some(other),
        };
        Some(Answer::Read(match self.read(*tool, sniff) {
            Answer::Read(report) => Box::new(Reading { format: document.format, ..*report }),
            Answer::Broken { why, secrets, .. } => {
                document.doubt(Rule::Unreadable, why);
                document.secrets = secrets;
                document
            }
            _ => document,
        }))
    }

    /// A file that the user named as a format whose content it does not have.
    fn misnamed(&self, format: &'static dyn Format, sniff: &Sniff<'_>) -> Answer {
        let claimants = claimants(sniff);
        let seen = match claimants.as_slice() {
            [other] => format!("it reads as {}", other.id()),
            _ => "its content is another".to_owned(),
        };
        let why = format!("The file is named as {}, but {seen}.", format.id());
        let secrets = claimants.iter().chain([&format]).any(|of| of.may_hold_secrets());
        Answer::Broken { format: format.id(), why, secrets }
    }

    /// No format, or several, know the file as theirs.
    fn unclaimed(&self, sniff: &Sniff<'_>, claimants: &[&'static dyn Format]) -> Answer {
        if claimants.len() > 1 {
            let candidates = claimants.iter().map(|format| format.id()).collect();
            return Answer::Ambiguous { candidates, shape: "the same keys".to_owned() };
        }
        match generic(self.name, sniff) {
            Some(format) => self.read(format, sniff),
            None => Answer::Unknown { why: sniff.seen() },
        }
    }

    /// A document that holds nothing: only a named format says what that means.
    fn blank(&self, blank: Blank, sniff: &Sniff<'_>) -> Answer {
        let Some(format) = self.named else {
            let candidates = blank::writers_of(blank);
            let shape = blank.written().to_owned();
            return match (blank, candidates.len()) {
                (Blank::File, _) => Answer::Unknown { why: "The file is empty.".to_owned() },
                (_, 0 | 1) => {
                    Answer::Unknown { why: format!("The file holds nothing but `{shape}`.") }
                }
                (_, _) => Answer::Ambiguous { candidates, shape },
            };
        };
        let input = Input { text: self.text, sniff, detail: self.detail };
        let about = format.about();
        let mut reading = match about.carries.first() {
            Some(group) => input.nothing(format.id(), group),
            None => Reading::of(format.id()),
        };
        match about.blank.of(blank) {
            Means::Clean => {}
            Means::Vacuous => {
                let why = format!(
                    "{} looked at nothing: the file holds {}. Name the files that it shall look at, and see what it \
                     ignores.",
                    about.tool,
                    blank.written()
                );
                reading.doubt(Rule::NothingLookedAt, why);
            }
            Means::Silent => {
                let why = match blank {
                    Blank::File => format!(
                        "{} prints nothing on success, and where it never ran: the file is empty.",
                        about.tool
                    ),
                    _ => format!(
                        "{} writes {} on success, and where it looked at nothing.",
                        about.tool,
                        blank.written()
                    ),
                };
                reading.doubt(Rule::SilentTool, why);
            }
            Means::Never => {
                let why = match blank {
                    Blank::File => "The file is empty.".to_owned(),
                    _ => format!("The file holds nothing but `{}`.", blank.written()),
                };
                return broken(format, why);
            }
        }
        // One tool's name; a family of writers tells nobody who wrote it.
        let one = !about.tool.contains(['(', ',']) && !about.tool.starts_with("any ");
        reading.tool = one.then(|| about.tool.to_owned());
        graded(&mut reading, format);
        self.with_data(&mut reading, sniff);
        Answer::Read(Box::new(reading))
    }

    fn read(&self, format: &'static dyn Format, sniff: &Sniff<'_>) -> Answer {
        let text = self.text.get(sniff.start..).unwrap_or_default();
        let input = Input { text, sniff, detail: self.detail };
        let read = if self.cut {
            Err(Broken::new("The file ends in the middle of a character."))
        } else {
            whatever_its_numbers(format, &input)
        };
        let mut reading = match read {
            Ok(reading) => reading,
            Err(Broken(why)) => {
                let why = mask::masked(&why).into_owned();
                return broken(format, why);
            }
        };
        dated(&mut reading);
        graded(&mut reading, format);
        closed(&mut reading, format);
        self.banner(&mut reading, sniff);
        mask::reading(&mut reading);
        // The first doubt decides. What may be vouched for comes last, for nothing vouches for another
        // fault; an odd count and a full page before it, for under others what is listed does not
        // refute either.
        reading.doubts.sort_by_key(|doubt| match doubt.rule {
            Rule::SilentTool => 2,
            Rule::NotACount | Rule::FullPage => 1,
            _ => 0,
        });
        self.with_data(&mut reading, sniff);
        Answer::Read(Box::new(reading))
    }

    /// What stands before the JSON is passed over, unless it says that the tool failed.
    fn banner(&self, reading: &mut Reading, sniff: &Sniff<'_>) {
        if sniff.banner == 0 {
            return;
        }
        let lines = counted(sniff.banner as u64, "line");
        reading.warn(format!("{lines} before the JSON passed over."));
        let banner = self.text.get(..sniff.start).unwrap_or_default();
        let trouble = banner.lines().find(|line| text::tells_of_trouble(line));
        if let Some(said) = trouble.and_then(text::title) {
            let why = format!("A line before the JSON tells of a failure. It says: {said}");
            reading.doubt(Rule::ToolFailed, why);
        }
    }

    fn with_data(&self, reading: &mut Reading, sniff: &Sniff<'_>) {
        if !self.detail.data {
            return;
        }
        let text = self.text.get(sniff.start..).unwrap_or_default();
        match document::of_artifact(self.name, text, sniff) {
            None => {}
            Some(Ok(value)) => reading.facts.data = Some(value),
            Some(Err(why)) => reading.warn(format!("`data` is left out. {why}")),
        }
    }
}

/// Reads it; where that fails and it holds a number that is none for a machine, once more with that
/// number as a text: a reader that asks for it refuses that, and no other minds.
fn whatever_its_numbers(format: &dyn Format, input: &Input<'_>) -> Result<Reading, Broken> {
    let read = format.read(input);
    if read.is_ok() || input.sniff.json().is_none() {
        return read;
    }
    match document::quoted(input.text) {
        Some(text) => format.read(&Input { text: &text, ..*input }),
        None => read,
    }
}

/// Reads the time that the report states, and warns of one that cannot be read: no other time stands
/// for it.
fn dated(reading: &mut Reading) {
    reading.produced_at = reading.produced_at.take().and_then(when::stated);
    if let Some(made) = reading.produced_at.as_ref().filter(|made| made.at.is_none()) {
        let raw = text::bounded(made.raw.trim(), 60);
        reading.warn(format!("Its time, `{raw}`, cannot be read: how old it is, is not known."));
    }
}

/// Marks findings of a tool that gives them severities.
fn graded(reading: &mut Reading, format: &dyn Format) {
    if let Some(findings) = &mut reading.facts.findings {
        findings.grades |= format.grades();
    }
}

/// Closes what was listed: what the format leaves out where there is none, is none.
fn closed(reading: &mut Reading, format: &dyn Format) {
    if let Some(findings) = &mut reading.facts.findings {
        format.leaves_out().iter().for_each(|member| findings.list.tells(member));
    }
    reading.facts.close();
}

/// The formats that fit best.
fn claimants(sniff: &Sniff<'_>) -> Vec<&'static dyn Format> {
    let mut best = Fit::Likely;
    let mut found = Vec::new();
    for &format in FORMATS {
        let fit = format.recognises(sniff);
        if fit > best {
            found.clear();
            best = fit;
        }
        if fit == best {
            found.push(format);
        }
    }
    found
}

/// A document that no tool's format fits.
fn generic(name: &str, sniff: &Sniff<'_>) -> Option<&'static dyn Format> {
    let named = document::extension(name);
    // `[[package]]` begins as a list of JSON does.
    if sniff.json().is_some() && (named != "toml" || sniff.banner > 0) {
        return by_id("json");
    }
    if sniff.xml().is_some() {
        return None;
    }
    match named.as_str() {
        "yaml" | "yml" => by_id("yaml"),
        "toml" => by_id("toml"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;
    use crate::evidence::{Detail, read};
    use crate::model::Rule;

    #[test]
    fn a_tool_s_report_is_none_the_better_for_being_named_as_json() {
        let report = include_str!("../../fixtures/evidence/jest-json/vacuous-suite.json");
        let answer = read("a.json", report.as_bytes(), Some("json"), &Detail::default());
        let reading = answer.reading().unwrap();
        assert_eq!(reading.format, "json");
        assert!(reading.produced_at.is_some(), "when the tool says it ran");
        let rules: Vec<Rule> = reading.doubts.iter().map(|doubt| doubt.rule).collect();
        assert_eq!(rules, [Rule::SuiteNotLoaded]);
        let own = read("a.json", br#"{"any": 1}"#, Some("json"), &Detail::default());
        assert!(own.reading().unwrap().doubts.is_empty());
    }

    #[test]
    fn a_failure_told_before_or_between_the_json_is_heard() {
        let clean = r#"{"auditReportVersion": 2, "vulnerabilities": {}}"#;
        for (line, said) in [
            ("> shop@1.0.0 audit\n> npm audit --json\n", ""),
            ("npm notice New major version of npm available! 10.8.2 -> 11.0.0", ""),
            ("npm warn exec The following package was not found", ""),
            ("warning: spurious network error, timed out", ""),
            ("yarn run v1.22.22\n$ npm audit --json", ""),
            ("2026-11-20T08:00:00Z\tINFO\t0 errors, 0 failed", ""),
            ("npm ERR! code ENOTFOUND", "It says: npm ERR! code ENOTFOUND"),
            ("Error: registry is down", "before the JSON"),
            ("ERROR could not reach the registry", "ERROR could"),
            ("2026-11-20T08:00:00Z\tFATAL\tscan error", "FATAL"),
            ("[ERROR] the database is old", "[ERROR]"),
            ("ERRO[0001] the database is old", "ERRO[0001]"),
            ("failed to update DB: 403 Forbidden", "failed to update DB"),
            ("it was unable to open the lock file", "unable to open"),
            ("time=\"x\" level=error msg=\"x\"", "level=error"),
            ("::error::audit", "::error::"),
            ("make: *** [scan] Error 2", "Error 2"),
            ("make[3]: *** [Makefile:12: scan] Error 2", "Error 2"),
            ("exit status 1", "exit status 1"),
            ("error Command failed with exit code 1.", "Command failed"),
            ("get https://x: tls: x509: certificate has expired", "x509:"),
            ("runtime: out of memory", "out of memory"),
            ("sh: ./audit: Permission denied", "Permission denied"),
            ("Killed", "Killed"),
            ("panic: runtime error", "panic:"),
            ("Traceback (most recent call last):", "Traceback"),
        ] {
            proves("npm-audit", &[(&format!("{line}\n{clean}"), said)]);
        }
        let passed = concat!(
            r#"{"Action":"start","Package":"a"}"#,
            "\n",
            r#"{"Action":"pass","Package":"a","Test":"T"}"#,
            "\n",
            r#"{"Action":"pass","Package":"a"}"#,
            "\n"
        );
        proves(
            "go-test-json",
            &[
                (passed, ""),
                (&format!("{passed}FAIL\tb [build failed]\n"), "FAIL\tb [build failed]"),
            ],
        );
    }

    #[test]
    fn a_reader_that_breaks_off_costs_its_file_alone() {
        let answer = super::contained(super::by_id("junit"), || panic!("a fault of a reader"));
        assert!(matches!(answer, super::Answer::Broken { format: "junit", .. }), "{answer:?}");
        let answer = super::contained(None, || panic!("a fault of a reader"));
        assert!(matches!(answer, super::Answer::Unknown { .. }), "{answer:?}");
    }

    #[test]
    fn a_key_that_stands_twice_is_a_fault_in_every_kind_of_reader() {
        for (format, text) in [
            (
                "sarif",
                r#"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}},
                "results": [{"level": "error"}], "results": []}]}"#,
            ),
            (
                "semgrep",
                r#"{"results": [{"check_id": "a"}], "results": [], "errors": [],
                "paths": {"scanned": ["a"]}}"#,
            ),
            (
                "grype",
                r#"{"matches": [{"vulnerability": {"id": "a"}}], "matches": [],
                "descriptor": {"name": "grype"}, "source": {}}"#,
            ),
            ("trivy", r#"{"SchemaVersion": 2, "ArtifactName": "a", "Results": [], "Results": []}"#),
            (
                "npm-audit",
                r#"{"auditReportVersion": 2, "vulnerabilities": {},
                "vulnerabilities": {"a": {"severity": "high"}}}"#,
            ),
            (
                "npm-audit",
                r#"{"auditReportVersion": 2, "vulnerabilities": {
                "a": {"severity": "critical"}, "a": {"severity": "low"}}}"#,
            ),
            (
                "k6-summary",
                r#"{"root_group": {}, "metrics": {"http_reqs": {"count": 1, "rate": 1},
                "checks": {"passes": 1, "fails": 1}, "checks": {"passes": 1, "fails": 0}}}"#,
            ),
            (
                "istanbul-summary",
                r#"{"total": {"lines": {"total": 9, "covered": 1, "covered": 9, "pct": 100},
                "statements": {"total": 9, "covered": 9, "pct": 100}, "functions": {"total": 1, "covered": 1},
                "branches": {"total": 1, "covered": 1}}}"#,
            ),
            (
                "jest-json",
                r#"{"numTotalTests": 1, "numTotalTestSuites": 1, "openHandles": [],
                "testResults": [{"assertionResults": [{"status": "failed"}]}], "testResults": [
                {"assertionResults": [{"status": "passed"}]}]}"#,
            ),
        ] {
            proves(format, &[(text, "stands twice.")]);
        }
    }
}
