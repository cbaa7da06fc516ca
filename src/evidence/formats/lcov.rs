//! LCOV tracefiles: lines, branches and functions merged by file.

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
                "A file that stands in several sections is one file: its lines are merged, not added.",
                "`DA`, `BRDA`, `FN` and `FNDA` are counted; `LF`, `LH` and the like only for a section that lists none of its kind (`llvm-cov export --summary-only`), which is told.",
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
                trace.section.lines.add(of, hit);
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
        let summed = trace.files.values().filter(|file| file.is_summed()).count() as u64;
        if summed > 0 {
            let files = counted(summed, "file");
            reading.warn(format!("{files} with a count of lines and none of them listed."));
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
}

/// What is known of a file from all its sections.
#[derive(Default)]
struct File<'a> {
    lines: Touched<u64>,
    branches: Touched<(u64, &'a str, &'a str)>,
    functions: Touched<&'a str>,
    declared: [Share; 3],
}

impl File<'_> {
    /// Whether only a figure tells of its lines.
    fn is_summed(&self) -> bool {
        self.lines.is_empty() && self.declared[0].total > 0
    }
}

/// What the open section says.
#[derive(Default)]
struct Section<'a> {
    source: Option<&'a str>,
    lines: Touched<u64>,
    branches: Touched<(u64, &'a str, &'a str)>,
    functions: Touched<&'a str>,
    /// LCOV 2 names functions by number: `FNL` gives the place, `FNA` the name and the count.
    declared: [Share; 3],
}

impl<'a> Trace<'a> {
    /// Takes a record.
    fn record(&mut self, key: &str, value: &'a str, number: usize) -> Result<(), Broken> {
        let open = &mut self.section;
        match key {
            "SF" => {
                if open.source.is_some() {
                    return Err(Broken::new(format!(
                        "The section before line {number} does not end."
                    )));
                }
                open.source = Some(value.trim());
            }
            "DA" => {
                let mut parts = value.split(',');
                let line = whole(parts.next());
                match (line, parts.next()) {
                    (Some(line), Some(count)) => {
                        let hit = hit(count);
                        self.odd += u64::from(hit.is_none());
                        open.lines.add(line, hit.unwrap_or(false));
                    }
                    _ => self.unplaced += 1,
                }
            }
            "BRDA" => match branch(value) {
                Some((branch, hit)) => open.branches.add(branch, hit),
                None => self.unplaced += 1,
            },
            // `FN:line,name` or `FN:line,end,name`; a name may hold commas, not begin with a digit.
            "FN" => open.functions.add(function_name(value), false),
            "FNDA" => match value.split_once(',') {
                Some((count, name)) => open.functions.add(name, hit(count).unwrap_or(false)),
                None => self.unplaced += 1,
            },
            "FNA" => {
                let mut parts = value.splitn(3, ',');
                match (parts.next(), parts.next(), parts.next()) {
                    (Some(_), Some(count), Some(name)) => {
                        open.functions.add(name, hit(count).unwrap_or(false));
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
        let file = self.files.entry(section.source.unwrap_or_default()).or_default();
        let listed =
            [section.lines.is_empty(), section.branches.is_empty(), section.functions.is_empty()];
        file.lines.join(section.lines);
        file.branches.join(section.branches);
        file.functions.join(section.functions);
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
        let (mut sums, mut gaps) = ([Share::default(); 3], Gaps::default());
        for (path, file) in self.files {
            let mut shares = [file.lines.share(), file.branches.share(), file.functions.share()];
            for (share, declared) in shares.iter_mut().zip(file.declared) {
                if share.total == 0 {
                    *share = declared;
                }
            }
            gaps.add(path, shares[0]);
            sums.iter_mut().zip(shares).for_each(|(sum, share)| covered::add(sum, share));
        }
        let [lines, branches, functions] = sums;
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
