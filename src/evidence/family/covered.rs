//! Coverage reports: shares out of counts, lines merged over files, and reports of nothing.

use std::cmp::Ordering;

use crate::evidence::Broken;
use crate::evidence::json::Num;
use crate::evidence::xml::Tag;
use crate::facts::{Coverage, Gaps, Share};
use crate::model::{Reading, Rule, counted};

/// How many points of a hundred a header may be above what is listed: tools count lines differently.
const TOLERANCE: f64 = 1.0;

/// Puts the coverage into the reading and doubts it where nothing could be covered.
pub(in crate::evidence) fn settle(reading: &mut Reading, mut coverage: Coverage) {
    let shares = [
        (&mut coverage.lines, "lines"),
        (&mut coverage.branches, "branches"),
        (&mut coverage.functions, "functions"),
        (&mut coverage.statements, "statements"),
    ];
    for (share, what) in shares {
        if share.is_some_and(|share| share.covered > share.total) {
            *share = None;
            let why = format!("The report covers more {what} than there are.");
            reading.doubt(Rule::Unreadable, why);
        }
    }
    let main = coverage.lines.or(coverage.statements);
    if reading.doubts.is_empty() && main.is_none_or(|share| share.total == 0) {
        let what = if coverage.lines.is_some() { "lines" } else { "statements" };
        reading.doubt(Rule::NothingLookedAt, format!("The report covers 0 {what} of code."));
    }
    reading.facts.coverage = Some(coverage);
}

/// Doubts lines that only a header counts: `who` (`The root`) declares what `list` (`the classes`)
/// hold none of. Warns where the two differ.
pub(in crate::evidence) fn compare(
    reading: &mut Reading,
    (who, declared): (&str, Share),
    (list, held): (&str, Share),
) {
    let Share { covered, total } = declared;
    if held.total == 0 && total > 0 {
        let lines = counted(total, "line");
        reading.doubt(Rule::Unreadable, format!("{who} counts {lines}; {list} hold 0."));
    } else if held != declared {
        let Share { covered: of_list, total: in_list } = held;
        reading.warn(format!(
            "{who} counts {covered} of {total} lines; {list} hold {of_list} of {in_list}."
        ));
    }
}

/// Doubts a header that counts for the whole, as [`compare`] does, and where what is listed does not
/// bear out its share.
pub(in crate::evidence) fn counts_for_all(
    reading: &mut Reading,
    (who, declared): (&str, Share),
    (list, held): (&str, Share),
) {
    if declared.pct() > held.pct().map(|pct| pct + TOLERANCE) {
        let [said, shown] =
            [declared, held].map(|Share { covered, total }| format!("{covered} of {total} lines"));
        reading.doubt(Rule::Conflicting, format!("{who} counts {said}; {list} hold {shown}."));
    } else {
        compare(reading, (who, declared), (list, held));
    }
}

/// Things of a file by their key, and whether each was touched; the same key twice is one thing.
#[derive(Debug, Clone)]
pub(in crate::evidence) struct Touched<K>(Vec<(K, bool)>);

impl<K> Default for Touched<K> {
    fn default() -> Touched<K> {
        Touched(Vec::new())
    }
}

impl<K: Ord> Touched<K> {
    pub(in crate::evidence) fn add(&mut self, key: K, hit: bool) {
        self.0.push((key, hit));
    }

    /// Takes over what another list holds.
    pub(in crate::evidence) fn join(&mut self, mut other: Touched<K>) {
        if self.0.is_empty() {
            *self = other;
        } else {
            self.0.append(&mut other.0);
        }
    }

    pub(in crate::evidence) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts each key down once, in order, touched where any of its entries was.
    pub(in crate::evidence) fn settle(&mut self) {
        self.0.sort_unstable();
        self.0.dedup_by(|(later, touched), (kept, any)| {
            let is_same = later == kept;
            *any |= is_same && *touched;
            is_same
        });
    }

    /// The order of settled lists by their keys.
    pub(in crate::evidence) fn order(&self, other: &Touched<K>) -> Ordering {
        self.0.iter().map(|(key, _)| key).cmp(other.0.iter().map(|(key, _)| key))
    }

    /// Counts each key once, touched where any of its entries was.
    pub(in crate::evidence) fn share(mut self) -> Share {
        self.settle();
        self.settled_share()
    }

    /// The share of a list that is settled; of another one each entry counts.
    pub(in crate::evidence) fn settled_share(&self) -> Share {
        let covered = self.0.iter().filter(|(_, touched)| *touched).count() as u64;
        Share { covered, total: self.0.len() as u64 }
    }
}

/// The lowest share that a sum can have of parts that may each be counted in two ways.
pub(in crate::evidence) fn lowest(parts: &[[Share; 2]]) -> Share {
    let sum = |way: &dyn Fn(&[Share; 2]) -> Share| {
        let mut sum = Share::default();
        parts.iter().for_each(|part| add(&mut sum, way(part)));
        sum
    };
    let mut lowest = sum(&|[one, _]| *one);
    loop {
        // Of each part the way that lies farther below what is held so far.
        let so_far = lowest.pct().unwrap_or(0.0) / 100.0;
        let above = |of: Share| of.covered as f64 - so_far * of.total as f64;
        let next = sum(&|[one, other]| if above(*other) < above(*one) { *other } else { *one });
        if next.pct() >= lowest.pct() {
            return lowest;
        }
        lowest = next;
    }
}

/// The sum of two shares. Where one covers more than there is, so does the sum, whatever it gets
/// besides.
pub(in crate::evidence) fn add(sum: &mut Share, share: Share) {
    if share.covered > share.total {
        sum.covered = u64::MAX;
    }
    sum.covered = sum.covered.saturating_add(share.covered);
    sum.total = sum.total.saturating_add(share.total);
}

/// The share that two attributes count, what there is and what of it is covered; 0 where one is
/// absent. One that is no count breaks the report, for it holds no other facts.
pub(in crate::evidence) fn share(tag: &Tag<'_>, names: [&str; 2]) -> Result<Share, Broken> {
    let [total, covered] = tag.counts(names)?.map(Option::unwrap_or_default);
    Ok(Share { covered, total })
}

/// Adds a file to a sum, and to the gaps where some of it was left out.
pub(in crate::evidence) fn add_file(
    (sum, gaps): (&mut Share, &mut Gaps),
    path: &str,
    share: Share,
) {
    gaps.add(path, share);
    add(sum, share);
}

/// Whether what was counted ran at all.
pub(in crate::evidence) fn ran(count: Num) -> bool {
    count.get().is_some_and(|count| count > 0.0)
}

/// A share, where the format counted any.
pub(in crate::evidence) fn some(share: Share) -> Option<Share> {
    (share.total > 0).then_some(share)
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn more_covered_than_there_is_proves_nothing() {
        for (format, text, why) in [
            (
                "lcov",
                "SF:a\nLF:10\nLH:20\nend_of_record\nSF:b\nLF:50\nLH:0\nend_of_record\n",
                "more lines",
            ),
            (
                "istanbul-summary",
                r#"{"total": {"lines": {"total": 1, "covered": 1, "pct": 100}, "statements":
                {"total": 1, "covered": 2, "pct": 100}}}"#,
                "more statements",
            ),
            (
                "clover",
                r#"<coverage generated="1"><project><metrics statements="2" coveredstatements="3"/>
                </project></coverage>"#,
                "more lines",
            ),
            (
                "llvm-cov-json",
                r#"{"type": "llvm.coverage.json.export", "version": "2.0.1", "data": [
                {"totals": {"lines": {"count": 1, "covered": 2}, "functions": {"count": 1,
                "covered": 1}}}, {"totals": {"lines": {"count": 9, "covered": 0}, "functions":
                {"count": 1, "covered": 1}}}]}"#,
                "more lines",
            ),
            (
                "cobertura",
                r#"<coverage line-rate="1" lines-covered="9" lines-valid="8"><packages/></coverage>"#,
                "more lines",
            ),
            (
                "jacoco",
                r#"<report name="a"><counter type="LINE" missed="9" covered="1"/><counter
                type="LINE" missed="0" covered="10"/></report>"#,
                "two counters of LINE",
            ),
        ] {
            proves(format, &[(text, why)]);
        }
    }

    #[test]
    fn lines_that_only_the_totals_count_prove_nothing() {
        let coverage_py = |files: &str| {
            format!(
                r#"{{"meta": {{"version": "7"}}, "files": {{{files}}}, "totals": {{
                "covered_lines": 99, "num_statements": 100}}}}"#
            )
        };
        let llvm = |files: &str| {
            format!(
                r#"{{"type": "llvm.coverage.json.export", "version": "2.0.1", "data": [{{"files": [{files}],
                "totals": {{"lines": {{"count": 100, "covered": 99}}, "functions": {{"count": 1,
                "covered": 1}}}}}}]}}"#
            )
        };
        let jacoco = |packages: &str| {
            format!(
                r#"<report name="x">{packages}<counter type="LINE" missed="1" covered="99"/></report>"#
            )
        };
        let clover = |files: &str| {
            format!(
                r#"<coverage generated="1"><project>{files}<metrics statements="100"
                coveredstatements="99"/></project></coverage>"#
            )
        };
        let summary = r#"{"summary": {"covered_lines": 99, "num_statements": 100}}"#;
        let lines = r#"{"summary": {"lines": {"count": 100, "covered": 99}}}"#;
        let package =
            r#"<package name="p"><counter type="LINE" missed="1" covered="99"/></package>"#;
        let none = "counts 100 lines; the";
        proves(
            "coverage-py-json",
            &[(&coverage_py(&format!(r#""a.py": {summary}"#)), ""), (&coverage_py(""), none)],
        );
        proves("llvm-cov-json", &[(&llvm(lines), ""), (&llvm(""), none)]);
        let group = format!(r#"<group name="g">{package}</group>"#);
        let counted =
            group.replace("</group>", "<counter type='LINE' missed='1' covered='99'/></group>");
        proves("jacoco", &[(&jacoco(package), ""), (&jacoco(&counted), ""), (&jacoco(""), none)]);
        proves(
            "clover",
            &[(&clover("<file name='a'/>"), ""), (&clover(""), "the files hold 0 of 0 lines")],
        );
    }

    #[test]
    fn where_totals_and_files_differ_the_files_count() {
        for (format, text) in [
            (
                "coverage-py-json",
                r#"{"meta": {"version": "7"}, "files": {"a.py": {"summary": {"covered_lines": 0,
                "num_statements": 90}}}, "totals": {"covered_lines": 99, "num_statements": 100}}"#,
            ),
            (
                "llvm-cov-json",
                r#"{"type": "llvm.coverage.json.export", "data": [{"files": [{"summary": {"lines":
                {"count": 90, "covered": 0}}}], "totals": {"lines": {"count": 100, "covered": 99},
                "functions": {"count": 1, "covered": 1}}}]}"#,
            ),
            (
                "jacoco",
                r#"<report name="x"><package name="p"><counter type="LINE" missed="90" covered="0"/>
                </package><counter type="LINE" missed="1" covered="99"/></report>"#,
            ),
        ] {
            let reading = reading(format, text);
            let lines = reading.facts.coverage.unwrap().lines.unwrap();
            assert_eq!((lines.covered, lines.total), (0, 90), "{format}");
            assert!(reading.warnings.iter().any(|told| told.contains("99 of 100")), "{format}");
        }
    }

    #[test]
    fn a_line_of_lcov_without_a_sound_count_is_not_covered() {
        for count in ["", "x", "-1", "NaN", "inf"] {
            let text = format!("SF:a\nDA:1,1\nDA:2,{count}\nend_of_record\n");
            let lines = reading("lcov", &text).facts.coverage.unwrap().lines.unwrap();
            assert_eq!((lines.covered, lines.total), (1, 2), "{count}");
        }
        for line in ["x,1", "-3,1", "1"] {
            let text = format!("SF:a\nDA:1,1\nDA:{line}\nend_of_record\n");
            proves("lcov", &[(&text, "without a sound number")]);
        }
    }

    #[test]
    fn the_files_that_were_left_out_are_named() {
        for (format, text) in [
            ("lcov", "SF:a\nDA:1,1\nDA:2,0\nend_of_record\nSF:b\nDA:1,1\nend_of_record\n"),
            ("go-cover", "mode: set\na:1.1,2.2 1 1\na:3.1,4.2 1 0\nb:1.1,2.2 1 1\n"),
            (
                "cobertura",
                r#"<coverage line-rate="1"><packages><package><classes><class filename="a"><lines>
                <line number="1" hits="1"/><line number="2" hits="0"/></lines></class><class filename="b">
                <lines><line number="1" hits="1"/></lines></class></classes></package></packages></coverage>"#,
            ),
            (
                "jacoco",
                r#"<report name="x"><package name="p"><sourcefile name="a"><line nr="1"/><counter type="LINE"
                missed="1" covered="1"/></sourcefile><counter type="LINE" missed="1" covered="1"/></package>
                <counter type="LINE" missed="1" covered="1"/></report>"#,
            ),
            (
                "clover",
                r#"<coverage generated="1"><project><file name="a"><class name="A"><metrics statements="9"
                coveredstatements="0"/></class><metrics statements="2" coveredstatements="1"/></file><metrics
                statements="2" coveredstatements="1"/></project></coverage>"#,
            ),
            (
                "istanbul-summary",
                r#"{"total": {"lines": {"total": 2, "covered": 1, "pct": 50}, "statements": {"total": 2,
                "covered": 1, "pct": 50}}, "a": {"lines": {"total": 2, "covered": 1, "pct": 50}}}"#,
            ),
            (
                "istanbul-final",
                r#"{"a": {"path": "a", "statementMap": {"0": {"start": {"line": 1}, "end": {"line": 1}},
                "1": {"start": {"line": 2}, "end": {"line": 2}}}, "fnMap": {}, "branchMap": {},
                "s": {"0": 1, "1": 0}, "f": {}, "b": {}}}"#,
            ),
            (
                "coverage-py-json",
                r#"{"meta": {"version": "7"}, "files": {"a": {"summary": {"covered_lines": 1,
                "num_statements": 2}}}, "totals": {"covered_lines": 1, "num_statements": 2}}"#,
            ),
            (
                "llvm-cov-json",
                r#"{"type": "llvm.coverage.json.export", "version": "2.0.1", "data": [{"files": [
                {"filename": "a", "summary": {"lines": {"count": 2, "covered": 1}}}], "totals": {"lines":
                {"count": 2, "covered": 1}, "functions": {"count": 1, "covered": 1}}}]}"#,
            ),
            (
                "coverlet",
                r#"{"m.dll": {"a": {"C": {"void C::M()": {"Lines": {"1": 1, "2": 0}, "Branches": []}}}}}"#,
            ),
        ] {
            let coverage = reading(format, text).facts.coverage.unwrap();
            let (worst, more) = coverage.gaps.worst();
            let [gap] = worst.as_slice() else { panic!("{format}: {worst:?}") };
            let path = if format == "jacoco" { "p/a" } else { "a" };
            assert_eq!((gap.path.as_str(), more), (path, 0), "{format}");
            assert_eq!((gap.share.covered, gap.share.total), (1, 2), "{format}");
        }
    }
}
