//! The root of an XML document and what stands first in it.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// How many events are looked at.
const EVENTS: usize = 48;
/// How many distinct children are kept.
const CHILDREN: usize = 16;

/// The root element.
#[derive(Debug)]
pub struct Root {
    /// Its local name.
    pub name: String,
    /// Its default namespace, or that of its prefix.
    pub namespace: Option<String>,
    /// Its attributes by local name, as written.
    attributes: Vec<(String, String)>,
    /// The distinct local names of its first children.
    children: Vec<String>,
}

impl Root {
    /// Looks at a text that begins with `<`; `None` where no root element follows.
    pub(super) fn of(look: &str) -> Option<Root> {
        let mut reader = Reader::from_str(look);
        reader.config_mut().check_end_names = false;
        let mut root: Option<Root> = None;
        let mut depth = 0;
        for _ in 0..EVENTS {
            match reader.read_event() {
                Ok(Event::Start(tag)) => {
                    note(&mut root, depth, &tag);
                    depth += 1;
                }
                Ok(Event::Empty(tag)) => note(&mut root, depth, &tag),
                Ok(Event::End(_)) => depth -= 1,
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
        root
    }

    /// An attribute of the root, as written.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether one of the first children has that local name.
    pub fn has_child(&self, name: &str) -> bool {
        self.children.iter().any(|child| child == name)
    }
}

fn note(root: &mut Option<Root>, depth: i32, tag: &BytesStart<'_>) {
    match (root, depth) {
        (none @ None, _) => *none = Some(root_of(tag)),
        (Some(root), 1) if root.children.len() < CHILDREN => {
            let name = tag.local_name();
            if !root.has_child(name.as_ref()) {
                root.children.push(name.as_ref().to_owned());
            }
        }
        _ => {}
    }
}

fn root_of(tag: &BytesStart<'_>) -> Root {
    let declaration = match tag.name().as_ref().split_once(':') {
        Some((prefix, _)) => format!("xmlns:{prefix}"),
        None => "xmlns".to_owned(),
    };
    let mut root = Root {
        name: tag.local_name().as_ref().to_owned(),
        namespace: None,
        attributes: Vec::new(),
        children: Vec::new(),
    };
    for attribute in tag.attributes().with_checks(false).flatten().take(64) {
        if attribute.key.as_ref() == declaration {
            root.namespace = Some(attribute.value.clone().into_owned());
        }
        let name = attribute.key.local_name().as_ref().to_owned();
        root.attributes.push((name, attribute.value.into_owned()));
    }
    root
}
