//! A checklist and its items, as the document states them.

use std::borrow::Cow;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::{NARROWS, NARROWS_BELOW};
use super::{Claim, Figure, Lines, Problem, Procedure, Span, context, section_name, title_name};

/// A Markdown file with items.
#[derive(Debug, Clone, Default)]
pub struct Checklist {
    /// Relative to the repository, with `/`.
    pub path: String,
    /// The first heading, repaired for display.
    pub title: Option<String>,
    /// What the document says of itself (`Date`, `Phase`), in document order.
    pub metadata: Vec<(String, String)>,
    /// Every heading, in document order.
    pub sections: Vec<Section>,
    /// Every item, in document order.
    pub items: Vec<Item>,
    /// Runbooks and rollback plans.
    pub procedures: Vec<Procedure>,
    /// What the notes ask for without a box.
    pub obligations: Vec<Obligation>,
    /// What is wrong in the document.
    pub problems: Vec<Problem>,
    /// All items open and placeholders in the text: a template, of which 0 % is no news.
    pub template: bool,
    /// The document as it stands in the file, repaired for display.
    pub lines: Arc<Lines>,
}

impl Checklist {
    /// The 1-based line that ends the front matter before the first item; 0 where there is none.
    pub fn front_end(&self) -> usize {
        let fence = self.lines.line(1).trim_end();
        let first = self.items.first().map_or(0, |item| item.line);
        let is_front = ["---", "+++"].contains(&fence);
        let end = (2..first).find(|line| self.lines.line(*line).trim_end() == fence);
        end.filter(|_| is_front).unwrap_or(0)
    }
}

/// A heading, and what stands under it up to the next of its level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading's text, repaired for display.
    pub title: String,
    /// The address of the section: lower case, without numbering, emoji and punctuation. Unique in
    /// the document (`notes`, `notes-2`).
    pub slug: String,
    /// 1 to 6.
    pub level: u8,
    /// 1-based line of the heading.
    pub line: usize,
    /// The time window that the heading opens after a deployment.
    pub window: Option<Window>,
}

/// Something that the notes of a document ask for without a box: nothing is claimed of it, and
/// nothing proves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Obligation {
    /// Its first paragraph as plain text, repaired for display.
    pub text: String,
    /// 1-based line.
    pub line: usize,
    /// The slug of the section it stands in.
    pub section_slug: Arc<str>,
}

/// A time window relative to the deployment: `First 24 Hours` opens at 0 h and ends at 24 h.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// When it opens, in `unit`s after the deployment; negative before it.
    pub opens: i64,
    /// When it ends, in `unit`s after the deployment.
    pub ends: i64,
    /// Hours, days or weeks.
    pub unit: WindowUnit,
}

/// What a window is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowUnit {
    /// 3,600 s.
    Hours,
    /// 24 hours.
    Days,
    /// 7 days.
    Weeks,
}

impl WindowUnit {
    /// The word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            WindowUnit::Hours => "hours",
            WindowUnit::Days => "days",
            WindowUnit::Weeks => "weeks",
        }
    }
}

/// What kind of item this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// A box.
    Task,
    /// A goal: opens with a status emoji or a threshold under a criteria-like heading.
    Criterion,
    /// A row of a status table.
    TableRow,
}

impl ItemKind {
    /// The word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            ItemKind::Task => "task",
            ItemKind::Criterion => "criterion",
            ItemKind::TableRow => "table-row",
        }
    }
}

/// What stands between an item's brackets, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// The text between the brackets: ` `, `x`, `X`, `-`.
    pub text: Cow<'static, str>,
    /// Its bytes in the file: the only ones that `fix` ever changes.
    pub span: Span,
}

/// One thing to be true.
#[derive(Debug, Clone)]
pub struct Item {
    /// Unique in its checklist: explicit, a label, or a slug of section, parents and text.
    pub id: String,
    /// The address, where it is not the id.
    pub apart: Option<String>,
    /// The first paragraph as plain text, white space collapsed, repaired for display.
    pub text: String,
    /// Whether a box, a goal or a row.
    pub kind: ItemKind,
    /// What stands between the brackets; `None` where there are none.
    pub marker: Option<Marker>,
    /// What the document says.
    pub claim: Claim,
    /// 1-based line of the item's first line.
    pub line: usize,
    /// The item's own first paragraph in the file.
    pub span: Span,
    /// The titles of the headings above, outermost first, without the document's title.
    pub section: Arc<[String]>,
    /// The document's title, where the item stands below it; empty where it has none.
    pub title: Arc<str>,
    /// The slug of the innermost heading; empty before the first.
    pub section_slug: Arc<str>,
    /// 0 for the outermost list.
    pub depth: usize,
    /// The index in [`Checklist::items`] of the item that encloses it.
    pub parent: Option<usize>,
    /// A trailing remark in parentheses or after a dash, without them.
    pub note: Option<String>,
    /// `AUDIT-001`, `T117`.
    pub label: Option<String>,
    /// `P0`.
    pub priority: Option<String>,
    /// The priority that a label above its list, the entry around it or the summary of what folds it
    /// away says: as a heading does.
    pub graded: Option<String>,
    /// `@ana`.
    pub owner: Option<String>,
    /// A due date, as written.
    pub due: Option<String>,
    /// Marked as optional.
    pub optional: bool,
    /// Marked as required: `(R)`, `[REQUIRED]`.
    pub required: bool,
    /// The text in a form that only a change of meaning changes: without decoration, note and
    /// figures. A tick is stale when this differs from when it was made.
    pub meaning: String,
    /// The limits in the text (`< 500ms`), in a form that compares: a changed one makes a tick stale.
    pub thresholds: Vec<String>,
    /// The meanings of the items that enclose it, outermost first, joined by dots and bounded.
    pub above: String,
    /// What else stands around it and may say of what it is, as written: the short paragraph above its list,
    /// the entries that enclose it, what HTML folds or heads its part, and of a row the titles of its
    /// subject and its states, and the other cells as `title: cell`.
    pub around: Vec<String>,
    /// What is said of it beside its text: where its links lead, its further paragraphs, code, and
    /// entries below it that are no items. A person who signs it signs these too.
    pub details: String,
    /// Every figure in the text.
    pub figures: Vec<Figure>,
    /// The comments beside the item, in document order.
    pub directives: Vec<Directive>,
    /// Paths of the repository that the item links to, with their lines.
    pub links: Vec<(String, usize)>,
    /// Those of them that lead to a place in their file, with what follows the `#`.
    pub anchors: Vec<(String, String)>,
}

impl Item {
    /// `section-slug/id`, by which globs find items with explicit ids too.
    pub fn address(&self) -> &str {
        self.apart.as_deref().unwrap_or(&self.id)
    }

    /// What stands above it: a tick is stale when this differs from when it was made. And its
    /// details, of which a sign-off is as well.
    pub fn context(&self) -> String {
        let (title, section) = (title_name(&self.title), section_name(&self.section));
        context(&title, &section, &self.above, &self.details)
    }

    /// Whether a footnote or a further paragraph of its own narrows what it says.
    pub fn is_narrowed(&self) -> bool {
        self.details.lines().any(|line| {
            line.strip_prefix(NARROWS).is_some_and(|rest| !rest.starts_with(NARROWS_BELOW))
        })
    }

    /// Whether it only introduces others: its text ends in a colon, and they carry the work.
    pub fn is_group(&self) -> bool {
        self.text.ends_with([':', '：'])
    }
}

/// A comment beside an item: `<!-- evidence: tests.failed == 0 -->`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// Which of the known keys.
    pub key: DirectiveKey,
    /// The text after the colon, trimmed.
    pub value: String,
    /// Where the value stands in the file.
    pub span: Span,
    /// Where in the value a `|` stands that is `\|` in the file, in order: so cells of tables write it.
    pub escaped: Vec<usize>,
    /// 1-based line of the value.
    pub line: usize,
}

impl Directive {
    /// Where the part of the value from `from` to `to` stands in the file, within the whole.
    pub fn place(&self, from: usize, to: usize) -> Span {
        let Span { start, end } = self.span;
        let end = end.max(start);
        let in_file = |at: usize| start + at + self.escaped.partition_point(|known| *known < at);
        Span::new(in_file(from).min(end), in_file(to).min(end))
    }
}

/// The keys of comments beside items; every other comment is none of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DirectiveKey {
    /// The item's whole id.
    Id,
    /// A condition.
    Evidence,
    /// Globs, comma-separated.
    Artifacts,
    /// The format of those artifacts.
    Format,
    /// How old evidence may be.
    MaxAge,
    /// Globs of paths whose later change makes the evidence stale.
    Paths,
    /// `by @ana until 2026-12-31 because …`.
    Waiver,
}

impl DirectiveKey {
    /// Every key.
    pub const ALL: [DirectiveKey; 7] = [
        DirectiveKey::Id,
        DirectiveKey::Evidence,
        DirectiveKey::Artifacts,
        DirectiveKey::Format,
        DirectiveKey::MaxAge,
        DirectiveKey::Paths,
        DirectiveKey::Waiver,
    ];

    /// The word in front of the colon.
    pub fn word(self) -> &'static str {
        match self {
            DirectiveKey::Id => "id",
            DirectiveKey::Evidence => "evidence",
            DirectiveKey::Artifacts => "artifacts",
            DirectiveKey::Format => "format",
            DirectiveKey::MaxAge => "max-age",
            DirectiveKey::Paths => "paths",
            DirectiveKey::Waiver => "waiver",
        }
    }

    /// The key that `word` names.
    pub fn from_word(word: &str) -> Option<DirectiveKey> {
        DirectiveKey::ALL.into_iter().find(|key| key.word() == word)
    }
}
