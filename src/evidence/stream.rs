//! JSON values one after another: JSON Lines, pretty-printed or not, with log lines between.

use serde::Deserialize;

use super::{Broken, json};
use crate::model::{Reading, Rule, counted, plural};

/// The lines between the values.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Between<'a> {
    /// How many.
    pub lines: u64,
    /// The first that tells of a failure.
    pub trouble: Option<&'a str>,
}

impl Between<'_> {
    /// Warns of the lines, and doubts the reading where one tells of a failure.
    pub(super) fn settle(&self, reading: &mut Reading) {
        if self.lines > 0 {
            let lines = counted(self.lines, "line");
            reading.warn(format!("{lines} that {} no JSON passed over.", plural(self.lines, "is")));
        }
        if let Some(said) = self.trouble.and_then(super::text::title) {
            let why = format!("A line between the JSON tells of a failure. It says: {said}");
            reading.doubt(Rule::ToolFailed, why);
        }
    }
}

/// Hands over each value; says what lines that are no JSON stood between them. A value that
/// begins and does not end, or is of another shape, is a fault.
pub(super) fn documents<'a, T: Deserialize<'a>>(
    text: &'a str,
    mut each: impl FnMut(T),
) -> Result<Between<'a>, Broken> {
    let mut skipped = Between::default();
    let mut at = 0;
    while let Some(start) = next_value(text, &mut at, &mut skipped) {
        let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter::<T>();
        match values.next() {
            Some(Ok(value)) => each(value),
            Some(Err(error)) => return Err(placed(text, start, &error)),
            None => break,
        }
        at = start + values.byte_offset().max(1);
    }
    Ok(skipped)
}

/// Where the next map begins. A line that begins with anything else is passed over; on the rest of
/// a line that holds a value already, only a further map is expected.
fn next_value<'a>(text: &'a str, at: &mut usize, skipped: &mut Between<'a>) -> Option<usize> {
    loop {
        let rest = text.get(*at..)?;
        let trimmed = rest.trim_start();
        if trimmed.is_empty() {
            return None;
        }
        *at += rest.len() - trimmed.len();
        if trimmed.starts_with('{') {
            return Some(*at);
        }
        let end = trimmed.find('\n').map_or(trimmed.len(), |end| end + 1);
        let line = trimmed.get(..end).unwrap_or_default().trim_end();
        skipped.lines += 1;
        skipped.trouble =
            skipped.trouble.or(Some(line).filter(|line| super::text::tells_of_failure(line)));
        *at += end;
    }
}

/// The fault with its line in the whole text.
fn placed(text: &str, start: usize, error: &serde_json::Error) -> Broken {
    let before = text[..start].matches('\n').count();
    let line = before + error.line();
    if error.is_eof() {
        return Broken::new(format!("The file ends in the middle of its JSON, at line {line}."));
    }
    let Broken(told) = json::fault(error);
    let told = told.split_once(": ").map_or(told.as_str(), |(_, told)| told);
    Broken::new(format!("At line {line}: {told}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::IgnoredAny;

    fn count(text: &str) -> Result<(u64, u64), Broken> {
        let mut values = 0;
        let skipped = documents::<IgnoredAny>(text, |_| values += 1)?;
        Ok((values, skipped.lines))
    }

    #[test]
    fn values_follow_one_another_with_or_without_lines() {
        assert_eq!(count("{}{}\n{\n}\n"), Ok((3, 0)));
        assert_eq!(count("# log\n{\"a\":1}\nok  \tpkg\n{}\n"), Ok((2, 2)));
        assert_eq!(count(""), Ok((0, 0)));
    }

    #[test]
    fn a_cut_value_is_a_fault() {
        assert!(count("{}\n{\"a\":").unwrap_err().0.contains("line 2"));
        assert!(count("{}\n{a}").is_err());
    }
}
