//! Reports of tools by format, name and what they carry.

use super::{Drafted, Line, every, jobs, named, of_side, quoted};
use crate::catalog::idea::Report;
use crate::catalog::limits;
use crate::catalog::load;
use crate::catalog::proposal::{Draft, DraftArtifact};
use crate::catalog::side::Side;
use crate::catalog::surroundings::Around;
use crate::catalog::tools::Tool;
use crate::model::{Artifact, Item, listed};

/// An artifact with its format.
pub(super) type Found<'a> = (&'a Artifact, &'a str);

pub(super) fn draft(report: &Report, line: &Line<'_>, around: &Around<'_>) -> Drafted {
    let Line { item, side, .. } = *line;
    if report.condition.contains("{package}") {
        is_a_dependency(item, around)?;
    }
    let Some(condition) = limits::filled(&report.condition, item) else {
        return Err("a limit in the text".to_owned());
    };
    let condition = match &report.rule {
        Some(rule) => condition.replace("{rule}", &format!("r\"(?i){rule}\"")),
        None => condition,
    };
    let found = of_its_side(report, side, around, &report.formats);
    if found.is_empty() {
        return Err(lacking(report, side, around));
    }
    let found = with_those_beside(report, side, around, found);
    let found = if report.effect { found } else { of_its_tools(line, around, found)? };
    let used = of_its_kind(report, item, found)?;
    let conditions: Vec<String> = match (&report.metric, used.as_slice()) {
        (Some(_), _) => {
            let text = item.text.to_lowercase();
            let load = report.load.as_deref().zip(load::of(&text).map(|load| load.rate));
            metric_conditions(report, &condition, load, &used)?
        }
        (None, [(artifact, _)]) => vec![of(&condition, artifact, true)],
        (None, _) if condition.contains("{of}") => {
            used.iter().map(|(artifact, _)| of(&condition, artifact, false)).collect()
        }
        (None, _) => vec![condition],
    };
    let strict = used.iter().filter(|(_, format)| report.strict.iter().any(|of| of == format));
    let nothing = "{of}findings.total == 0";
    let strict = strict.map(|(artifact, _)| of(nothing, artifact, used.len() == 1));
    let conditions: Vec<String> = conditions.into_iter().chain(strict).collect();
    let mut artifacts: Vec<DraftArtifact> =
        if report.every && side.is_none() && !around.is_narrowed() {
            every::widened(&used, report.formats.is_empty(), around)
        } else {
            every::whole(&used, around)
        };
    vouch(report, line, around, &mut artifacts);
    Ok(Draft {
        artifacts,
        condition: Some(conditions.join(" && ")),
        max_age: report.max_age.clone(),
        paths: if report.max_age.is_none() { around.paths_of(side) } else { Vec::new() },
        sign_off: None,
    })
}

/// The reports of `formats` that the idea means.
fn of_its_side<'a>(
    report: &Report,
    side: Option<Side>,
    around: &'a Around<'_>,
    formats: &'a [String],
) -> Vec<Found<'a>> {
    let found: Vec<Found<'a>> = around
        .of_formats(formats)
        .filter(|(artifact, _)| is_named(report, artifact) && carries(report, artifact))
        .filter(|(artifact, _)| lists_a_rule(report, artifact))
        .collect();
    if report.any_side {
        return found;
    }
    of_side(found, side, |(artifact, _)| artifact.path.clone())
}

/// With the reports that say more where those are there: what one scanner found, the other's clean report
/// does not take back.
fn with_those_beside<'a>(
    report: &'a Report,
    side: Option<Side>,
    around: &'a Around<'_>,
    mut found: Vec<Found<'a>>,
) -> Vec<Found<'a>> {
    // No formats at all would be every one.
    if !report.beside.is_empty() {
        found.extend(of_its_side(report, side, around, &report.beside));
    }
    found
}

/// A remark counts as the name of a package only where a manifest or lock file has it: that no
/// finding is of a package that never was would hold for ever.
fn is_a_dependency(item: &Item, around: &Around<'_>) -> Result<(), String> {
    let name = item.note.as_deref().unwrap_or_default();
    let files = "**/{package.json,package-lock.json,yarn.lock,pnpm-lock.yaml,requirements.txt,\
                 poetry.lock,go.sum,Cargo.lock}";
    let names =
        [format!("\"{name}\""), format!("{name}@"), format!("/{name}\""), format!("{name}==")];
    let is_there = around.matching(files).iter().any(|path| {
        let text = (around.text)(path);
        text.is_some_and(|text| names.iter().any(|name| text.contains(name.as_str())))
    });
    if is_there { Ok(()) } else { Err(format!("a lock file that has the package {name}")) }
}

fn is_named(report: &Report, artifact: &Artifact) -> bool {
    let tool = artifact.answer.reading().and_then(|reading| reading.tool.as_deref());
    let ci = artifact.answer.reading().and_then(|reading| reading.facts.ci.as_ref());
    let workflow = ci.and_then(|ci| ci.name.as_deref());
    let says = |pattern: &crate::catalog::pattern::Pattern| {
        let mut names = std::iter::once(artifact.path.as_str()).chain(tool).chain(workflow);
        names.any(|name| pattern.is_in(name))
    };
    report.named.as_ref().is_none_or(says) && !report.not_named.as_ref().is_some_and(says)
}

fn carries(report: &Report, artifact: &Artifact) -> bool {
    if report.carries.is_empty() {
        return true;
    }
    let Some(reading) = artifact.answer.reading() else { return false };
    let carried = reading.facts.carried();
    let is_empty = |group: &str| {
        let tally = match group {
            "thresholds" => &reading.facts.thresholds,
            "checks" => &reading.facts.checks,
            _ => return false,
        };
        tally.as_ref().is_none_or(|tally| tally.total == 0)
    };
    let coverage = reading.facts.coverage.as_ref();
    let has_share = |share: &str| coverage.is_some_and(|of| of.counts(share));
    report.carries.iter().all(|group| carried.contains(&group.as_str()) && !is_empty(group))
        && report.share.as_deref().is_none_or(has_share)
}

/// Whether the report lists an alert rule of that name or severity, where the idea asks for one.
fn lists_a_rule(report: &Report, artifact: &Artifact) -> bool {
    let rules = artifact.answer.reading().and_then(|of| of.facts.rules.as_ref());
    let mut listed = rules.into_iter().flat_map(|rules| &rules.list);
    match (&report.rule, &report.severity) {
        (Some(name), _) => {
            let pattern = regex::Regex::new(&format!("(?i){name}"));
            pattern.is_ok_and(|pattern| listed.any(|rule| pattern.is_match(&rule.name)))
        }
        (None, Some(severity)) => {
            listed.any(|rule| rule.severity.as_deref().is_some_and(|word| severity.is_in(word)))
        }
        (None, None) => true,
    }
}

/// The condition asked of one artifact alone, where several are read.
fn of(condition: &str, artifact: &Artifact, single: bool) -> String {
    let of = if single { String::new() } else { format!("artifact({}).", quoted(&artifact.path)) };
    condition.replace("{of}", &of)
}

/// The condition over the one metric of each report that the idea means.
fn metric_conditions(
    report: &Report,
    condition: &str,
    load: Option<(&str, f64)>,
    found: &[Found<'_>],
) -> Result<Vec<String>, String> {
    let mut conditions = Vec::new();
    for (artifact, _) in found {
        let metrics = artifact.answer.reading().and_then(|of| of.facts.metrics.as_ref());
        let names = metrics.into_iter().flat_map(|metrics| metrics.by_name.keys());
        let mut meant =
            names.filter(|name| report.metric.as_ref().is_some_and(|of| of.is_in(name)));
        let Some(name) = meant.next() else {
            return Err(format!("a measurement of it in {}", artifact.path));
        };
        if meant.next().is_some() {
            return Err(format!("one measurement of it in {}: there are several", artifact.path));
        }
        let name = format!("metrics[{}]", quoted(name));
        let condition = condition.replace("{metric}", &name);
        conditions.push(of(&condition, artifact, found.len() == 1));
        let Some((metric, rate)) = load else { continue };
        let by_name = metrics.and_then(|metrics| metrics.by_name.get(metric));
        if !by_name.is_some_and(|of| of.contains_key("rate")) {
            return Err(format!("the rate of {metric} in {}", artifact.path));
        }
        let asked = format!("{{of}}metrics[{}].rate >= {rate:?}", quoted(metric));
        conditions.push(of(&asked, artifact, found.len() == 1));
    }
    Ok(conditions)
}

/// Where the text names tools, the reports of each of them.
fn of_its_tools<'a>(
    line: &Line<'_>,
    around: &Around<'_>,
    found: Vec<Found<'a>>,
) -> Result<Vec<Found<'a>>, String> {
    let is_of = |(artifact, format): &Found<'_>, tool: &Tool| {
        let reading = artifact.answer.reading();
        let said = reading.and_then(|reading| reading.tool.as_deref()).unwrap_or_default();
        let name = artifact.path.rsplit('/').next().unwrap_or_default();
        let traces = [said, format, name, artifact.path.as_str()];
        let is_of_tests = reading.is_some_and(|reading| reading.facts.tests.is_some());
        line.named.is_of(tool, &traces) || is_of_tests && line.named.is_alone(tool, &traces, around)
    };
    line.named.own(found, is_of).map_err(|tool| format!("a report of {tool}"))
}

/// Where the text names kinds of runs ("soak", "spike"), the reports that are called by them.
fn of_its_kind<'a>(
    report: &Report,
    item: &Item,
    found: Vec<Found<'a>>,
) -> Result<Vec<Found<'a>>, String> {
    let text = item.text.to_lowercase();
    let kinds: Vec<&String> =
        report.kinds.iter().filter(|kind| text.contains(kind.as_str())).collect();
    let is_of = |(artifact, _): &Found<'_>, kind: &str| artifact.path.to_lowercase().contains(kind);
    if let Some(kind) = kinds.iter().find(|kind| !found.iter().any(|of| is_of(of, kind))) {
        return Err(format!("a report of {kind}"));
    }
    let own = |of: &Found<'_>| kinds.is_empty() || kinds.iter().any(|kind| is_of(of, kind));
    Ok(found.into_iter().filter(own).collect())
}

/// A silent tool's empty output counts only beside the job that ran it.
fn vouch(
    report: &Report,
    line: &Line<'_>,
    around: &Around<'_>,
    artifacts: &mut Vec<DraftArtifact>,
) {
    let Some(pattern) = &report.vouched_by_job else { return };
    let Ok(jobs) = jobs::meant(pattern, &[], line, around) else { return };
    let Some((run, format, _)) = jobs.first() else { return };
    let of_run = jobs.iter().filter(|(of, _, _)| of.path == run.path);
    let conditions: Vec<String> = of_run
        .map(|(_, _, name)| format!("ci.jobs[{}].conclusion == \"success\"", quoted(name)))
        .collect();
    for artifact in artifacts.iter_mut() {
        artifact.vouched_by = Some(conditions.join(" && "));
    }
    artifacts.push(named(run, format));
}

fn lacking(report: &Report, side: Option<Side>, around: &Around<'_>) -> String {
    if let Some(promised) = around.promised(&report.formats) {
        return promised;
    }
    let side = match side {
        Some(Side::Back) => " of the back end",
        Some(Side::Front) => " of the front end",
        None => "",
    };
    if report.formats.is_empty() {
        return format!("a report that carries {}{side}", report.carries.join(" and "));
    }
    format!("a report{side} of format {}", listed(&report.formats, 4))
}
