//! `findings`: what a linter or scanner found, on both scales.

use super::{Conflict, Entry, Field, Group, Listing, Optional, Type, Value};

/// How grave a finding is, on the scanners' scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grade {
    /// Worst.
    Critical,
    /// `important`, `severe`.
    High,
    /// `moderate`.
    Medium,
    /// `minor`.
    Low,
    /// Informational.
    Info,
    /// The tool gives none.
    Unknown,
}

impl Grade {
    /// Every grade, worst first.
    pub const ALL: [Grade; 6] =
        [Grade::Critical, Grade::High, Grade::Medium, Grade::Low, Grade::Info, Grade::Unknown];

    /// Those that a tool gives where it grades what it finds.
    pub const SEVERITIES: [Grade; 4] = [Grade::Critical, Grade::High, Grade::Medium, Grade::Low];

    /// The word used in conditions and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Grade::Critical => "critical",
            Grade::High => "high",
            Grade::Medium => "medium",
            Grade::Low => "low",
            Grade::Info => "info",
            Grade::Unknown => "unknown",
        }
    }

    /// The grade that a tool's word means, in any case: `MODERATE` is medium.
    pub fn from_word(word: &str) -> Grade {
        match word.trim().to_ascii_lowercase().as_str() {
            "critical" | "blocker" => Grade::Critical,
            "high" | "important" | "severe" | "error" | "major" => Grade::High,
            "medium" | "moderate" | "warning" => Grade::Medium,
            "low" | "minor" => Grade::Low,
            "info" | "informational" | "none" | "negligible" => Grade::Info,
            _ => Grade::Unknown,
        }
    }

    /// The level of a finding that has a grade alone.
    pub fn level(self) -> Level {
        match self {
            Grade::Critical | Grade::High => Level::Error,
            Grade::Medium => Level::Warning,
            Grade::Low | Grade::Info | Grade::Unknown => Level::Note,
        }
    }
}

/// How grave a finding is, on the linters' scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Must be mended.
    Error,
    /// Should be looked at.
    Warning,
    /// Everything else.
    Note,
}

impl Level {
    /// The level that a tool's word means, in any case; a word that is no alarm is a note.
    pub fn from_word(word: &str) -> Level {
        match word.trim().to_ascii_lowercase().as_str() {
            "error" | "fatal" | "critical" => Level::Error,
            "warning" | "warn" => Level::Warning,
            _ => Level::Note,
        }
    }

    /// The word used in conditions and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule or advisory: `TS2322`, `CVE-2021-44228`.
    pub rule: Option<String>,
    /// Its other ids: those of the same advisory elsewhere, and of others that are one finding with it.
    pub aliases: Vec<String>,
    /// Advisories that are one finding with `rule`, and none of them the same flaw.
    pub others: Vec<String>,
    /// On the scanners' scale.
    pub grade: Grade,
    /// On the linters' scale.
    pub level: Level,
    /// What it says, its first line.
    pub title: Option<String>,
    /// The package it is about.
    pub package: Option<String>,
    /// That package's version.
    pub version: Option<String>,
    /// The version that mends it, or [`Finding::UNNAMED`].
    pub fixed_in: Option<String>,
    /// The file it is in, as the tool names it.
    pub path: Option<String>,
    /// 1-based line.
    pub line: Option<u64>,
    /// Silenced by its owners; not counted.
    pub suppressed: bool,
}

impl Finding {
    /// In the place of a version that mends a finding, where the tool knows of one and does not say
    /// which.
    pub const UNNAMED: &'static str = "another version";

    /// A finding of that grade, its level following from it.
    pub fn graded(grade: Grade) -> Finding {
        Finding::new(grade, grade.level())
    }

    /// A finding of a linter, without a grade.
    pub fn levelled(level: Level) -> Finding {
        Finding::new(Grade::Unknown, level)
    }

    /// A finding with a place on both scales.
    pub fn new(grade: Grade, level: Level) -> Finding {
        Finding {
            rule: None,
            aliases: Vec::new(),
            others: Vec::new(),
            grade,
            level,
            title: None,
            package: None,
            version: None,
            fixed_in: None,
            path: None,
            line: None,
            suppressed: false,
        }
    }
}

impl Entry for Finding {
    const OPTIONAL: &'static [Optional<Finding>] = &[
        ("rule", |finding| finding.rule.is_some()),
        ("title", |finding| finding.title.is_some()),
        ("package", |finding| finding.package.is_some()),
        ("version", |finding| finding.version.is_some()),
        ("fixed_in", |finding| finding.fixed_in.is_some()),
        ("path", |finding| finding.path.is_some()),
        ("line", |finding| finding.line.is_some()),
    ];

    fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let Finding { rule, title, package, version, fixed_in, path, .. } = self;
        [rule, title, package, version, fixed_in, path].into_iter().flatten()
    }

    fn value(&self) -> Value {
        Value::record([
            ("rule", Value::maybe_text(self.rule.as_deref())),
            ("aliases", Value::list(self.aliases.iter().map(Value::text).collect())),
            ("severity", Value::text(self.grade.word())),
            ("level", Value::text(self.level.word())),
            ("title", Value::maybe_text(self.title.as_deref())),
            ("package", Value::maybe_text(self.package.as_deref())),
            ("version", Value::maybe_text(self.version.as_deref())),
            ("fixed_in", Value::maybe_text(self.fixed_in.as_deref())),
            ("path", Value::maybe_text(self.path.as_deref())),
            ("line", self.line.map_or(Value::Null, Value::count)),
            ("suppressed", Value::Bool(self.suppressed)),
        ])
    }
}

/// Counted findings; suppressed ones are listed, not counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    by_grade: [u64; 6],
    by_level: [u64; 3],
    /// Those of them that the report counts and leaves out, by grade and by level.
    left_out: ([u64; 6], [u64; 3]),
    /// What the tool was given and could not check: files, packages, rules. `None` where its report
    /// would not tell.
    pub unchecked: Option<u64>,
    /// Whether the tool gives what it finds a severity: that it found nothing critical is then told, and
    /// not by a linter that knows of none.
    pub grades: bool,
    /// Whether no scan is known behind them: a bill of materials has an empty list of its own.
    no_scan: bool,
    /// The findings, suppressed ones marked.
    pub list: Listing<Finding>,
}

/// A path as conditions ask for it: tools write `./src/a.js`, on Windows `src\\a.js`.
fn spelled(path: String) -> String {
    let of_windows = path.contains('\\') && (!path.contains('/') || path.get(1..2) == Some(":"));
    let path = if of_windows { path.replace('\\', "/") } else { path };
    path.strip_prefix("./").map_or_else(|| path.clone(), str::to_owned)
}

impl Findings {
    /// Counts a finding and keeps it where it is worth showing.
    pub fn add(&mut self, finding: Finding) {
        let Finding { grade, level, suppressed, .. } = finding;
        self.add_with(grade, level, suppressed, || finding);
    }

    /// As [`Findings::add`], for a finding whose details are made only where it is kept: a large
    /// report holds many more than are shown.
    pub fn add_with(
        &mut self,
        grade: Grade,
        level: Level,
        suppressed: bool,
        details: impl FnOnce() -> Finding,
    ) {
        if !suppressed {
            self.tally(grade, level, 1);
        }
        self.list.push(|| {
            let details = details();
            let path = details.path.map(spelled);
            Finding { grade, level, suppressed, path, ..details }
        });
    }

    /// Counts `count` findings of which the file gives no details.
    pub fn tally(&mut self, grade: Grade, level: Level, count: u64) {
        self.grades |= Grade::SEVERITIES.contains(&grade);
        let graded = &mut self.by_grade[grade as usize];
        *graded = graded.saturating_add(count);
        let levelled = &mut self.by_level[level as usize];
        *levelled = levelled.saturating_add(count);
    }

    /// As [`Findings::tally`], of findings that the tool counted and that its report leaves out, by a
    /// filter or a baseline: whether they are to count nobody says.
    pub fn tally_left_out(&mut self, grade: Grade, level: Level, count: u64) {
        self.tally(grade, level, count);
        let (grades, levels) = &mut self.left_out;
        grades[grade as usize] = grades[grade as usize].saturating_add(count);
        levels[level as usize] = levels[level as usize].saturating_add(count);
    }

    /// How many of the counted ones the report leaves out.
    pub fn left_out(&self) -> u64 {
        self.left_out.0.into_iter().fold(0, u64::saturating_add)
    }

    /// The same without those that the report leaves out.
    pub fn without_left_out(&self) -> Findings {
        let mut listed = self.clone();
        let (grades, levels) = std::mem::take(&mut listed.left_out);
        less(&mut listed.by_grade, grades);
        less(&mut listed.by_level, levels);
        listed
    }

    /// None, of a bill of so many components that nothing is known to have scanned: each is unchecked.
    pub fn of_no_scan(components: u64) -> Findings {
        Findings { unchecked: Some(components), no_scan: true, ..Findings::default() }
    }

    /// All findings that are not suppressed.
    pub fn total(&self) -> u64 {
        self.by_grade.into_iter().fold(0, u64::saturating_add)
    }

    /// Those of one grade.
    pub fn graded(&self, grade: Grade) -> u64 {
        self.by_grade[grade as usize]
    }

    /// Those of one level.
    pub fn levelled(&self, level: Level) -> u64 {
        self.by_level[level as usize]
    }

    /// Takes out the findings that `is_waived`, from the counts and from the list; returns how many
    /// that were, suppressed ones too.
    pub fn take_out(&mut self, is_waived: impl Fn(&Finding) -> bool) -> u64 {
        let taken = self.list.take_out(|finding| !is_waived(finding));
        for finding in taken.iter().filter(|finding| !finding.suppressed) {
            let graded = &mut self.by_grade[finding.grade as usize];
            *graded = graded.saturating_sub(1);
            let levelled = &mut self.by_level[finding.level as usize];
            *levelled = levelled.saturating_sub(1);
        }
        taken.len() as u64
    }

    /// Counts and lists what has no grade as `grade` instead.
    pub fn place_unknown(&mut self, grade: Grade) {
        self.list.change(|finding| {
            if finding.grade == Grade::Unknown {
                finding.grade = grade;
            }
        });
        let unknown = std::mem::take(&mut self.by_grade[Grade::Unknown as usize]);
        let graded = &mut self.by_grade[grade as usize];
        *graded = graded.saturating_add(unknown);
        let unknown = std::mem::take(&mut self.left_out.0[Grade::Unknown as usize]);
        let left_out = &mut self.left_out.0[grade as usize];
        *left_out = left_out.saturating_add(unknown);
    }
}

/// Adds counts to counts of the same kinds.
fn more<const N: usize>(counts: &mut [u64; N], others: [u64; N]) {
    counts.iter_mut().zip(others).for_each(|(count, other)| *count = count.saturating_add(other));
}

/// Takes counts off counts of the same kinds.
fn less<const N: usize>(counts: &mut [u64; N], others: [u64; N]) {
    counts.iter_mut().zip(others).for_each(|(count, other)| *count = count.saturating_sub(other));
}

pub(super) const FIELDS: &[Field] = &[
    Field::count("total", "All findings that are not suppressed."),
    Field::count("critical", "Critical ones."),
    Field::count("high", "High ones."),
    Field::count("medium", "Medium or moderate ones."),
    Field::count("low", "Low ones."),
    Field::count("info", "Informational ones."),
    Field::count("unknown", "Those to which the tool gives no severity."),
    Field::count("errors", "Errors, on the linters' scale."),
    Field::count("warnings", "Warnings, on the linters' scale."),
    Field::count("notes", "The rest, on the linters' scale."),
    Field::count(
        "unchecked",
        "What the tool was given and left unchecked: files, packages, rules, results that a person \
         must decide. Absent where its report would not tell.",
    ),
    Field::new("list", Type::List(&Type::Record(FINDING)), "Every finding, suppressed ones too."),
];

const FINDING: &[Field] = &[
    Field::new("rule", Type::Text, "The rule or advisory."),
    Field::new("aliases", Type::List(&Type::Text), "Its other ids, as far as the tool tells them."),
    Field::new("severity", Type::Text, "`critical` to `info`, or `unknown`."),
    Field::new("level", Type::Text, "`error`, `warning` or `note`."),
    Field::new("title", Type::Text, "What it says."),
    Field::new("package", Type::Text, "The package it is about."),
    Field::new("version", Type::Text, "That package's version."),
    Field::new(
        "fixed_in",
        Type::Text,
        "The version that mends it; `another version` where the tool knows of one and does not name it.",
    ),
    Field::new("path", Type::Text, "The file it is in."),
    Field::new("line", Type::Int, "The 1-based line."),
    Field::new("suppressed", Type::Bool, "Whether its owners silenced it."),
];

impl Group for Findings {
    fn merge(&mut self, other: &Findings) -> Result<(), Conflict> {
        // Beside a scan what no scan found says nothing.
        match (self.no_scan, other.no_scan) {
            (false, true) => return Ok(()),
            (true, false) => {
                *self = other.clone();
                return Ok(());
            }
            _ => {}
        }
        self.grades |= other.grades;
        more(&mut self.by_grade, other.by_grade);
        more(&mut self.by_level, other.by_level);
        more(&mut self.left_out.0, other.left_out.0);
        more(&mut self.left_out.1, other.left_out.1);
        self.unchecked = match (self.unchecked, other.unchecked) {
            (Some(mine), Some(theirs)) => Some(mine.saturating_add(theirs)),
            (mine, theirs) => mine.or(theirs),
        };
        self.list.append(&other.list);
        Ok(())
    }

    fn close(&mut self) {
        self.list.close();
    }

    fn forget_shown(&mut self) {
        self.list.forget_shown();
    }

    fn value(&self) -> Value {
        self.figures().with("list", self.list.value())
    }

    fn figures(&self) -> Value {
        let graded = |grade| Value::count(self.graded(grade));
        Value::record([
            ("total", Value::count(self.total())),
            ("critical", graded(Grade::Critical)),
            ("high", graded(Grade::High)),
            ("medium", graded(Grade::Medium)),
            ("low", graded(Grade::Low)),
            ("info", graded(Grade::Info)),
            ("unknown", graded(Grade::Unknown)),
            ("errors", Value::count(self.levelled(Level::Error))),
            ("warnings", Value::count(self.levelled(Level::Warning))),
            ("notes", Value::count(self.levelled(Level::Note))),
            ("unchecked", self.unchecked.map_or(Value::Null, Value::count)),
        ])
    }
}

#[cfg(test)]
mod unknown_grades {
    use super::*;
    use crate::facts::Keep;

    #[test]
    fn they_are_placed_in_the_counts_and_in_the_list() {
        let mut findings = Findings { list: Listing::new(Keep::All), ..Findings::default() };
        findings.add(Finding::graded(Grade::Unknown));
        findings.add(Finding::graded(Grade::Low));
        findings.place_unknown(Grade::High);
        let value = findings.value();
        assert_eq!(value.member("high"), Some(&Value::Int(1)));
        let Some(Value::List(list)) = value.member("list") else { panic!("no list") };
        let words: Vec<_> = list.iter().map(|entry| entry.member("severity").unwrap()).collect();
        assert_eq!(words, [&Value::text("high"), &Value::text("low")]);
    }
}
