//! The failing tests: what each says first, and from the sixth on the rest of it folded.

use serde::Serialize;

use crate::render::site::parts::readings::Case;

/// The tests whose whole message stands open, and the lines that stand open of the others.
const WHOLE: usize = 5;
const LINES: usize = 3;

/// A test that did not pass.
#[derive(Serialize)]
pub(super) struct Failed {
    anchor: String,
    of: Case,
    /// What stands open of its message.
    message: Option<String>,
    /// What is folded, and how many lines that is.
    trace: Option<String>,
    folded: usize,
}

/// In the order of the file.
pub(super) fn of(cases: impl Iterator<Item = Case>) -> Vec<Failed> {
    let failed = |(at, mut of): (usize, Case)| {
        let message = of.message.take();
        let cut = message.as_deref().filter(|_| at >= WHOLE).and_then(parted);
        Failed {
            anchor: format!("_case-{}", at + 1),
            of,
            folded: cut.map_or(0, |(_, trace)| trace.lines().count()),
            trace: cut.map(|(_, trace)| trace.to_owned()),
            message: cut.map(|(open, _)| open.to_owned()).or(message),
        }
    };
    cases.enumerate().map(failed).collect()
}

/// The first lines and the others; `None` where folding would hide no more than it shows.
fn parted(message: &str) -> Option<(&str, &str)> {
    let (end, _) = message.match_indices('\n').nth(LINES - 1)?;
    let (open, trace) = (&message[..end], &message[end + 1..]);
    (trace.lines().count() > LINES).then_some((open, trace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_messages_are_folded_after_their_first_lines() {
        let lines = |count: usize| (1..=count).map(|n| format!("{n}\n")).collect::<String>();
        assert_eq!(parted(&lines(7)), Some(("1\n2\n3", "4\n5\n6\n7\n")));
        assert_eq!(parted(&lines(6)), None);
        assert_eq!(parted("one"), None);
    }
}
