//! The reader as a whole: over the book, the corpus, and any bytes.

mod book;
mod corpus;
mod properties;
