//! A document as written, as a tree that the site can draw without reading Markdown again.
//!
//! Raw HTML is kept as text: nothing in this tree is markup.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A whole document, drawn from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Rendered {
    /// The blocks in document order.
    pub blocks: Vec<Block>,
}

/// A block of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum Block {
    /// A heading; `slug` is the section's.
    Heading {
        /// 1 to 6.
        level: u8,
        /// The section's slug.
        slug: String,
        /// Its text.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: Vec<Inline>,
    },
    /// A list; `start` is the first number of an ordered one.
    List {
        /// `None` for bullets.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<u64>,
        /// Its entries.
        entries: Vec<Entry>,
    },
    /// A quote or callout.
    Quote {
        /// `note`, `tip`, `important`, `warning`, `caution`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        callout: Option<String>,
        /// What is quoted.
        blocks: Vec<Block>,
    },
    /// Code, verbatim.
    Code {
        /// The language named by the fence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<String>,
        /// The text.
        text: String,
    },
    /// A table.
    Table {
        /// One a column.
        align: Vec<Alignment>,
        /// The head's cells.
        head: Vec<Vec<Inline>>,
        /// The rows' cells; `items` names the row that is an item.
        rows: Vec<Row>,
    },
    /// Raw HTML, shown as text.
    Html {
        /// The source.
        text: String,
    },
    /// A thematic break.
    Rule,
}

/// An entry of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// The id of the item that the entry is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// What stands in it. A tight entry's text is its first paragraph.
    pub blocks: Vec<Block>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// The id of the item that the row is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Its cells.
    pub cells: Vec<Vec<Inline>>,
}

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Alignment {
    /// As the language has it.
    None,
    /// Left.
    Left,
    /// Centre.
    Center,
    /// Right.
    Right,
}

/// A run of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "inline", rename_all = "kebab-case")]
pub enum Inline {
    /// Plain text, raw HTML included.
    Text {
        /// The characters.
        text: String,
    },
    /// Code.
    Code {
        /// The characters.
        text: String,
    },
    /// Emphasis.
    Emphasis {
        /// What is emphasised.
        text: Vec<Inline>,
    },
    /// Strong emphasis.
    Strong {
        /// What is emphasised.
        text: Vec<Inline>,
    },
    /// Struck text.
    Struck {
        /// What is struck.
        text: Vec<Inline>,
    },
    /// A link; the renderer decides whether `to` may be followed.
    Link {
        /// The target as written.
        to: String,
        /// What is linked.
        text: Vec<Inline>,
    },
    /// An image, never loaded: its alternative text and its target.
    Image {
        /// The target as written.
        to: String,
        /// The alternative text.
        alt: String,
    },
    /// A line break.
    Break,
}
