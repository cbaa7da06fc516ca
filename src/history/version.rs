//! One version of a checklist: what a commit's file says of each item.

use std::hash::Hash;
use std::sync::Arc;

use crate::checklist::Piece;
use crate::model::map::{HashMap, HashSet};
use crate::model::{Checklist, Claim, DirectiveKey, Item, context, section_name, title_name};

/// One version of a checklist.
#[derive(Debug, Clone, Default)]
pub(super) struct Version {
    /// Its items, in document order.
    pub(super) items: Vec<Placed>,
    /// The pieces that it was read in; none where it was read whole.
    pub(super) cuts: Vec<Cut>,
}

/// A piece of a version, without its text.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    /// As [`Piece::length`].
    pub(super) length: usize,
    /// As [`Piece::closed`].
    pub(super) closed: bool,
    /// As [`Piece::headings`].
    pub(super) headings: Arc<[(u8, Arc<str>)]>,
    /// How many items it has.
    pub(super) items: usize,
}

/// An item as it stands in one version.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// What is written there; shared by the versions that agree.
    pub(super) written: Arc<Written>,
    /// What its box says.
    pub(super) claim: Claim,
    /// The item that encloses it.
    pub(super) parent: Option<usize>,
}

/// All of an item but its box: what makes it the same item in another version, or another. There are
/// hundreds of thousands of these at a time.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Written {
    /// Its text.
    pub(super) text: Arc<str>,
    /// The headings above it, as [`section_name`] has them.
    pub(super) section: Arc<str>,
    /// The document's title, as [`title_name`] has it.
    pub(super) title: Arc<str>,
    /// As [`Item::above`].
    pub(super) above: Box<str>,
    /// As [`Item::meaning`].
    pub(super) meaning: Box<str>,
    /// `None` where it has none of it.
    pub(super) rest: Option<Box<Rest>>,
}

/// What few items have.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Rest {
    /// The id that a comment gives it.
    pub(super) explicit: Option<String>,
    /// Its label.
    pub(super) label: Option<String>,
    /// As [`Item::details`].
    pub(super) details: String,
    /// As [`Item::thresholds`].
    pub(super) thresholds: Vec<String>,
}

impl Version {
    /// What `checklist` says.
    pub(super) fn of(checklist: &Checklist) -> Version {
        let items = placed(&checklist.items, &[], &mut Shared::default());
        Version { items, cuts: Vec::new() }
    }

    /// What a document says whose pieces were read one by one.
    pub(super) fn joined(pieces: &[Piece<Vec<Placed>>]) -> Version {
        let mut items = Vec::with_capacity(pieces.iter().map(|piece| piece.made.len()).sum());
        let mut cuts = Vec::with_capacity(pieces.len());
        for Piece { length, closed, headings, made, .. } in pieces {
            let before = items.len();
            items.extend(made.iter().map(|item| Placed {
                parent: item.parent.map(|parent| parent + before),
                ..item.clone()
            }));
            let (headings, items) = (Arc::clone(headings), made.len());
            cuts.push(Cut { length: *length, closed: *closed, headings, items });
        }
        Version { items, cuts }
    }

    /// The pieces again, of which it was joined; none where it was not, or they do not make it up.
    pub(super) fn pieces(&self) -> Vec<Piece<Vec<Placed>>> {
        let mut before = 0_usize;
        let pieces = self.cuts.iter().map(|Cut { length, closed, headings, items }| {
            let start = before;
            before = start.checked_add(*items)?;
            let within = |item: &Placed| {
                let parent = match item.parent {
                    Some(parent) => Some(parent.checked_sub(start)?),
                    None => None,
                };
                Some(Placed { parent, ..item.clone() })
            };
            let items = self.items.get(start..before)?.iter().map(within);
            let made = items.collect::<Option<_>>()?;
            Some(Piece::known(*length, *closed, Arc::clone(headings), made))
        });
        pieces.collect::<Option<_>>().unwrap_or_default()
    }
}

/// What is kept of items, most of which say what those `before` say; `shared` goes on from one version
/// to the next.
pub(super) fn placed(items: &[Item], before: &[Placed], shared: &mut Shared) -> Vec<Placed> {
    let Shared { above, wordings } = shared;
    let mut before = before.iter();
    items
        .iter()
        .map(|item| {
            let names = above.of(item);
            let mut known = before.as_slice().iter().take(AHEAD);
            let known = known.position(|known| known.written.is_of(item, &names));
            let written = match known.and_then(|ahead| before.nth(ahead)) {
                Some(known) => Arc::clone(&known.written),
                None => wordings.one(Written::of(item, names)),
            };
            Placed { written, claim: item.claim, parent: item.parent }
        })
        .collect()
}

/// How many items of the version before are looked at: few are added, removed or reworded at a time.
const AHEAD: usize = 3;

/// The same items, some of whose boxes claim something else.
pub(super) fn ticked(items: &[Placed], boxes: &[(usize, Claim)]) -> Vec<Placed> {
    let mut items = items.to_vec();
    for (at, claim) in boxes {
        if let Some(item) = items.get_mut(*at).filter(|item| item.claim != Claim::Cancelled) {
            item.claim = *claim;
        }
    }
    items
}

/// What versions have in common.
#[derive(Default)]
pub(super) struct Shared {
    above: Above,
    wordings: Wordings,
}

/// The wordings that some version has: where a box is ticked all items of its piece are read again, and
/// say what they said.
#[derive(Default)]
struct Wordings {
    known: HashSet<Arc<Written>>,
    /// With so many, those that no version has any more are let go.
    most: usize,
}

impl Wordings {
    fn one(&mut self, new: Written) -> Arc<Written> {
        if let Some(known) = self.known.get(&new) {
            return Arc::clone(known);
        }
        if self.known.len() >= self.most {
            self.known.retain(|of| Arc::strong_count(of) > 1);
            self.most = (2 * self.known.len()).max(MOST);
        }
        let new = Arc::new(new);
        self.known.insert(Arc::clone(&new));
        new
    }
}

impl Rest {
    /// `None` where there is nothing in it, so that what says the same is the same.
    pub(super) fn kept(self) -> Option<Box<Rest>> {
        let Rest { explicit, label, details, thresholds } = &self;
        let is_empty =
            explicit.is_none() && label.is_none() && details.is_empty() && thresholds.is_empty();
        (!is_empty).then(|| Box::new(self))
    }
}

impl Written {
    /// The id that a comment gives it.
    pub(super) fn explicit(&self) -> Option<&str> {
        self.rest.as_ref()?.explicit.as_deref()
    }

    /// Its label.
    pub(super) fn label(&self) -> Option<&str> {
        self.rest.as_ref()?.label.as_deref()
    }

    /// As [`Item::details`].
    fn details(&self) -> &str {
        self.rest.as_ref().map_or("", |rest| &rest.details)
    }

    /// As [`Item::thresholds`].
    pub(super) fn thresholds(&self) -> &[String] {
        self.rest.as_ref().map_or(&[], |rest| &rest.thresholds)
    }

    /// As [`Item::context`].
    pub(super) fn context(&self) -> String {
        context(&self.title, &self.section, &self.above, self.details())
    }

    /// Whether a tick of the one is a tick of the other.
    pub(super) fn says_as(&self, other: &Written) -> bool {
        // Most are the very same, for versions share what they agree on.
        std::ptr::eq(self, other)
            || (self.meaning == other.meaning
                && self.thresholds() == other.thresholds()
                && (self.stands_as(other) || self.context() == other.context()))
    }

    /// Whether all that makes up the context is the same, word for word.
    fn stands_as(&self, other: &Written) -> bool {
        self.details() == other.details()
            && self.above == other.above
            && self.section == other.section
            && self.title == other.title
    }

    /// Whether it is what is written of an item that stands below these names.
    fn is_of(&self, item: &Item, (title, section): &Names) -> bool {
        *self.text == *item.text
            && Arc::ptr_eq(&self.section, section)
            && Arc::ptr_eq(&self.title, title)
            && *self.above == *item.above
            && *self.meaning == *item.meaning
            && self.explicit() == explicit(item)
            && self.label() == item.label.as_deref()
            && self.details() == item.details
            && self.thresholds() == item.thresholds
    }

    fn of(item: &Item, (title, section): Names) -> Written {
        let rest = Rest {
            explicit: explicit(item).map(str::to_owned),
            label: item.label.clone(),
            details: item.details.clone(),
            thresholds: item.thresholds.clone(),
        };
        Written {
            text: Arc::from(item.text.as_str()),
            section,
            title,
            above: item.above.as_str().into(),
            meaning: item.meaning.as_str().into(),
            rest: rest.kept(),
        }
    }
}

/// The id that a comment gives an item.
fn explicit(item: &Item) -> Option<&str> {
    let named = item.directives.iter().find(|directive| directive.key == DirectiveKey::Id);
    named.map(|directive| directive.value.as_str())
}

/// How many titles are kept, how many rows of headings, and how many wordings before some are let go.
const MOST: usize = 4_096;

/// What a title and the headings above an item are called.
type Names = (Arc<str>, Arc<str>);

/// What stood above items lately: most share theirs with one before. Each document has its own title, and
/// many have the same headings.
#[derive(Default)]
struct Above {
    titles: HashMap<Arc<str>, Arc<str>>,
    sections: HashMap<Arc<[String]>, Arc<str>>,
    last: Option<(Arc<str>, Arc<[String]>, Names)>,
}

impl Above {
    fn of(&mut self, item: &Item) -> Names {
        let (title, section) = (&item.title, &item.section);
        if let Some((of_title, of_section, names)) = &self.last
            && Arc::ptr_eq(of_title, title)
            && Arc::ptr_eq(of_section, section)
        {
            return names.clone();
        }
        let names = (
            known(&mut self.titles, title, title_name),
            known(&mut self.sections, section, section_name),
        );
        self.last = Some((Arc::clone(title), Arc::clone(section), names.clone()));
        names
    }
}

/// What `key` is called, which `name` says of one that was not met lately.
fn known<K: Hash + Eq + ?Sized>(
    met: &mut HashMap<Arc<K>, Arc<str>>,
    key: &Arc<K>,
    name: impl Fn(&K) -> String,
) -> Arc<str> {
    if let Some(known) = met.get(key) {
        return Arc::clone(known);
    }
    if met.len() == MOST {
        met.clear();
    }
    let name: Arc<str> = name(key).into();
    met.insert(Arc::clone(key), Arc::clone(&name));
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Written {
        Written {
            text: Arc::from(text),
            section: Arc::default(),
            title: Arc::default(),
            above: Box::default(),
            meaning: text.into(),
            rest: None,
        }
    }

    #[test]
    fn versions_share_what_they_say_and_what_none_says_is_let_go() {
        let mut wordings = Wordings::default();
        let kept = wordings.one(written("kept"));
        for at in 0..3 * MOST {
            wordings.one(written(&at.to_string()));
        }
        assert!(Arc::ptr_eq(&kept, &wordings.one(written("kept"))));
        assert!(wordings.known.len() <= MOST + 1, "{}", wordings.known.len());
    }

    #[test]
    fn what_has_nothing_else_says_the_same_as_what_never_had() {
        let rest = |label: Option<&str>| Rest {
            explicit: None,
            label: label.map(str::to_owned),
            details: String::new(),
            thresholds: Vec::new(),
        };
        assert_eq!(rest(None).kept(), None);
        let labelled = Written { rest: rest(Some("A-1")).kept(), ..written("a") };
        assert_eq!((labelled.label(), labelled.explicit()), (Some("A-1"), None));
        assert_ne!(labelled, written("a"));
    }
}
