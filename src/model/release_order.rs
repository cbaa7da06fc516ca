//! The order of releases by their names, and which of several names of one commit is its release.

use std::cmp::Ordering;

use super::ReleaseTags;
use super::release_tags::{BEFORE, is_version};

/// A release's name so that `v1.10` comes after `v1.9`: its numbers as numbers.
pub fn natural(name: &str) -> Vec<Result<u64, String>> {
    let parts = name.as_bytes().chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit());
    let part = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.parse().map_err(|_| text)
    };
    parts.map(part).collect()
}

/// Whether both names are versions of one line (`v1.2`, `v1.10`), and `one` is the higher: a candidate
/// comes before its release.
pub fn is_higher(one: &str, other: &str) -> bool {
    lead(one).is_some() && lead(one) == lead(other) && order(one, other).is_gt()
}

/// The version that a tag is a candidate of: `v1.2.3` of `v1.2.3-rc.1`, `v1.2.3rc1` and `v1.2.3-0`. `None`
/// where it is none of a release's.
pub fn candidate_of(tag: &str) -> Option<&str> {
    let (version, before) = split(tag);
    before.filter(|_| is_version(version))?;
    Some(version)
}

/// What a commit is called by its tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tagged<'t> {
    /// The tag that names it best.
    pub best: &'t str,
    /// Another release that it is as well.
    pub other: Option<&'t str>,
}

/// Of several tags at one commit a release goes before what is none, then the higher version. A tag that
/// moves with others (`v1` beside `v1.2.3`) and a candidate beside its release are no releases of their own.
pub fn tagged<'t>(tags: &'t [String], releases: &ReleaseTags) -> Option<Tagged<'t>> {
    let all = || tags.iter().map(String::as_str);
    let meant: Vec<&str> = all().filter(|tag| releases.hold(tag)).collect();
    let is_release = !meant.is_empty();
    let meant = if is_release { meant } else { all().collect() };
    let stands_for = |tag: &str, other: &str| {
        let (version, before) = split(tag);
        other.strip_prefix(tag).is_some_and(|rest| rest.starts_with('.'))
            || before.is_some() && other == version
    };
    let own = |tag: &&&str| !meant.iter().any(|other| stands_for(tag, other));
    let mut own: Vec<&str> = meant.iter().filter(own).copied().collect();
    own.sort_by(|a, b| by_line(a, b));
    let best = own.pop()?;
    Some(Tagged { best, other: own.pop().filter(|_| is_release) })
}

/// Versions of one line by their order, versions after other names, and all else by its letters.
fn by_line(one: &str, other: &str) -> Ordering {
    let is_one = |tag: &str| is_version(split(tag).0);
    match lead(one) == lead(other) {
        true => order(one, other),
        false => (is_one(one), one).cmp(&(is_one(other), other)),
    }
}

fn order(one: &str, other: &str) -> Ordering {
    let ((version, before), (others, another)) = (split(one), split(other));
    natural(version).cmp(&natural(others)).then_with(|| match (before, another) {
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (before, another) => before.map(natural).cmp(&another.map(natural)),
    })
}

/// What stands before the number.
fn lead(name: &str) -> Option<&str> {
    name.find(|c: char| c.is_ascii_digit()).map(|at| &name[..at])
}

/// The version, and what says that the tag comes before it.
fn split(tag: &str) -> (&str, Option<&str>) {
    let begin = tag.rfind(['@', '/']).map_or(0, |at| at + 1);
    let Some(digit) = tag[begin..].find(|c: char| c.is_ascii_digit()) else { return (tag, None) };
    let number = begin + digit;
    let rest = &tag[number..];
    let end = rest.find('+').unwrap_or(rest.len());
    let at = word_before(&rest[..end]).or_else(|| numbered_before(&rest[..end]));
    match at.map(|at| number + at) {
        Some(at) => (&tag[..at], Some(&tag[at..])),
        None => (tag, None),
    }
}

/// Where `-rc.1` or `rc1` begins.
fn word_before(number: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(begin) = number[from..].find(|c: char| c.is_ascii_alphabetic()) {
        let begin = from + begin;
        let word: &str = &number[begin..];
        let end = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
        if BEFORE.iter().any(|known| word[..end].eq_ignore_ascii_case(known)) {
            let version = number[..begin].trim_end_matches(['-', '_', '.']);
            return Some(version.len());
        }
        from = begin + end;
    }
    None
}

/// `1.5.0-0`, as `npm version prerelease` counts: behind three numbers one more comes before them.
pub(super) fn numbered_before(number: &str) -> Option<usize> {
    let (version, behind) = number.split_once('-')?;
    let counts = behind.starts_with(|c: char| c.is_ascii_digit());
    (version.matches('.').count() == 2 && counts).then_some(version.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Glob;

    #[test]
    fn a_candidate_comes_before_its_release_and_after_the_one_before() {
        let line = ["v1.9.0", "v1.10.0-beta.2", "v1.10.0-rc.1", "v1.10.0-rc.10", "v1.10.0"];
        for pair in line.windows(2) {
            assert!(is_higher(pair[1], pair[0]), "{pair:?}");
            assert!(!is_higher(pair[0], pair[1]), "{pair:?}");
        }
        assert!(is_higher("v1.5.1-0", "v1.5.0") && is_higher("v1.5.1", "v1.5.1-0"));
        assert!(!is_higher("web@2.0.0", "api@1.0.0"));
        for (tag, version) in [
            ("v1.0.0-rc.1", Some("v1.0.0")),
            ("1.0.0rc1", Some("1.0.0")),
            ("shop@1.2.3-beta", Some("shop@1.2.3")),
            ("v1.5.0-0", Some("v1.5.0")),
            ("v1.5.0", None),
            ("v1.5.0-hotfix", None),
            ("nightly-2026-10-01", None),
            ("shop-1.2.3-rc.1", None),
            ("rc-1.2.3", None),
        ] {
            assert_eq!(candidate_of(tag), version, "{tag}");
        }
    }

    #[test]
    fn of_several_tags_the_release_names_the_commit() {
        let own = ReleaseTags::default();
        let of = |tags: &[&str], releases: &ReleaseTags| {
            let mut tags: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
            tags.sort();
            tagged(&tags, releases).map(|of| (of.best.to_owned(), of.other.map(str::to_owned)))
        };
        let one = |name: &str| Some((name.to_owned(), None));
        assert_eq!(of(&[], &own), None);
        assert_eq!(of(&["v1.5.0", "v1.5.0-rc.1"], &own), one("v1.5.0"));
        assert_eq!(of(&["v1.5.0", "v1.5.0-hotfix"], &own), one("v1.5.0"));
        assert_eq!(of(&["latest", "production", "v1.5.0"], &own), one("v1.5.0"));
        assert_eq!(of(&["v1", "v1.5", "v1.5.0"], &own), one("v1.5.0"));
        assert_eq!(of(&["v1.5.0-rc.2", "v1.5.0-rc.10"], &own), one("v1.5.0-rc.10"));
        assert_eq!(of(&["v1.5.0-rc.2", "verified"], &own), one("v1.5.0-rc.2"));
        let two = Some(("v1.10.0".to_owned(), Some("v1.9.1".to_owned())));
        assert_eq!(of(&["v1.10.0", "v1.9.1"], &own), two);
        let globs = ReleaseTags(vec![Glob::new("v*").unwrap()]);
        assert_eq!(of(&["v1.5.0", "v1.5.0-rc.1"], &globs), one("v1.5.0"));
        let other = ReleaseTags(vec![Glob::new("checked-*").unwrap()]);
        assert_eq!(of(&["checked-7", "v1.5.0"], &other), one("checked-7"));
    }
}
