//! Licences as bills name them: several in one text, and one under several spellings.

use super::Evaluation;
use crate::condition::Undecided;
use crate::condition::tree::Node;

impl Evaluation<'_> {
    /// Refuses to say that a licence is none of which it is a part, for of several a tool makes one
    /// text, and none that is spelled in another way.
    pub(super) fn is_whole_licence(
        &self,
        node: &Node,
        text: &str,
        sought: &str,
        asks: impl Fn(&str) -> bool,
    ) -> Result<(), Undecided> {
        let of_licence = self
            .member_of_entry(node)
            .is_some_and(|(noun, _, member)| (noun, member) == ("component", "licence"));
        if !of_licence {
            return Ok(());
        }
        if !licences(text).any(&asks) {
            let other = licences(text).chain([text]).flat_map(spellings).find(|other| asks(other));
            let Some(other) = other else { return Ok(()) };
            let why = format!(
                "{node} is {text}, which may be {other}, and {sought} asks for that: tools spell it in \
                 both ways. Ask for {text} as well."
            );
            return Err(Undecided::Missing { why });
        }
        let why = format!(
            "{node} is {text}, of which {sought} is a part: it neither is that nor another. Ask for \
             {node}.contains(…)."
        );
        Err(Undecided::Missing { why })
    }
}

/// The licences of an expression or a list.
fn licences(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split([',', '(', ')', '/']);
    let parts = parts.flat_map(|part| part.split(" OR ")).flat_map(|part| part.split(" AND "));
    parts.map(str::trim).filter(|part| !part.is_empty())
}

/// How else a licence of GNU is written: by SPDX today and before, by letters, by its name. What is
/// said to be of later versions too is not of one alone.
fn spellings(licence: &str) -> Vec<String> {
    let lower = licence.to_lowercase();
    let Some(family) = family(&lower) else { return Vec::new() };
    let digits = |c: char| c.is_ascii_digit() || c == '.';
    let version = lower.find(|c: char| c.is_ascii_digit()).and_then(|at| lower.get(at..));
    let version = version.map(|rest| rest.split(|c| !digits(c)).next().unwrap_or(rest));
    let Some(version) = version.map(|version| version.trim_matches('.')) else {
        return vec![family.to_owned()];
    };
    let short = version.strip_suffix(".0").unwrap_or(version);
    let long = if short.contains('.') { short.to_owned() } else { format!("{short}.0") };
    let bare =
        [format!("{family}-{long}"), format!("{family}v{short}"), format!("{family}-{short}")];
    let only = [format!("{family}-{long}-only")];
    let later = [
        format!("{family}-{long}-or-later"),
        format!("{family}-{long}+"),
        format!("{family}v{short}+"),
    ];
    let is_later = lower.contains("or-later") || lower.contains("or later") || lower.ends_with('+');
    let is_only = lower.ends_with("-only") || lower.ends_with(" only");
    let of = |lists: &[&[String]]| lists.concat();
    match (is_only, is_later) {
        (true, _) => of(&[&bare, &only]),
        (_, true) => of(&[&bare, &later]),
        _ => of(&[&bare, &only, &later]),
    }
}

/// The family that a licence of GNU belongs to.
fn family(lower: &str) -> Option<&'static str> {
    let named = |letters: &str, word: &str| lower.starts_with(letters) || lower.contains(word);
    if named("agpl", "affero") {
        Some("AGPL")
    } else if named("lgpl", "lesser general public") || lower.contains("library general public") {
        Some("LGPL")
    } else if named("gpl", "general public license") {
        Some("GPL")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::spellings;

    #[test]
    fn a_licence_is_spelled_in_several_ways() {
        for (licence, other) in [
            ("GPL-3.0", "GPL-3.0-only"),
            ("GPL-3.0-only", "GPL-3.0"),
            ("GPL-3.0-or-later", "GPL-3.0"),
            ("GPLv3", "GPL-3.0"),
            ("GPL-2", "GPL-2.0-only"),
            ("LGPL-2.1-only", "LGPL-2.1"),
            ("GNU General Public License, version 3", "GPL-3.0"),
            ("GNU Affero General Public License v3", "AGPL-3.0-only"),
            ("GNU Lesser General Public License v2.1 or later", "LGPL-2.1-or-later"),
            ("GNU General Public License", "GPL"),
        ] {
            assert!(spellings(licence).contains(&other.to_owned()), "{licence}: {other}");
        }
        for (licence, other) in [
            ("GPL-2.0-only", "GPL-3.0"),
            ("GPL-3.0-only", "GPL-3.0-or-later"),
            ("LGPL-3.0", "GPL-3.0"),
            ("MIT", "GPL-3.0"),
            ("Mozilla Public License 2.0", "GPL-2.0"),
        ] {
            assert!(!spellings(licence).contains(&other.to_owned()), "{licence}: {other}");
        }
    }
}
