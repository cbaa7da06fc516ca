//! What PHP writes: a map that holds nothing is a list, `[]`.

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny};

use crate::evidence::json::Map;

#[derive(Deserialize)]
#[serde(untagged, bound(deserialize = "T: Deserialize<'de>"))]
enum Written<'a, T> {
    Named(#[serde(borrow)] Map<'a, T>),
    None([IgnoredAny; 0]),
}

/// A map, or the list that stands for one of nothing.
pub(in crate::evidence) fn map<'de: 'a, 'a, D, T>(deserializer: D) -> Result<Map<'a, T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(match Written::deserialize(deserializer)? {
        Written::Named(map) => map,
        Written::None([]) => Map::default(),
    })
}
