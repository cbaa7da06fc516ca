//! XML as a stream of elements, read strictly and to the end.
//!
//! An unclosed root, text after the root and a wrong nesting are faults, because a cut report reads
//! as one with fewer failures. A DOCTYPE is passed over; entities that it declares are never
//! expanded, and a use of one is a fault.

use std::borrow::Cow;

use memchr::memchr;
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::escape::unescape;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};

use super::Broken;
use super::bounds::{MAX_DEPTH, MAX_NODES};

/// The beginning or the end of an element.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// It opens; its attributes are at hand.
    Open(Tag<'a>),
    /// It closes. An element without content closes too.
    Close(End<'a>),
}

/// An opening tag.
#[derive(Debug)]
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        local(self.0.name().into_inner())
    }

    /// Whether it has that name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name() == name
    }

    /// Whether the tag's attributes, as written, hold a text: a cheap way not to read them.
    pub(super) fn mentions(&self, text: &str) -> bool {
        self.0.attributes_raw().contains(text)
    }

    /// Runs over the attributes, names without prefix and values unescaped, in one pass.
    pub(super) fn attributes<'t>(
        &'t self,
        each: impl FnMut(&'t str, Cow<'t, str>),
    ) -> Result<(), Broken> {
        attributes(&self.0, each)
    }

    /// The count that an attribute states; `None` where it is not there, or no count.
    pub(super) fn count(&self, name: &str) -> Result<Option<u64>, Broken> {
        Ok(self.attribute(name)?.and_then(|count| count.trim().parse().ok()))
    }

    /// One attribute, where the others do not matter.
    pub(super) fn attribute(&self, name: &str) -> Result<Option<String>, Broken> {
        let mut found = None;
        self.attributes(|key, value| {
            if key == name && found.is_none() {
                found = Some(value.into_owned());
            }
        })?;
        Ok(found)
    }
}

/// Runs over the attributes of a tag; one that is damaged is a fault.
fn attributes<'t>(
    tag: &'t BytesStart<'_>,
    mut each: impl FnMut(&'t str, Cow<'t, str>),
) -> Result<(), Broken> {
    let fault = |what: &str| {
        let name = local(tag.name().into_inner());
        Broken::new(format!("In <{}>, {what}.", short(name)))
    };
    let entity = |_| fault("an attribute uses an entity that is never expanded");
    let escaped = memchr(b'&', tag.as_bytes()).is_some();
    for attribute in tag.attributes().with_checks(false) {
        let attribute =
            attribute.map_err(|error| fault(&format!("an attribute is damaged, {error}")))?;
        let value = match attribute.value {
            written if !escaped => written,
            Cow::Borrowed(written) => unescape(written).map_err(entity)?,
            Cow::Owned(written) => Cow::Owned(unescape(&written).map_err(entity)?.into_owned()),
        };
        each(attribute.key.local_name().into_inner(), value);
    }
    Ok(())
}

/// The end of an element.
#[derive(Debug)]
pub(super) enum End<'a> {
    /// It has a closing tag.
    Written(BytesEnd<'a>),
    /// It is one tag that opens and closes.
    Empty(BytesStart<'a>),
}

impl End<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        local(match self {
            End::Written(end) => end.name().into_inner(),
            End::Empty(tag) => tag.name().into_inner(),
        })
    }

    /// Whether it has that name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name() == name
    }
}

/// A name without its prefix. Names are short: a plain loop is faster than a search.
fn local(name: &str) -> &str {
    let colon = name.bytes().position(|byte| byte == b':');
    colon.and_then(|colon| name.get(colon + 1..)).unwrap_or(name)
}

/// The stream.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    depth: usize,
    nodes: u64,
    rooted: bool,
    /// An element without content that opened, and closes next.
    empty: Option<BytesStart<'a>>,
}

impl<'a> Xml<'a> {
    /// Begins at the start of a text.
    pub(super) fn new(text: &'a str) -> Xml<'a> {
        let reader = Reader::from_str(text);
        Xml { reader, text, depth: 0, nodes: 0, rooted: false, empty: None }
    }

    /// How many elements are open: 1 just after the root opened, 0 after it closed.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The next element that opens or closes; text between is passed over. `None` at the sound end.
    pub(super) fn next(&mut self) -> Result<Option<Node<'a>>, Broken> {
        if let Some(tag) = self.close_empty() {
            return Ok(Some(Node::Close(End::Empty(tag))));
        }
        loop {
            match self.event()? {
                Event::Start(tag) => return Ok(Some(Node::Open(Tag(tag)))),
                Event::Empty(tag) => {
                    self.empty = Some(tag.clone());
                    return Ok(Some(Node::Open(Tag(tag))));
                }
                Event::End(end) => return Ok(Some(Node::Close(End::Written(end)))),
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// The text up to the end of the element that just opened, that of inner elements included;
    /// its closing is passed over too.
    pub(super) fn content(&mut self) -> Result<Cow<'a, str>, Broken> {
        self.texts(usize::MAX)
    }

    /// As [`Xml::content`], without that of inner elements.
    pub(super) fn own_content(&mut self) -> Result<Cow<'a, str>, Broken> {
        self.texts(self.depth)
    }

    /// The text down to a depth, up to the end of the element that just opened.
    fn texts(&mut self, deepest: usize) -> Result<Cow<'a, str>, Broken> {
        let outside = self.depth.saturating_sub(1);
        let mut content = Cow::Borrowed("");
        self.close_empty();
        while self.depth > outside {
            let taken = self.depth <= deepest;
            match self.event()? {
                Event::Text(piece) if taken => join(&mut content, piece.into_inner()),
                Event::CData(piece) if taken => join(&mut content, piece.into_inner()),
                Event::Empty(_) => self.depth -= 1,
                Event::GeneralRef(reference) if taken => {
                    let resolved = resolve(&reference).unwrap_or_default();
                    join(&mut content, Cow::Owned(resolved));
                }
                _ => {}
            }
        }
        Ok(content)
    }

    /// Passes over the rest of the element that just opened, its closing included.
    pub(super) fn skip(&mut self) -> Result<(), Broken> {
        let outside = self.depth.saturating_sub(1);
        self.close_empty();
        while self.depth > outside {
            if let Event::Empty(_) = self.event()? {
                self.depth -= 1;
            }
        }
        Ok(())
    }

    /// Closes the element without content that just opened, if one did.
    fn close_empty(&mut self) -> Option<BytesStart<'a>> {
        let tag = self.empty.take()?;
        self.depth = self.depth.saturating_sub(1);
        Some(tag)
    }

    /// The next event, checked.
    fn event(&mut self) -> Result<Event<'a>, Broken> {
        let event = self.reader.read_event().map_err(|error| self.fault(&error))?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => self.open(tag)?,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Text(text) if self.depth == 0 && !text.trim().is_empty() => {
                return Err(self.placed(if self.rooted {
                    "Text follows the end of the document"
                } else {
                    "Text stands before the document"
                }));
            }
            Event::Decl(_) if self.rooted => {
                return Err(self.placed("A second document follows the first"));
            }
            Event::GeneralRef(reference) if resolve(reference).is_none() => {
                let name = super::text::bounded(reference, 60);
                return Err(
                    self.placed(&format!("The file uses the entity &{name};, never expanded"))
                );
            }
            Event::Eof if self.depth > 0 => {
                return Err(self.placed("The file ends in the middle of an element"));
            }
            Event::Eof if !self.rooted => return Err(Broken::new("The file holds no element.")),
            _ => {}
        }
        Ok(event)
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), Broken> {
        if self.depth == 0 && self.rooted {
            return Err(self.placed("A second document follows the first"));
        }
        self.rooted = true;
        self.depth += 1;
        self.nodes += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.placed(&format!("Elements stand more than {MAX_DEPTH} deep")));
        }
        if self.nodes > MAX_NODES {
            return Err(self.placed(&format!("The file holds more than {MAX_NODES} elements")));
        }
        if memchr(b'<', tag.as_bytes()).is_some() {
            return Err(self.placed("A tag holds a bare `<`"));
        }
        // Also those that no reader asks for: whether a file is sound depends on no condition.
        attributes(tag, |_, _| {})
    }

    fn fault(&self, error: &Error) -> Broken {
        match error {
            Error::Syntax(_) => self.placed("The file ends in the middle of an element"),
            Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => self.placed(
                &format!("The element <{}> is closed by </{}>", short(expected), short(found)),
            ),
            Error::IllFormed(IllFormedError::UnmatchedEndTag(name)) => {
                self.placed(&format!("</{}> closes nothing", short(name)))
            }
            other => self.placed(&format!("The XML is damaged ({other})")),
        }
    }

    /// A sentence with the line it is about.
    fn placed(&self, what: &str) -> Broken {
        let at = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        let before = self.text.as_bytes().get(..at.min(self.text.len())).unwrap_or_default();
        let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
        Broken::new(format!("{what}, at line {line}."))
    }
}

fn short(name: &str) -> &str {
    super::text::bounded(name, 60)
}

fn join<'a>(content: &mut Cow<'a, str>, piece: Cow<'a, str>) {
    if content.is_empty() {
        *content = piece;
    } else {
        content.to_mut().push_str(&piece);
    }
}

/// What a reference stands for; `None` for anything that a document would have to declare.
fn resolve(reference: &BytesRef<'_>) -> Option<String> {
    if reference.is_char_ref() {
        return reference.resolve_char_ref().ok().flatten().map(String::from);
    }
    let known = match &**reference {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    };
    Some(known.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<usize, Broken> {
        let mut xml = Xml::new(text);
        let mut opened = 0;
        while let Some(node) = xml.next()? {
            opened += usize::from(matches!(node, Node::Open(_)));
        }
        Ok(opened)
    }

    #[test]
    fn sound_documents_are_read_to_their_end() {
        for (text, elements) in [
            ("<a/>", 1),
            ("<?xml version='1.0'?><!DOCTYPE a SYSTEM 'x.dtd'><!-- c --><a><b/></a>\n", 2),
            ("<a>&lt;&#10;<![CDATA[<x>]]></a>", 1),
        ] {
            assert_eq!(read(text), Ok(elements), "{text}");
        }
    }

    #[test]
    fn damaged_documents_are_faults() {
        for text in [
            "<a>",
            "<a><b></a>",
            "<a/><a/>",
            "<a/><?xml version='1.0'?>",
            "<a><?xml version='1.0'?></a>",
            "<a/>trailing",
            "text<a/>",
            "<a b=",
            "<a b='<'/>",
            "<a><b c;\"d\"/></a>",
            "<a b='&xxe;'/>",
            "<a><!--",
            "<a><![CDATA[x</a>",
            "</a>",
            "<a>&xxe;</a>",
            "<!-- only -->",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(read(&"<a>".repeat(300)).unwrap_err().0.contains("deep"));
    }

    #[test]
    fn content_joins_its_pieces() {
        let mut xml = Xml::new("<a>x &lt; y &#65;<b>in</b><![CDATA[<c>]]></a>");
        assert!(matches!(xml.next(), Ok(Some(Node::Open(_)))));
        assert_eq!(xml.content().unwrap(), "x < y Ain<c>");
        assert_eq!(xml.depth(), 0);
        assert!(xml.next().unwrap().is_none());
        let mut xml = Xml::new("<a>x <b>in</b><c/>y</a>");
        assert!(matches!(xml.next(), Ok(Some(Node::Open(_)))));
        assert_eq!(xml.own_content().unwrap(), "x y");
    }
}
