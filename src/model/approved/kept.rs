//! Which lines of a document say how it is kept and how far it is, and not what was approved.

use super::says::{said, words};
use crate::model::edition::is_progress;

/// Words of which the keys of such lines are made.
#[rustfmt::skip]
const KEPT: [&str; 92] = [
    "aktualisierung", "approved", "approver", "approvers", "assignee", "assignees", "author", "authors",
    "auteur", "autor", "category", "changelog", "channel", "checked", "collaborators", "completed",
    "completion", "confidence", "contact", "contacts", "contributors", "created", "créé", "draft", "due",
    "duration", "effort", "erstellt", "estado", "estimate", "estimated", "freigegeben", "generated",
    "genehmigt", "geprüft", "grandparent", "history", "icon", "id", "kontakt", "label", "labels", "lang",
    "language", "lastmod", "layout", "lead", "license", "maintainer", "maintainers", "modified", "nav",
    "order", "overall", "owner", "owners", "parent", "permalink", "position", "prepared", "priority",
    "progress", "publish", "rating", "readiness", "responsible", "review", "reviewed", "reviewer",
    "reviewers", "score", "seen", "sidebar", "signed", "slug", "stand", "started", "state", "status",
    "statut", "tags", "team", "template", "time", "toc", "update", "updated", "verantwortlich", "verified",
    "weight", "written", "zuletzt",
];

/// What stands beside them, and makes a key of its own.
#[rustfmt::skip]
const BESIDE: [&str; 22] = [
    "a", "and", "at", "by", "current", "date", "datum", "der", "fecha", "last", "next", "on", "off", "report",
    "the", "title", "page", "document", "doc", "has", "children", "日期",
];

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
    /// What a line `key: value` is; `value` is all that stands below the key.
    pub(super) fn of_pair(key: &str, value: &str) -> Line {
        let key = words(key);
        let narrows = words(value).iter().any(|word| NARROWS.contains(&word.as_str()));
        if narrows && !is_unset(value) {
            return Line::Said;
        }
        if is_ticket(&key) {
            return Line::Ticket(said(value));
        }
        let is_kept = is_kept(&key) && !is_of_releases(&key, value);
        match is_kept || is_progress(value.trim()) {
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

fn is_kept(key: &[String]) -> bool {
    let is = |known: &[&str], word: &String| known.contains(&word.as_str());
    if key.is_empty() || key.iter().any(|word| is(&FOR, word)) {
        return false;
    }
    // "Deployment date", "Go-live date" are what was agreed; "Date" and "Report date" are of the document.
    key.iter().all(|word| is(&KEPT, word) || is(&BESIDE, word) || is(&ENDS, word))
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
            "nav_order",
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
        assert_eq!(Line::of_pair("Channel", "`#release-42`"), Line::Kept);
        assert_eq!(Line::of_pair("Status", "not started"), Line::Kept);
        assert_eq!(Line::of_pair("Tests", "12/15"), Line::Kept);
        assert_eq!(Line::of_pair("**Ticket**", "OPS-12"), Line::Ticket("ops 12".to_owned()));
    }
}
