//! Requirements: tightened, loosened, changed, new and gone.

use super::super::fixture::{ItemBuild, item, requirement, sign_off, wanted};
use super::super::v1::Change;
use super::{between, row};
use crate::snapshot::v1::Requirement;

fn asked(requirements: &[Requirement]) -> ItemBuild {
    requirements.iter().cloned().fold(item("a", "A"), ItemBuild::asks)
}

fn change(from: &[Requirement], to: &[Requirement]) -> Option<Change> {
    let diff = between(&[asked(from)], &[asked(to)]);
    assert!(diff.changes.len() <= 1, "{:?}", diff.changes);
    diff.changes.into_iter().next()
}

/// The word, and that a loosened or removed requirement alone is a regression and a weakening; and
/// that the other way round it is the opposite word.
fn word(from: &[Requirement], to: &[Requirement]) -> &'static str {
    let Some(there) = change(from, to) else { return "same" };
    let back = change(to, from).unwrap();
    let word = there.detail.word();
    let opposite = match word {
        "loosened" => ["tightened", "loosened"].contains(&back.detail.word()),
        "tightened" => back.detail.word() == "loosened",
        "added" => back.detail.word() == "removed",
        "removed" => back.detail.word() == "added",
        _ => back.detail == there.detail,
    };
    assert!(opposite, "{word} and back {}", back.detail.word());
    assert_eq!((&there.from, &there.to), (&back.to, &back.from));
    assert_eq!(there.regression, ["loosened", "removed"].contains(&word));
    assert_eq!(there.weakening, there.regression);
    word
}

#[test]
fn a_raised_limit_is_named_with_its_numbers_and_its_place() {
    let change = change(&[requirement("p95 < 500")], &[requirement("p95 < 800")]).unwrap();
    assert_eq!(row(&change), "!-requirement loosened p95 < 500 → p95 < 800");
    assert_eq!(change.why, "The limit went from 500 to 800.");
    assert_eq!(change.place.as_deref(), Some("trueup.toml:44"));
}

#[test]
fn conditions_are_compared_by_what_they_ask() {
    let of = |condition: &str| [requirement(condition)];
    assert_eq!(word(&of("p95 < 800"), &of("p95 < 500")), "tightened");
    assert_eq!(word(&of("p95 < 500"), &of("p95  <\n 500")), "same");
    assert_eq!(word(&of("p95 < 500"), &of("p99 < 500")), "changed");
    assert_eq!(word(&[], &of("p95 < 500")), "added");
    assert_eq!(word(&of("p95 < 500"), &[]), "removed");
}

#[test]
fn a_requirement_that_moved_in_its_file_is_the_same() {
    let moved = Requirement { line: Some(99), ..requirement("p95 < 500") };
    assert_eq!(word(&[requirement("p95 < 500")], &[moved]), "same");
}

#[test]
fn a_longer_age_asks_for_less() {
    let of = |age: Option<&str>| {
        let max_age = age.map(str::to_owned);
        [Requirement { max_age, paths: Some(vec!["**".to_owned()]), ..requirement("p95 < 500") }]
    };
    for (from, to, expected) in [
        (Some("7d"), Some("30d"), "loosened"),
        (Some("2w"), Some("14d"), "same"),
        (Some("36h"), Some("1d"), "tightened"),
        (Some("7d"), None, "loosened"),
        (None, Some("7d"), "tightened"),
        (Some("soon"), Some("7d"), "changed"),
    ] {
        assert_eq!(word(&of(from), &of(to)), expected, "{from:?} → {to:?}");
    }
    let change = change(&of(Some("7d")), &of(Some("30d"))).unwrap();
    assert_eq!(change.why, "Evidence may be 30d old; the limit was 7d.");
    assert_eq!(row(&change), "!-requirement loosened max-age 7d → max-age 30d");
}

#[test]
fn narrower_paths_ask_for_less() {
    let of = |paths: Option<&[&str]>, age: Option<&str>| {
        let paths = paths.map(|paths| paths.iter().map(|path| (*path).to_owned()).collect());
        [Requirement { paths, max_age: age.map(str::to_owned), ..requirement("p95 < 500") }]
    };
    for (from, to, expected) in [
        (Some(&["app/**", "core/**"][..]), Some(&["app/**"][..]), "loosened"),
        (Some(&["app/**"]), Some(&["app/api/**"]), "loosened"),
        (Some(&["**"]), Some(&["app/**"]), "loosened"),
        (Some(&["app/**"]), Some(&[]), "loosened"),
        (None, Some(&["app/**"]), "loosened"),
        (Some(&["app/**"]), Some(&["core/**"]), "changed"),
        (Some(&["a/**", "b/**"]), Some(&["b/**", "a/**"]), "same"),
        (Some(&["app*/**"]), Some(&["apple/**"]), "changed"),
    ] {
        assert_eq!(word(&of(from, None), &of(to, None)), expected, "{from:?} → {to:?}");
    }
}

#[test]
fn an_age_in_place_of_the_commit_asks_for_less() {
    let with_age = Requirement { max_age: Some("30d".to_owned()), ..requirement("p95 < 500") };
    let change = change(&[requirement("p95 < 500")], &[with_age]).unwrap();
    assert_eq!(row(&change), "!-requirement loosened no max-age; no paths → max-age 30d; no paths");
    assert_eq!(
        change.why,
        "Evidence may be 30d old; there was no limit. \
         Now no later change makes it stale; before, any later change did."
    );
}

#[test]
fn a_part_of_a_glob_in_its_place_sees_less() {
    let of = |globs: &[&str]| {
        let artifacts = globs.iter().map(|glob| wanted(glob)).collect();
        [Requirement { artifacts, ..requirement("p95 < 500") }]
    };
    for (from, to, expected) in [
        (&["ev/**"][..], &["ev/a*.xml"][..], "loosened"),
        (&["ev/*.xml"], &["ev/a.xml"], "loosened"),
        (&["ev/**", "b.xml"], &["ev/a/**", "b.xml"], "loosened"),
        (&["ev/a*.xml"], &["ev/**"], "changed"),
        (&["ev/**"], &["ev/a/**", "**"], "changed"),
        (&["ev/**"], &["other/**"], "changed"),
    ] {
        let change = change(&of(from), &of(to)).unwrap();
        assert_eq!(change.detail.word(), expected, "{from:?} → {to:?}");
        assert_eq!(change.regression, expected == "loosened");
    }
}

#[test]
fn another_member_of_a_group_asks_for_less() {
    let of = |people: &[&str]| {
        let mut sign_off = sign_off(&["@sec"], 1, None);
        sign_off.people = people.iter().map(|digest| (*digest).to_owned()).collect();
        [Requirement { sign_off: Some(sign_off), ..requirement("p95 < 500") }]
    };
    for (from, to, expected) in [
        (&["b"][..], &["b", "e"][..], "loosened"),
        (&["b", "e"], &["b"], "tightened"),
        (&["b"], &["e"], "loosened"),
        (&["b"], &["b"], "same"),
        // An earlier snapshot does not know them.
        (&[], &["b", "e"], "same"),
    ] {
        assert_eq!(word(&of(from), &of(to)), expected, "{from:?} → {to:?}");
    }
}

#[test]
fn optional_and_fewer_artifacts_ask_for_less() {
    let of = |artifacts: &[crate::snapshot::v1::Wanted]| {
        [Requirement { artifacts: artifacts.to_vec(), ..requirement("p95 < 500") }]
    };
    let (a, b) = (wanted("a.xml"), wanted("b.xml"));
    let optional = crate::snapshot::v1::Wanted { optional: true, ..a.clone() };
    let named = crate::snapshot::v1::Wanted { format: Some("junit".to_owned()), ..a.clone() };
    let vouched =
        crate::snapshot::v1::Wanted { vouched_by: Some("p95 < 1".to_owned()), ..a.clone() };
    for (from, to, expected) in [
        (vec![a.clone()], vec![optional.clone()], "loosened"),
        (vec![a.clone(), b.clone()], vec![a.clone()], "loosened"),
        (vec![a.clone()], vec![vouched], "loosened"),
        (vec![a.clone()], vec![b.clone()], "changed"),
        (vec![a.clone()], vec![named], "changed"),
        (vec![], vec![a.clone()], "changed"),
        (vec![a.clone(), b.clone()], vec![b, a], "same"),
    ] {
        assert_eq!(word(&of(&from), &of(&to)), expected, "{from:?} → {to:?}");
    }
    let change = change(&of(&[wanted("a.xml")]), &of(&[optional])).unwrap();
    assert_eq!(change.to.as_deref(), Some("artifacts a.xml (optional)"));
}

#[test]
fn fewer_sign_offs_of_more_people_ask_for_less() {
    let of = |by: &[&str], count, age| {
        let sign_off = Some(sign_off(by, count, age));
        [Requirement { sign_off, ..requirement("p95 < 500") }]
    };
    let two = of(&["@security"], 2, Some("90d"));
    for (to, expected) in [
        (of(&["@security"], 1, Some("90d")), "loosened"),
        (of(&["@security", "@all"], 2, Some("90d")), "loosened"),
        (of(&["@security"], 2, None), "loosened"),
        (of(&["@security"], 2, Some("180d")), "loosened"),
        (of(&["@ops"], 2, Some("90d")), "loosened"),
        ([requirement("p95 < 500")], "loosened"),
        (of(&["@security"], 3, Some("90d")), "tightened"),
    ] {
        assert_eq!(word(&two, &to), expected, "{to:?}");
    }
}

#[test]
fn what_a_sign_off_asks_beside_people_shows_on_both_sides() {
    let of = |four_eyes, each_release| {
        let sign_off = crate::snapshot::v1::SignOff {
            four_eyes,
            each_release,
            ..sign_off(&["@sec"], 1, None)
        };
        [Requirement { sign_off: Some(sign_off), ..requirement("p95 < 500") }]
    };
    let eyes = change(&of(true, true), &of(false, true)).unwrap();
    assert_eq!(
        (eyes.from.as_deref(), eyes.to.as_deref(), eyes.why.as_str()),
        (
            Some("1 sign-off of @sec, four eyes, anew for each release"),
            Some("1 sign-off of @sec, anew for each release"),
            "Who ticked or changed it may sign off.",
        )
    );
    let release = change(&of(true, true), &of(true, false)).unwrap();
    let told = "What was signed before a release counts after it.";
    assert_eq!(release.why, told);
}

#[test]
fn a_sign_off_without_its_paths_asks_for_less() {
    let of = |paths: Option<&str>, condition: Option<&str>| {
        let paths = paths.map(|paths| vec![paths.to_owned()]);
        let sign_off = Some(sign_off(&["@security"], 1, None));
        let condition = condition.map(str::to_owned);
        [Requirement { sign_off, paths, condition, ..requirement("") }]
    };
    let all = Some("tests.failed == 0");
    for (from, to, expected) in [
        (of(Some("api/**"), None), of(None, None), "loosened"),
        (of(Some("api/**"), None), of(Some("api/v1/**"), None), "loosened"),
        (of(None, None), of(Some("api/**"), None), "tightened"),
        // The evidence must be of more code then, and the sign-off of none.
        (of(Some("api/**"), all), of(None, all), "loosened"),
        (of(None, None), of(None, None), "same"),
    ] {
        assert_eq!(word(&from, &to), expected, "{from:?} → {to:?}");
    }
}

#[test]
fn of_several_requirements_one_less_is_less_and_the_order_is_nothing() {
    let (a, b) = (requirement("p95 < 500"), requirement("tests.failed == 0"));
    assert_eq!(word(&[a.clone(), b.clone()], &[b.clone(), a.clone()]), "same");
    assert_eq!(word(&[a.clone(), b.clone()], std::slice::from_ref(&b)), "loosened");
    let looser = requirement("p95 < 900");
    let change = change(&[a, b.clone()], &[b, looser]).unwrap();
    assert_eq!(row(&change), "!-requirement loosened p95 < 500 → p95 < 900");
}

#[test]
fn what_is_looser_here_and_tighter_there_is_named_as_looser() {
    let of = |limit: &str, age: &str| {
        let paths = Some(vec!["**".to_owned()]);
        [Requirement { max_age: Some(age.to_owned()), paths, ..requirement(limit) }]
    };
    assert_eq!(word(&of("p95 < 500", "30d"), &of("p95 < 800", "7d")), "loosened");
}
