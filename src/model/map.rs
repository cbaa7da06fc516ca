//! Maps and sets by hash, for the short keys of which histories and checklists have very many.
//!
//! Their hash is seeded anew in each process, as the standard library's is, and costs less; nothing
//! depends on their order.

pub use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
