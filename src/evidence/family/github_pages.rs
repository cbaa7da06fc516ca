//! Lists of GitHub in pages: one, several one behind the other as `gh api --paginate` writes them, or a
//! list of them as with `--slurp`.

use std::collections::HashSet;

use serde::Deserialize;

use super::github;
use crate::evidence::{Broken, Input, Shape, Sniff, json};
use crate::model::Reading;

/// One page of a list.
pub(in crate::evidence) trait Page {
    /// What it lists.
    type Entry;

    /// How many there are on all pages, and those on this one.
    fn parts(self) -> (Option<u64>, Vec<Self::Entry>);

    /// What tells one entry from another.
    fn id(entry: &Self::Entry) -> Option<u64>;
}

/// What all pages hold.
pub(in crate::evidence) struct Listed<T> {
    pub total: Option<u64>,
    pub entries: Vec<T>,
    /// How many of them no earlier page holds: one that is there twice counts once.
    pub distinct: usize,
}

impl<T> Listed<T> {
    /// Doubts a reading of which a page is missing.
    pub(in crate::evidence) fn whole(&self, reading: &mut Reading, noun: &str) {
        github::cut_page(reading, self.total, self.distinct, noun);
    }
}

/// Whether the file is of pages whose entries stand under `list`.
pub(in crate::evidence) fn is_paged(sniff: &Sniff<'_>, list: &str) -> bool {
    let Some(shape) = sniff.json() else { return false };
    shape.has(&[list]) || shape.first().is_some_and(|page| page.has(&["total_count", list]))
}

/// Reads every page. A document among them that is none is a fault.
pub(in crate::evidence) fn paged<'a, P>(input: &Input<'a>) -> Result<Listed<P::Entry>, Broken>
where
    P: Page + Deserialize<'a>,
{
    let is_map = input.sniff.json().is_some_and(Shape::is_map);
    let pages: Vec<P> = if is_map { json::all(input.text)? } else { lists(input.text)? };
    let mut listed = Listed { total: None, entries: Vec::new(), distinct: 0 };
    let mut ids = HashSet::new();
    for page in pages {
        let (total, entries) = page.parts();
        listed.total = listed.total.max(total);
        let is_new = |entry: &&P::Entry| P::id(entry).is_none_or(|id| !ids.contains(&id));
        listed.distinct += entries.iter().filter(is_new).count();
        ids.extend(entries.iter().filter_map(P::id));
        listed.entries.extend(entries);
    }
    Ok(listed)
}

/// Reads lists that bear no count, by themselves or in pages.
pub(in crate::evidence) fn bare<'a, T: Deserialize<'a>>(
    input: &Input<'a>,
) -> Result<Vec<T>, Broken> {
    let first = input.sniff.json().and_then(Shape::first);
    if matches!(first, Some(Shape::List(_))) {
        let pages: Vec<Vec<T>> = lists(input.text)?;
        return Ok(pages.into_iter().flatten().collect());
    }
    lists(input.text)
}

fn lists<'a, T: Deserialize<'a>>(text: &'a str) -> Result<Vec<T>, Broken> {
    let lists: Vec<Vec<T>> = json::all(text)?;
    Ok(lists.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    fn page(list: &str, total: usize, entries: &[String]) -> String {
        format!(r#"{{"total_count": {total}, "{list}": [{}]}}"#, entries.join(","))
    }

    fn entry(id: u64) -> String {
        format!(
            r#"{{"id": {id}, "run_id": 5, "run_number": {id}, "run_attempt": 1, "workflow_id": 1,
            "name": "t ({id})", "event": "push", "head_branch": "main", "head_sha": "ab",
            "status": "completed", "conclusion": "success", "archive_download_url": "u",
            "expired": false, "digest": "sha256:{id}"}}"#
        )
    }

    #[test]
    fn pages_one_behind_the_other_are_one_list() {
        for (format, list, noun) in [
            ("github-workflow-job", "jobs", "jobs"),
            ("github-check", "check_runs", "checks"),
            ("github-artifact", "artifacts", "artifacts"),
        ] {
            let [one, two] = [1, 2].map(|id| page(list, 2, &[entry(id)]));
            let lacks = format!("holds 1 of 2 {noun}");
            proves(
                format,
                &[
                    (&format!("{one}{two}"), ""),
                    (&format!("{one}\n{two}\n"), ""),
                    (&format!("[{one},{two}]"), ""),
                    (&one, &lacks),
                    (&format!("[{one}]"), &lacks),
                    (&format!("{one}{one}"), &lacks),
                ],
            );
        }
    }

    #[test]
    fn runs_and_deployments_come_in_pages_too() {
        let [one, two] = [1, 2].map(|id| page("workflow_runs", 2, &[entry(id)]));
        let runs = [format!("{one}{two}"), format!("[{one},{two}]")];
        proves("github-workflow-run", &[(&runs[0], ""), (&runs[1], "")]);
        let deployment = |id: u64| {
            format!(
                r#"[{{"id": {id}, "sha": "ab", "ref": "main", "task": "deploy", "environment": "live",
                "statuses_url": "u", "created_at": "2026-11-2{id}T10:00:00Z"}}]"#
            )
        };
        let (one, two) = (deployment(1), deployment(2));
        let lists = [format!("{one}{two}"), format!("[{one},{two}]")];
        proves("github-deployment", &[(&lists[0], ""), (&lists[1], "")]);
    }

    #[test]
    fn what_is_no_page_among_pages_is_a_fault() {
        let one = page("jobs", 1, &[entry(1)]);
        for other in ["{\"message\": \"rate limit\"}", "{\"total_count\": 1, \"jobs\": [", "x"] {
            let text = format!("{one}{other}");
            let answer =
                crate::evidence::read("jobs.json", text.as_bytes(), None, &Default::default());
            assert!(answer.reading().is_none(), "{other}");
        }
    }
}
