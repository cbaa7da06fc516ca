//! What is known of the item under the pointer.

use gen_lsp_types::{Hover, MarkupContent, MarkupKind, Position};

use crate::model::{Item, Span};
use crate::render::markdown;

use super::judging::Document;
use super::places::Places;

/// The verdict, its reason and evidence, where `at` lies in an item or a comment beside it.
pub(super) fn at(document: &Document<'_>, at: Position) -> Option<Hover> {
    let text = document.text()?;
    let places = Places::of(text);
    let offset = places.offset(at);
    let holds = |item: &Item| {
        let span = whole(item, &places);
        span.start <= offset && offset <= span.end
    };
    // An item in an item's span would be the inner one.
    let (item, judged) = document.items().filter(|(item, _)| holds(item)).last()?;
    let value = markdown::item(judged);
    Some(Hover {
        contents: MarkupContent { kind: MarkupKind::Markdown, value }.into(),
        range: Some(places.range(whole(item, &places))),
    })
}

/// An item from its box to its last comment.
fn whole(item: &Item, places: &Places<'_>) -> Span {
    let comments = item.directives.iter().map(|directive| directive.span.end);
    let end = comments.fold(item.span.end, usize::max);
    Span::new(places.line(item.line).start, end)
}
