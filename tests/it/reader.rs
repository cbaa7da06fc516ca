//! The reader of checklists over any bytes: what the fuzz target asserts, on documents made here.

use std::fs;

use proptest::prelude::*;

use crate::support::{corpus, manifest_dir};

#[path = "../../fuzz/body.rs"]
mod body;

/// What boxes, and what hides them, are made of.
const PIECES: [&str; 34] = [
    "- [ ] ",
    "- [x] ",
    "* [X]\t",
    "1) [ ] ",
    "- [/] ",
    "- [] ",
    "[ ]",
    "[x]: u\n",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "> ",
    "# ",
    "---\n",
    "===\n",
    "+++\n",
    "| a | b |\n|--|--|\n",
    "|",
    "```\n",
    "~~",
    "**",
    "`",
    "<!-- id: a -->",
    "<!--",
    "-->",
    "<b>",
    "(4 of 5)",
    "word",
    "é",
    "\u{feff}",
    "\0",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_hold(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        body::holds(&bytes);
    }

    #[test]
    fn any_markdown_holds(picks in proptest::collection::vec(0..PIECES.len(), 0..60), cut in 0..4_usize) {
        let text: String = picks.into_iter().map(|pick| PIECES[pick]).collect();
        let bytes = text.as_bytes();
        body::holds(&bytes[..bytes.len().saturating_sub(cut)]);
    }
}

#[test]
fn every_form_holds_wherever_it_is_cut() {
    let bytes = fs::read(manifest_dir().join("fixtures/checklists/every-form.md")).unwrap();
    for end in 0..=bytes.len() {
        body::holds(&bytes[..end]);
    }
}

#[test]
fn real_documents_hold() {
    let Some(folder) = corpus("checklists") else { return };
    for entry in fs::read_dir(folder).unwrap() {
        body::holds(&fs::read(entry.unwrap().path()).unwrap());
    }
}
