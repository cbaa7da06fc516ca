//! What holds for every format: its row, fixtures and page; damage; encodings; the corpus.

mod corpus;
mod damage;
mod discipline;
mod fixtures;
mod page;
mod said;

pub(in crate::evidence) use said::{proves, reading};
