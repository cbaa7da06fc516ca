//! Keys that stand once: JSON allows a key to stand twice, and most readers keep the last.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::Str;
use crate::evidence::text::bounded;

/// The keys of a map so far: a second `results` would hide the first.
#[derive(Default)]
pub(super) struct Seen<'a>(HashSet<Str<'a>>);

impl<'a> Seen<'a> {
    /// The key, if it did not stand there before.
    pub(super) fn key<'k, E: Error>(&self, key: &'k str) -> Result<&'k str, E> {
        if self.0.contains(key) { Err(twice(key)) } else { Ok(key) }
    }

    /// Keeps a key in mind.
    pub(super) fn keep(&mut self, key: Str<'a>) {
        self.0.insert(key);
    }
}

/// The fault of a key that stands twice in a map.
pub(in crate::evidence) fn twice<E: Error>(key: &str) -> E {
    E::custom(format!("the key `{}` stands twice", bounded(key, 60)))
}

/// A map whose names are data, each name once.
#[derive(Debug)]
pub(in crate::evidence) struct Map<'a, T>(BTreeMap<Str<'a>, T>);

impl<T> Default for Map<'_, T> {
    fn default() -> Self {
        Map(BTreeMap::new())
    }
}

impl<'a, T> Map<'a, T> {
    /// The members by name.
    pub(in crate::evidence) fn into_inner(self) -> BTreeMap<Str<'a>, T> {
        self.0
    }
}

impl<'a, T> Deref for Map<'a, T> {
    type Target = BTreeMap<Str<'a>, T>;

    fn deref(&self) -> &BTreeMap<Str<'a>, T> {
        &self.0
    }
}

impl<'m, 'a, T> IntoIterator for &'m Map<'a, T> {
    type Item = (&'m Str<'a>, &'m T);
    type IntoIter = std::collections::btree_map::Iter<'m, Str<'a>, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for Map<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Map<'a, T>, D::Error> {
        struct Named<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Named<T> {
            type Value = Map<'de, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut named = BTreeMap::new();
                while let Some(key) = map.next_key::<Str<'de>>()? {
                    if named.contains_key(&key) {
                        return Err(twice(&key));
                    }
                    named.insert(key, map.next_value()?);
                }
                Ok(Map(named))
            }
        }
        deserializer.deserialize_map(Named(PhantomData))
    }
}

/// Any value, read to its end and not kept, of which each map has each key once.
pub(in crate::evidence) struct Sound;

impl<'de> Deserialize<'de> for Sound {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Sound, D::Error> {
        deserializer.deserialize_any(Sound)
    }
}

impl<'de> Visitor<'de> for Sound {
    type Value = Sound;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Sound, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Sound, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Sound, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Sound, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Sound, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Sound, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Sound, A::Error> {
        while list.next_element::<Sound>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Sound, A::Error> {
        let mut seen = Seen::default();
        while let Some(key) = map.next_key::<Str<'de>>()? {
            seen.key::<A::Error>(&key)?;
            map.next_value::<Sound>()?;
            seen.keep(key);
        }
        Ok(self)
    }
}
