//! Last step: go or no-go, by the rules that the team wrote.

use crate::model::{
    Checklist, Code, Documents, Glob, Item, ItemIndex, PerItem, Problem, Status, counted, plural,
    priority_in,
};
use crate::policy::{Gate, Required};

use super::bind::names;
use super::ruling::{JudgedItem, WindowState};

/// The decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What was decided.
    pub result: Result,
    /// Why, a sentence each.
    pub reasons: Vec<String>,
    /// All of it in one sentence.
    pub sentence: String,
    /// The items that stand in the way, in document order.
    pub blocking: Vec<ItemIndex>,
    /// Each rule of the gate, in its order.
    pub rules: Vec<HeldRule>,
}

/// A rule of the gate, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRule {
    /// As the team wrote it: `fail-on contradicted`.
    pub rule: String,
    /// Why it does not hold, a sentence each; empty where it does.
    pub against: Vec<String>,
}

/// What a gate decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Result {
    /// Nothing stands in the way.
    Go,
    /// Something does.
    NoGo,
    /// No gate is set, or nothing is bound to evidence.
    None,
}

impl Result {
    /// The word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Result::Go => "go",
            Result::NoGo => "no-go",
            Result::None => "none",
        }
    }
}

/// Decides by `gate` over the judged items and the problems of the run.
pub(super) fn decide(
    gate: Option<&Gate>,
    documents: &Documents,
    judged: &PerItem<JudgedItem>,
    problems: &[Problem],
) -> Decision {
    let Some(gate) = gate else {
        return undecided("No gate is set: this report states, it does not decide.");
    };
    if asks_for_nothing(gate) {
        return undecided("The gate asks for nothing: this report states, it does not decide.");
    }
    let bound = judged.values().any(|item| !item.requirements.is_empty());
    if !bound {
        return undecided("No item is bound to evidence yet, so there is nothing to decide by.");
    }
    let mut found = Found::default();
    for &status in &gate.fail_on_status {
        found.by_status(status, judged);
        found.held(fails_on(status.word()));
    }
    // What was to be read and could not be may hold anything.
    let unread = [Code::DocumentUnread, Code::HistoryUnread, Code::DirectiveMalformed];
    for &code in &gate.fail_on_code {
        found.by_code(code, problems, judged);
        found.held(fails_on(code.word()));
    }
    for &code in unread.iter().filter(|code| !gate.fail_on_code.contains(code)) {
        found.by_code(code, problems, judged);
    }
    found.held("every checklist and its history could be read".to_owned());
    for required in &gate.require {
        found.by_requirement(required, documents, judged);
        found.held(requires(required));
    }
    if let Some(least) = gate.min_proven {
        found.by_share(least, judged);
        found.held(asks_share(least));
    }
    if found.asks_later_alone(gate) {
        return undecided(
            "Nothing that the gate requires is due yet, so there is nothing to decide by.",
        );
    }
    found.decision(judged, problems)
}

/// Every rule of the gate, as the team wrote it.
pub fn rules(gate: &Gate) -> Vec<String> {
    let status = gate.fail_on_status.iter().map(|status| fails_on(status.word()));
    let codes = gate.fail_on_code.iter().map(|code| fails_on(code.word()));
    let share = gate.min_proven.map(asks_share);
    let regression = gate.regression.as_ref().map(|from| format!("regression {from}"));
    let required = gate.require.iter().map(requires);
    status.chain(codes).chain(required).chain(share).chain(regression).collect()
}

fn fails_on(word: &str) -> String {
    format!("fail-on {word}")
}

fn requires(required: &Required) -> String {
    let status: Vec<&str> = required.status.iter().map(|status| status.word()).collect();
    format!("require {} {}", said(required), status.join(" or "))
}

fn asks_share(least: f64) -> String {
    format!("min-proven {least} %")
}

fn asks_for_nothing(gate: &Gate) -> bool {
    gate.fail_on_status.is_empty()
        && gate.fail_on_code.is_empty()
        && gate.require.is_empty()
        && gate.min_proven.is_none()
        && gate.regression.is_none()
}

fn undecided(sentence: &str) -> Decision {
    Decision {
        result: Result::None,
        reasons: Vec::new(),
        sentence: sentence.to_owned(),
        blocking: Vec::new(),
        rules: Vec::new(),
    }
}

#[derive(Default)]
struct Found {
    reasons: Vec<String>,
    blocking: Vec<ItemIndex>,
    required: usize,
    /// Items that are required once their time window is over.
    awaited: usize,
    rules: Vec<HeldRule>,
    /// How many of the reasons belong to those rules.
    told: usize,
}

/// Whether a rule of the gate means `item`: `security/**` means what lies in the sections below that
/// one too.
fn asks_for(required: &Required, checklist: &Checklist, item: &Item) -> bool {
    let under = |glob: &Glob| {
        glob.matches(&item.section_slug.to_lowercase())
            || item.section.iter().any(|title| glob.matches(&title.to_lowercase()))
    };
    let named = || names(&required.items, item) || names_below(&required.items, checklist, item);
    named()
        && required.section.as_ref().is_none_or(under)
        && required.priority.as_ref().is_none_or(|asked| is_of(asked, item))
}

/// Whether an item is of the priority `asked`, by its own word or by the nearest heading that has one.
fn is_of(asked: &str, item: &Item) -> bool {
    let is_asked = |said: &str| {
        let word = priority_in(said);
        said.eq_ignore_ascii_case(asked)
            || word.is_some_and(|word| word.eq_ignore_ascii_case(asked))
    };
    let own = item.priority.as_deref();
    if own.is_some_and(is_asked) {
        return true;
    }
    // A sign beside it grades it too, and leaves the heading's word standing.
    let worded = own.is_some_and(|own| priority_in(own).is_some());
    let mut above = item.section.iter().rev();
    !worded
        && match priority_in(asked) {
            Some(_) => {
                above.find_map(|title| priority_in(title)).is_some_and(|said| is_asked(&said))
            }
            None => above.any(|title| title.trim_start().starts_with(asked)),
        }
}

/// Whether `glob` names the item by the sections above its own: `security/auth/csrf`.
fn names_below(glob: &Glob, checklist: &Checklist, item: &Item) -> bool {
    let own = checklist.sections.iter().rposition(|section| *section.slug == *item.section_slug);
    let Some(own) = own else { return false };
    let id = item.id.rsplit('/').next().unwrap_or(&item.id);
    // The second section of a name is `security-2`; its name is the same.
    let named = |slug: &str| {
        let base = slug.rsplit_once('-').filter(|(_, end)| end.bytes().all(|b| b.is_ascii_digit()));
        let base = base.map_or(slug, |(base, _)| base);
        let is_first = checklist.sections.iter().any(|section| *section.slug == *base);
        if is_first { base.to_owned() } else { slug.to_owned() }
    };
    let (mut level, mut address, mut plain) = (u8::MAX, id.to_owned(), id.to_owned());
    for section in checklist.sections[..=own].iter().rev().filter(|_| item.address().contains('/'))
    {
        if section.level < level {
            level = section.level;
            address = format!("{}/{address}", section.slug);
            plain = format!("{}/{plain}", named(&section.slug));
            if glob.matches(&address) || glob.matches(&plain) {
                return true;
            }
        }
    }
    false
}

/// How a rule of the gate names its items.
pub fn said(required: &Required) -> String {
    let section = required.section.as_ref().map(|section| format!(" under {section}"));
    let priority = required.priority.as_ref().map(|priority| format!(" of {priority}"));
    format!("{}{}{}", required.items, section.unwrap_or_default(), priority.unwrap_or_default())
}

/// An item in a time window after the deployment stops nothing before it is overdue.
fn counts(item: &JudgedItem) -> bool {
    item.window.as_ref().is_none_or(|window| window.before || window.state == WindowState::Overdue)
}

/// Whether it is ticked, and what it is bound to does not prove it.
fn is_unproven(item: &JudgedItem) -> bool {
    let stands = [Status::Contradicted, Status::Stale, Status::Unproven];
    counts(item) && !item.requirements.is_empty() && stands.contains(&item.status)
}

/// Whether an item would stand in the way, were its time window over.
fn would_count(item: &JudgedItem) -> bool {
    let stands = [Status::Contradicted, Status::Failing, Status::Stale, Status::Unproven];
    !counts(item) && stands.contains(&item.status)
}

impl Found {
    /// Whether all that the gate asks for is required of items in time windows to come.
    fn asks_later_alone(&self, gate: &Gate) -> bool {
        let asks_now = !gate.fail_on_status.is_empty() || gate.min_proven.is_some();
        self.required == 0 && self.awaited > 0 && !asks_now && self.reasons.is_empty()
    }

    /// Ends a rule: the reasons since the last one are against it.
    fn held(&mut self, rule: String) {
        let against = self.reasons.iter().skip(self.told).map(|reason| format!("{reason}."));
        self.rules.push(HeldRule { rule, against: against.collect() });
        self.told = self.reasons.len();
    }

    fn by_status(&mut self, status: Status, judged: &PerItem<JudgedItem>) {
        let at: Vec<ItemIndex> = judged
            .iter()
            .filter(|(_, item)| item.status == status && counts(item))
            .map(|(at, _)| at)
            .collect();
        if at.is_empty() {
            return;
        }
        let count = at.len() as u64;
        self.reasons.push(match status {
            Status::Contradicted => format!(
                "{} {} contradicted by {} evidence",
                counted(count, "ticked item"),
                plural(count, "is"),
                if count == 1 { "its" } else { "their" }
            ),
            other => {
                format!("{} {} {}", counted(count, "item"), plural(count, "is"), other.phrase())
            }
        });
        self.blocking.extend(at);
    }

    fn by_code(&mut self, code: Code, problems: &[Problem], judged: &PerItem<JudgedItem>) {
        if code == Code::Overdue {
            let at: Vec<ItemIndex> = judged
                .iter()
                .filter(|(_, item)| {
                    item.window.as_ref().is_some_and(|of| of.state == WindowState::Overdue)
                })
                .map(|(at, _)| at)
                .collect();
            if !at.is_empty() {
                let count = at.len() as u64;
                self.reasons.push(format!(
                    "{} {} overdue",
                    counted(count, "item"),
                    plural(count, "is")
                ));
                self.blocking.extend(at);
            }
            return;
        }
        let count = problems.iter().filter(|problem| problem.code == code).count() as u64;
        if count == 0 {
            return;
        }
        self.reasons.push(match code {
            crate::model::Code::WaiverExpired => {
                format!("{} {} expired", counted(count, "waiver"), plural(count, "has"))
            }
            other => format!("{} of `{}`", counted(count, "problem"), other.word()),
        });
    }

    fn by_requirement(
        &mut self,
        required: &Required,
        documents: &Documents,
        judged: &PerItem<JudgedItem>,
    ) {
        let mut missing = 0;
        let mut applicable = false;
        for of in documents.items() {
            let judged = &judged[of.at];
            let asked =
                asks_for(required, of.checklist, of.item) && judged.status != Status::NotApplicable;
            applicable |= asked;
            if !asked {
                continue;
            }
            if required.status.contains(&judged.status) {
                self.required += 1;
            } else if counts(judged) {
                self.required += 1;
                missing += 1;
                self.blocking.push(of.at);
            } else {
                self.awaited += 1;
            }
        }
        if !applicable {
            let items = said(required);
            self.reasons.push(format!("0 items of {items} are applicable, so none of them holds"));
        }
        if missing > 0 {
            let words: Vec<&str> = required.status.iter().map(|status| status.phrase()).collect();
            self.reasons.push(format!(
                "{} of {} {} not {}",
                counted(missing, "required item"),
                said(required),
                plural(missing, "is"),
                words.join(" or ")
            ));
        }
    }

    /// The share of applicable items that are verified or ready; windows that are not overdue do not
    /// count.
    fn by_share(&mut self, least: f64, judged: &PerItem<JudgedItem>) {
        let applicable = |item: &JudgedItem| item.status != Status::NotApplicable && counts(item);
        let proven = |item: &JudgedItem| matches!(item.status, Status::Verified | Status::Ready);
        let all = judged.iter().filter(|(_, item)| applicable(item)).count();
        let held = judged.iter().filter(|(_, item)| applicable(item) && proven(item)).count();
        if all == 0 {
            self.reasons.push(format!("0 items are applicable, so {least} % are not proven"));
            return;
        }
        let share = held as f64 * 100.0 / all as f64;
        if share < least {
            // Rounded down: 79.96 % are not 80 %.
            let share = (share * 10.0).floor() / 10.0;
            self.reasons.push(format!(
                "{share} % of the applicable items are proven, and {least} % are asked for"
            ));
        }
    }

    fn decision(mut self, judged: &PerItem<JudgedItem>, problems: &[Problem]) -> Decision {
        self.blocking.sort_unstable();
        self.blocking.dedup();
        let result = if self.reasons.is_empty() { Result::Go } else { Result::NoGo };
        let waived = judged.iter().filter(|(_, item)| item.waiver.is_some()).count() as u64;
        let sentence = match result {
            Result::NoGo => format!("No-go. {}.", crate::model::listed(&self.reasons, 6)),
            _ if waived > 0 => format!("Go, with {}.", counted(waived, "exception")),
            _ if self.required == 1 => "Go. The one required item holds.".to_owned(),
            _ if self.required > 0 => {
                let count = self.required as u64;
                format!("Go. All {} hold.", counted(count, "required item"))
            }
            _ => "Go. Nothing that the gate asks for stands in the way.".to_owned(),
        };
        let asides = match result {
            Result::Go => asides(judged, problems),
            Result::NoGo | Result::None => Vec::new(),
        };
        let sentence = [vec![sentence], asides].concat().join(" ");
        Decision {
            result,
            reasons: self.reasons.iter().map(|reason| format!("{reason}.")).collect(),
            sentence,
            blocking: self.blocking,
            rules: self.rules,
        }
    }
}

/// What a go does not say, for the gate does not ask it.
fn asides(judged: &PerItem<JudgedItem>, problems: &[Problem]) -> Vec<String> {
    let count =
        |of: fn(&JudgedItem) -> bool| judged.iter().filter(|(_, item)| of(item)).count() as u64;
    let mut asides = Vec::new();
    let unproven = count(is_unproven);
    if unproven > 0 {
        let (items, verb) = (counted(unproven, "ticked item"), plural(unproven, "is"));
        asides.push(format!(
            "{items} with a requirement {verb} not proven, which the gate does not ask for."
        ));
    }
    match problems.iter().filter(|of| of.code == Code::BoxMalformed).count() as u64 {
        0 => {}
        1 => asides.push("1 line looks like a box and is none.".to_owned()),
        lines => asides.push(format!("{} look like boxes and are none.", counted(lines, "line"))),
    }
    match count(would_count) {
        0 => {}
        1 => asides.push("1 item in a time window does not count yet.".to_owned()),
        items => asides.push(format!("{items} items in time windows do not count yet.")),
    }
    asides
}

/// The gate's globs that match no item: an empty gate must never be green.
pub fn unmatched<'g>(gate: &'g Gate, documents: &Documents) -> Vec<&'g Required> {
    let unmatched = |required: &&Required| {
        !documents.items().any(|of| asks_for(required, of.checklist, of.item))
    };
    gate.require.iter().filter(unmatched).collect()
}
