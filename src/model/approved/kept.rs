//! Which lines of a document say how it is kept and how far it is, and not what was approved.

use super::remarks::is_of_progress;
use super::says::{said, words};

/// Words of which the keys of such lines are made.
#[rustfmt::skip]
const KEPT: [&str; 68] = [
    "aktualisierung", "approved", "approver", "approvers", "assignee", "assignees", "author", "authors",
    "auteur", "autor", "changelog", "channel", "chat", "checked", "collaborators", "completed",
    "completion", "confidence", "contact", "contacts", "contributors", "created", "créé", "discord", "draft", "due",
    "effort", "erstellt", "estado", "estimate", "estimated", "freigegeben", "generated",
    "genehmigt", "geprüft", "history", "id", "irc", "kontakt", "lead", "license", "maintainer", "maintainers", "modified",
    "overall", "owner", "owners", "prepared", "priority",
    "progress", "readiness", "responsible", "review", "reviewed", "reviewer",
    "reviewers", "signed", "slack", "started", "status",
    "statut", "team", "update", "updated", "verantwortlich", "verified",
    "written", "zuletzt",
];

/// The same of front matter alone, by which a site places a document.
#[rustfmt::skip]
const PLACED: [&str; 32] = [
    "category", "duration", "grandparent", "icon", "label", "labels", "lang", "language", "lastmod", "layout", "nav",
    "order", "parent", "permalink", "position", "publish", "rating", "score", "seen", "sidebar", "slug", "stand", "state",
    "tags", "template", "time", "toc", "weight", "children", "has", "page", "title",
];

/// What stands beside them, and makes a key of its own.
#[rustfmt::skip]
const BESIDE: [&str; 18] = [
    "a", "and", "at", "by", "current", "date", "datum", "der", "fecha", "last", "next", "on", "off", "report",
    "the", "document", "doc", "日期",
];

/// What makes a key say whom or what a change is for, whatever it ends in.
const AFFECTED: [&str; 6] = ["affected", "customer", "destination", "impacted", "target", "tenant"];

/// What a key ends in that names who or what has to do with the document, whatever it is of.
#[rustfmt::skip]
const ENDS: [&str; 21] = [
    "author", "channel", "chat", "contact", "contacts", "coordinator", "created", "history", "lead", "maintainer",
    "manager", "managers", "oncall", "owner", "owners", "phone", "reviewer", "reviewers", "status", "thread",
    "team",
];

/// What makes a key say for what something is.
const FOR: [&str; 7] = ["for", "für", "of", "para", "pour", "scope", "voor"];

/// What makes a value say of what something is alone.
const NARROWS: [&str; 7] = ["except", "excluding", "excludes", "not", "only", "unless", "without"];

/// How a line stands to what was approved.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// It says something of it.
    Said,
    /// It is of how the document is kept.
    Kept,
    /// It names the ticket that all is done under.
    Ticket(String),
}

impl Line {
    /// What the line `key: value` of a text is.
    pub(super) fn of_pair(key: &str, value: &str) -> Line {
        let key = words(key);
        let is_kept = is_kept(&key, &[]) || key == ["state"] && is_of_progress(value);
        Line::of_kind(&key, value, is_kept)
    }

    /// The same of front matter; `value` is all that stands below the key.
    pub(super) fn of_front(key: &str, value: &str) -> Line {
        let key = words(key);
        let is_kept = is_kept(&key, &PLACED);
        Line::of_kind(&key, value, is_kept)
    }

    fn of_kind(key: &[String], value: &str, is_kept: bool) -> Line {
        let narrows = words(value).iter().any(|word| NARROWS.contains(&word.as_str()));
        if narrows && !is_unset(value) {
            return Line::Said;
        }
        if is_ticket(key) {
            return Line::Ticket(said(value));
        }
        let is_kept = is_kept && !is_of_releases(key, value);
        match is_kept || is_count(key, value) {
            true => Line::Kept,
            false => Line::Said,
        }
    }
}

/// `Channel: beta` is where a release goes, `Channel: #release` where it is spoken of.
fn is_of_releases(key: &[String], value: &str) -> bool {
    const CHATS: [&str; 8] =
        ["chat", "comms", "discord", "irc", "matrix", "slack", "support", "teams"];
    let is_channel = key.last().is_some_and(|word| word == "channel");
    let is_room =
        value.trim_start_matches(|c: char| " *_`[<\"'".contains(c)).starts_with(['#', '@']);
    let is_link = value.contains("://");
    is_channel && !is_room && !is_link && !key.iter().any(|word| CHATS.contains(&word.as_str()))
}

/// `Tests: 12/15`: how many of what the document counts are done. Of any other key a figure is what was approved.
fn is_count(key: &[String], value: &str) -> bool {
    const COUNTED: [&str; 7] = ["boxes", "checks", "done", "items", "steps", "tasks", "tests"];
    let of = value.trim().split_once('/');
    let of = of.and_then(|(done, all)| Some((done.trim().parse().ok()?, all.trim().parse().ok()?)));
    let is_part = of.is_some_and(|(done, all): (u32, u32)| done <= all);
    is_part && !key.is_empty() && key.iter().all(|word| COUNTED.contains(&word.as_str()))
}

/// `not started`, `not yet`: how far something is.
fn is_unset(value: &str) -> bool {
    let words = words(value);
    matches!(
        words.iter().map(String::as_str).collect::<Vec<_>>().as_slice(),
        ["not", "started" | "yet" | "done" | "ready" | "set" | "signed" | "approved"]
    )
}

fn is_ticket(key: &[String]) -> bool {
    const TICKETS: [&str; 7] = ["issue", "issues", "jira", "link", "ticket", "tickets", "tracker"];
    !key.is_empty() && key.iter().all(|word| TICKETS.contains(&word.as_str()))
}

/// Whether a key says how a document is kept: by such words, and those that are known `also`.
fn is_kept(key: &[String], also: &[&str]) -> bool {
    let is = |known: &[&str], word: &String| known.contains(&word.as_str());
    if key.is_empty() || key.iter().any(|word| is(&FOR, word) || is(&AFFECTED, word)) {
        return false;
    }
    // "Deployment date", "Go-live date" are what was agreed; "Date" and "Report date" are of the document.
    let is_known = |word| [&KEPT[..], &BESIDE, &ENDS, also].iter().any(|known| is(known, word));
    key.iter().all(is_known)
        || key.last().is_some_and(|word| is(&ENDS, word))
        || key.ends_with(&["on".to_owned(), "call".to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_how_the_document_is_kept_unless_it_says_for_what() {
        for key in [
            "Owner",
            "Date",
            "Last updated",
            "Overall status",
            "Progress",
            "Version history",
            "Report date",
            "Reviewed by",
            "Approved by",
            "Release manager",
            "Slack channel",
            "QA lead",
            "Date created",
        ] {
            assert_eq!(Line::of_pair(key, "x"), Line::Kept, "{key}");
        }
        for key in [
            "Approved for",
            "Prepared for",
            "Version",
            "Go-live date",
            "Scope",
            "Status of EU",
            "Note",
            "Exclude",
            "Description",
            "Freigegeben für",
        ] {
            assert_eq!(Line::of_pair(key, "x"), Line::Said, "{key}");
        }
        assert_eq!(Line::of_pair("Status", "approved, EU only"), Line::Said);
        assert_eq!(Line::of_pair("Release channel", "beta"), Line::Said);
        for key in ["Target team", "Status page", "Language", "Order", "State", "Duration"] {
            assert_eq!(Line::of_pair(key, "x"), Line::Said, "{key}");
        }
        assert_eq!(Line::of_pair("State", "in progress"), Line::Kept);
        assert_eq!(Line::of_front("nav_order", "3"), Line::Kept);
        assert_eq!(Line::of_pair("Channel", "`#release-42`"), Line::Kept);
        assert_eq!(Line::of_pair("Status", "not started"), Line::Kept);
        assert_eq!(Line::of_pair("Tests", "12/15"), Line::Kept);
        assert_eq!(Line::of_pair("**Ticket**", "OPS-12"), Line::Ticket("ops 12".to_owned()));
    }
}
