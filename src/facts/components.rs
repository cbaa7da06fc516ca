//! `components`: what a bill of materials lists.

use super::{Conflict, Entry, Field, Group, Listing, Type, Value};

/// One component.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Component {
    /// Its name.
    pub name: String,
    /// The scope or group that its name is in: `@angular`, `org.apache.logging.log4j`.
    pub group: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// The licence expression or names.
    pub licence: Option<String>,
    /// The package URL.
    pub purl: Option<String>,
}

impl Entry for Component {
    fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let Component { name, group, version, licence, purl } = self;
        std::iter::once(name).chain([group, version, licence, purl].into_iter().flatten())
    }
}

/// Counted components, nested ones too.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Components {
    /// All.
    pub total: u64,
    /// The components, where a condition asks for them.
    pub list: Listing<Component>,
}

impl Components {
    /// Counts a component.
    pub fn add(&mut self, component: impl FnOnce() -> Component) {
        self.total += 1;
        self.list.push_quiet(component);
    }
}

pub(super) const FIELDS: &[Field] = &[
    Field::count("total", "Components, nested ones too; the described one is not among them."),
    Field::new("list", Type::List(&Type::Record(COMPONENT)), "Every component."),
];

const COMPONENT: &[Field] = &[
    Field::new("name", Type::Text, "Its name."),
    Field::new(
        "group",
        Type::Text,
        "The scope or group that its name is in, where that stands apart.",
    ),
    Field::new("version", Type::Text, "Its version."),
    Field::new("licence", Type::Text, "Its licence, as an expression or names."),
    Field::new("purl", Type::Text, "Its package URL."),
];

impl Group for Components {
    fn merge(&mut self, other: &Components) -> Result<(), Conflict> {
        self.total = self.total.saturating_add(other.total);
        self.list.append(&other.list);
        Ok(())
    }

    fn value(&self) -> Value {
        let list = if self.list.is_whole() {
            Value::list(self.list.entries().iter().map(component_value).collect())
        } else {
            Value::Null
        };
        Value::record([("total", Value::count(self.total)), ("list", list)])
    }
}

fn component_value(component: &Component) -> Value {
    Value::record([
        ("name", Value::text(&component.name)),
        ("group", Value::maybe_text(component.group.as_deref())),
        ("version", Value::maybe_text(component.version.as_deref())),
        ("licence", Value::maybe_text(component.licence.as_deref())),
        ("purl", Value::maybe_text(component.purl.as_deref())),
    ])
}
