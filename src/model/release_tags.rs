//! Which tags of git are releases: a nightly build or a deployment is tagged too.

use super::Glob;
use super::release_order::numbered_before;

/// Globs over the names of tags; without any, a release is a tag whose name has a version's form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReleaseTags(pub Vec<Glob>);

impl ReleaseTags {
    /// Whether the tag of that name is a release.
    pub fn hold(&self, tag: &str) -> bool {
        if self.0.is_empty() {
            is_version(tag)
        } else {
            self.0.iter().any(|glob| glob.matches(tag))
        }
    }
}

/// The package that a tag is a release of: `cart` of `@shop/cart@1.2.3`; `None` where it names none, but a
/// stage (`prod/v1.2.3`).
pub fn package_of(tag: &str) -> Option<&str> {
    let (before, _) = tag.rsplit_once(['@', '/'])?;
    let name = before.rsplit('/').next()?;
    let is_lead = LEADS.iter().chain(&OTHERS).any(|word| name.eq_ignore_ascii_case(word));
    (!name.is_empty() && !is_lead).then_some(name)
}

/// What stands before a version.
const LEADS: [&str; 7] = ["v", "version", "ver", "r", "rel", "release", "releases"];

/// What stands before a version that is none of a release.
const OTHERS: [&str; 20] = [
    "alpha",
    "beta",
    "build",
    "canary",
    "ci",
    "daily",
    "deploy",
    "deployed",
    "dev",
    "edge",
    "latest",
    "nightly",
    "pre",
    "preview",
    "prod",
    "production",
    "rc",
    "snapshot",
    "staging",
    "test",
];

/// What stands behind a version that comes before a release.
pub(super) const BEFORE: [&str; 12] = [
    "alpha", "beta", "canary", "cr", "dev", "edge", "m", "nightly", "pre", "preview", "rc",
    "snapshot",
];

/// What stands behind a version that is one of a release.
const ENDS: [&str; 5] = ["final", "ga", "lts", "release", "stable"];

/// The most digits of a version's first number: more are a day, as `20261126.1`.
const MOST_DIGITS: usize = 4;

/// `v1.2.3`, `1.2`, `release-42`, `shop@1.2.3`, `v2.0.0+build.7`; not what comes before a
/// release, as `v1.2.3-rc.1`, for that is tagged to be looked at.
pub(super) fn is_version(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    let tag = tag.split('+').next().unwrap_or_default();
    let packaged = tag.contains('@');
    let (project, version) = tag.rsplit_once(['@', '/']).unwrap_or(("", tag));
    let Some(digit) = version.find(|c: char| c.is_ascii_digit()) else { return false };
    let (lead, number) = version.split_at(digit);
    let words = |text: &str| -> Vec<String> {
        text.split(is_between).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (project, lead) = (words(project), words(lead));
    // A name of its own before a version may be that of a stage: only `NAME@` says that it is none.
    let is_lead = |word: &String| LEADS.contains(&word.as_str());
    let leads = lead.iter().all(is_lead) && (packaged || project.iter().all(is_lead));
    let staged = project.iter().any(|word| OTHERS.contains(&word.as_str()));
    if !leads || staged {
        return false;
    }
    if numbered_before(number).is_some() {
        return false;
    }
    let mut parts = number.split(is_between);
    let first = parts.next().unwrap_or_default();
    let ends = |part: &str| is_number(part) || ENDS.contains(&part);
    let named = lead.iter().chain(&project).any(is_lead);
    let dotted = number.split_once('.').is_some_and(|(whole, _)| is_number(whole));
    is_number(first) && first.len() <= MOST_DIGITS && parts.all(ends) && (named || dotted)
}

fn is_between(c: char) -> bool {
    matches!(c, '-' | '_' | '.' | '/' | '@')
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_may_name_its_package() {
        assert_eq!(package_of("api@1.0.0"), Some("api"));
        assert_eq!(package_of("@shop/cart@1.2.3"), Some("cart"));
        assert_eq!(package_of("shop/v1.2.3"), Some("shop"));
        for tag in ["v1.0.0", "release/2026-11-26", "releases/v1.2", "@1.0.0", "prod/v1.2.0"] {
            assert_eq!(package_of(tag), None, "{tag}");
        }
    }

    #[test]
    fn a_version_is_a_release_and_what_a_pipeline_tags_is_none() {
        let own = ReleaseTags::default();
        for tag in [
            "v1",
            "V1.2.3",
            "1.2.3",
            "2026.11",
            "release-42",
            "release/2026-11-26",
            "releases/v1.2",
            "shop@1.2.3",
            "@shop/cart@1.2.3",
            "v2.0.0+build.7",
            "4.2.0.Final",
        ] {
            assert!(own.hold(tag), "{tag}");
        }
        for tag in [
            "",
            "latest",
            "nightly-2026-11-26",
            "nightly-1.2.3",
            "shop-1.2.3",
            "release-candidate-1.2.3",
            "deploys/v1.2.3",
            "rejected-v1.2.3",
            "pr-12.3",
            "nightly@1.2.3",
            "nightly/v1.2.3",
            "deploy-3.1",
            "v1.2.3-rc.1",
            "v1.2.3rc1",
            "v1.2.3-0",
            "shop@1.2.3-4",
            "v1.2.3-nightly.4",
            "v1.2.3-5-gabc1234",
            "20261126.1",
            "build.17",
            "2026-11-26",
            "checked-17",
            "v",
            "vault",
        ] {
            assert!(!own.hold(tag), "{tag}");
        }
        let named = ReleaseTags(vec![Glob::new("checked-*").unwrap()]);
        assert!(named.hold("checked-17") && !named.hold("v1.2.3"));
    }
}
