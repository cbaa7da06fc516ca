//! Figures that a text is asked for and holds as a part of another: `0 errors` stands in `10 errors`, and
//! `1.5.0` in `1.5.0-rc.1`.

use super::Evaluation;
use crate::condition::Undecided;
use crate::condition::tree::{Function, Node};

/// From so many hexadecimal digits on it is a digest, of which a beginning means the whole.
const DIGEST: usize = 7;

impl Evaluation<'_> {
    /// Refuses that `text` holds `part`, begins or ends with it, where the figure at an end of `part` is
    /// everywhere the half of another.
    pub(super) fn is_whole_number(
        &mut self,
        function: Function,
        (on, text): (&Node, &str),
        (with, part): (&Node, &str),
    ) -> Result<(), Undecided> {
        self.spend(text.len() as u64 / 64)?;
        let ends = text.len().checked_sub(part.len()).filter(|at| text.get(*at..) == Some(part));
        let mut places: Vec<usize> = match function {
            Function::Contains => text.match_indices(part).map(|(at, _)| at).collect(),
            Function::StartsWith => text.starts_with(part).then_some(0).into_iter().collect(),
            Function::EndsWith => ends.into_iter().collect(),
            _ => return Ok(()),
        };
        let found = places.len();
        places.retain(|at| is_cut(text, *at, part));
        if places.is_empty() || places.len() < found {
            return Ok(());
        }
        let why = format!(
            "{on} holds {with} only where it is a part of another number or version: neither that nor another. Ask \
             by matches(\"…\") with what may stand around it."
        );
        Err(Undecided::Missing { why })
    }
}

/// Whether a number at either end of `part` goes on in `text`, where `part` stands at `at`.
fn is_cut(text: &str, at: usize, part: &str) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let after = text.get(at + part.len()..).unwrap_or_default();
    begins_cut(before, part) || ends_cut(part, after)
}

/// `0 errors` behind `1`, `1.` or `1,`.
fn begins_cut(before: &str, part: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    part.starts_with(digit)
        && before.strip_suffix(['.', ',']).unwrap_or(before).ends_with(digit)
        && !is_digest(part.split(|c: char| !c.is_ascii_hexdigit()).next())
}

/// `errors: 1` before `0`; before `.5` where it is no version.
fn ends_cut(part: &str, after: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let of_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let (lead, figure) = part.split_at(part.trim_end_matches(of_figure).len());
    let is_count = !figure.contains(['.', ',']) && !lead.ends_with(|c: char| !c.is_whitespace());
    let goes_on = after.starts_with(digit)
        || is_of_another_version(figure, after)
        || is_count && after.strip_prefix(['.', ',']).is_some_and(|rest| rest.starts_with(digit));
    // `CVE-2021-4422` and `node20` are names, and a beginning of one is asked for as such.
    let is_figure =
        lead.is_empty() || lead.ends_with(|c: char| c.is_whitespace() || ":=#([\"'v".contains(c));
    figure.ends_with(digit)
        && is_figure
        && goes_on
        && !is_digest(part.rsplit(|c: char| !c.is_ascii_hexdigit()).next())
}

/// Whether a version is the beginning of a longer one, or of what comes before it: `1.5.0` of `1.5.0.1`
/// and of `1.5.0-rc.1`. `1.4` is a series, and `1.4.2` one of it.
fn is_of_another_version(version: &str, after: &str) -> bool {
    const BEFORE: [&str; 17] = [
        "alpha",
        "a",
        "beta",
        "b",
        "canary",
        "cr",
        "c",
        "dev",
        "m",
        "milestone",
        "next",
        "nightly",
        "preview",
        "pre",
        "rc",
        "snapshot",
        "ea",
    ];
    let dots = version.matches('.').count();
    let rest = after.strip_prefix(['-', '.', '_', '~']);
    let word = rest.unwrap_or(after);
    let comes_before = |name: &str| {
        let behind = word.get(..name.len()).filter(|begin| begin.eq_ignore_ascii_case(name));
        let behind = behind.and_then(|_| word.get(name.len()..));
        // A letter alone is one where a number follows: `1.5.0b2`.
        behind.is_some_and(|behind| match name.len() {
            1 => behind.starts_with(|c: char| c.is_ascii_digit()),
            _ => !behind.starts_with(char::is_alphabetic),
        })
    };
    let longer = || {
        after.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    dots >= 2 && longer() || dots >= 1 && BEFORE.iter().any(|name| comes_before(name))
}

fn is_digest(end: Option<&str>) -> bool {
    end.is_some_and(|end| end.len() >= DIGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_goes_on_where_a_digit_stands_beside_it() {
        for (text, part) in [
            ("10 errors", "0 errors"),
            ("1,000 errors", "000 errors"),
            ("1.0 errors", "0 errors"),
            ("errors: 12", "errors: 1"),
            ("errors: 0.5", "errors: 0"),
            ("## 1.10.0", "## 1.1"),
            ("v12.0.1", "v1"),
            ("11.5.0", "1.5.0"),
            ("## 1.50.0", "## 1.5"),
            ("## 1.5.0-rc.1", "1.5.0"),
            ("v1.5.0-rc.1", "v1.5.0"),
            ("1.5.0.1", "1.5.0"),
            ("1.5.0b2", "1.5.0"),
            ("1.5-SNAPSHOT", "1.5"),
        ] {
            assert!(is_cut(text, text.find(part).unwrap(), part), "{text}: {part}");
        }
        for (text, part) in [
            ("Found 0 errors.", "0 errors"),
            ("errors: 0, warnings: 2", "errors: 0"),
            ("errors: 0.", "errors: 0"),
            ("FROM node:20.11", "node:20"),
            ("v1.2.3", "v1"),
            ("## 1.4.2", "## 1.4"),
            ("## 1.5.0 - 2026-11-20", "1.5.0"),
            ("FROM node:20.11.1-alpine", "node:20.11.1"),
            ("Since 1.5.0.", "1.5.0"),
            ("1.5.0-prefixed", "1.5.0"),
            ("4f2c9e1407", "4f2c9e1"),
            ("x0 errors", "0 errors"),
            ("CVE-2021-44228", "CVE-2021-4422"),
        ] {
            assert!(!is_cut(text, text.find(part).unwrap(), part), "{text}: {part}");
        }
    }
}
