//! What could be written where the cursor stands: facts, ids, and the words of the configuration.

mod comment;
mod configuration;
mod cursor;
mod facts;

mod words;

use gen_lsp_types::{CompletionItem, CompletionItemKind, Position, TextEdit};

use crate::model::Span;
use crate::pipeline::Editable;
use crate::snapshot::Snapshot;

use super::places::Places;
use cursor::{Cursor, Wanted};

/// The latest snapshot with verdicts, and its checklists.
pub(super) type Known<'k> = Option<(&'k Snapshot, &'k Editable)>;

/// What can be written.
pub(super) struct Word {
    pub(super) text: String,
    pub(super) kind: CompletionItemKind,
    /// A few words beside it.
    pub(super) detail: String,
    /// A sentence.
    pub(super) about: String,
}

impl Word {
    pub(super) fn new(text: impl Into<String>, kind: CompletionItemKind) -> Word {
        Word { text: text.into(), kind, detail: String::new(), about: String::new() }
    }

    pub(super) fn detail(mut self, detail: impl Into<String>) -> Word {
        self.detail = detail.into();
        self
    }

    pub(super) fn about(mut self, about: impl Into<String>) -> Word {
        self.about = about.into();
        self
    }
}

/// What could stand at `at` of `text`, which the repository calls `name`.
pub(super) fn at(text: &str, name: &str, at: Position, known: Known<'_>) -> Vec<CompletionItem> {
    let places = Places::of(text);
    let offset = places.offset(at);
    let before = text.get(..offset).unwrap_or_default();
    let cursor = if name == "trueup.toml" || name.ends_with("/trueup.toml") {
        configuration::cursor(before)
    } else {
        comment::cursor(before)
    };
    let Some(Cursor { wanted, written }) = cursor else { return Vec::new() };
    let line = text.get(..offset).map_or(0, |before| before.matches('\n').count() + 1);
    let (words, start) = match wanted {
        Wanted::Condition => {
            facts::words(before.get(written..).unwrap_or_default(), written, known)
        }
        Wanted::OwnId => (words::own_id(name, line, known), written),
        other => (words::of(&other, known), written),
    };
    let range = places.range(Span::new(start, offset));
    let typed = before.get(start..).unwrap_or_default();
    words.into_iter().filter(|word| word.text != typed).map(|word| item(word, range)).collect()
}

fn item(word: Word, range: gen_lsp_types::Range) -> CompletionItem {
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    CompletionItem {
        label: word.text.clone(),
        kind: Some(word.kind),
        detail: some(word.detail),
        documentation: some(word.about).map(Into::into),
        filter_text: Some(word.text.clone()),
        text_edit: Some(TextEdit { range, new_text: word.text }.into()),
        ..CompletionItem::default()
    }
}
