//! The readiness of one commit, as a comment on a pull request or a job's summary: what is false or
//! stands in the way is open, the rest is folded.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::model::{Status, counted};
use crate::render::text::{self as terminal, Paint};
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Item, Problem};

use super::LONGEST;
use super::escape::{code, text};

/// Bytes kept free for what stands after the tables.
const RESERVE: usize = 400;

/// Characters of one cell at the most.
const LONGEST_CELL: usize = 400;

/// A table: its title, whether it is open, its rows.
struct Table {
    title: String,
    open: bool,
    head: &'static str,
    rows: Vec<String>,
}

/// The whole of `trueup check --format markdown`.
pub fn snapshot(snapshot: &Snapshot, _: Paint) -> String {
    let mut out = String::new();
    head(&mut out, snapshot);
    let mut left_out = 0;
    for table in tables(snapshot) {
        left_out += write(&mut out, &table);
    }
    if left_out > 0 {
        let rows = counted(left_out as u64, "row");
        let _ =
            writeln!(out, "\n{rows} left out: a comment holds no more. `trueup check` has all.");
    }
    out
}

fn head(out: &mut String, snapshot: &Snapshot) {
    let summary = &snapshot.summary;
    let release = snapshot.release.iter().map(|name| format!(" {}", text(name)));
    let release = release.collect::<String>();
    let _ = writeln!(out, "## Readiness: {}{release}\n", text(&snapshot.project));
    let _ = writeln!(out, "**{}**\n", text(&summary.gate.sentence));
    if summary.overall.applicable > 0 {
        let [claimed, proven] = terminal::sentences(&summary.overall);
        let _ = writeln!(out, "{claimed} {proven}\n");
        let _ = writeln!(out, "```text\n{}```\n", terminal::picture(summary));
    }
    let commit = snapshot.commit.as_ref().map(|commit| {
        let dirty = if commit.dirty { ", with uncommitted changes" } else { "" };
        format!(" at {}{dirty}", code(commit.id.get(..7).unwrap_or(&commit.id)))
    });
    let _ = writeln!(out, "Judged {}{}.", text(&snapshot.judged_at), commit.unwrap_or_default());
}

/// Where an item is told, in the order of the tables.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Contradicted,
    Blocking,
    Stale,
    Unproven,
    Failing,
    Waived,
    Ready,
}

impl Group {
    /// The group of an item; `None` where it is counted and not listed.
    fn of(item: &Item, blocks: bool) -> Option<Group> {
        match item.status {
            Status::Contradicted => Some(Group::Contradicted),
            Status::Stale => Some(Group::Stale),
            _ if blocks => Some(Group::Blocking),
            Status::Unproven => Some(Group::Unproven),
            Status::Failing => Some(Group::Failing),
            Status::Waived => Some(Group::Waived),
            Status::Ready => Some(Group::Ready),
            Status::Open | Status::Verified | Status::NotApplicable => None,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Group::Contradicted => "Contradicted",
            Group::Blocking => "In the way of the gate",
            Group::Stale => "Stale",
            Group::Unproven => "Unproven",
            Group::Failing => "Failing",
            Group::Waived => "Waived",
            Group::Ready => "Ready to tick",
        }
    }
}

fn tables(snapshot: &Snapshot) -> Vec<Table> {
    let gate = &snapshot.summary.gate;
    let blocking: BTreeSet<&str> = gate.blocking.iter().map(String::as_str).collect();
    let mut rows: BTreeMap<Group, Vec<String>> = BTreeMap::new();
    for checklist in &snapshot.checklists {
        let path = &checklist.path;
        for item in &checklist.items {
            let blocks = blocking.contains(format!("{path}#{}", item.id).as_str());
            if let Some(group) = Group::of(item, blocks) {
                rows.entry(group).or_default().push(row(path, item));
            }
        }
    }
    let items = rows.into_iter().map(|(group, rows)| Table {
        title: format!("{} ({})", group.title(), rows.len()),
        open: group <= Group::Stale,
        head: "| item | why |\n| --- | --- |\n",
        rows,
    });
    items.chain([problems(&snapshot.problems)]).collect()
}

fn row(path: &str, item: &Item) -> String {
    let place = code(&format!("{path}:{}", item.line));
    let why = text(&cut(&item.reason));
    let next = item.next.iter().map(|next| format!("<br>→ {}", text(&cut(next))));
    let condition = item.requirement.as_ref().and_then(|one| one.condition.as_deref());
    let condition = condition.map(|written| format!("<br>{}", code(&cut(written))));
    format!(
        "| {}<br>{place} | {why}{}{} |\n",
        text(&cut(&item.text)),
        condition.unwrap_or_default(),
        next.collect::<String>(),
    )
}

fn problems(problems: &[Problem]) -> Table {
    let rows = problems.iter().map(|problem| {
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        let hint = problem.hint.iter().map(|hint| format!("<br>→ {}", text(&cut(hint))));
        format!(
            "| {} {} | {}<br>{}{} |\n",
            problem.severity.word(),
            code(&problem.code),
            code(&format!("{}{line}", problem.path)),
            text(&cut(&problem.message)),
            hint.collect::<String>(),
        )
    });
    Table {
        title: format!("Problems of this run ({})", problems.len()),
        open: false,
        head: "| problem | where and what |\n| --- | --- |\n",
        rows: rows.collect(),
    }
}

/// Writes the rows that fit, and returns how many did not.
fn write(out: &mut String, table: &Table) -> usize {
    let (open, close) = match table.open {
        true => (format!("\n### {}\n\n{}", table.title, table.head), ""),
        false => (
            format!("\n<details><summary>{}</summary>\n\n{}", table.title, table.head),
            "\n</details>\n",
        ),
    };
    let mut free = LONGEST.saturating_sub(out.len() + open.len() + close.len() + RESERVE);
    let fits = |row: &&String| {
        let fits = row.len() <= free;
        free = free.saturating_sub(row.len());
        fits
    };
    let rows: Vec<&String> = table.rows.iter().take_while(fits).collect();
    if !rows.is_empty() {
        out.push_str(&open);
        rows.iter().for_each(|row| out.push_str(row));
        out.push_str(close);
    }
    table.rows.len() - rows.len()
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_CELL) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
