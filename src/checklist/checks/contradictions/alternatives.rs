//! Remarks that list the states that there are (`passed | failed`), and say none of the item.

/// What a state may be beside those that a remark is looked through for.
const OTHERS: [&str; 8] =
    ["declined", "denied", "failed", "failing", "invalid", "missing", "open", "rejected"];

/// `pending, approved, rejected`, `pending | done`, `done/blocked`: a list of states in small letters,
/// not all of them among those `looked_for`.
pub(super) fn is_list(note: &str, looked_for: &[&str]) -> bool {
    if !is_joined(note) {
        return false;
    }
    let listed = split(note, &[","]);
    let words = listed.len() > 2 && listed.iter().all(|part| is_one_word(part));
    words || is_choice(note, looked_for, looked_for)
}

/// `passed | issues_found`, `passed, failed`: where `looked_for` may be said, another state may be so
/// too. Of words with a comma one must be a state of another kind, for `done, deployed` is both.
pub(super) fn may_be_otherwise(note: &str, looked_for: &[&str], others: &[&str]) -> bool {
    if !is_joined(note) {
        return false;
    }
    let listed = split(note, &[","]);
    let other = |part: &&str| OTHERS.contains(part) || others.contains(part);
    let commas = listed.len() > 1 && listed.iter().all(|part| is_state(part, others));
    commas && listed.iter().any(other) || is_choice(note, looked_for, others)
}

/// Cheap: whether a remark may name several states.
fn is_joined(note: &str) -> bool {
    note.bytes().any(|byte| matches!(byte, b',' | b'|' | b'/')) || note.contains(" or ")
}

/// Two or more states joined by `|`, `/` or `or`, and one of them not `looked_for`.
fn is_choice(note: &str, looked_for: &[&str], known: &[&str]) -> bool {
    const JOINTS: [&str; 4] = ["|", "/", " or ", ","];
    let joined = JOINTS.iter().take(3).any(|joint| note.contains(joint));
    let parts = split(note, &JOINTS);
    joined
        && parts.len() > 1
        && parts.iter().all(|part| is_state(part, known))
        && parts.iter().any(|part| !looked_for.contains(part))
}

/// The parts of a remark between `joints`.
fn split<'n>(note: &'n str, joints: &[&str]) -> Vec<&'n str> {
    let mut parts = vec![note];
    for joint in joints {
        parts = parts.into_iter().flat_map(|part| part.split(joint)).collect();
    }
    parts.into_iter().map(str::trim).collect()
}

/// A word, or words that are one of the `known` states.
fn is_state(part: &str, known: &[&str]) -> bool {
    is_one_word(part) || known.contains(&part)
}

fn is_one_word(part: &str) -> bool {
    let letters = part.chars().all(|c| c.is_alphabetic() || matches!(c, '_' | '-'));
    letters && part.starts_with(char::is_alphabetic)
}
