//! From an outline to items, in document order, each with its parent, its comments and its name.

mod chains;
pub(super) mod claim;
pub(super) mod criteria;
mod details;
mod fields;
mod identity;
pub(super) mod item;
mod links;
pub(super) mod named;
pub(super) mod parts;
mod tables;

use crate::model::{Claim, Code, Directive, DirectiveKey, Item, ItemKind, Place, Problem, Span};

use super::checks::contradictions::Said;
use super::syntax::directives::Beside;
use super::syntax::outline::{Entry, Outline, Row};
use chains::{Chain, Chains, Slug};
use identity::Candidate;
use item::{Built, Reader};
use tables::{Scene, StatusRow, status_rows};

/// Items as they are read, before they know who they are.
#[derive(Default)]
pub(super) struct Items {
    pub(super) items: Vec<Item>,
    /// What the texts of some say against their boxes, in order.
    pub(super) said: Vec<(usize, Said)>,
    places: Vec<At>,
    pub(super) problems: Vec<Problem>,
}

/// Where an item stands: what its identity needs beside its text.
struct At {
    heading: Option<usize>,
    /// How much of the text is a lead.
    lead: usize,
    /// As in [`Built`].
    name: Option<String>,
    /// What its parents are called by, where that is not what they mean.
    below: Option<String>,
    /// As in [`Built`].
    beside: String,
}

/// Reads every item of `outline`.
pub(super) fn items(reader: &Reader<'_>, outline: &mut Outline) -> Items {
    let mut read = unnamed(reader, outline);
    read.name(reader);
    read
}

/// The same, without ids and addresses.
pub(super) fn nameless(reader: &Reader<'_>, outline: &mut Outline) -> Items {
    let mut read = unnamed(reader, outline);
    read.mean();
    read
}

/// The same, of which none means yet all that it does.
pub(super) fn unnamed(reader: &Reader<'_>, outline: &mut Outline) -> Items {
    let mut read = Items::with_room(outline.entries.len());
    let mut chains = Chains::new(outline.entries.len());
    let mut item_of: Vec<Option<usize>> = Vec::with_capacity(outline.entries.len());
    let mut own: Vec<Option<usize>> = Vec::with_capacity(outline.entries.len());
    let scene = |row: &Row| scene(reader, outline, row);
    let statuses = status_rows(&outline.rows, reader.repair, &scene);
    let mut rows = outline.rows.iter().zip(statuses).peekable();
    for index in 0..outline.entries.len() {
        let built = outline.entries.get_mut(index).and_then(|entry| read_entry(reader, entry));
        let Some(entry) = outline.entries.get(index) else { continue };
        while let Some((row, status)) = rows.next_if(|(row, _)| row.start < entry.start) {
            read.add_row(reader, row, status, outline);
        }
        let parent = entry.parent.and_then(|parent| item_of.get(parent).copied().flatten());
        let item = built.map(|built| {
            let chain = match entry.parent {
                Some(parent) => chains.below(&outline.entries, parent, &|index| {
                    let item = own.get(index).copied().flatten();
                    let body = || outline.entries.get(index).and_then(|entry| entry.body.as_ref());
                    item.and_then(|at| read.called(at))
                        .or_else(|| body().map(|run| reader.slug(run)))
                        .unwrap_or_default()
                }),
                None => Chain::default(),
            };
            read.add(reader, built, &entry.beside, entry.heading, chain, parent)
        });
        if item.is_none() {
            read.refuse(reader, &entry.beside);
        }
        details::add(&mut read.items, item.or(parent), entry, item.is_some());
        if let Some(item) = item.and_then(|at| read.items.get_mut(at)) {
            item.graded = details::graded(entry, &own, outline);
        }
        if !reader.brief {
            details::add_enclosing(&mut read.items, item, entry, &own, outline);
            let item = item.and_then(|at| read.items.get_mut(at));
            item.into_iter().for_each(|item| details::add_folded(item, entry.start, outline));
        }
        let lead = entry.lead.filter(|_| item.is_some());
        if let Some(item) = item.or(parent).and_then(|at| read.items.get_mut(at)) {
            details::add_around(item, &entry.notes, lead, outline);
        }
        own.push(item);
        item_of.push(item.or(parent));
    }
    for (row, status) in rows {
        read.add_row(reader, row, status, outline);
    }
    details::add_code(&mut read.items, &item_of, &outline.codes);
    read
}

/// What stands around the table that `row` is of.
fn scene(reader: &Reader<'_>, outline: &Outline, row: &Row) -> Scene {
    let title = reader.sections.title(row.heading);
    let titles = reader.sections.titles(row.heading);
    let around: Vec<&str> = std::iter::once(&*title).chain(titles.iter().map(|t| &**t)).collect();
    let lead = row.lead.and_then(|lead| outline.leads.get(lead));
    Scene::of(&around, lead.and_then(|lead| lead.label.as_deref()))
}

/// The item that an entry is: a box, or a goal under a heading about goals.
fn read_entry(reader: &Reader<'_>, entry: &mut Entry) -> Option<Built> {
    let run = entry.body.as_mut()?;
    if let Some(bracket) = entry.bracket.filter(|_| entry.boxed) {
        let boxed = reader.markers.claim(bracket.marker(reader.text))?;
        return Some(reader.item(
            run,
            ItemKind::Task,
            boxed,
            Some(bracket),
            entry.heading,
            entry.depth,
        ));
    }
    let goal = entry.heading.is_some_and(|heading| reader.sections.is_about_goals(heading));
    (goal && criteria::is_criterion(&reader.repair.display(&run.raw))).then(|| {
        reader.item(run, ItemKind::Criterion, Claim::None, None, entry.heading, entry.depth)
    })
}

impl Items {
    fn with_room(most: usize) -> Items {
        Items {
            items: Vec::with_capacity(most),
            said: Vec::new(),
            places: Vec::with_capacity(most),
            problems: Vec::new(),
        }
    }

    fn add_row(
        &mut self,
        reader: &Reader<'_>,
        row: &Row,
        status: Option<StatusRow>,
        outline: &Outline,
    ) {
        match status.and_then(|status| reader.row(row, status)) {
            Some(built) => {
                let at = self.add(reader, built, &row.beside, row.heading, Chain::default(), None);
                if let Some(item) = self.items.get_mut(at) {
                    details::add_around(item, &row.notes, row.lead, outline);
                    details::add_folded(item, row.start, outline);
                    item.graded = details::graded_by_lead(row.lead, outline);
                }
            }
            None => self.refuse(reader, &row.beside),
        }
    }

    /// What the item at `at` means, and what it is called by where that differs.
    fn called(&self, at: usize) -> Option<Slug> {
        let (item, place) = (self.items.get(at)?, self.places.get(at)?);
        Some((item.meaning.clone(), place.name.clone()))
    }

    /// Comments of ours beside something that is no item.
    fn refuse(&mut self, reader: &Reader<'_>, beside: &[Beside]) {
        self.problems.extend(beside.iter().filter_map(|comment| stray(reader, comment)));
    }

    fn add(
        &mut self,
        reader: &Reader<'_>,
        mut built: Built,
        beside: &[Beside],
        heading: Option<usize>,
        chain: Chain,
        parent: Option<usize>,
    ) -> usize {
        let item = &mut built.item;
        item.parent = parent;
        item.above = chain.above;
        for comment in beside {
            if item.directives.iter().any(|known| known.key == comment.key) {
                let place = Place::line(reader.path, reader.lines.line(comment.span.start));
                let message =
                    format!("The comment `{}:` stands twice beside this item.", comment.key.word());
                self.problems.push(
                    Problem::new(Code::DirectiveMalformed, place, message)
                        .hint("Take one of them out."),
                );
                // Two of any other key are told where requirements are read: neither may be lost.
                if comment.key == DirectiveKey::Id {
                    continue;
                }
            }
            item.directives.push(Directive {
                key: comment.key,
                value: comment.value.clone(),
                escaped: comment.escaped.clone(),
                span: if reader.exact { comment.span } else { Span::default() },
                line: reader.lines.line(comment.span.start),
            });
        }
        let Built { lead, name, beside: more, .. } = built;
        self.places.push(At { heading, lead, name, below: chain.named, beside: more });
        self.said.extend(built.said.map(|said| (self.items.len(), said)));
        self.items.push(built.item);
        self.items.len() - 1
    }

    /// Adds to what items mean that by which no item is named.
    fn mean(&mut self) {
        for (item, at) in self.items.iter_mut().zip(&self.places) {
            identity::push_signs(&mut item.meaning, &item.text);
            // What is struck is not said any more, and names the item still; other cells do not name it.
            item.meaning.push_str(&at.beside);
        }
    }

    /// Gives every item its id and address.
    fn name(&mut self, reader: &Reader<'_>) {
        let candidate = |(item, at)| candidate(reader, item, at);
        let candidates: Vec<Candidate<'_>> =
            self.items.iter().zip(&self.places).map(candidate).collect();
        let rest = |index: usize| match (self.items.get(index), self.places.get(index)) {
            (Some(item), Some(at)) => {
                // Parents of one name are told apart by what they mean.
                let above = at.below.as_ref().map(|_| item.above.as_str());
                named::rest(above, &item.text, at.lead)
            }
            _ => String::new(),
        };
        let (ids, twice) = identity::ids(&candidates, &rest);
        for ((item, at), id) in self.items.iter_mut().zip(&self.places).zip(ids) {
            let section =
                if reader.sections.is_title(at.heading) { "" } else { &*item.section_slug };
            let within = !section.is_empty()
                && id.strip_prefix(section).is_some_and(|rest| rest.starts_with('/'));
            item.apart = (!item.section_slug.is_empty() && !within)
                .then(|| format!("{}/{id}", item.section_slug));
            item.id = id;
        }
        self.mean();
        for item in twice.into_iter().filter_map(|index| self.items.get(index)) {
            let written = item.id.rsplit_once('#').map_or(item.id.as_str(), |(written, _)| written);
            let message =
                format!("The id `{written}` stands twice. Here it counts as `{}`.", item.id);
            let place = Place::line(reader.path, item.line);
            self.problems.push(
                Problem::new(Code::IdDuplicate, place, message)
                    .hint("Give each item an id of its own.")
                    .of_item(item.id.clone()),
            );
        }
    }
}

fn candidate<'i>(reader: &Reader<'_>, item: &'i Item, at: &'i At) -> Candidate<'i> {
    let explicit = item.directives.iter().find(|directive| directive.key == DirectiveKey::Id);
    let titled = reader.sections.is_title(at.heading);
    Candidate {
        explicit: explicit.map(|directive| directive.value.as_str()),
        label: item.label.as_deref(),
        section: if titled { "" } else { &item.section_slug },
        chain: at.below.as_deref().unwrap_or(&item.above),
        own: at.name.as_deref().unwrap_or(&item.meaning),
    }
}

/// A comment that stands beside no item. Other tools write `id:`, `format:` and `paths:` too, so
/// these are only ours beside an item.
pub(super) fn stray(reader: &Reader<'_>, comment: &Beside) -> Option<Problem> {
    let shared =
        matches!(comment.key, DirectiveKey::Id | DirectiveKey::Format | DirectiveKey::Paths);
    let place = Place::line(reader.path, reader.lines.line(comment.span.start));
    let message = format!("The comment `{}:` stands beside no item.", comment.key.word());
    (!shared).then(|| {
        Problem::new(Code::DirectiveMalformed, place, message)
            .hint("Write it after an item's text, or on the line below it.")
    })
}
