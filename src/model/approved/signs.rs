//! Which signs only set, part or decorate a text: those of closed lists. Every other sign says something.

/// Emoji that decorate what they stand beside.
#[rustfmt::skip]
const ORNAMENTS: [char; 67] = [
    '⏰', '⏱', '⚙', '⚡', '✍', '✏', '✨', '⭐', '🌍', '🌎', '🌏', '🌐', '🌟', '🎉', '🎊', '🎯', '🏁', '🏗', '🐛', '🐞', '👀', '👤',
    '👥', '💡', '💬', '💻', '💾', '📁', '📂', '📄', '📅', '📆', '📈', '📊', '📋', '📌', '📍', '📎', '📑', '📖', '📚', '📝', '📞', '📢',
    '📣', '📦', '📧', '📱', '🔍', '🔎', '🔐', '🔑', '🔒', '🔔', '🔗', '🔥', '🔧', '🔨', '🗂', '🗓', '🗺', '🙌', '🚀', '🚢', '🛠', '🛡',
    '🧪',
];

/// The letters of flags, and the tags by which a part of a country has its own.
pub(super) fn is_flag(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f3f4}' | '\u{e0020}'..='\u{e007f}')
}

/// Whether a character only sets, decorates or parts what is said.
pub(super) fn is_silent(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || "_`\"'.,;:()[]{}|\\".contains(c)
        || ORNAMENTS.contains(&c)
        || matches!(c,
            '«' | '»' | '·' | '¡' | '¿' | '\u{ad}' | '‹' | '›' | '\u{2010}'..='\u{201f}' | '\u{2022}'..='\u{202f}'
            | '\u{2060}'..='\u{206f}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ff01}' | '\u{ff08}' | '\u{ff09}' | '\u{ff0c}' | '\u{ff0e}' | '\u{ff1a}' | '\u{ff1b}'
            | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Where a `*` of `text` opens or closes an emphasis, in order; any other is a glob or a product.
pub(super) fn emphasis(text: &str) -> Vec<usize> {
    let is_mark = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let mut open: Vec<std::ops::Range<usize>> = Vec::new();
    let mut sets = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find('*')).map(|found| at + found) {
        let behind = text.get(start..).unwrap_or_default().trim_start_matches('*');
        at = text.len() - behind.len();
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let after = behind.chars().next();
        let opens = !is_blank(after) && (!is_mark(after) || is_blank(before) || is_mark(before));
        let closes = !is_blank(before) && (!is_mark(before) || is_blank(after) || is_mark(after));
        let length = at - start;
        match open.iter().rposition(|run| run.len() == length).filter(|_| closes) {
            Some(of) => {
                sets.extend(open.drain(of..).next().into_iter().flatten());
                sets.extend(start..at);
            }
            None if opens => open.push(start..at),
            None => {}
        }
    }
    sets.sort_unstable();
    sets
}
