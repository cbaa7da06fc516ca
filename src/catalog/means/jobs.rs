//! Jobs of a CI run, by name: each concluded with success.

use super::{Drafted, Line, named, quoted};
use crate::catalog::pattern::Pattern;
use crate::catalog::proposal::Draft;
use crate::catalog::side::Side;
use crate::catalog::surroundings::Around;
use crate::catalog::tools::Tool;

pub(super) fn draft(
    wanted: &[Pattern],
    others: Option<&Pattern>,
    line: &Line<'_>,
    around: &Around<'_>,
) -> Drafted {
    let side = line.side;
    let is_other = |name: &str| others.is_some_and(|of| of.is_in(name));
    let mut asked: Vec<(&str, &str)> = Vec::new();
    let mut artifacts = Vec::new();
    for pattern in wanted {
        let is_meant = |name: &str| pattern.is_in(name) && !is_other(name);
        let all: Vec<_> = around.jobs().filter(|(_, _, name)| is_meant(name)).collect();
        // A job that is not called by the tool may run another.
        let is_of = |(_, format, name): &(_, &str, &str), tool: &Tool| {
            line.named.is_of(tool, &[name, format])
                || (tool.is_also(name) && is_at_home(tool, around))
        };
        let of_tool = |tool: String| format!("a CI run with a job that names {tool}");
        let all = line.named.own(all, is_of).map_err(of_tool)?;
        // Where a job has just that name, `image-test` is another than `test`.
        let exact: Vec<_> =
            all.iter().filter(|(_, _, name)| pattern.is_all_of(name)).copied().collect();
        let all = if exact.is_empty() || side.is_some() { all } else { exact };
        // A job that names no half of the product does the whole.
        let own = |wanted: Option<Side>| {
            let of = all.iter().filter(move |(_, _, name)| Side::of_name(name) == wanted);
            of.copied().collect::<Vec<_>>()
        };
        let found = match side {
            None => all.clone(),
            side if own(side).is_empty() => own(None),
            side => own(side),
        };
        if found.is_empty() {
            return Err("a CI run with a job of that name".to_owned());
        }
        for (artifact, format, name) in found {
            artifacts.push(named(artifact, format));
            asked.push((&artifact.path, name));
        }
    }
    artifacts.sort_by(|a, b| a.glob.cmp(&b.glob));
    artifacts.dedup();
    asked.dedup();
    let single = artifacts.len() == 1;
    let conditions: Vec<String> = asked
        .iter()
        .map(|(path, name)| {
            let of = if single { String::new() } else { format!("artifact({}).", quoted(path)) };
            format!("{of}ci.jobs[{}].conclusion == \"success\"", quoted(name))
        })
        .collect();
    Ok(Draft {
        artifacts,
        condition: Some(conditions.join(" && ")),
        paths: around.paths_of(side),
        ..Draft::default()
    })
}

/// Whether the tool is used here, and no other that jobs call the same.
fn is_at_home(tool: &Tool, around: &Around<'_>) -> bool {
    let is_there = |glob: &Option<String>| {
        glob.as_deref().is_some_and(|glob| !around.matching(glob).is_empty())
    };
    (tool.home.is_none() || is_there(&tool.home)) && !is_there(&tool.unless)
}
