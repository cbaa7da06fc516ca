//! Which columns of a table say how its rows stand.

use std::collections::BTreeSet;

use super::states::{sign, state, worded};
use crate::model::Claim;

/// A table as it is looked at: its head, and the cells of its rows as they are shown.
pub(super) struct Table<'t> {
    head: &'t [String],
    /// The titles in lower case without decoration.
    titles: Vec<String>,
    body: &'t [Vec<String>],
}

impl<'t> Table<'t> {
    pub(super) fn of(head: &'t [String], body: &'t [Vec<String>]) -> Table<'t> {
        let titles = head.iter().map(|title| bare_title(title)).collect();
        Table { head, titles, body }
    }

    /// The title of a column as it is written.
    pub(super) fn title(&self, column: usize) -> &'t str {
        self.head.get(column).map(String::as_str).unwrap_or_default()
    }

    /// The title of a column in lower case without decoration.
    pub(super) fn bare(&self, column: usize) -> &str {
        self.titles.get(column).map(String::as_str).unwrap_or_default()
    }

    /// How many columns have a title.
    pub(super) fn width(&self) -> usize {
        self.titles.len()
    }

    /// The column of that bare title.
    pub(super) fn titled(&self, title: &str) -> Option<usize> {
        self.titles.iter().position(|known| known == title)
    }

    /// Whether a column is called a status, and some of its cells say one.
    pub(super) fn asks_for_a_state(&self, column: usize) -> bool {
        let answers = answers(self.bare(column));
        is_status_title(self.title(column))
            && self.cells(column).any(|cell| state(cell, answers).is_some())
    }

    /// Whether what stands in a column is a word for a state, and nothing measured.
    pub(super) fn holds_words(&self, column: usize) -> bool {
        let bare = self.bare(column);
        answers(bare) || ["status", "state"].iter().any(|title| bare.ends_with(title))
    }

    fn cells(&self, column: usize) -> impl Iterator<Item = &'t str> {
        self.body.iter().filter_map(move |cells| cells.get(column)).map(String::as_str)
    }

    fn filled(&self, column: usize) -> impl Iterator<Item = &'t str> {
        self.cells(column)
            .filter(|cell| cell.contains(char::is_alphanumeric) || sign(cell).is_some())
    }

    fn signs(&self, column: usize) -> usize {
        self.cells(column).filter(|cell| sign(cell).is_some()).count()
    }
}

/// The columns that hold the status: those that are named so; or environments that a rollout goes
/// through; or one that is nameless or all of states, where it is the only one of signs. A colour
/// under `Priority` grades, and one under `Windows` says what is supported.
pub(super) fn status_columns(table: &Table<'_>) -> Vec<usize> {
    let columns = table.body.iter().map(Vec::len).max().unwrap_or(0);
    let mut named: Vec<usize> = (0..columns).filter(|column| is_named(table, *column)).collect();
    keep_if_any(&mut named, |column| !is_of_another_time(table.bare(column)));
    keep_if_any(&mut named, |column| says_states(table, column));
    if !named.is_empty() {
        return named;
    }
    let stages = environments(table, columns);
    if stages.len() > 1 {
        return stages;
    }
    only_one_of_signs(table, columns).into_iter().collect()
}

/// Whether a column is called a status and says one, by signs or by words in most of its cells.
fn is_named(table: &Table<'_>, column: usize) -> bool {
    let title = table.title(column);
    // What passed and what failed beside it are counted, and neither is a status.
    let counts = || table.bare(column) == "passed" && table.titled("failed").is_some();
    if !is_status_title(title) || counts() {
        return false;
    }
    table.signs(column) > 0 || says_states(table, column) && !explains(table, column)
}

/// Whether at least half of what a column says are states; of versions, of which one is released and
/// another one in beta, all.
fn says_states(table: &Table<'_>, column: usize) -> bool {
    const VERSIONS: [&str; 5] = ["version", "versions", "release", "releases", "channel"];
    let answers = answers(table.bare(column));
    let said = table.filled(column).filter(|cell| state(cell, answers).is_some()).count();
    let all = table.filled(column).count();
    said > 0 && (said == all || said * 2 >= all && !VERSIONS.contains(&table.bare(0)))
}

/// Leaves only what is wanted, where there is some.
fn keep_if_any(columns: &mut Vec<usize>, wanted: impl Fn(usize) -> bool) {
    let kept: Vec<usize> = columns.iter().copied().filter(|column| wanted(*column)).collect();
    if !kept.is_empty() {
        *columns = kept;
    }
}

/// Whether a table explains the words of a column rather than telling how rows stand.
fn explains(table: &Table<'_>, column: usize) -> bool {
    const MEANINGS: [&str; 6] =
        ["meaning", "means", "definition", "explanation", "bedeutung", "when to use"];
    let words: BTreeSet<String> = table.filled(column).map(str::to_lowercase).collect();
    let all_differ = words.len() == table.filled(column).count();
    let meant = || MEANINGS.iter().any(|title| table.titled(title).is_some());
    all_differ && (column == 0 || meant())
}

/// The columns of environments, where all that they say is how each row stands there.
fn environments(table: &Table<'_>, columns: usize) -> Vec<usize> {
    const SETTINGS: [&str; 14] = [
        "setting",
        "settings",
        "config",
        "configuration",
        "parameter",
        "variable",
        "option",
        "property",
        "feature",
        "features",
        "capability",
        "flag",
        "aspect",
        "resource",
    ];
    let titled: Vec<(usize, usize)> = (0..columns)
        .filter_map(|column| Some((column, environment(table.bare(column))?)))
        .collect();
    let said = |(column, _): &(usize, usize)| {
        table.filled(*column).next().is_some()
            && table.filled(*column).all(|cell| state(cell, false).is_some())
    };
    let first = table.bare(0);
    let compares = first.is_empty() || first.split(' ').any(|word| SETTINGS.contains(&word));
    if !titled.iter().all(said) || compares && !is_rollout(table, &titled) || first.is_empty() {
        return Vec::new();
    }
    titled.into_iter().map(|(column, _)| column).collect()
}

/// Whether nothing is done in one environment before it is done in those that come first: else the
/// table compares how each is set up.
fn is_rollout(table: &Table<'_>, columns: &[(usize, usize)]) -> bool {
    let done = |cells: &[String], column: usize| {
        let claim = cells.get(column).and_then(|cell| state(cell, false)).map(|state| state.claim);
        claim == Some(Claim::Done)
    };
    let mut stages = columns.to_vec();
    stages.sort_by_key(|(_, stage)| *stage);
    table.body.iter().all(|cells| {
        stages.windows(2).all(|pair| match pair {
            [(before, _), (after, _)] => done(cells, *before) || !done(cells, *after),
            _ => true,
        })
    })
}

/// How far on its way to production an environment is.
fn environment(title: &str) -> Option<usize> {
    const STAGES: [&[&str]; 5] = [
        &["local", "dev", "develop", "development", "sandbox", "ci"],
        &["test", "testing", "qa", "integration", "int"],
        &["uat", "acceptance", "stage", "staging", "stg"],
        &["preprod", "pre-prod", "pre-production", "canary", "beta"],
        &["prod", "production", "prd", "live"],
    ];
    STAGES.iter().position(|names| names.contains(&title))
}

/// The one column of signs of a table that names none.
fn only_one_of_signs(table: &Table<'_>, columns: usize) -> Option<usize> {
    let mut candidates =
        (0..columns).filter(|at| !is_grade(table.bare(*at)) && table.signs(*at) > 0);
    let only = candidates.next()?;
    let full = table.signs(only) == table.body.len() && candidates.next().is_none();
    let nameless = !table.title(only).contains(char::is_alphanumeric);
    let chosen = full && (nameless || table.cells(only).all(says_a_state));
    // A first column of signs that are all different is a legend.
    let signs: BTreeSet<&str> = table.cells(only).collect();
    let legend = only == 0 && signs.len() == table.body.len();
    (chosen && !legend).then_some(only)
}

/// `✅ Done`, `⏳ in progress`: a sign and the state that it stands for.
fn says_a_state(cell: &str) -> bool {
    sign(cell).is_some_and(|(_, rest)| worded(rest, false).is_some())
}

/// A title in lower case without decoration.
fn bare_title(title: &str) -> String {
    title.to_lowercase().trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// Whether a column grades its rows rather than telling how they stand.
fn is_grade(title: &str) -> bool {
    const GRADES: [&str; 15] = [
        "priority",
        "prio",
        "severity",
        "impact",
        "risk",
        "likelihood",
        "probability",
        "urgency",
        "importance",
        "criticality",
        "effort",
        "complexity",
        "difficulty",
        "level",
        "confidence",
    ];
    title.split(|c: char| !c.is_alphanumeric()).any(|word| GRADES.contains(&word))
}

/// Whether a column tells how its rows stood before, or shall stand.
fn is_of_another_time(title: &str) -> bool {
    const TIMES: [&str; 10] = [
        "previous", "prior", "before", "old", "initial", "last", "original", "target", "expected",
        "planned",
    ];
    title.split(' ').any(|word| TIMES.contains(&word))
}

/// Titles that a yes or a no answers.
const QUESTIONS: [&str; 14] = [
    "done",
    "complete",
    "completed",
    "verified",
    "ready",
    "pass",
    "passed",
    "implemented",
    "tested",
    "deployed",
    "approved",
    "fixed",
    "met",
    "achieved",
];

/// Whether a plain yes below a bare title says that it is done.
pub(super) fn answers(title: &str) -> bool {
    QUESTIONS.contains(&title)
}

/// Titles that only say that a status stands below them.
const TITLES: [&str; 21] = [
    "status",
    "state",
    "result",
    "results",
    "outcome",
    "verdict",
    "progress",
    "check",
    "checkbox",
    "pass/fail",
    "pass / fail",
    "estado",
    "statut",
    "stand",
    "stato",
    "статус",
    "状态",
    "狀態",
    "状態",
    "ステータス",
    "✅",
];

/// Whether a title says nothing but that a status stands below it.
pub(super) fn is_plain_status(title: &str) -> bool {
    let lower = title.to_lowercase();
    TITLES.contains(&lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '✅'))
}

/// Whether people write into a column of that bare title after a row was done: who, when, a remark,
/// a link, what was measured.
pub(super) fn is_filled_in_later(title: &str) -> bool {
    const LATER: [&str; 44] = [
        "actual",
        "assigned",
        "author",
        "bemerkung",
        "bemerkungen",
        "by",
        "comment",
        "comments",
        "current",
        "date",
        "datum",
        "duration",
        "effort",
        "estimate",
        "eta",
        "evidence",
        "finished",
        "issue",
        "kommentar",
        "link",
        "links",
        "measured",
        "note",
        "notes",
        "notiz",
        "pr",
        "progress",
        "proof",
        "ref",
        "reference",
        "references",
        "remark",
        "remarks",
        "result",
        "results",
        "reviewer",
        "started",
        "tester",
        "ticket",
        "time",
        "updated",
        "url",
        "value",
        "when",
    ];
    let mut words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.next_back().is_some_and(|last| LATER.contains(&last))
        || title.starts_with("last ")
        || title.starts_with("date ")
}

/// Whether a number alone says below that bare title what shall hold.
pub(super) fn sets_a_goal(title: &str) -> bool {
    const GOALS: [&str; 14] = [
        "build",
        "expected",
        "goal",
        "limit",
        "max",
        "maximum",
        "min",
        "minimum",
        "release",
        "required",
        "target",
        "threshold",
        "version",
        "year",
    ];
    title.split(|c: char| !c.is_alphanumeric()).any(|word| GOALS.contains(&word))
}

/// Whether a cell below that bare title says where a row holds, or how far.
pub(super) fn places(title: &str) -> bool {
    const PLACES: [&str; 12] = [
        "area",
        "component",
        "customer",
        "env",
        "environment",
        "host",
        "place",
        "platform",
        "region",
        "scope",
        "system",
        "where",
    ];
    title.split(|c: char| !c.is_alphanumeric()).any(|word| PLACES.contains(&word))
}

fn is_status_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '✅');
    TITLES.contains(&bare)
        || answers(&bare_title(title))
        || bare.ends_with(" status")
        || bare.starts_with("status ")
}
