//! Which columns of a table say how its rows stand.

use std::collections::BTreeSet;

use super::beside::beside;
use super::fields::Part;
use super::legends::{derives, explains, is_legend};
use super::pairs::{Pair, lists_answers, pair};
use super::scene::Scene;
use super::states::{
    State, is_decision_to_act, is_no_state, is_plainly_a_state, sign, state, worded,
};
use super::titles::{
    answers, asks_for_words, asks_what_was_done, asks_whether_ready, bare_title, calls_a_status,
    decides, describes, is_grade, is_of_another_time, is_status,
};
use crate::model::Claim;

/// A table as it is looked at: its head, and the cells of its rows as they are shown.
pub(super) struct Table<'t> {
    head: &'t [String],
    /// The titles in lower case without decoration.
    titles: Vec<String>,
    parts: Vec<Part>,
    body: &'t [Vec<String>],
}

/// How the rows of a table say where they stand.
pub(super) struct Standing {
    pub(super) columns: Vec<usize>,
    /// Those beside them that take back what they say.
    pub(super) beside: Vec<usize>,
    /// The two columns of which one is marked in each row.
    pub(super) pair: Option<Pair>,
    /// Whether a row that says nothing is open.
    pub(super) unsaid_is_open: bool,
    /// Whether no row says anything yet.
    pub(super) is_blank: bool,
}

impl<'t> Table<'t> {
    pub(super) fn of(head: &'t [String], body: &'t [Vec<String>]) -> Table<'t> {
        let titles: Vec<String> = head.iter().map(|title| bare_title(title)).collect();
        let shown = |title: &String| !title.trim().is_empty();
        let parts = titles.iter().zip(head).map(|(bare, title)| Part::of(bare, shown(title)));
        let mut parts: Vec<Part> = parts.collect();
        // What a role is responsible for is nobody.
        let duties = |title: &String| title == "responsibility" || title == "responsibilities";
        if titles.iter().any(|title| title == "role") {
            for (part, _) in parts.iter_mut().zip(&titles).filter(|(_, title)| duties(title)) {
                *part = Part::Unknown;
            }
        }
        // Where nothing names the rows, what they belong to may.
        if !parts.contains(&Part::Names) {
            parts
                .iter_mut()
                .filter(|part| **part == Part::Groups)
                .for_each(|part| *part = Part::Unknown);
        }
        Table { head, parts, titles, body }
    }

    /// What a column is to its rows.
    pub(super) fn part(&self, column: usize) -> Part {
        self.parts.get(column).copied().unwrap_or(Part::Unknown)
    }

    /// What `cell` says below `column`.
    pub(super) fn state<'c>(&self, column: usize, cell: &'c str) -> Option<State<'c>> {
        let bare = self.bare(column);
        if decides(bare) && is_decision_to_act(cell) {
            return None;
        }
        let answers = answers(bare) || asks_what_was_done(self.title(column));
        let said = state(cell, answers)?;
        let said = if is_outcome(bare) { outcome(cell, said) } else { said };
        // "Ready" is what such a column asks for.
        let ready = asks_whether_ready(bare)
            && sign(cell).is_none()
            && cell.trim_matches(|c: char| !c.is_alphanumeric()).eq_ignore_ascii_case("ready");
        Some(if ready { State { claim: Claim::Done, ..said } } else { said })
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

    /// Whether a column names what is checked or to be done.
    pub(super) fn names_rows(&self) -> bool {
        self.parts.contains(&Part::Names)
    }

    /// Whether some cells of a column say a state.
    pub(super) fn says_any_state(&self, column: usize) -> bool {
        self.cells(column).any(|cell| self.state(column, cell).is_some())
    }

    /// Whether what stands in a column is a word for a state, and nothing measured.
    pub(super) fn holds_words(&self, column: usize) -> bool {
        asks_for_words(self.bare(column))
    }

    pub(super) fn cells(&self, column: usize) -> impl Iterator<Item = &'t str> {
        self.body.iter().filter_map(move |cells| cells.get(column)).map(String::as_str)
    }

    pub(super) fn filled(&self, column: usize) -> impl Iterator<Item = &'t str> {
        self.cells(column)
            .filter(|cell| cell.contains(char::is_alphanumeric) || sign(cell).is_some())
    }

    /// Whether `cells` are those of the last row.
    pub(super) fn ends_with(&self, cells: &[String]) -> bool {
        self.body.last().is_some_and(|last| std::ptr::eq(last.as_slice(), cells))
    }

    fn signs(&self, column: usize) -> usize {
        self.cells(column).filter(|cell| sign(cell).is_some()).count()
    }
}

/// What was tried may have been blocked: below `Result` that is one.
fn outcome<'c>(cell: &str, said: State<'c>) -> State<'c> {
    const KEPT_OUT: [&str; 3] = ["blocked", "denied", "rejected"];
    let kept_out = KEPT_OUT.iter().any(|word| word.eq_ignore_ascii_case(said.rest));
    let signed = sign(cell).is_some_and(|(claim, _)| claim == Claim::Done);
    State { claim: if kept_out && signed { Claim::Done } else { said.claim }, ..said }
}

fn is_outcome(title: &str) -> bool {
    ["actual", "actual result", "outcome", "result", "results", "test result"].contains(&title)
}

/// How the rows of a table say where they stand: in the columns that are named so; in a pair of which
/// one is marked; in environments that a rollout goes through; in one that is nameless or all of
/// states; or, below a heading about a gate, in those that nothing else can be. A colour under
/// `Priority` grades, and one under `Windows` says what is supported.
pub(super) fn standing(table: &Table<'_>, scene: &Scene) -> Standing {
    let said = |columns: Vec<usize>, unsaid_is_open: bool| Standing {
        columns,
        beside: Vec::new(),
        pair: None,
        unsaid_is_open,
        is_blank: false,
    };
    if is_history(table, scene) || derives(table) || is_legend(table, scene) {
        return said(Vec::new(), false);
    }
    let columns = table.body.iter().map(Vec::len).max().unwrap_or(0);
    let mut named: Vec<usize> =
        (0..columns).filter(|column| is_named(table, scene, *column)).collect();
    if let Some(pair) = pair(table).filter(|pair| named.iter().all(|at| pair.holds(*at))) {
        return Standing { columns: pair.columns(), pair: Some(pair), ..said(Vec::new(), true) };
    }
    keep_if_any(&mut named, |column| !is_of_another_time(table.bare(column)));
    keep_if_any(&mut named, |column| says_states(table, column));
    if !named.is_empty() {
        return Standing { beside: beside(table, &named), ..said(named, true) };
    }
    let stages = environments(table, columns);
    if stages.len() > 1 {
        return said(stages, false);
    }
    if let Some(only) = only_one_of_signs(table, columns) {
        return said(vec![only], false);
    }
    let plain = all_of_states(table, scene, columns);
    if !plain.is_empty() {
        return said(plain, true);
    }
    let blank = if scene.lies_in_a_gate() || scene.is_of_checks() {
        blank(table, columns)
    } else {
        Vec::new()
    };
    Standing { is_blank: !blank.is_empty(), ..said(blank, true) }
}

/// Whether a column is called a status and says one, by signs or by words in most of its cells.
fn is_named(table: &Table<'_>, scene: &Scene, column: usize) -> bool {
    let title = table.title(column);
    // What passed and what failed beside it are counted, and neither is a status.
    let counts = || table.bare(column) == "passed" && table.titled("failed").is_some();
    if lists_answers(table, column) {
        return false;
    }
    if is_status(title) && !counts() {
        let states = || says_states(table, column) || says_some_states(table, column);
        return table.signs(column) > 0 || states() && !explains(table, column);
    }
    let staged = |at: &usize| environment(table.bare(*at)).is_some();
    let is_stage = staged(&column) && (0..table.width()).filter(staged).count() > 1;
    let asks = (decides(table.bare(column)) || asks_what_was_done(title)) && !is_stage;
    let sure =
        || says_only_states(table, column) || scene.is_of_checks() && says_states(table, column);
    asks && !is_of_a_probe(table) && sure() && !explains(table, column)
}

/// Whether a table is of the probes of services, where `Readiness` and `Health` are two of them.
fn is_of_a_probe(table: &Table<'_>) -> bool {
    const PROBES: [&str; 6] = ["liveness", "startup", "endpoint", "port", "probe", "url"];
    PROBES.iter().any(|title| table.titled(title).is_some())
}

/// Whether a table is the history of what was deployed: when, which version, and by whom.
fn is_history(table: &Table<'_>, scene: &Scene) -> bool {
    const DATES: [&str; 8] = ["date", "datum", "data", "fecha", "дата", "日期", "日付", "when"];
    const VERSIONS: [&str; 10] = [
        "version",
        "release",
        "tag",
        "build",
        "versión",
        "versão",
        "versione",
        "версия",
        "版本",
        "バージョン",
    ];
    const BY: [&str; 4] = ["deployed by", "released by", "deployer", "executed by"];
    let has = |titles: &[&str]| titles.iter().any(|title| table.titled(title).is_some());
    has(&DATES) && has(&VERSIONS) && (has(&BY) || scene.is_history())
}

/// Whether a column says states in all cells that say something.
fn says_only_states(table: &Table<'_>, column: usize) -> bool {
    table.filled(column).next().is_some()
        && table.filled(column).all(|cell| table.state(column, cell).is_some())
}

/// The columns of which all cells are states although no title says so. Signs alone compare what has
/// what, but below a heading about a gate; there several columns are so where rows are what is checked.
fn all_of_states(table: &Table<'_>, scene: &Scene, columns: usize) -> Vec<usize> {
    let may = |column: &usize| {
        let title = table.bare(*column);
        let part = table.part(*column);
        *column > 0
            && matches!(part, Part::Unknown | Part::Names | Part::Groups)
            && !describes(title)
            && !explains(table, *column)
    };
    let worded = |column: usize| {
        let says = |cell| worded(sign(cell).map_or(cell, |(_, rest)| rest), false).is_some();
        table.filled(column).count() > 1
            && table.filled(column).all(says)
            && table.filled(column).any(is_plainly_a_state)
    };
    let said = |cell: &str| state(cell, scene.is_gate()).is_some();
    let stated =
        |column: usize| table.filled(column).next().is_some() && table.filled(column).all(said);
    let checked = !compares(table.bare(0)) && scene.is_of_checks();
    let found: Vec<usize> = (0..columns)
        .filter(may)
        .filter(|column| worded(*column) || checked && stated(*column))
        .collect();
    let several = scene.is_gate() && matches!(table.part(0), Part::Names | Part::Groups);
    if found.len() == 1 || several { found } else { Vec::new() }
}

/// The columns that are called a status in a table that nobody filled in yet.
fn blank(table: &Table<'_>, columns: usize) -> Vec<usize> {
    let named = |column: &usize| is_status(table.title(*column)) || answers(table.bare(*column));
    let empty = |column: &usize| table.filled(*column).next().is_none();
    // `Check` may name the rows, too.
    let names = |column: &usize| table.part(*column) == Part::Names && !empty(column);
    let found: Vec<usize> = (1..columns).filter(|column| named(column) && !names(column)).collect();
    if found.iter().all(empty) { found } else { Vec::new() }
}

/// Whether at least half of what a column says are states; of versions, of which one is released and
/// another one in beta, all.
fn says_states(table: &Table<'_>, column: usize) -> bool {
    let said = table.filled(column).filter(|cell| table.state(column, cell).is_some()).count();
    let all = table.filled(column).count();
    said > 0 && (said == all || said * 2 >= all && !is_of_versions(table))
}

/// Whether the rows of a table are versions.
fn is_of_versions(table: &Table<'_>) -> bool {
    ["version", "versions", "release", "releases", "channel"].contains(&table.bare(0))
}

/// Whether a column that is called a status, and answered by words, says some states beside others that
/// are not known, and rows are called by words. Of decisions, of what is counted and of versions it is not so.
fn says_some_states(table: &Table<'_>, column: usize) -> bool {
    let (mut said, mut others) = (0, 0);
    for cell in table.filled(column) {
        match table.state(column, cell) {
            Some(state) => said += usize::from(state.claim != Claim::Cancelled),
            None if is_word(cell) => others += 1,
            None => return false,
        }
    }
    let begins = |cell: &&str| {
        cell.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_alphabetic)
    };
    let calls = |at: usize| {
        let may = [Part::Names, Part::Unknown, Part::Groups].contains(&table.part(at));
        at != column && may && table.filled(at).filter(begins).count() * 2 > table.body.len()
    };
    let called = || (0..table.width()).any(calls);
    let may = calls_a_status(table.bare(column)) && !is_of_versions(table);
    may && said > 0 && others > 0 && called()
}

/// Whether a cell holds words that may be a state of their own: `Phase 2`, and neither `200` nor `Accepted`.
fn is_word(cell: &str) -> bool {
    let bare = cell.trim_start_matches(['*', '_', ' ', '(', '"']);
    bare.starts_with(char::is_alphabetic) && is_no_state(cell)
}

/// Leaves only what is wanted, where there is some.
fn keep_if_any(columns: &mut Vec<usize>, wanted: impl Fn(usize) -> bool) {
    let kept: Vec<usize> = columns.iter().copied().filter(|column| wanted(*column)).collect();
    if !kept.is_empty() {
        *columns = kept;
    }
}

/// The columns of environments, where all that they say is how each row stands there.
fn environments(table: &Table<'_>, columns: usize) -> Vec<usize> {
    let titled: Vec<(usize, usize)> = (0..columns)
        .filter_map(|column| Some((column, environment(table.bare(column))?)))
        .collect();
    let said = |(column, _): &(usize, usize)| {
        table.filled(*column).next().is_some()
            && table.filled(*column).all(|cell| state(cell, false).is_some())
    };
    let first = table.bare(0);
    let sets = compares(first) && !is_rollout(table, &titled);
    if !titled.iter().all(said) || sets || first.is_empty() {
        return Vec::new();
    }
    titled.into_iter().map(|(column, _)| column).collect()
}

/// Whether rows below that first title are compared rather than done.
fn compares(first: &str) -> bool {
    #[rustfmt::skip]
    const SETTINGS: [&str; 16] = [
        "setting", "settings", "config", "configuration", "parameter", "variable", "option",
        "property", "feature", "features", "capability", "flag", "aspect", "resource", "role",
        "permission",
    ];
    first.is_empty() || first.split(' ').any(|word| SETTINGS.contains(&word))
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
    // A sign within the text of some row makes no column of signs.
    let of_signs = |at: &usize| {
        !is_grade(table.bare(*at))
            && table.signs(*at) > 0
            && table.signs(*at) * 2 >= table.filled(*at).count()
    };
    let mut candidates = (0..columns).filter(of_signs);
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
