//! The chains of slugs that lead down to entries, each worked out once.

use crate::checklist::syntax::outline::Entry;

use super::identity::{CHAIN, bounded};

/// What an entry means, and what it is called by where that differs.
pub(super) type Slug = (String, Option<String>);

/// What leads down to an entry.
#[derive(Debug, Clone, Default)]
pub(super) struct Chain {
    /// What its parents mean.
    pub(super) above: String,
    /// What they are called by, where that differs.
    pub(super) named: Option<String>,
}

impl Chain {
    /// The chain below an entry that stands below this one.
    fn below(&self, (meaning, name): &Slug) -> Chain {
        let differs = self.named.is_some() || name.is_some();
        let named = || {
            let above = self.named.as_deref().unwrap_or(&self.above);
            chained(above, name.as_deref().unwrap_or(meaning))
        };
        Chain { above: chained(&self.above, meaning), named: differs.then(named) }
    }
}

/// `chain` and one slug more, bounded.
fn chained(chain: &str, own: &str) -> String {
    if chain.is_empty() {
        return bounded(own, CHAIN);
    }
    bounded(&format!("{chain}.{own}"), CHAIN)
}

/// The chains of a document.
pub(super) struct Chains {
    below: Vec<Option<Chain>>,
}

impl Chains {
    pub(super) fn new(entries: usize) -> Chains {
        Chains { below: vec![None; entries] }
    }

    /// The chain that leads to what stands in `entry`: its parents' slugs and its own.
    pub(super) fn below(
        &mut self,
        entries: &[Entry],
        entry: usize,
        slug: &dyn Fn(usize) -> Slug,
    ) -> Chain {
        let mut open = Vec::new();
        let mut at = Some(entry);
        while let Some(index) =
            at.filter(|index| self.below.get(*index).is_some_and(Option::is_none))
        {
            open.push(index);
            at = entries.get(index).and_then(|entry| entry.parent);
        }
        let mut chain =
            at.and_then(|index| self.below.get(index).cloned().flatten()).unwrap_or_default();
        for index in open.into_iter().rev() {
            chain = chain.below(&slug(index));
            if let Some(slot) = self.below.get_mut(index) {
                *slot = Some(chain.clone());
            }
        }
        chain
    }
}
