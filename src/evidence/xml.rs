//! XML as a stream of elements, read strictly and to the end.
//!
//! An unclosed root, text after the root and a wrong nesting are faults, because a cut report reads
//! as one with fewer failures. A DOCTYPE is passed over; entities that it declares are never
//! expanded, and a use of one is a fault.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use memchr::{memchr, memchr2};
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::escape::unescape;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};

use super::Broken;
use super::bounds::{MAX_DEPTH, MAX_NODES};
use super::count::OddCounts;

/// The beginning or the end of an element.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// It opens; its attributes are at hand.
    Open(Tag<'a>),
    /// It closes. An element without content closes too.
    Close(End<'a>),
}

/// An opening tag.
#[derive(Debug, Clone)]
pub(super) struct Tag<'a> {
    /// What stands between its angle brackets, and before it in the file.
    written: &'a str,
    before: &'a str,
    /// Its name as written, prefix and all.
    full: &'a str,
    /// Its name without the prefix.
    name: &'a str,
    /// Whether an attribute may hold an escape.
    escaped: bool,
    /// Its place among the tags, and the last whose attributes were read.
    number: u64,
    last_read: Rc<Cell<u64>>,
}

impl<'a> Tag<'a> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &'a str {
        self.name
    }

    /// Whether it has that name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name
    }

    /// Runs over the attributes, names without prefix and values unescaped, in one pass; one that is
    /// damaged is a fault.
    pub(super) fn attributes(
        &self,
        mut each: impl FnMut(&'a str, Cow<'a, str>),
    ) -> Result<(), Broken> {
        let fault = |what: &str| Broken::new(format!("In <{}>, {what}.", short(self.name())));
        let entity = |_| fault("an attribute uses an entity that is never expanded");
        for attribute in Attributes::new(self.written, self.full.len()) {
            let attribute =
                attribute.map_err(|error| fault(&format!("an attribute is damaged, {error}")))?;
            let value = match attribute.value {
                written if !self.escaped => written,
                Cow::Borrowed(written) => unescape(written).map_err(entity)?,
                Cow::Owned(written) => Cow::Owned(unescape(&written).map_err(entity)?.into_owned()),
            };
            each(attribute.key.local_name().into_inner(), value);
        }
        self.last_read.set(self.number);
        Ok(())
    }

    /// The counts that attributes state, in the order of their names; `None` where one is absent or
    /// blank. One that is no count breaks the report: for reports of which the counts are the facts.
    pub(super) fn counts<const N: usize>(
        &self,
        names: [&str; N],
    ) -> Result<[Option<u64>; N], Broken> {
        let mut odd = OddCounts::default();
        let counts = self.declared_counts(names, &mut odd)?;
        odd.refuse()?;
        Ok(counts)
    }

    /// As [`Tag::counts`], in a report that lists what it counts: one that is no count is noted in
    /// `odd`, and reads as `None`.
    pub(super) fn declared_counts<const N: usize>(
        &self,
        names: [&str; N],
        odd: &mut OddCounts,
    ) -> Result<[Option<u64>; N], Broken> {
        let mut counts = [None; N];
        self.attributes(|key, value| {
            let at = names.iter().position(|name| *name == key);
            if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
                // A name may stand twice, under two prefixes.
                *count = (*count).max(odd.take(&value, || format!("`{key}` of {}", self.place())));
            }
        })?;
        Ok(counts)
    }

    /// Its name and the line that it begins in: `<testsuite> at line 3`.
    pub(super) fn place(&self) -> String {
        let line = 1 + self.before.bytes().filter(|byte| *byte == b'\n').count();
        format!("<{}> at line {line}", short(self.name))
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

/// The end of an element.
#[derive(Debug)]
pub(super) enum End<'a> {
    /// It has a closing tag.
    Written(BytesEnd<'a>),
    /// It is one tag that opens and closes; this is its name.
    Empty(&'a str),
}

impl End<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        local(match self {
            End::Written(end) => end.name().into_inner(),
            End::Empty(name) => name,
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
    /// The name of an element without content that opened, and closes next.
    empty: Option<&'a str>,
    /// The tag that opened last. Its attributes are checked where no reader asks for them, too:
    /// whether a file is sound depends on no condition.
    opened: Option<Tag<'a>>,
    last_read: Rc<Cell<u64>>,
}

/// What comes next in the stream.
enum Step<'a> {
    Open(Tag<'a>),
    Empty(Tag<'a>),
    Close(BytesEnd<'a>),
    /// Text, a comment, a reference.
    Other(Event<'a>),
    End,
}

impl<'a> Xml<'a> {
    /// Begins at the start of a text.
    pub(super) fn new(text: &'a str) -> Xml<'a> {
        let reader = Reader::from_str(text);
        let (empty, opened, last_read) = (None, None, Rc::default());
        Xml { reader, text, depth: 0, nodes: 0, rooted: false, empty, opened, last_read }
    }

    /// How many elements are open: 1 just after the root opened, 0 after it closed.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The next element that opens or closes; text between is passed over. `None` at the sound end.
    pub(super) fn next(&mut self) -> Result<Option<Node<'a>>, Broken> {
        self.next_with_comments(|_| {})
    }

    /// As [`Xml::next`], and hands over the comments between that stand right in the root.
    pub(super) fn next_with_comments(
        &mut self,
        mut comment: impl FnMut(&str),
    ) -> Result<Option<Node<'a>>, Broken> {
        if let Some(name) = self.close_empty() {
            return Ok(Some(Node::Close(End::Empty(name))));
        }
        loop {
            match self.step()? {
                Step::Open(tag) => return Ok(Some(Node::Open(tag))),
                Step::Empty(tag) => {
                    self.empty = Some(tag.name);
                    return Ok(Some(Node::Open(tag)));
                }
                Step::Close(end) => return Ok(Some(Node::Close(End::Written(end)))),
                Step::End => return Ok(None),
                Step::Other(Event::Comment(said)) if self.depth == 1 => comment(&said),
                Step::Other(_) => {}
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
            match self.step()? {
                Step::Other(Event::Text(piece)) if taken => join(&mut content, piece.into_inner()),
                Step::Other(Event::CData(piece)) if taken => join(&mut content, piece.into_inner()),
                Step::Other(Event::GeneralRef(reference)) if taken => {
                    let resolved = resolve(&reference).unwrap_or_default();
                    join(&mut content, Cow::Owned(resolved));
                }
                Step::Empty(_) => self.depth -= 1,
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
            if let Step::Empty(_) = self.step()? {
                self.depth -= 1;
            }
        }
        Ok(())
    }

    /// Closes the element without content that just opened, if one did.
    fn close_empty(&mut self) -> Option<&'a str> {
        let name = self.empty.take()?;
        self.depth = self.depth.saturating_sub(1);
        Some(name)
    }

    /// The next step, checked.
    #[inline]
    fn step(&mut self) -> Result<Step<'a>, Broken> {
        if let Some(tag) = self.opened.take().filter(|tag| self.last_read.get() != tag.number) {
            tag.attributes(|_, _| {})?;
        }
        let event = self.reader.read_event().map_err(|error| self.fault(&error))?;
        Ok(match event {
            Event::Start(tag) => Step::Open(self.open(&tag, 1)?),
            Event::Empty(tag) => Step::Empty(self.open(&tag, 2)?),
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                Step::Close(end)
            }
            Event::Eof if self.depth > 0 => {
                return Err(self.placed("The file ends in the middle of an element"));
            }
            Event::Eof if !self.rooted => return Err(Broken::new("The file holds no element.")),
            Event::Eof => Step::End,
            other => Step::Other(self.sound(other)?),
        })
    }

    /// Passes on what is neither a tag nor the end, where it may stand there.
    fn sound(&self, event: Event<'a>) -> Result<Event<'a>, Broken> {
        match &event {
            Event::Text(text) if self.depth == 0 && !text.trim().is_empty() => {
                Err(self.placed(if self.rooted {
                    "Text follows the end of the document"
                } else {
                    "Text stands before the document"
                }))
            }
            Event::CData(_) | Event::GeneralRef(_) if self.depth == 0 => {
                Err(self.placed("Text stands outside of the document"))
            }
            Event::Decl(_) if self.rooted => {
                Err(self.placed("A second document follows the first"))
            }
            Event::GeneralRef(reference) if resolve(reference).is_none() => {
                let name = super::text::bounded(reference, 60);
                Err(self.placed(&format!("The file uses the entity &{name};, never expanded")))
            }
            _ => Ok(event),
        }
    }

    /// Opens an element whose tag ended just now, with so many bytes behind its attributes.
    fn open(&mut self, tag: &BytesStart<'_>, behind: usize) -> Result<Tag<'a>, Broken> {
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
        let odd = memchr2(b'<', b'&', tag.as_bytes());
        if odd.is_some_and(|at| memchr(b'<', &tag.as_bytes()[at..]).is_some()) {
            return Err(self.placed("A tag holds a bare `<`"));
        }
        let end = self.at().saturating_sub(behind);
        let start = end.saturating_sub(tag.len());
        let written = self.text.get(start..end).unwrap_or_default();
        let full = written.get(..tag.name().into_inner().len()).unwrap_or_default();
        debug_assert_eq!(
            written.as_bytes(),
            tag.as_bytes(),
            "the tag ends where the reader stands"
        );
        let tag = Tag {
            written,
            before: self.text.get(..start).unwrap_or_default(),
            full,
            name: local(full),
            escaped: odd.is_some(),
            number: self.nodes,
            last_read: Rc::clone(&self.last_read),
        };
        self.opened = Some(tag.clone());
        Ok(tag)
    }

    /// How far the text is read, in bytes.
    fn at(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
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
        let before = self.text.as_bytes().get(..self.at().min(self.text.len())).unwrap_or_default();
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
            "<a b='1' b='2'/>",
            "<a/><![CDATA[x]]>",
            "<a/>&#32;",
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
