//! A condition with the values that it read written under their names.

use std::fmt::Write;

use crate::render::text::paint::safe;
use crate::snapshot::v1::{Read, Requirement};

/// A longer condition is told piece by piece, as long as a terminal of 80 columns is wide.
const WIDEST: usize = 76;

/// The longest value that is written out.
const LONGEST: usize = 40;

/// Writes the condition of `of`, then the values that stand nowhere in it.
pub(super) fn write(out: &mut String, of: &Requirement) {
    let Some(condition) = &of.condition else { return };
    let (placed, loose): (Vec<&Read>, Vec<&Read>) =
        of.read.iter().partition(|read| read.at.is_some_and(|(from, to)| from < to));
    for (from, to) in pieces(condition) {
        let Some(piece) = condition.get(from..to) else { continue };
        let _ = writeln!(out, "    {}", safe(piece));
        let within = |read: &&&Read| read.at.is_some_and(|(at, _)| (from..to).contains(&at));
        let labels = labels(condition, from, placed.iter().filter(within).copied());
        for row in rows(&labels) {
            let _ = writeln!(out, "    {}", safe(&row));
        }
    }
    for read in loose {
        let bound = read.bound.as_ref().map(|bound| format!(" {bound}")).unwrap_or_default();
        let _ = writeln!(out, "    {} = {}{bound}", safe(&read.fact), safe(&told(read)));
    }
}

/// The value, and whether what was asked of it holds.
fn told(read: &Read) -> String {
    let value = match &read.value {
        serde_json::Value::Null => "not carried".to_owned(),
        serde_json::Value::Array(entries) => format!("a list of {}", entries.len()),
        serde_json::Value::Object(members) => format!("a map of {}", members.len()),
        // A list that was gone through is told in words.
        serde_json::Value::String(words) if read.bound.is_none() => shortened(words),
        value => shortened(&value.to_string()),
    };
    match read.holds {
        Some(true) => format!("{value} ✓"),
        Some(false) => format!("{value} ✕"),
        None => value,
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

/// Where a value stands under a line, and its text.
struct Label {
    column: usize,
    text: String,
}

/// One label for each place, from the left; what begins in one place is told together, the larger
/// piece by its own text.
fn labels<'r>(condition: &str, from: usize, reads: impl Iterator<Item = &'r Read>) -> Vec<Label> {
    let mut sorted: Vec<(usize, usize, &Read)> =
        reads.filter_map(|read| read.at.map(|(start, end)| (start, end, read))).collect();
    sorted.sort_by_key(|(start, end, _)| (*start, *end));
    let mut labels: Vec<Label> = Vec::new();
    let mut last = None;
    for (start, end, read) in sorted {
        let column = condition.get(from..start).map_or(0, |before| before.chars().count());
        match labels.last_mut().filter(|_| last == Some(start)) {
            Some(label) => {
                let whole = condition.get(start..end).map(shortened).unwrap_or_default();
                let _ = write!(label.text, "; {whole} is {}", told(read));
            }
            None => labels.push(Label { column, text: told(read) }),
        }
        last = Some(start);
    }
    labels
}

/// The labels in one row where they stand beside each other; else one below the other, the last one
/// first, each at the end of its line.
fn rows(labels: &[Label]) -> Vec<String> {
    let fits = labels.windows(2).all(|pair| match pair {
        [left, right] => left.column + left.text.chars().count() + 4 <= right.column,
        _ => true,
    });
    if fits {
        let row = labels.iter().fold(String::new(), |row, label| {
            let gap = label.column.saturating_sub(row.chars().count());
            format!("{row}{}╰ {}", " ".repeat(gap), label.text)
        });
        return if row.is_empty() { Vec::new() } else { vec![row] };
    }
    let row = |last: usize| {
        labels.iter().take(last + 1).enumerate().fold(String::new(), |row, (at, label)| {
            let gap = " ".repeat(label.column.saturating_sub(row.chars().count()));
            match at == last {
                true => format!("{row}{gap}╰ {}", label.text),
                false => format!("{row}{gap}│"),
            }
        })
    };
    (0..labels.len()).rev().map(row).collect()
}

/// The lines of a condition, by their bytes: as written, and one that is too long at its `&&` and
/// `||`: the outermost, and where that is not enough all.
fn pieces(condition: &str) -> Vec<(usize, usize)> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for line in condition.split_inclusive('\n') {
        let piece = trimmed(condition, from, from + line.len());
        for outer in broken(condition, piece, |depth| depth == 0) {
            pieces.extend(broken(condition, outer, |_| true));
        }
        from += line.len();
    }
    pieces.retain(|(from, to)| from < to);
    pieces
}

/// `piece` broken before each operator at a depth that `may` allow, where it is too long.
fn broken(
    condition: &str,
    (from, to): (usize, usize),
    may: impl Fn(usize) -> bool,
) -> Vec<(usize, usize)> {
    let text = condition.get(from..to).unwrap_or_default();
    if text.chars().count() <= WIDEST {
        return vec![(from, to)];
    }
    let (mut depth, mut quote, mut escaped) = (0_usize, None, false);
    let mut cuts = vec![from];
    for (at, c) in text.char_indices() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None => match c {
                '"' | '\'' => quote = Some(c),
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                '&' | '|' if may(depth) && at > 0 => {
                    let rest = text.get(at..).unwrap_or_default();
                    if rest.starts_with("&&") || rest.starts_with("||") {
                        cuts.push(from + at);
                    }
                }
                _ => {}
            },
        }
    }
    cuts.push(to);
    let pairs = cuts.windows(2);
    pairs.filter_map(|pair| Some(trimmed(condition, *pair.first()?, *pair.get(1)?))).collect()
}

/// The bytes without the blanks at both ends.
fn trimmed(condition: &str, from: usize, to: usize) -> (usize, usize) {
    let text = condition.get(from..to).unwrap_or_default();
    let lead = text.len() - text.trim_start().len();
    (from + lead.min(text.len()), from + text.trim_end().len().max(lead))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::fixture;

    fn read(condition: &str, fact: &str, value: i64, holds: Option<bool>) -> Read {
        let start = condition.find(fact).unwrap();
        let at = Some((start, start + fact.len()));
        Read { at, holds, ..fixture::read(fact, value.into()) }
    }

    fn told(condition: &str, read: Vec<Read>) -> String {
        let mut of = fixture::requirement(condition);
        of.read = read;
        let mut out = String::new();
        write(&mut out, &of);
        out
    }

    #[test]
    fn values_stand_under_their_names() {
        let text = "tests.failed == 0 && coverage.lines.pct >= 80";
        let reads = vec![
            read(text, "tests.failed", 0, Some(true)),
            read(text, "coverage.lines.pct", 78, Some(false)),
        ];
        let expected = "    tests.failed == 0 && coverage.lines.pct >= 80\n    \
                        ╰ 0 ✓                ╰ 78 ✕\n";
        assert_eq!(told(text, reads), expected);
    }

    #[test]
    fn values_without_room_stand_below_each_other() {
        let text = "a.b + c.d == 0";
        let reads = vec![
            read(text, "a.b", 1200, None),
            read(text, "c.d", 3400, None),
            read(text, "a.b + c.d", 4600, Some(false)),
        ];
        let expected = "    a.b + c.d == 0\n    │     ╰ 3400\n    \
                        ╰ 1200; a.b + c.d is 4600 ✕\n";
        assert_eq!(told(text, reads), expected);
    }

    #[test]
    fn a_long_condition_is_told_piece_by_piece() {
        let long = "data.a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p == \"x && y\"";
        let text = format!("{long} && {long} || ({long} && {long})");
        let out = told(&text, Vec::new());
        let lines: Vec<&str> = out.lines().map(str::trim).collect();
        assert_eq!(lines.len(), 4, "{out}");
        assert!(lines[1].starts_with("&& data") && lines[2].starts_with("|| (data"), "{out}");
        let joined = lines.join(" ");
        assert_eq!(joined, text, "nothing is lost");
    }

    #[test]
    fn a_value_without_a_place_is_told_by_its_name() {
        let loose = vec![fixture::read("ci.jobs", serde_json::json!(["a", "b"]))];
        let told = told("ci.jobs.all(j, true)", loose);
        assert_eq!(told, "    ci.jobs.all(j, true)\n    ci.jobs = a list of 2\n");
    }
}
