//! Jobs of a CI run, by name: each concluded with success.

use std::collections::HashSet;

use super::job_name::{Asked, matrix_of, shards_of};
use super::{Drafted, Line, named, quoted};
use crate::catalog::pattern::Pattern;
use crate::catalog::proposal::Draft;
use crate::catalog::side::Side;
use crate::catalog::surroundings::Around;
use crate::catalog::tools::Tool;
use crate::model::Artifact;

/// An artifact with its format, and a job in it.
pub(super) type Job<'a> = (&'a Artifact, &'static str, &'a str);

pub(super) fn draft(
    wanted: &[Pattern],
    beside: &[String],
    line: &Line<'_>,
    around: &Around<'_>,
) -> Drafted {
    let mut asked: Vec<(&str, &str)> = Vec::new();
    let mut artifacts = Vec::new();
    for pattern in wanted {
        for (artifact, format, name) in meant(pattern, beside, line, around)? {
            artifacts.push(named(artifact, format));
            asked.push((&artifact.path, name));
        }
    }
    artifacts.sort_by(|a, b| a.glob.cmp(&b.glob));
    artifacts.dedup();
    let mut known = HashSet::new();
    asked.retain(|of| known.insert(*of));
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
        paths: around.paths_of(line.side),
        ..Draft::default()
    })
}

/// The jobs that `wanted` means for `line`: of its half or of the whole, every leg and every shard.
pub(super) fn meant<'a>(
    wanted: &Pattern,
    beside: &[String],
    line: &Line<'_>,
    around: &'a Around<'_>,
) -> Result<Vec<Job<'a>>, String> {
    let tools: Vec<&str> = line.named.words().collect();
    let beside = beside.iter().map(String::as_str).chain(tools);
    let asked = Asked::new(wanted, &line.item.text, beside, around);
    let all: Vec<Job<'_>> = around.jobs().filter(|(_, _, name)| asked.is_named(name)).collect();
    let Some((_, _, first)) = all.first().copied() else {
        return Err("a CI run with a job of that name".to_owned());
    };
    // A job that is not called by the tool may run another.
    let is_of = |(_, format, name): &Job<'_>, tool: &Tool| {
        line.named.is_of(tool, &[name, format]) || (tool.is_also(name) && is_at_home(tool, around))
    };
    let of_tool = |tool: String| format!("a CI run with a job that names {tool}");
    let all = line.named.own(all, is_of).map_err(of_tool)?;
    let is_all_of = |(artifact, _, name): &Job<'_>, halves: &[Side]| {
        let ci = artifact.answer.reading().and_then(|reading| reading.facts.ci.as_ref());
        asked.is_all_of(name, ci.and_then(|ci| ci.name.as_deref()), halves)
    };
    let harmless = |halves: &[Side]| {
        let (known, others): (Vec<Job<'_>>, Vec<Job<'_>>) =
            all.iter().partition(|job| is_all_of(job, halves));
        without_torn_matrices(known, &others)
    };
    let of = |side: Side| -> Vec<Job<'_>> {
        let of_side = |job: &Job<'_>| Side::of_name(job.2) == Some(side);
        harmless(&[side]).into_iter().filter(of_side).collect()
    };
    // A job that names no half of the product does the whole, and so do those of both.
    let whole = || {
        let (back, front) = (of(Side::Back), of(Side::Front));
        let whole = harmless(&[]);
        match whole.is_empty() && !back.is_empty() && !front.is_empty() {
            true => [back, front].concat(),
            false => whole,
        }
    };
    let found = match line.side.map(of) {
        Some(own) if !own.is_empty() => own,
        _ => whole(),
    };
    match found.is_empty() {
        true => Err(format!(
            "a CI run with a job of that name and no other: `{first}` says what nobody knows"
        )),
        false => of_all_shards(found),
    }
}

/// Without the legs of a matrix of which another leg is of something else: then each may be.
fn without_torn_matrices<'a>(known: Vec<Job<'a>>, others: &[Job<'a>]) -> Vec<Job<'a>> {
    let torn: HashSet<&str> = others.iter().filter_map(|(_, _, name)| matrix_of(name)).collect();
    let is_torn = |name: &str| matrix_of(name).is_some_and(|of| torn.contains(of));
    known.into_iter().filter(|(_, _, name)| !is_torn(name)).collect()
}

/// All of `found`, where no shard of one is missing.
fn of_all_shards(found: Vec<Job<'_>>) -> Result<Vec<Job<'_>>, String> {
    let names: HashSet<&str> = found.iter().map(|(_, _, name)| *name).collect();
    let shards = found.iter().flat_map(|(_, _, name)| shards_of(name));
    let missing = shards.into_iter().find(|name| !names.contains(name.as_str()));
    match missing {
        Some(name) => Err(format!("a CI run with every shard: `{name}` is not in it")),
        None => Ok(found),
    }
}

/// Whether the tool is used here, and no other that jobs call the same.
fn is_at_home(tool: &Tool, around: &Around<'_>) -> bool {
    let is_there = |glob: &Option<String>| {
        glob.as_deref().is_some_and(|glob| !around.matching(glob).is_empty())
    };
    (tool.home.is_none() || is_there(&tool.home)) && !is_there(&tool.unless)
}
