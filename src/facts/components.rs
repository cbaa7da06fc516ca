//! `components`: what a bill of materials lists.

use super::{Conflict, Entry, Field, Group, Listing, Optional, Type, Value};

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
    const OPTIONAL: &'static [Optional<Component>] = &[
        ("group", |component| component.group.is_some()),
        ("version", |component| component.version.is_some()),
        ("licence", |component| component.licence.is_some()),
        ("purl", |component| component.purl.is_some()),
    ];

    fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let Component { name, group, version, licence, purl } = self;
        std::iter::once(name).chain([group, version, licence, purl].into_iter().flatten())
    }

    fn value(&self) -> Value {
        Value::record([
            ("name", Value::text(&self.name)),
            ("group", Value::maybe_text(self.group.as_deref())),
            ("version", Value::maybe_text(self.version.as_deref())),
            ("licence", Value::maybe_text(self.licence.as_deref())),
            ("purl", Value::maybe_text(self.purl.as_deref())),
        ])
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

    fn close(&mut self) {
        self.list.close();
    }

    fn value(&self) -> Value {
        self.figures().with("list", self.list.value())
    }

    fn figures(&self) -> Value {
        Value::record([("total", Value::count(self.total))])
    }
}
