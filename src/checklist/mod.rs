//! Reads a Markdown checklist: its items and what it says of each, by source offset.
