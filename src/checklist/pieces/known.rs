//! What was read lately, and some of what was read before: a memory that does not grow.

use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::Arc;

use crate::model::map::{HashMap, HashMapExt};

pub(super) struct Known<K, T> {
    /// After so many new entries the older half is forgotten.
    most: usize,
    young: HashMap<K, Arc<T>>,
    old: HashMap<K, Arc<T>>,
}

impl<K, T> Known<K, T> {
    /// Nothing yet; at most twice `most` at any time.
    pub(super) fn of(most: usize) -> Known<K, T> {
        Known { most, young: HashMap::new(), old: HashMap::new() }
    }
}

impl<K: Hash + Eq, T> Known<K, T> {
    pub(super) fn get<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<Arc<T>>
    where
        K: Borrow<Q>,
    {
        if let Some(known) = self.young.get(key) {
            return Some(Arc::clone(known));
        }
        let (key, known) = self.old.remove_entry(key)?;
        self.insert(key, Arc::clone(&known));
        Some(known)
    }

    pub(super) fn put(&mut self, key: K, value: T) -> Arc<T> {
        let value = Arc::new(value);
        self.insert(key, Arc::clone(&value));
        value
    }

    fn insert(&mut self, key: K, value: Arc<T>) {
        if self.young.len() >= self.most {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_kept_and_the_rest_is_forgotten() {
        const MOST: usize = 64;
        let mut known: Known<usize, usize> = Known::of(MOST);
        known.put(0, 10);
        for at in 1..=3 * MOST {
            known.put(at, at);
            if at % (MOST / 2) == 0 {
                assert_eq!(known.get(&0).as_deref(), Some(&10), "after {at}");
            }
        }
        assert_eq!(known.get(&1), None);
        assert!(known.young.len() + known.old.len() <= 2 * MOST);
    }
}
