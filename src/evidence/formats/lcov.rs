//! LCOV tracefiles: lines, branches and functions merged by file.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::evidence::count::OddCounts;
use crate::evidence::family::covered::{self, Touched};
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Coverage, Gaps, Share};
use crate::model::{Reading, Rule, counted};

pub(super) struct Lcov;

impl Format for Lcov {
    fn id(&self) -> &'static str {
        "lcov"
    }

    fn about(&self) -> About {
        About {
            tool: "LCOV (c8, nyc, Vitest, cargo-llvm-cov, grcov and others)",
            recognised: "lines `SF:…`, with `TN:`, `DA:`, `LF:` or `end_of_record`",
            carries: &["coverage"],
            tells: Tells::NOTHING,
            source: "https://github.com/linux-test-project/lcov/blob/master/man/geninfo.1",
            clean: "Lines are counted.",
            vacuous: "0 lines of code.",
            blank: Blanks::NONE,
            notes: &[
                "Sections of one file that list the same lines, branches and functions are runs of one source, and merged. Where they differ, as those of two packages do that both call a file `index.js`, they are counted as one source and as two, and the lowest share counts, which is told.",
                "`DA`, `BRDA`, `FN` and `FNDA` are counted; `LF`, `LH` and the like only for a section that lists none of its kind (`llvm-cov export --summary-only`), which is told. So is a section whose `LF` or `LH` is far above what it lists.",
                "A file that does not end with `end_of_record` is cut off.",
                "A count of hits that is no number covers nothing; a record without its line proves nothing; `LF` or the like that is no count is a fault.",
                "Functions are told apart by their name, branches by line, block and branch.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(head) = sniff.text() else { return Fit::No };
        let source = head.any(|line| line.starts_with("SF:"));
        let first = head.first();
        let begins = ["TN:", "SF:", "DA:", "#"].iter().any(|mark| first.starts_with(mark));
        Fit::sure(source && begins)
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut trace = Trace::default();
        let mut last = "";
        for (number, line) in input.lines() {
            if let Some((of, hit)) = plain_line(line) {
                trace.section.source.lines.add(of, hit);
                last = line;
                continue;
            }
            let line = line.trim();
            if line == "end_of_record" {
                trace.end_section();
            } else if let Some((key, value)) = line.split_once(':') {
                trace.record(key, value, number)?;
            }
            if !line.is_empty() && !line.starts_with('#') {
                last = line;
            }
        }
        if last != "end_of_record" {
            return Err(Broken::new("The file ends in the middle of a section."));
        }
        std::mem::take(&mut trace.odd_counts).refuse()?;
        let mut reading = Reading::of(self.id());
        trace.files.values_mut().for_each(File::settle);
        let several = trace.files.values().filter(|file| file.sources.len() > 1).count() as u64;
        if several > 0 {
            let files = counted(several, "file");
            reading.warn(format!(
                "{files} in sections that differ in what can be covered, so perhaps of two packages: \
                 the lowest share counts."
            ));
        }
        let summed = trace.files.values().filter(|file| file.is_summed()).count() as u64;
        if summed > 0 {
            let files = counted(summed, "file");
            reading.warn(format!("{files} with a count of lines and none of them listed."));
        }
        if let Some(told) = trace.overstated.told() {
            reading.warn(told);
        }
        if trace.odd > 0 {
            let records = counted(trace.odd, "record");
            reading.warn(format!("{records} without a sound count taken as not covered."));
        }
        if trace.unplaced > 0 {
            let lines = counted(trace.unplaced, "line");
            let why = format!("{lines} of the report without a sound number and count.");
            reading.doubt(Rule::Unreadable, why);
        }
        covered::settle(&mut reading, trace.coverage());
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

#[derive(Default)]
struct Trace<'a> {
    files: BTreeMap<&'a str, File<'a>>,
    section: Section<'a>,
    /// Records whose count is no number.
    odd: u64,
    odd_counts: OddCounts,
    /// Records of which it is not known what they count.
    unplaced: u64,
    overstated: Overstated,
}

/// Sections that declare far more lines, or far more that ran, than they list.
#[derive(Default)]
struct Overstated {
    sections: u64,
    declared: Share,
    listed: Share,
}

impl Overstated {
    /// Writers count lines differently (`llvm-cov` by function, and lists them by file): a tenth more
    /// says nothing.
    fn look(&mut self, declared: Share, listed: Share) {
        let far = |said: u64, shown: u64| said > shown.saturating_add((shown / 10).max(2));
        let is_far = far(declared.total, listed.total) || far(declared.covered, listed.covered);
        if listed.total > 0 && is_far {
            self.sections += 1;
            covered::add(&mut self.declared, declared);
            covered::add(&mut self.listed, listed);
        }
    }

    fn told(&self) -> Option<String> {
        let Overstated { sections, declared, listed } = self;
        (*sections > 0).then(|| {
            format!(
                "{} whose `LH` and `LF` count {} beside {} that are listed: what is listed counts.",
                counted(*sections, "section"),
                format_args!("{} of {} lines", declared.covered, declared.total),
                format_args!("{} of {}", listed.covered, listed.total)
            )
        })
    }
}

/// What is known of a file from all its sections.
#[derive(Default)]
struct File<'a> {
    sources: Vec<Source<'a>>,
    declared: [Share; 3],
}

/// What can be touched of one source, and what was.
#[derive(Default, Clone)]
struct Source<'a> {
    lines: Touched<u64>,
    branches: Touched<(u64, &'a str, &'a str)>,
    functions: Touched<&'a str>,
}

impl<'a> Source<'a> {
    fn settle(&mut self) {
        self.lines.settle();
        self.branches.settle();
        self.functions.settle();
    }

    /// Equal where the same lines, branches and functions can be touched: then it is one source that
    /// ran twice. Two packages may both call a file of theirs `src/index.js`.
    fn order(&self, other: &Source<'_>) -> Ordering {
        let of_branches = || self.branches.order(&other.branches);
        let of_functions = || self.functions.order(&other.functions);
        self.lines.order(&other.lines).then_with(of_branches).then_with(of_functions)
    }

    fn join(&mut self, other: Source<'a>) {
        self.lines.join(other.lines);
        self.branches.join(other.branches);
        self.functions.join(other.functions);
        self.settle();
    }

    fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.branches.is_empty() && self.functions.is_empty()
    }

    fn shares(&self) -> [Share; 3] {
        [self.lines.settled_share(), self.branches.settled_share(), self.functions.settled_share()]
    }
}

impl<'a> File<'a> {
    /// Whether only a figure tells of its lines.
    fn is_summed(&self) -> bool {
        self.declared[0].total > 0 && self.sources.iter().all(|of| of.lines.is_empty())
    }

    /// Joins what ran of one source.
    fn settle(&mut self) {
        self.sources.iter_mut().for_each(Source::settle);
        self.sources.sort_by(Source::order);
        self.sources.dedup_by(|later, kept| {
            let is_same = later.order(kept).is_eq();
            if is_same {
                kept.join(std::mem::take(later));
            }
            is_same
        });
    }

    /// Its lines, branches and functions, each as of one source and as of several.
    fn shares(mut self) -> [[Share; 2]; 3] {
        let mut several = self.declared;
        for source in &self.sources {
            several.iter_mut().zip(source.shares()).for_each(|(sum, of)| covered::add(sum, of));
        }
        let mut one = match self.sources.len() {
            // What is only declared beside it stands in `several`.
            0 => self.declared,
            _ => {
                let mut all = self.sources.remove(0);
                self.sources.into_iter().for_each(|source| all.join(source));
                all.shares()
            }
        };
        for (share, declared) in one.iter_mut().zip(self.declared) {
            if share.total == 0 {
                *share = declared;
            }
        }
        let [lines, branches, functions] = one;
        let [all_lines, all_branches, all_functions] = several;
        [[lines, all_lines], [branches, all_branches], [functions, all_functions]]
    }
}

/// What the open section says.
#[derive(Default)]
struct Section<'a> {
    name: Option<&'a str>,
    source: Source<'a>,
    /// LCOV 2 names functions by number: `FNL` gives the place, `FNA` the name and the count.
    declared: [Share; 3],
}

impl<'a> Trace<'a> {
    /// Takes a record.
    fn record(&mut self, key: &str, value: &'a str, number: usize) -> Result<(), Broken> {
        let open = &mut self.section;
        match key {
            "SF" => {
                if open.name.is_some() {
                    return Err(Broken::new(format!(
                        "The section before line {number} does not end."
                    )));
                }
                open.name = Some(value.trim());
            }
            "DA" => {
                let mut parts = value.split(',');
                let line = whole(parts.next());
                match (line, parts.next()) {
                    (Some(line), Some(count)) => {
                        let hit = hit(count);
                        self.odd += u64::from(hit.is_none());
                        open.source.lines.add(line, hit.unwrap_or(false));
                    }
                    _ => self.unplaced += 1,
                }
            }
            "BRDA" => match branch(value) {
                Some((branch, hit)) => open.source.branches.add(branch, hit),
                None => self.unplaced += 1,
            },
            // `FN:line,name` or `FN:line,end,name`; a name may hold commas, not begin with a digit.
            "FN" => open.source.functions.add(function_name(value), false),
            "FNDA" => match value.split_once(',') {
                Some((count, name)) => open.source.functions.add(name, hit(count).unwrap_or(false)),
                None => self.unplaced += 1,
            },
            "FNA" => {
                let mut parts = value.splitn(3, ',');
                match (parts.next(), parts.next(), parts.next()) {
                    (Some(_), Some(count), Some(name)) => {
                        open.source.functions.add(name, hit(count).unwrap_or(false));
                    }
                    _ => self.unplaced += 1,
                }
            }
            key => {
                let [lines, branches, functions] = &mut open.declared;
                let count = match key {
                    "LF" => &mut lines.total,
                    "LH" => &mut lines.covered,
                    "BRF" => &mut branches.total,
                    "BRH" => &mut branches.covered,
                    "FNF" => &mut functions.total,
                    "FNH" => &mut functions.covered,
                    _ => return Ok(()),
                };
                *count = self
                    .odd_counts
                    .take(value, || format!("`{key}` at line {number}"))
                    .unwrap_or(0);
            }
        }
        Ok(())
    }

    fn end_section(&mut self) {
        let section = std::mem::take(&mut self.section);
        self.overstated.look(section.declared[0], section.source.lines.settled_share());
        let file = self.files.entry(section.name.unwrap_or_default()).or_default();
        let source = section.source;
        let listed =
            [source.lines.is_empty(), source.branches.is_empty(), source.functions.is_empty()];
        if !source.is_empty() {
            file.sources.push(source);
        }
        for (kind, none) in listed.into_iter().enumerate() {
            if none
                && let (Some(sum), Some(of)) =
                    (file.declared.get_mut(kind), section.declared.get(kind))
            {
                covered::add(sum, *of);
            }
        }
    }

    fn coverage(self) -> Coverage {
        let (mut parts, mut gaps) = ([Vec::new(), Vec::new(), Vec::new()], Gaps::default());
        for (path, file) in self.files {
            let shares = file.shares();
            gaps.add(path, covered::lowest(&shares[..1]));
            parts.iter_mut().zip(shares).for_each(|(parts, of)| parts.push(of));
        }
        let [lines, branches, functions] = parts.map(|parts| covered::lowest(&parts));
        Coverage {
            lines: Some(lines),
            branches: covered::some(branches),
            functions: covered::some(functions),
            statements: None,
            gaps,
        }
    }
}

/// `DA:line,count` in plain digits, which nearly every record is: what is touched at a glance. All
/// others are read at leisure.
fn plain_line(line: &str) -> Option<(u64, bool)> {
    let mut record = line.strip_prefix("DA:")?.bytes();
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u64::from(byte - b'0'));
    let mut number = digit(record.next()?)?;
    loop {
        match record.next()? {
            b',' => break,
            byte => number = number.checked_mul(10)?.checked_add(digit(byte)?)?,
        }
    }
    let first = digit(record.next()?)? > 0;
    record.try_fold(first, |hit, byte| Some(hit | (digit(byte)? > 0))).map(|hit| (number, hit))
}

fn whole(text: Option<&str>) -> Option<u64> {
    text?.trim().parse().ok()
}

/// Whether a count says that something ran: `-` and counts below 1 do not. `None` for no count.
fn hit(count: &str) -> Option<bool> {
    match count.trim() {
        "-" => Some(false),
        // Nearly every count is a plain number, of which one digit that is no zero says enough.
        plain if !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(plain.bytes().any(|digit| digit != b'0'))
        }
        count => text::number(count).map(|count| count > 0.0),
    }
}

/// `line,block,branch,taken`; a block may be marked `e` for an exception.
fn branch(value: &str) -> Option<((u64, &str, &str), bool)> {
    let (line, rest) = value.split_once(',')?;
    let (rest, taken) = rest.rsplit_once(',')?;
    let (block, branch) = rest.split_once(',')?;
    Some(((whole(Some(line))?, block, branch), hit(taken).unwrap_or(false)))
}

fn function_name(value: &str) -> &str {
    let name = value.split_once(',').map_or(value, |(_, name)| name);
    match name.split_once(',') {
        Some((end, rest)) if !end.is_empty() && end.bytes().all(|b| b.is_ascii_digit()) => rest,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shares of lines and functions, and whether it is told that there may be two sources.
    fn shares(text: &str) -> ([(u64, u64); 2], bool) {
        let reading = crate::evidence::tests::reading("lcov", text);
        let coverage = reading.facts.coverage.unwrap();
        let of = |share: Option<Share>| share.map_or((0, 0), |of| (of.covered, of.total));
        let told = reading.warnings.iter().any(|told| told.contains("two packages"));
        ([of(coverage.lines), of(coverage.functions)], told)
    }

    #[test]
    fn sections_of_two_sources_under_one_name_do_not_cover_for_each_other() {
        let section = |name: &str, function: &str, lines: &[(u64, u64)]| {
            let lines: String = lines.iter().map(|(of, hit)| format!("DA:{of},{hit}\n")).collect();
            let hit = u64::from(lines.contains(",1"));
            format!(
                "TN:{name}\nSF:a\nFN:1,{function}\nFNDA:{hit},{function}\n{lines}end_of_record\n"
            )
        };
        let twice = |one: String, two: String| shares(&format!("{one}{two}"));
        let (full, none) = (&[(1, 1), (2, 1)][..], &[(1, 0), (2, 0)][..]);
        let runs =
            twice(section("unit", "f", &[(1, 1), (2, 0)]), section("e2e", "f", &[(1, 0), (2, 1)]));
        assert_eq!(runs, ([(2, 2), (1, 1)], false), "two runs of one source");
        let packages = twice(section("", "f", full), section("", "g", none));
        assert_eq!(packages, ([(2, 4), (1, 2)], true));
        let longer = twice(
            section("", "f", full),
            section("", "f", &[(1, 1), (2, 1), (3, 0), (4, 0), (5, 0)]),
        );
        assert_eq!(longer, ([(2, 5), (1, 1)], true), "as one source it is less than as two");
        let summed = twice(section("", "f", full), "SF:a\nLF:8\nLH:0\nend_of_record\n".to_owned());
        assert_eq!(summed.0[0], (2, 10));
    }

    #[test]
    fn a_section_that_declares_far_more_than_it_lists_is_told() {
        let told = |declared: &str| {
            let listed: String = (1..=20).map(|line| format!("DA:{line},{}\n", line % 2)).collect();
            let text = format!("SF:a\n{listed}{declared}end_of_record\n");
            let reading = crate::evidence::tests::reading("lcov", &text);
            let lines = reading.facts.coverage.as_ref().and_then(|of| of.lines).unwrap();
            assert_eq!((lines.covered, lines.total), (10, 20), "what is listed counts");
            reading.warnings.join("")
        };
        for sound in ["", "LF:20\nLH:10\n", "LF:22\nLH:12\n", "LF:8\nLH:3\n"] {
            assert_eq!(told(sound), "", "{sound}");
        }
        let many = told("LF:200\nLH:190\n");
        assert_eq!(
            many,
            "1 section whose `LH` and `LF` count 190 of 200 lines beside 10 of 20 that are listed: \
             what is listed counts."
        );
        assert!(told("LF:20\nLH:20\n").contains("count 20 of 20 lines"));
    }

    #[test]
    fn names_of_functions_may_hold_commas() {
        assert_eq!(function_name("3,f(int, char)"), "f(int, char)");
        assert_eq!(function_name("3,9,g"), "g");
    }

    #[test]
    fn the_glance_and_the_reading_agree() {
        for record in ["DA:1,0", "DA:12,3", "DA:7,00", "DA:7,10"] {
            let (line, count) = record[3..].split_once(',').unwrap();
            let read = (whole(Some(line)).unwrap(), hit(count).unwrap());
            assert_eq!(plain_line(record), Some(read), "{record}");
        }
        let others =
            ["DA:,1", "DA:1", "DA:1,", "DA:1,2,abc", "DA:-1,2", "DA:1,-", "DA:+1,2", "LF:1"];
        for record in others.into_iter().chain(["DA:99999999999999999999,1", "DA:1,1e3", " DA:1,1"])
        {
            assert_eq!(plain_line(record), None, "{record}");
        }
    }

    #[test]
    fn counts_are_read_as_tools_write_them() {
        for (count, expected) in [
            ("1", Some(true)),
            ("0", Some(false)),
            ("-", Some(false)),
            ("-3", Some(false)),
            ("9e20", Some(true)),
            ("x", None),
        ] {
            assert_eq!(hit(count), expected, "{count}");
        }
    }
}
