//! Which lines of a document say how it is kept and how far it is, and not what was approved: those of a closed list
//! of keys, each with a value of the kind that it takes.

use super::says::said;
use super::values::{are_people, are_tickets, is_dated, is_rank, is_room, is_state};

/// Whom a document is kept by.
#[rustfmt::skip]
const PEOPLE: [&str; 46] = [
    "accountable", "approved by", "approver", "approvers", "assigned to", "assignee", "assignees", "auteur", "author",
    "authors", "autor", "checked by", "completed by", "contact", "contacts", "contributors", "created by", "dri",
    "edited by", "engineering lead", "freigegeben von", "geprüft von", "kontakt", "last edited by", "last updated by",
    "lead", "maintainer", "maintainers", "on call", "owner", "owners", "prepared by", "prepared", "qa lead",
    "release lead", "release manager", "release owner", "responsible", "reviewed by", "reviewer", "reviewers",
    "signed by", "signed off by", "tech lead", "verantwortlich", "written by",
];

/// When it was kept.
#[rustfmt::skip]
const DATES: [&str; 29] = [
    "approved on", "completed on", "created", "created at", "created on", "date", "date created", "datum",
    "document date", "due", "due date", "erstellt", "erstellt am", "fecha", "last edited", "last modified",
    "last reviewed", "last update", "last updated", "lastmod", "modified", "report date", "reviewed on", "started on",
    "updated", "updated at", "updated on", "zuletzt aktualisiert", "日期",
];

/// How far it is.
#[rustfmt::skip]
const PROGRESS: [&str; 18] = [
    "boxes", "checks", "completion", "current status", "done", "estado", "items", "overall progress",
    "overall status", "progress", "readiness", "review status", "state", "status", "statut", "steps", "tasks",
    "document status",
];

/// Where it is spoken of.
#[rustfmt::skip]
const ROOMS: [&str; 14] = [
    "channel", "chat", "chat channel", "discord", "discord channel", "irc", "matrix", "meeting link", "slack",
    "slack channel", "teams channel", "war room", "zoom", "zoom link",
];

const TICKETS: [&str; 7] = ["issue", "issues", "jira", "link", "ticket", "tickets", "tracker"];

/// By what a site places a document.
#[rustfmt::skip]
const PLACED: [&str; 13] = [
    "has children", "has toc", "layout", "nav exclude", "nav order", "order", "permalink", "position",
    "sidebar position", "slug", "toc", "weight", "icon",
];

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
        let key = said(&key.replace("(s)", "s"));
        let is = |known: &[&str]| known.contains(&key.as_str());
        if key.split(' ').all(|word| TICKETS.contains(&word)) && are_tickets(value) {
            return Line::Ticket(said(value));
        }
        let is_kept = is(&PEOPLE) && are_people(value)
            || is(&DATES) && is_dated(value)
            || is(&PROGRESS) && is_state(value)
            || is(&ROOMS) && is_room(value)
            || key == "priority" && is_rank(value);
        if is_kept { Line::Kept } else { Line::Said }
    }

    /// The same of front matter; `value` is all that stands below the key.
    pub(super) fn of_front(key: &str, value: &str) -> Line {
        let placed = PLACED.contains(&said(key).as_str());
        match placed && value.split_whitespace().count() <= 1 {
            true => Line::Kept,
            false => Line::of_pair(key, value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_how_the_document_is_kept_is_kept_with_a_value_of_its_kind() {
        for (key, value) in [
            ("Owner", "Ana"),
            ("**Assignee(s)**", "Ana, Ben"),
            ("Signed-off by", "@ana"),
            ("Release manager", "Ana"),
            ("Date", "2026-01-05"),
            ("Last updated", "5 May"),
            ("Overall status", "done"),
            ("Progress", "80%"),
            ("Steps", "3/5"),
            ("Status", "not started"),
            ("Channel", "`#release-42`"),
            ("Zoom", "https://a.example/1"),
            ("Priority", "P1"),
            ("Owner", ""),
        ] {
            assert_eq!(Line::of_pair(key, value), Line::Kept, "{key}: {value}");
        }
        assert_eq!(Line::of_front("nav_order", "3"), Line::Kept);
        assert_eq!(Line::of_pair("**Ticket**", "OPS-12"), Line::Ticket("ops 12".to_owned()));
    }

    #[test]
    fn another_key_and_a_value_of_another_kind_are_said() {
        for (key, value) in [
            ("Owner", "db-eu"),
            ("Approver", "Ana except EU"),
            ("Authors", "can read keys"),
            ("Date", "after freeze"),
            ("Completed on", "EU hosts"),
            ("Progress", "EU"),
            ("Overall", "5 keys"),
            ("Status", "approved, EU only"),
            ("Status", "200"),
            ("State", "California"),
            ("Channel", "beta"),
            ("Priority", "P1 hosts"),
            ("Key manager", "Vault"),
            ("Git history", "kept"),
            ("HTTP status", "done"),
            ("Data owner", "Ana"),
            ("Approved for", "Ana"),
            ("Tests", "12/15"),
            ("License", "MIT"),
            ("Nav order", "3"),
            ("", ""),
        ] {
            assert_eq!(Line::of_pair(key, value), Line::Said, "{key}: {value}");
        }
        for key in
            ["tags", "label", "category", "sidebar_label", "team", "parent", "language", "score"]
        {
            assert_eq!(Line::of_front(key, "a"), Line::Said, "{key}");
        }
    }
}
