//! JSON, typed and to the end: truncation and text after the value are faults, never less data.
//!
//! Small documents are derived structs. Where a list grows with the project, its elements are
//! handed over one by one, so that memory does not grow with the file.

mod count;
mod once;

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

pub(super) use self::count::Count;
pub(super) use self::once::{Map, Sound, twice};

use self::once::Seen;
use super::Broken;

/// The deserializer that every reader works on.
pub(super) type Json<'a> = serde_json::Deserializer<serde_json::de::StrRead<'a>>;

/// Reads one value, and nothing after it.
pub(super) fn whole<'a, T>(
    text: &'a str,
    read: impl FnOnce(&mut Json<'a>) -> Result<T, serde_json::Error>,
) -> Result<T, Broken> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = read(&mut json).map_err(|error| fault(&error))?;
    json.end().map_err(|error| {
        Broken::new(format!("Other text follows the JSON at line {}.", error.line()))
    })?;
    Ok(value)
}

/// Reads values of one kind that follow each other, and nothing else between or after them.
pub(super) fn all<'a, T: Deserialize<'a>>(text: &'a str) -> Result<Vec<T>, Broken> {
    let values = serde_json::Deserializer::from_str(text).into_iter::<T>();
    values.map(|value| value.map_err(|error| fault(&error))).collect()
}

/// What is wrong and where, as a sentence.
pub(super) fn fault(error: &serde_json::Error) -> Broken {
    let (line, column) = (error.line(), error.column());
    if error.is_eof() {
        return Broken::new(format!("The file ends in the middle of its JSON, at line {line}."));
    }
    let told = error.to_string();
    let told = told.split(" at line ").next().unwrap_or_default();
    // What derived readers say of a key that stands twice.
    let told = match told.strip_prefix("duplicate field ") {
        Some(key) => format!("the key {key} stands twice"),
        None => told.to_owned(),
    };
    Broken::new(format!("At line {line}, column {column}: {told}."))
}

/// A text, borrowed from the file where it holds no escape; numbers and words count as texts too.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Str<'a>(Cow<'a, str>);

impl Str<'_> {
    /// The text by itself.
    pub(super) fn into_owned(self) -> String {
        self.0.into_owned()
    }
}

impl Deref for Str<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<String> for Str<'_> {
    fn from(text: String) -> Self {
        Str(Cow::Owned(text))
    }
}

impl fmt::Display for Str<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Str<'_> {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Str<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Str<'a>, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Str<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Str<'de>, E> {
                Ok(Str(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Str<'de>, E> {
                Ok(Str(Cow::Owned(text.to_owned())))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Str<'de>, E> {
                Ok(Str(Cow::Owned(number.to_string())))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Str<'de>, E> {
                Ok(Str(Cow::Owned(number.to_string())))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Str<'de>, E> {
                Ok(Str(Cow::Owned(number.to_string())))
            }

            fn visit_bool<E>(self, word: bool) -> Result<Str<'de>, E> {
                Ok(Str(Cow::Owned(word.to_string())))
            }
        }
        deserializer.deserialize_any(Text)
    }
}

/// A number that only places or describes: a line, a time. A text that is one counts; whatever
/// else stands there is none.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Num(Option<f64>);

impl Num {
    /// The number, if it is one.
    pub(super) fn get(self) -> Option<f64> {
        self.0.filter(|number| number.is_finite())
    }

    /// A 1-based line.
    pub(super) fn line(self) -> Option<u64> {
        self.get().filter(|number| *number >= 1.0).map(|number| number as u64)
    }
}

impl<'de> Deserialize<'de> for Num {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Num, D::Error> {
        struct Number;
        impl<'de> Visitor<'de> for Number {
            type Value = Num;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_f64<E>(self, number: f64) -> Result<Num, E> {
                Ok(Num(Some(number)))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Num, E> {
                Ok(Num(Some(number as f64)))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Num, E> {
                Ok(Num(Some(number as f64)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Num, E> {
                Ok(Num(text.trim().parse().ok()))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Num, E> {
                Ok(Num(None))
            }

            fn visit_unit<E>(self) -> Result<Num, E> {
                Ok(Num(None))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Num, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Num(None))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Num, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Num(None))
            }
        }
        deserializer.deserialize_any(Number)
    }
}

/// What takes the members of a JSON map as they come.
pub(super) trait Members<'de> {
    /// Takes the value of `key` from `map`: every call takes it exactly once, with `next_value`,
    /// [`each`], [`members`] or [`skip`].
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error>;
}

/// Takes a list element by element; says whether it was one, and not `null`.
pub(super) fn each<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    map: &mut A,
    each: impl FnMut(T),
) -> Result<bool, A::Error> {
    map.next_value_seed(Elements { each, element: PhantomData })
}

/// Takes a list of maps, each member by member, into the same state; `end` runs after each.
pub(super) fn each_members<'de, A: MapAccess<'de>, M: Members<'de>>(
    map: &mut A,
    state: &mut M,
    end: impl FnMut(&mut M),
) -> Result<(), A::Error> {
    map.next_value_seed(ElementsMembers { state, end })
}

/// Takes a map member by member; `null` is a map of none.
pub(super) fn members<'de, A: MapAccess<'de>, M: Members<'de>>(
    map: &mut A,
    members: &mut M,
) -> Result<(), A::Error> {
    map.next_value_seed(MembersOf(members))
}

/// Takes a map whose names are data, entry by entry; `null` is a map of none.
pub(super) fn entries<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    map: &mut A,
    each: impl FnMut(&str, T),
) -> Result<(), A::Error> {
    map.next_value_seed(Entries { each, value: PhantomData })
}

/// Passes over a value.
pub(super) fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(drop)
}

/// Reads a map member by member.
pub(super) fn read_members<'de, M: Members<'de>>(
    json: &mut Json<'de>,
    members: &mut M,
) -> Result<(), serde_json::Error> {
    MembersOf(members).deserialize(json)
}

/// Reads a list element by element.
pub(super) fn read_elements<'de, T: Deserialize<'de>>(
    json: &mut Json<'de>,
    each: impl FnMut(T),
) -> Result<bool, serde_json::Error> {
    Elements { each, element: PhantomData }.deserialize(json)
}

struct MembersOf<'m, M>(&'m mut M);

impl<'de, M: Members<'de>> DeserializeSeed<'de> for MembersOf<'_, M> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, M: Members<'de>> Visitor<'de> for MembersOf<'_, M> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = Seen::default();
        while let Some(key) = map.next_key::<Str<'de>>()? {
            self.0.member(seen.key(&key)?, &mut map)?;
            seen.keep(key);
        }
        Ok(())
    }
}

struct Elements<F, T> {
    each: F,
    element: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>, F: FnMut(T)> DeserializeSeed<'de> for Elements<F, T> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Deserialize<'de>, F: FnMut(T)> Visitor<'de> for Elements<F, T> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<bool, A::Error> {
        while let Some(element) = list.next_element::<T>()? {
            (self.each)(element);
        }
        Ok(true)
    }
}

struct ElementsMembers<'m, M, F> {
    state: &'m mut M,
    end: F,
}

impl<'de, M: Members<'de>, F: FnMut(&mut M)> DeserializeSeed<'de> for ElementsMembers<'_, M, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, M: Members<'de>, F: FnMut(&mut M)> Visitor<'de> for ElementsMembers<'_, M, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of maps")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(MembersOf(self.state))?.is_some() {
            (self.end)(self.state);
        }
        Ok(())
    }
}

struct Entries<F, T> {
    each: F,
    value: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>, F: FnMut(&str, T)> DeserializeSeed<'de> for Entries<F, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Deserialize<'de>, F: FnMut(&str, T)> Visitor<'de> for Entries<F, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut seen = Seen::default();
        while let Some(key) = map.next_key::<Str<'de>>()? {
            (self.each)(seen.key(&key)?, map.next_value()?);
            seen.keep(key);
        }
        Ok(())
    }
}
