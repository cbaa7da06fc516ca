//! The version that a heading is of: what stands below "v1.3" is not of a package that says that it is 1.4.0.
//!
//! A release is prepared before its number is raised, so the next version above the package's own is this one.

use std::sync::LazyLock;

use regex::Regex;

use super::surroundings::Around;
use crate::facts::Value;

/// Its numbers, the first before the last: `1.4.0`.
type Version = Vec<u64>;

/// "v1.3", "Release 1.3", "version 1.3", "1.3 release".
static SAID: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let number = r"\d+(?:\.\d+){0,3}";
    let several = r"\d+(?:\.\d+){1,3}";
    let said = format!(
        r"(?i)(?:^|[^\w.])(?:v({number})|(?:release|version) v?({several})|({several}) release)(?:[^\w.]|\.?$)"
    );
    Regex::new(&said).ok()
});

/// Words before a version that it is of: "TLS v1.2".
const OF_ANOTHER: [&str; 10] =
    ["api", "tls", "ssl", "schema", "protocol", "http", "oauth", "openapi", "node", "python"];

/// Manifests that say the version of their package, each with where.
const MANIFESTS: [(&str, &[&str]); 7] = [
    ("package.json", &["version"]),
    ("Cargo.toml", &["package", "version"]),
    ("Cargo.toml", &["workspace", "package", "version"]),
    ("pyproject.toml", &["project", "version"]),
    ("pyproject.toml", &["tool", "poetry", "version"]),
    ("composer.json", &["version"]),
    ("pubspec.yaml", &["version"]),
];

/// The version of a package, and of the release that is prepared.
#[derive(Default)]
pub(super) struct Versions {
    own: Option<Version>,
    /// The lowest above it of which the document speaks.
    next: Option<Version>,
}

impl Versions {
    /// Those of the package in `folder`, for a document with `headings`.
    pub(super) fn of<'h>(
        folder: Option<&str>,
        headings: impl Iterator<Item = &'h str>,
        around: &Around<'_>,
    ) -> Versions {
        let Some(own) = own(folder, around) else { return Versions::default() };
        let above = headings.filter_map(said).filter(|of| is_above(of, &own));
        Versions { next: above.min(), own: Some(own) }
    }

    /// Whether `text` names a version that is neither the package's own nor the next.
    pub(super) fn is_another(&self, text: &str) -> bool {
        let (Some(own), Some(said)) = (&self.own, said(text)) else { return false };
        match is_above(&said, own) {
            true => self.next.as_ref().is_some_and(|next| said > *next),
            false => !own.starts_with(&said) && !said.starts_with(own),
        }
    }
}

fn is_above(version: &Version, own: &Version) -> bool {
    version > own && !version.starts_with(own)
}

/// The version that `text` names.
fn said(text: &str) -> Option<Version> {
    let found = SAID.as_ref()?.captures(text)?;
    let before = text.get(..found.get(0)?.start())?.to_lowercase();
    let word = before.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty());
    let number = found.iter().skip(1).flatten().next()?.as_str();
    let is_of_another = word.is_some_and(|word| OF_ANOTHER.contains(&word));
    (!is_of_another).then(|| numbers(number)).flatten()
}

fn numbers(text: &str) -> Option<Version> {
    text.split('.').map(|number| number.parse().ok()).collect()
}

/// The version of the package in `folder`; none of one that says 0.0.0, as what no manifest versions does.
fn own(folder: Option<&str>, around: &Around<'_>) -> Option<Version> {
    let lead = folder.map(|folder| format!("{folder}/")).unwrap_or_default();
    let said = MANIFESTS.iter().find_map(|(file, members)| {
        let path = format!("{lead}{file}");
        around.files.contains(&path.as_str()).then(|| version_in((around.load)(&path)?, members))?
    })?;
    let core = said.trim_start_matches('v').split(['-', '+']).next()?;
    numbers(core).filter(|own| own.iter().any(|number| *number > 0))
}

fn version_in(document: Value, members: &[&str]) -> Option<String> {
    let mut value = &document;
    for member in members {
        value = value.member(member)?;
    }
    match value {
        Value::Text(version) => Some(version.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_one_behind_a_word_that_says_so() {
        for (text, expected) in [
            ("v1.3", Some(vec![1, 3])),
            ("Release 1.3.2 checklist", Some(vec![1, 3, 2])),
            ("Checklist for v2", Some(vec![2])),
            ("1.3 release", Some(vec![1, 3])),
            ("1.3 Testing", None),
            ("API v2", None),
            ("TLS v1.2", None),
            ("Phase 2", None),
            ("Node 22", None),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn an_older_version_and_one_behind_the_next_are_others() {
        let of = |next: Option<Version>| Versions { own: Some(vec![1, 4, 0]), next };
        for (text, expected) in
            [("v1.3", true), ("v1.4", false), ("v1.4.0", false), ("v1", false), ("v1.5", false)]
        {
            assert_eq!(of(Some(vec![1, 5])).is_another(text), expected, "{text}");
        }
        assert!(of(Some(vec![1, 5])).is_another("v2.0"));
        assert!(!Versions::default().is_another("v1.3"));
    }
}
