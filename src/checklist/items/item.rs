//! One item out of one run of text: what it says, its box, its fields.

use std::borrow::Cow;

use crate::checklist::checks::contradictions::{self, Prose, Said};
use crate::checklist::document::sections::Sections;
use crate::checklist::syntax::boxes::Bracket;
use crate::checklist::syntax::markers::Markers;
use crate::checklist::syntax::mojibake::Repair;
use crate::checklist::syntax::outline::{Row, Run};
use crate::checklist::text::figures::{self, figures};
use crate::checklist::text::glance::Glance;
use crate::checklist::text::prose;
use crate::checklist::text::slug::push_slug;
use crate::model::{Claim, Figure, Item, ItemKind, LineIndex, Marker, Span};

use super::claim::{claim, is_struck};
use super::fields::{Fields, fields, pairs_from};
use super::identity;
use super::links::{anchor_of, path_of};
use super::parts::parts;
use super::tables::StatusRow;

/// What items are read with.
pub(in crate::checklist) struct Reader<'r> {
    pub(in crate::checklist) path: &'r str,
    pub(in crate::checklist) text: &'r str,
    pub(in crate::checklist) lines: &'r LineIndex,
    pub(in crate::checklist) repair: &'r Repair,
    pub(in crate::checklist) sections: &'r Sections,
    pub(in crate::checklist) markers: &'r Markers,
    pub(in crate::checklist) key_values: bool,
    /// Whether offsets hold in the file's bytes.
    pub(in crate::checklist) exact: bool,
    /// Whether only what makes an item the same item is read: not who, by when, and what in its text
    /// contradicts its box.
    pub(in crate::checklist) brief: bool,
}

/// An item without its place among the others, and what its identity needs.
pub(super) struct Built {
    pub(super) item: Item,
    /// How much of its text is a lead.
    pub(super) lead: usize,
    /// What it is called by, where that is not its meaning.
    pub(super) name: Option<String>,
    /// What its meaning has beside the words that name it: what is struck within it, and of a row
    /// what its other cells say. Empty for most.
    pub(super) beside: String,
    /// What its text says against its box.
    pub(super) said: Option<Said>,
}

/// What a run says, taken apart once.
struct Own {
    text: String,
    glance: Glance,
    figures: Vec<Figure>,
    slug: String,
    name: Option<String>,
    lead: usize,
    label: Option<String>,
    note: Option<String>,
    /// The text with its code put out of sight; `None` where it has none.
    codeless: Option<String>,
}

impl Own {
    /// What it says outside code.
    fn prose(&self) -> &str {
        self.codeless.as_deref().unwrap_or(&self.text)
    }
}

impl Reader<'_> {
    /// The item that `run` is, under section `heading`.
    ///
    /// The text of `run` moves into the item where nothing about it changes.
    pub(super) fn item(
        &self,
        run: &mut Run,
        kind: ItemKind,
        boxed: Claim,
        bracket: Option<Bracket>,
        heading: Option<usize>,
        depth: usize,
    ) -> Built {
        let beside = if is_struck(run) { String::new() } else { struck(run) };
        let own = self.own(run);
        let said = match self.brief {
            true => Fields::default(),
            false => fields(&own.text, own.prose(), own.glance, self.key_values),
        };
        let claim = claim(boxed, run, &own.text, own.prose(), own.note.as_deref());
        let marker = bracket.map(|bracket| Marker {
            text: marker(bracket.marker(self.text)),
            span: self.span(bracket.start + 1, bracket.end - 1),
        });
        let start = bracket.map_or(run.span.start, |bracket| bracket.start);
        let line = self.lines.line(start);
        let item = Item {
            id: String::new(),
            apart: None,
            kind,
            marker,
            claim,
            line,
            span: self.span(start, run.span.end),
            section: self.sections.titles(heading),
            title: self.sections.title(heading),
            section_slug: self.sections.slug(heading),
            depth,
            parent: None,
            above: String::new(),
            around: Vec::new(),
            details: String::new(),
            thresholds: own.figures.iter().filter_map(Figure::limit).collect(),
            figures: own.figures,
            text: own.text,
            note: own.note,
            label: own.label,
            priority: said.priority,
            graded: None,
            owner: said.owner,
            due: said.due,
            optional: said.optional,
            required: said.required,
            meaning: own.slug,
            directives: Vec::new(),
            links: self.links(run),
            anchors: self.anchors(run),
        };
        let prose = Prose { text: own.codeless.as_deref(), lead: own.lead, glance: own.glance };
        let said = if self.brief { None } else { contradictions::of_text(&item, prose) };
        Built { item, lead: own.lead, name: own.name, beside, said }
    }

    /// The item that a row of a status table is.
    pub(super) fn row(&self, row: &Row, status: StatusRow) -> Option<Built> {
        let mut subject = row.cells.get(status.subject)?.clone();
        let claim = status.claim?;
        let mut built = self.item(&mut subject, ItemKind::TableRow, claim, None, row.heading, 0);
        let end = row.cells.last().map_or(subject.span.end, |cell| cell.span.end);
        let line = self.lines.line(row.start);
        built.beside.push_str(&status.told);
        let item = &mut built.item;
        // What is struck and said to be done was struck because it is.
        if claim == Claim::Done && is_struck(&subject) {
            item.claim = Claim::Done;
        }
        item.line = line;
        item.span = self.span(row.start, end.max(row.start));
        let noted = status.note.as_deref().map(figures).unwrap_or_default();
        item.thresholds.extend(noted.iter().filter_map(Figure::limit));
        item.note =
            item.note.take().into_iter().chain(status.note).reduce(|a, b| format!("{a}; {b}"));
        item.around = status.around;
        item.owner = status.owner.or(item.owner.take());
        item.due = status.due.or(item.due.take());
        item.priority = status.priority.or(item.priority.take());
        item.links = row.cells.iter().flat_map(|cell| self.links(cell)).collect();
        item.anchors = row.cells.iter().flat_map(|cell| self.anchors(cell)).collect();
        Some(built)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        if self.exact { Span::new(start, end) } else { Span::default() }
    }

    fn links(&self, run: &Run) -> Vec<(String, usize)> {
        let resolved = |(target, at): &(String, usize)| {
            Some((path_of(target, self.path)?, self.lines.line(*at)))
        };
        run.links.iter().filter_map(resolved).collect()
    }

    fn anchors(&self, run: &Run) -> Vec<(String, String)> {
        let placed =
            |(target, _): &(String, usize)| Some((path_of(target, self.path)?, anchor_of(target)?));
        run.links.iter().filter_map(placed).collect()
    }

    /// The slug of what `run` says, and what it is called by where that differs.
    pub(super) fn slug(&self, run: &Run) -> (String, Option<String>) {
        let own = self.own(&mut run.clone());
        (own.slug, own.name)
    }

    fn own(&self, run: &mut Run) -> Own {
        let seen = Glance::at(&run.raw);
        let plain = self.repair.leaves_alone(seen.foreign()) && seen.is_tidy(&run.raw);
        let lead = match run.lead {
            0 => 0,
            lead => self.repair.display(run.raw.get(..lead).unwrap_or_default()).len(),
        };
        let codeless =
            (!run.code.is_empty()).then(|| prose::without(&run.raw, &run.code)).map(|codeless| {
                if plain { codeless } else { self.repair.display(&codeless).into_owned() }
            });
        let text = match plain {
            true if run.struck.is_empty() && run.html.is_empty() => std::mem::take(&mut run.raw),
            true => run.raw.clone(),
            false => self.repair.display(&run.raw).into_owned(),
        };
        let glance = if plain { seen } else { Glance::at(&text) };
        let figures = read_figures(&text, glance);
        let taken = parts(&text, lead, glance);
        let (slug, name) = if run.html.is_empty() {
            self.called(taken.core, taken.start, &figures, glance)
        } else {
            let bare = self.repair.display(&identity::without_html(run)).into_owned();
            let taken = parts(&bare, lead, glance);
            self.called(taken.core, taken.start, &read_figures(&bare, glance), glance)
        };
        let label = taken.label.map(str::to_owned);
        let note = taken.note;
        Own { glance, figures, slug, name, lead, label, note, text, codeless }
    }

    /// The meaning of `core`, and what it is called by where that differs.
    fn called(
        &self,
        core: &str,
        start: usize,
        figures: &[Figure],
        glance: Glance,
    ) -> (String, Option<String>) {
        let said = self.said(core);
        let name = if glance.digit() { identity::name(said, start, figures) } else { None };
        (identity::meaning(said, start, figures), name)
    }

    /// `core` without `key:: value` pairs, where these are read.
    fn said<'t>(&self, core: &'t str) -> &'t str {
        let from = if self.key_values { pairs_from(core) } else { None };
        from.and_then(|from| core.get(..from)).filter(|said| !said.is_empty()).unwrap_or(core)
    }
}

/// The slug of what is struck in `run`, behind a sign of its own; empty where nothing is.
fn struck(run: &Run) -> String {
    let mut slug = String::new();
    for words in run.struck.iter().filter_map(|range| run.raw.get(range.clone())) {
        push_slug(&mut slug, words);
    }
    if !slug.is_empty() {
        slug.insert(0, '~');
    }
    slug
}

/// A marker to keep: those that nearly all boxes have are not copied.
fn marker(text: &str) -> Cow<'static, str> {
    const USUAL: [&str; 3] = [" ", "x", "X"];
    match USUAL.into_iter().find(|usual| *usual == text) {
        Some(usual) => Cow::Borrowed(usual),
        None => Cow::Owned(text.to_owned()),
    }
}

/// The figures of a text that may have some.
pub(super) fn read_figures(text: &str, glance: Glance) -> Vec<Figure> {
    if glance.digit() || figures::opens_with_zero(text) { figures(text) } else { Vec::new() }
}
