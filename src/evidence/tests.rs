//! What holds for every format: its row, fixtures and page; damage; the corpus.

mod corpus;
mod damage;
mod fixtures;
mod page;
