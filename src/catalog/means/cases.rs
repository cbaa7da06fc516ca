//! Test cases by name: all that match must have passed.

use regex::Regex;

use super::{Drafted, Line, named, of_side};
use crate::catalog::proposal::Draft;
use crate::catalog::surroundings::Around;
use crate::facts::Case;

pub(super) fn draft(pattern: &str, line: &Line<'_>, around: &Around<'_>) -> Drafted {
    let side = line.side;
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
    let all: Vec<_> = with_tests.collect();
    if all.is_empty() {
        return Err(format!("a test report with a case named like `{pattern}`"));
    }
    let whole = all.iter().all(|(_, _, tests)| tests.cases.is_whole());
    let is_named = |case: &Case| {
        let full = format!("{} {}", case.suite.as_deref().unwrap_or_default(), case.name);
        regex.is_match(&case.name) || regex.is_match(&full)
    };
    let found: Vec<_> = all
        .into_iter()
        .filter(|(_, _, tests)| tests.cases.entries().iter().any(is_named))
        .collect();
    let found = of_side(found, side, |(artifact, _, _)| artifact.path.clone());
    if found.is_empty() && !whole {
        return Err(format!("test cases named like `{pattern}`: `trueup init` looks for them"));
    }
    if found.is_empty() {
        return Err(format!("a test case named like `{pattern}`"));
    }
    Ok(Draft {
        artifacts: found.iter().map(|(artifact, format, _)| named(artifact, format)).collect(),
        condition: Some(format!("passed(r\"{written}\")")),
        paths: around.paths_of(side),
        ..Draft::default()
    })
}
