//! What holds for every format: its row, fixtures and page; damage; the corpus.

mod corpus;
mod damage;
mod fixtures;
mod page;
mod said;

pub(in crate::evidence) use said::{proves, reading};
