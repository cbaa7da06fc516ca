//! Emoji and signs that people use as a status, and what each says.

use crate::model::Claim;

/// The status that `text` begins with, and where what follows it begins.
pub(in crate::checklist) fn leading(text: &str) -> Option<(Claim, usize)> {
    let trimmed = text.trim_start_matches([' ', '*', '_']);
    let first = trimmed.chars().next()?;
    let claim = claim_of(first)?;
    let mut end = text.len() - trimmed.len() + first.len_utf8();
    while let Some(next) = text.get(end..).and_then(|rest| rest.chars().next())
        && matches!(next, '\u{fe0f}' | '\u{fe0e}' | '\u{200d}' | '♂' | '♀')
    {
        end += next.len_utf8();
    }
    Some((claim, end))
}

/// Whether `text` ends with a sign for done.
pub(in crate::checklist) fn ends_done(text: &str) -> bool {
    let last = text.trim_end_matches(['\u{fe0f}', ' ', '.', '!', '*']).chars().next_back();
    last.and_then(claim_of) == Some(Claim::Done)
}

fn claim_of(c: char) -> Option<Claim> {
    match c {
        '✅' | '✔' | '☑' | '✓' | '🟢' | '🆗' | '🎉' => Some(Claim::Done),
        '❌' | '✗' | '✘' | '✖' | '☒' | '☐' | '⬜' | '🔲' | '🔴' | '⛔' | '❗' | '🚫' => {
            Some(Claim::Open)
        }
        '⏳' | '⌛' | '🔄' | '🚧' | '🟡' | '🟠' | '⚠' | '🔶' | '🔜' | '⏸' | '🏗' => {
            Some(Claim::InProgress)
        }
        '➖' | '⏭' => Some(Claim::Cancelled),
        '🎯' => Some(Claim::None),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_lead_and_end() {
        assert_eq!(leading("✅ a"), Some((Claim::Done, 3)));
        assert_eq!(leading("**⚠️ a"), Some((Claim::InProgress, 8)));
        assert_eq!(leading("a ✅"), None);
        assert_eq!(leading(""), None);
        assert!(ends_done("a ✅.") && ends_done("a ✔️") && !ends_done("a ❌"));
    }
}
