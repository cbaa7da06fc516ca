//! Signs that people use as a status, drawn or by their name on GitHub (`:white_check_mark:`), and
//! what each says.

use crate::model::Claim;

/// The status that `text` begins with, and where what follows it begins.
pub(in crate::checklist) fn leading(text: &str) -> Option<(Claim, usize)> {
    let trimmed = text.trim_start_matches([' ', '*', '_']);
    let start = text.len() - trimmed.len();
    if let Some(rest) = trimmed.strip_prefix(':') {
        let name = rest.get(..rest.find(':')?)?;
        return Some((claim_of(named(name)?)?, start + name.len() + 2));
    }
    let mut chars = trimmed.chars();
    let first = chars.next()?;
    // `√` is typed for a tick, and `√2` is a root.
    let ticks = first == '√' && chars.next().is_none_or(|next| next.is_whitespace() || next == '*');
    let claim = if ticks { Claim::Done } else { claim_of(first)? };
    let mut end = start + first.len_utf8();
    while let Some(next) = text.get(end..).and_then(|rest| rest.chars().next())
        && matches!(next, '\u{fe0f}' | '\u{fe0e}' | '\u{200d}' | '♂' | '♀')
    {
        end += next.len_utf8();
    }
    Some((claim, end))
}

/// The status that `text` ends with, and where that begins.
pub(in crate::checklist) fn trailing(text: &str) -> Option<(Claim, usize)> {
    let closed = text.trim_end_matches(['\u{fe0f}', '\u{fe0e}', ' ', '.', '!', '*', '_']);
    if let Some(lead) = closed.strip_suffix(':') {
        let start = lead.rfind(':')?;
        return Some((claim_of(named(lead.get(start + 1..)?)?)?, start));
    }
    let last = closed.chars().next_back()?;
    Some((claim_of(last)?, closed.len() - last.len_utf8()))
}

/// Whether `text` ends with a sign for done.
pub(in crate::checklist) fn ends_done(text: &str) -> bool {
    trailing(text).is_some_and(|(claim, _)| claim == Claim::Done)
}

/// Every sign of `text` in its order.
pub(in crate::checklist) fn all(text: &str) -> Vec<Claim> {
    let drawn = |(at, c): (usize, char)| Some((at, claim_of(c)?));
    let spelled = |(at, _): (usize, &str)| Some((at, leading(text.get(at..)?)?.0));
    let mut found: Vec<(usize, Claim)> = text.char_indices().filter_map(drawn).collect();
    found.extend(text.match_indices(':').filter_map(spelled));
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, claim)| claim).collect()
}

/// What a sign says. A cross on green and an empty circle are drawn for both: neither is done.
fn claim_of(c: char) -> Option<Claim> {
    match c {
        '✅' | '✔' | '☑' | '✓' | '🟢' | '🟩' | '🆗' | '🎉' => Some(Claim::Done),
        '❌' | '❎' | '✗' | '✘' | '✖' | '☒' | '☐' | '⬜' | '🔲' | '⚪' | '⭕' | '🔴' | '🟥'
        | '⛔' | '❗' | '🚫' | '🛑' => Some(Claim::Open),
        '⏳' | '⌛' | '🔄' | '🚧' | '🟡' | '🟨' | '🟠' | '🟧' | '🔵' | '⚠' | '🔶' | '🔜' | '⏸'
        | '🏗' => Some(Claim::InProgress),
        '➖' | '⏭' => Some(Claim::Cancelled),
        '🎯' => Some(Claim::None),
        _ => None,
    }
}

/// What GitHub calls the signs.
const NAMES: [(&str, char); 36] = [
    ("arrows_counterclockwise", '🔄'),
    ("ballot_box_with_check", '☑'),
    ("black_square_button", '🔲'),
    ("building_construction", '🏗'),
    ("construction", '🚧'),
    ("dart", '🎯'),
    ("exclamation", '❗'),
    ("green_circle", '🟢'),
    ("green_square", '🟩'),
    ("heavy_check_mark", '✔'),
    ("heavy_exclamation_mark", '❗'),
    ("heavy_minus_sign", '➖'),
    ("heavy_multiplication_x", '✖'),
    ("hourglass", '⌛'),
    ("hourglass_flowing_sand", '⏳'),
    ("large_blue_circle", '🔵'),
    ("large_orange_diamond", '🔶'),
    ("negative_squared_cross_mark", '❎'),
    ("next_track_button", '⏭'),
    ("no_entry", '⛔'),
    ("no_entry_sign", '🚫'),
    ("o", '⭕'),
    ("ok", '🆗'),
    ("orange_circle", '🟠'),
    ("pause_button", '⏸'),
    ("red_circle", '🔴'),
    ("red_square", '🟥'),
    ("soon", '🔜'),
    ("stop_sign", '🛑'),
    ("tada", '🎉'),
    ("warning", '⚠'),
    ("white_check_mark", '✅'),
    ("white_circle", '⚪'),
    ("white_large_square", '⬜'),
    ("x", '❌'),
    ("yellow_circle", '🟡'),
];

/// The sign that GitHub draws for `:name:`.
fn named(name: &str) -> Option<char> {
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_lead_and_end() {
        assert_eq!(leading("✅ a"), Some((Claim::Done, 3)));
        assert_eq!(leading("**⚠️ a"), Some((Claim::InProgress, 8)));
        assert_eq!(leading("a ✅"), None);
        assert_eq!((leading("√"), leading("√2")), (Some((Claim::Done, 3)), None));
        assert_eq!(leading(""), None);
        assert_eq!(trailing("a ❌."), Some((Claim::Open, 2)));
        assert!(ends_done("a ✅.") && ends_done("a ✔️") && !ends_done("a ❌"));
    }

    #[test]
    fn a_sign_may_be_called_by_its_name() {
        assert_eq!(leading(" :white_check_mark: a"), Some((Claim::Done, 19)));
        assert_eq!(leading(":x:"), Some((Claim::Open, 3)));
        assert_eq!(trailing("a :warning:."), Some((Claim::InProgress, 2)));
        for text in [":rocket: a", ": a", ":", "::", "at 10:30:", "x: a"] {
            assert_eq!((leading(text), trailing(text)), (None, None), "{text}");
        }
    }

    #[test]
    fn what_is_no_clear_sign_for_done_is_none() {
        for text in ["❎", "⭕", ":o:", ":negative_squared_cross_mark:"] {
            assert_eq!(leading(text).map(|(claim, _)| claim), Some(Claim::Open), "{text}");
        }
        assert!(NAMES.iter().all(|(_, sign)| claim_of(*sign).is_some()));
        assert_eq!(all("✅ a :x: ⏳"), [Claim::Done, Claim::Open, Claim::InProgress]);
        assert_eq!(all("at 10:30:12"), []);
    }
}
