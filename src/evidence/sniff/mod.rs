//! One cheap, bounded look at a file, made once and shown to every format.
//!
//! Of JSON it holds the first keys with their kinds and short values, of XML the root and its first
//! children, of text its first lines. The look covers the head of the file; of JSON, and where no
//! format knows its own from that, the whole file is looked at.

mod head;
mod root;
mod shape;

pub use head::Head;
pub use root::Root;
pub use shape::Shape;

use super::bounds::MAX_BANNER;
use super::text::bounded;

/// What the look saw.
#[derive(Debug)]
pub struct Sniff<'a> {
    kind: Kind<'a>,
    /// Where the document begins, in bytes; before it stand the lines of a banner.
    pub(super) start: usize,
    /// How many lines stand before the document.
    pub(super) banner: usize,
    /// Whether the look ended before the file did.
    pub(super) partial: bool,
}

#[derive(Debug)]
enum Kind<'a> {
    Nothing,
    Json(shape::Values<'a>),
    Xml(Root),
    Text(Head<'a>),
}

/// A document that holds nothing at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blank {
    /// No character but white space.
    File,
    /// `[]`.
    List,
    /// `{}`.
    Map,
    /// `null`.
    Null,
}

impl Blank {
    /// As the file writes it.
    pub(super) fn written(self) -> &'static str {
        match self {
            Blank::File => "an empty file",
            Blank::List => "[]",
            Blank::Map => "{}",
            Blank::Null => "null",
        }
    }
}

impl<'a> Sniff<'a> {
    /// Looks at no more than `limit` bytes of a text.
    pub fn of(text: &'a str, limit: usize) -> Sniff<'a> {
        let partial = text.len() > limit;
        let look = bounded(text, limit);
        let trimmed = look.trim_start();
        let begins = look.len() - trimmed.len();
        let found = |kind, start, banner| Sniff { kind, start, banner, partial };
        if trimmed.is_empty() && !partial {
            return found(Kind::Nothing, 0, 0);
        }
        if trimmed.starts_with('<')
            && let Some(root) = Root::of(trimmed)
        {
            return found(Kind::Xml(root), begins, 0);
        }
        if let Some(values) = shape::Values::of(trimmed, false) {
            return found(Kind::Json(values), begins, 0);
        }
        if let Some((start, banner)) = after_banner(look)
            && let Some(values) = shape::Values::of(&look[start..], true)
        {
            return found(Kind::Json(values), start, banner);
        }
        found(Kind::Text(Head::of(look)), 0, 0)
    }

    /// The first JSON value, if the file is JSON.
    pub fn json(&self) -> Option<&Shape<'a>> {
        self.documents().first()
    }

    /// The first JSON values that follow one another; one, where the file is an ordinary document.
    pub fn documents(&self) -> &[Shape<'a>] {
        match &self.kind {
            Kind::Json(values) => &values.values,
            Kind::Nothing | Kind::Xml(_) | Kind::Text(_) => &[],
        }
    }

    /// The root element, if the file is XML.
    pub fn xml(&self) -> Option<&Root> {
        match &self.kind {
            Kind::Xml(root) => Some(root),
            Kind::Nothing | Kind::Json(_) | Kind::Text(_) => None,
        }
    }

    /// The first lines, if the file is neither JSON nor XML.
    pub fn text(&self) -> Option<&Head<'a>> {
        match &self.kind {
            Kind::Text(head) => Some(head),
            Kind::Nothing | Kind::Json(_) | Kind::Xml(_) => None,
        }
    }

    /// Whether the document holds nothing at all.
    pub(super) fn blank(&self) -> Option<Blank> {
        match &self.kind {
            Kind::Nothing => Some(Blank::File),
            Kind::Json(values) if values.alone => match values.values.first()? {
                Shape::List(elements) if elements.is_empty() => Some(Blank::List),
                Shape::Map(members) if members.is_empty() => Some(Blank::Map),
                Shape::Null => Some(Blank::Null),
                _ => None,
            },
            Kind::Json(_) | Kind::Xml(_) | Kind::Text(_) => None,
        }
    }

    /// What was seen, for the sentence that says that no format fits.
    pub(super) fn seen(&self) -> String {
        match &self.kind {
            Kind::Nothing => "The file is empty.".to_owned(),
            Kind::Json(_) => "The file is JSON.".to_owned(),
            Kind::Xml(root) => {
                format!("The file is XML with the root `{}`, which no format has.", root.name)
            }
            Kind::Text(_) => "The file is text of no known format.".to_owned(),
        }
    }
}

/// Where JSON begins after a few lines of other text, as `npm run` prints them.
fn after_banner(look: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    for (index, line) in look.split_inclusive('\n').take(MAX_BANNER).enumerate() {
        if index > 0 && line.starts_with(['{', '[']) {
            return Some((at, index));
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::bounds::LOOK;

    #[test]
    fn tells_the_families_apart() {
        assert!(Sniff::of("{\"a\": 1}", LOOK).json().is_some());
        assert!(Sniff::of("<!-- c --><a/>", LOOK).xml().is_some());
        assert!(Sniff::of("src/a.ts(1,2): error", LOOK).text().is_some());
        assert!(Sniff::of("[12:00] started\n", LOOK).text().is_some());
        assert!(Sniff::of("{{ template }}", LOOK).text().is_some());
        assert!(Sniff::of("[[package]]\nname = \"x\"\n", LOOK).text().is_some());
    }

    #[test]
    fn documents_that_hold_nothing_are_told() {
        for (text, blank) in [
            (" \n", Some(Blank::File)),
            ("[ ]\n", Some(Blank::List)),
            ("{}", Some(Blank::Map)),
            ("null", Some(Blank::Null)),
            ("[]\n[]", None),
            ("[", None),
            ("{", None),
            ("[0]", None),
        ] {
            assert_eq!(Sniff::of(text, LOOK).blank(), blank, "{text}");
        }
    }

    #[test]
    fn json_after_a_banner_is_found() {
        let sniff = Sniff::of("\n> pkg@1.0.0 audit\n> npm audit --json\n\n{\"a\": 1}", LOOK);
        assert_eq!((sniff.banner, sniff.json().is_some()), (4, true));
        assert!(Sniff::of("note\n[info] x", LOOK).text().is_some());
    }
}
