//! The names by which trailers and entries mean items: `ID`, `SECTION/ID`, `CHECKLIST#ID`, each a glob.

use crate::model::{Glob, Item};

/// A name, and which checklists hold an item that it means.
pub(super) struct Name {
    item: Option<Glob>,
    /// The same text as a checklist and one of its items.
    of_checklist: Option<(Glob, Glob)>,
    /// It calls one item: a glob is meant to match several.
    is_one: bool,
    /// How many checklists hold an item that it means, and says nothing of.
    at_large: usize,
    is_met: bool,
}

/// Why the names of a text mean no item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unmet {
    /// No item is called so.
    Nowhere,
    /// An item of each of several checklists is called so, and the name does not say which is meant.
    InSeveral,
}

impl Name {
    /// Those that stand in a text, with commas between; `None` where one of them is no glob.
    pub(super) fn all(written: &str) -> Option<Vec<Name>> {
        let names = written.split(',').map(str::trim).filter(|name| !name.is_empty());
        names.map(Name::new).collect()
    }

    fn new(written: &str) -> Option<Name> {
        let of_checklist = written
            .split_once('#')
            .and_then(|(path, item)| Some((Glob::new(path).ok()?, Glob::new(item).ok()?)));
        let item = Glob::new(written).ok();
        if item.is_none() && of_checklist.is_none() {
            return None;
        }
        Some(Name {
            item,
            of_checklist,
            is_one: !written.contains(['*', '?', '[', '{']),
            at_large: 0,
            is_met: false,
        })
    }

    /// Marks those of a checklist's items that it means.
    pub(super) fn mark(&mut self, path: &str, items: &[Item], meant: &mut [bool]) {
        let is = |glob: &Glob, item: &Item| glob.matches(&item.id) || glob.matches(item.address());
        let narrowed = self.of_checklist.as_ref().filter(|(checklist, _)| checklist.matches(path));
        let mut at_large = false;
        for (item, meant) in items.iter().zip(meant) {
            let by_itself = self.item.as_ref().is_some_and(|glob| is(glob, item));
            at_large |= by_itself;
            if by_itself || narrowed.is_some_and(|(_, glob)| is(glob, item)) {
                self.is_met = true;
                *meant = true;
            }
        }
        self.at_large += usize::from(at_large);
    }

    /// Why it means no item, after all checklists were asked.
    pub(super) fn unmet(&self) -> Option<Unmet> {
        if self.is_one && self.at_large > 1 {
            return Some(Unmet::InSeveral);
        }
        (!self.is_met).then_some(Unmet::Nowhere)
    }
}
