//! Which commits a message says that its own was copied from: `(cherry picked from commit 4f2c9e1…)`.

use crate::sources::git::commit::lossy;

/// How git, and the buttons of forges, say it; in small letters.
const SAID: [&str; 2] = ["cherry picked from commit ", "cherry-picked from commit "];

/// The fewest digits by which git names a commit.
const SHORTEST: usize = 7;

/// The ids, in small letters and as long as they are written: the first is the oldest, for each copy
/// of a copy adds a line.
pub(super) fn picked_from(message: &[u8]) -> Vec<String> {
    const WORD: &[u8] = b"picked from";
    if !message.windows(WORD.len()).any(|part| part.eq_ignore_ascii_case(WORD)) {
        return Vec::new();
    }
    let text = lossy(message).to_ascii_lowercase();
    let behind = SAID.iter().flat_map(|said| {
        text.match_indices(said).map(|(at, said)| (at, text.get(at + said.len()..).unwrap_or("")))
    });
    let mut found: Vec<(usize, String)> = behind
        .filter_map(|(at, rest)| {
            let rest = rest.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
            let id: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
            (id.len() >= SHORTEST).then_some((at, id))
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, id)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_names_what_it_is_of() {
        for (message, told) in [
            ("keys\n\n(cherry picked from commit 0123456789)\n", &["0123456789"][..]),
            ("keys\n\nCherry-picked from commit `ABCDEF0`.", &["abcdef0"]),
            (
                "keys\n\n(cherry picked from commit abcdef0)\n(cherry picked from commit abcdef1)",
                &["abcdef0", "abcdef1"],
            ),
            ("keys\n\n(cherry picked from commit abc)", &[]),
            ("cherry picked from the branch next", &[]),
            ("keys", &[]),
        ] {
            assert_eq!(picked_from(message.as_bytes()), told, "{message}");
        }
    }
}
