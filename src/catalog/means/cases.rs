//! Test cases by name: those that say that it holds are there, and all that speak of it have passed.

use std::collections::BTreeSet;

use regex::Regex;

use super::affirm::affirms;
use super::package::raw;
use super::{Drafted, Line, named, of_side};
use crate::catalog::pattern::Pattern;
use crate::catalog::proposal::Draft;
use crate::catalog::surroundings::Around;
use crate::catalog::unread;
use crate::facts::{Case, Tests};
use crate::model::Artifact;

/// Words of a line that speaks of all there are, of which a case is one.
const OF_ALL: [&str; 4] = ["all", "every", "each", "any"];

/// What a case says that was of all of them.
const ALL_OF_THEM: [&str; 3] = ["all", "every", "each"];

/// How many cases a condition names.
const NAMED: usize = 3;

/// An artifact with its format, and its tests.
type Found<'a> = (&'a Artifact, &'static str, &'a Tests);

pub(super) fn draft(
    pattern: &str,
    affirming: &[Pattern],
    line: &Line<'_>,
    around: &Around<'_>,
) -> Drafted {
    let side = line.side;
    let text = line.item.text.to_lowercase();
    let of_all = all_of(&text, &OF_ALL);
    // A case that names something else of the kind says nothing of the tool that the line names.
    let of_tools = match (line.named.is_empty(), line.named.single()) {
        (true, _) => None,
        (false, Some(tool)) => Some(tool.in_cases()),
        (false, None) => return Err("a line that names one tool".to_owned()),
    };
    let pattern = of_tools.as_deref().unwrap_or(pattern);
    let written = format!("(?i){pattern}");
    let Ok(regex) = Regex::new(&written) else { return Err(String::new()) };
    let with_tests = around.artifacts.iter().copied().filter_map(|artifact| {
        let reading = artifact.answer.reading()?;
        Some((artifact, reading.format, reading.facts.tests.as_ref()?))
    });
    let all: Vec<Found<'_>> = with_tests.collect();
    if all.is_empty() {
        return Err(format!("a test report with a case named like `{pattern}`"));
    }
    let whole = all.iter().all(|(_, _, tests)| tests.cases.is_whole());
    let is_named = |(_, _, tests): &Found<'_>| of_pattern(&regex, tests).next().is_some();
    let found: Vec<Found<'_>> = all.into_iter().filter(is_named).collect();
    let found = of_side(found, side, |(artifact, _, _)| artifact.path.clone());
    if found.is_empty() && !whole {
        return Err(format!("test cases named like `{pattern}`: `trueup init` looks for them"));
    }
    if found.is_empty() {
        return Err(format!("a test case named like `{pattern}`"));
    }
    let mut conditions = vec![format!("passed(r\"{written}\")")];
    for affirming in affirming {
        conditions.push(naming(&regex, affirming, &found, &of_all)?);
    }
    Ok(Draft {
        artifacts: found.iter().map(|(artifact, format, _)| named(artifact, format)).collect(),
        condition: Some(conditions.join(" && ")),
        paths: around.paths_of(side),
        ..Draft::default()
    })
}

/// The cases that speak of it.
fn of_pattern<'t>(regex: &'t Regex, tests: &'t Tests) -> impl Iterator<Item = &'t Case> {
    tests.cases.entries().iter().filter(|case| {
        let full = format!("{} {}", case.suite.as_deref().unwrap_or_default(), case.name);
        regex.is_match(&case.name) || regex.is_match(&full)
    })
}

/// Of what `text` says that it is all: `endpoint` of "on all endpoints", as of "on every endpoint".
fn all_of(text: &str, marks: &[&str]) -> Vec<String> {
    let words: Vec<&str> = unread::words(text).collect();
    let of = words.iter().enumerate().filter(|(_, word)| marks.contains(word));
    let next = of.map(|(at, _)| words.get(at + 1).copied().unwrap_or_default());
    next.map(|word| word.strip_suffix('s').unwrap_or(word).to_owned()).collect()
}

/// The condition that the cases which affirm it passed, by their own names: a pattern would match those
/// too that say the opposite one day.
fn naming(
    regex: &Regex,
    affirming: &Pattern,
    found: &[Found<'_>],
    of_all: &[String],
) -> Result<String, String> {
    let is_of_all = |case: &Case| {
        let said = all_of(&case.name.to_lowercase(), &ALL_OF_THEM);
        of_all.iter().all(|of| said.contains(of))
    };
    let cases = found.iter().flat_map(|(_, _, tests)| of_pattern(regex, tests));
    let names: BTreeSet<String> = cases
        .filter(|case| affirms(case, affirming) && is_of_all(case))
        .filter_map(|of| own_name(regex, of))
        .collect();
    if names.is_empty() && !of_all.is_empty() {
        return Err("more than single test cases: the line speaks of all there are".to_owned());
    }
    if names.is_empty() {
        return Err(format!(
            "a test case named like `{}` whose name says that it holds (`{}`)",
            regex.as_str().trim_start_matches("(?i)"),
            affirming.text()
        ));
    }
    let names: Vec<String> = names.into_iter().take(NAMED).collect();
    Ok(format!("passed({})", raw(&format!("^({})$", names.join("|")))))
}

/// The name of a case as a pattern, with its suite where that alone says of what it is.
fn own_name(regex: &Regex, case: &Case) -> Option<String> {
    let is_plain = |text: &str| !text.contains(char::is_control);
    let suite = case.suite.as_deref().unwrap_or_default();
    let name = regex::escape(&case.name);
    let name = match regex.is_match(&case.name) {
        true => name,
        false => format!("{}.{{1,2}}{name}", regex::escape(suite)),
    };
    (is_plain(suite) && is_plain(&case.name)).then_some(name)
}
