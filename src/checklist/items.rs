//! From the entries of an outline to items.

use crate::model::{
    Claim, Code, Directive, DirectiveKey, Figure, Item, ItemKind, LineIndex, Marker, Place,
    Problem, Span,
};

use super::claim::claim;
use super::directives::Beside;
use super::figures::figures;
use super::identity::{self, Candidate};
use super::links::path_of;
use super::markers::Markers;
use super::mojibake::Repair;
use super::outline::{Entry, Outline, Run};
use super::parts::parts;
use super::sections::Sections;

/// What items are read with.
pub(super) struct Reader<'r> {
    pub(super) path: &'r str,
    pub(super) text: &'r str,
    pub(super) lines: &'r LineIndex,
    pub(super) repair: &'r Repair,
    pub(super) sections: &'r Sections,
    pub(super) markers: &'r Markers,
    /// Whether offsets hold in the file's bytes.
    pub(super) exact: bool,
}

/// Items as they are read, before they know who they are.
#[derive(Default)]
pub(super) struct Items {
    pub(super) items: Vec<Item>,
    candidates: Vec<Candidate>,
    pub(super) problems: Vec<Problem>,
}

/// Reads every item of `outline`.
pub(super) fn items(reader: &Reader<'_>, outline: &Outline) -> Items {
    let mut read = Items::default();
    let mut chains = Chains::new(outline.entries.len());
    let mut item_of: Vec<Option<usize>> = Vec::with_capacity(outline.entries.len());
    for entry in &outline.entries {
        let parent = entry.parent.and_then(|parent| item_of.get(parent).copied().flatten());
        let item = match (&entry.body, boxed_claim(reader, entry)) {
            (Some(run), Some(boxed)) => {
                let chain = match entry.parent {
                    Some(parent) => chains.below(reader, outline, parent),
                    None => String::new(),
                };
                let built = reader.task(entry, run, boxed);
                let item = read.add(reader, built, &entry.beside, entry.heading, chain, parent);
                Some(item)
            }
            _ => None,
        };
        item_of.push(item.or(parent));
    }
    read.name(reader);
    read
}

fn boxed_claim(reader: &Reader<'_>, entry: &Entry) -> Option<Claim> {
    let bracket = entry.bracket.filter(|_| entry.boxed)?;
    reader.markers.claim(bracket.marker(reader.text))
}

/// An item without its place in the document, and what its identity needs.
struct Built {
    item: Item,
    own: String,
    rest: String,
}

/// What an entry's own text says, taken apart once.
#[derive(Debug, Clone, Default)]
struct Own {
    text: String,
    slug: String,
    rest: String,
    label: Option<String>,
    note: Option<String>,
}

impl Reader<'_> {
    /// The text of `run` as shown, and the length of its lead in it.
    fn shown(&self, run: &Run) -> (String, usize) {
        let text = self.repair.display(&run.raw).into_owned();
        let lead = match run.lead {
            0 => 0,
            lead => self.repair.display(run.raw.get(..lead).unwrap_or_default()).len(),
        };
        (text, lead)
    }

    fn task(&self, entry: &Entry, run: &Run, boxed: Claim) -> Built {
        let own = self.own(run);
        let marker = entry.bracket.map(|bracket| Marker {
            text: bracket.marker(self.text).to_owned(),
            span: if self.exact {
                Span::new(bracket.start + 1, bracket.end - 1)
            } else {
                Span::default()
            },
        });
        let start = entry.bracket.map_or(run.span.start, |bracket| bracket.start);
        let claim = claim(boxed, run, &own.text, own.note.as_deref());
        let figures =
            if super::figures::may_hold(&own.text) { figures(&own.text) } else { Vec::new() };
        let line = self.lines.line(start);
        let item = Item {
            id: String::new(),
            address: String::new(),
            text: own.text,
            kind: ItemKind::Task,
            marker,
            claim,
            line,
            span: if self.exact { Span::new(start, run.span.end) } else { Span::default() },
            section: self.sections.titles(entry.heading),
            section_slug: self.sections.slug(entry.heading).to_owned(),
            depth: entry.depth,
            parent: None,
            note: own.note,
            label: own.label,
            priority: None,
            owner: None,
            due: None,
            optional: false,
            meaning: own.slug.clone(),
            thresholds: figures.iter().filter_map(Figure::limit).collect(),
            figures,
            directives: Vec::new(),
            links: self.links(run),
            source: self.lines.text_of(line, self.text).to_owned(),
        };
        Built { item, own: own.slug, rest: own.rest }
    }

    fn links(&self, run: &Run) -> Vec<(String, usize)> {
        let resolved = |(target, at): &(String, usize)| {
            Some((path_of(target, self.path)?, self.lines.line(*at)))
        };
        run.links.iter().filter_map(resolved).collect()
    }

    /// What an entry's own text says.
    fn own(&self, run: &Run) -> Own {
        let (text, lead) = self.shown(run);
        let taken = parts(&text, lead);
        let (slug, mut rest) = match run.html.is_empty() {
            true => identity::meaning(taken.core),
            false => {
                let bare = self.repair.display(&identity::without_html(run)).into_owned();
                identity::meaning(parts(&bare, lead).core)
            }
        };
        super::slug::push_slug(&mut rest, taken.rest);
        Own { slug, rest, label: taken.label.map(str::to_owned), note: taken.note, text }
    }
}

impl Items {
    fn add(
        &mut self,
        reader: &Reader<'_>,
        built: Built,
        beside: &[Beside],
        heading: Option<usize>,
        chain: String,
        parent: Option<usize>,
    ) -> usize {
        let Built { mut item, own, rest } = built;
        item.parent = parent;
        for comment in beside {
            if item.directives.iter().any(|known| known.key == comment.key) {
                let place = Place::line(reader.path, reader.lines.line(comment.span.start));
                let message = format!(
                    "The comment `{}:` stands twice beside this item. The first counts.",
                    comment.key.word()
                );
                self.problems.push(
                    Problem::new(Code::DirectiveMalformed, place, message)
                        .hint("Take one of them out."),
                );
                continue;
            }
            item.directives.push(Directive {
                key: comment.key,
                value: comment.value.clone(),
                span: if reader.exact { comment.span } else { Span::default() },
                line: reader.lines.line(comment.span.start),
            });
        }
        let explicit = item.directives.iter().find(|directive| directive.key == DirectiveKey::Id);
        let section = if reader.sections.is_title(heading) {
            String::new()
        } else {
            item.section_slug.clone()
        };
        self.candidates.push(Candidate {
            explicit: explicit.map(|directive| directive.value.clone()),
            label: item.label.clone(),
            section,
            chain,
            own,
            rest,
        });
        self.items.push(item);
        self.items.len() - 1
    }

    /// Gives every item its id and address.
    fn name(&mut self, reader: &Reader<'_>) {
        let (ids, twice) = identity::ids(&self.candidates);
        for ((item, candidate), id) in self.items.iter_mut().zip(&self.candidates).zip(ids) {
            let within = !candidate.section.is_empty()
                && id
                    .strip_prefix(candidate.section.as_str())
                    .is_some_and(|rest| rest.starts_with('/'));
            item.address = match item.section_slug.is_empty() || within {
                true => id.clone(),
                false => format!("{}/{id}", item.section_slug),
            };
            item.id = id;
        }
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

/// The chains of slugs that lead down to entries, each worked out once.
struct Chains {
    below: Vec<Option<String>>,
}

impl Chains {
    fn new(entries: usize) -> Chains {
        Chains { below: vec![None; entries] }
    }

    /// The chain that leads to what stands in `entry`: its parents' slugs and its own.
    fn below(&mut self, reader: &Reader<'_>, outline: &Outline, entry: usize) -> String {
        let mut open = Vec::new();
        let mut at = Some(entry);
        while let Some(index) =
            at.filter(|index| self.below.get(*index).is_some_and(Option::is_none))
        {
            open.push(index);
            at = outline.entries.get(index).and_then(|entry| entry.parent);
        }
        let mut chain =
            at.and_then(|index| self.below.get(index).cloned().flatten()).unwrap_or_default();
        for index in open.into_iter().rev() {
            let body = outline.entries.get(index).and_then(|entry| entry.body.as_ref());
            let slug = body.map(|run| reader.own(run).slug).unwrap_or_default();
            chain = identity::chained(&chain, &slug);
            if let Some(slot) = self.below.get_mut(index) {
                *slot = Some(chain.clone());
            }
        }
        chain
    }
}
