//! What the attributes of a case say.

use std::borrow::Cow;

use crate::evidence::Broken;
use crate::evidence::family::ran;
use crate::evidence::xml::Tag;
use crate::facts::{Case, Outcome};

/// What the attributes of a case say.
#[derive(Default)]
pub(super) struct Attributes<'t> {
    name: Cow<'t, str>,
    class: Cow<'t, str>,
    file: Option<Cow<'t, str>>,
    time: Option<Cow<'t, str>>,
}

impl<'t> Attributes<'t> {
    pub(super) fn of(tag: &'t Tag<'_>) -> Result<Attributes<'t>, Broken> {
        let mut found = Attributes::default();
        tag.attributes(|key, value| match key {
            "name" => found.name = value,
            "classname" => found.class = value,
            "file" => found.file = Some(value),
            "time" => found.time = Some(value),
            _ => {}
        })?;
        Ok(found)
    }

    /// A case without a time takes none; one with a negative time spoils the sum.
    pub(super) fn seconds(&self) -> Option<f64> {
        match self.time.as_deref().map(str::trim) {
            None | Some("") => Some(0.0),
            Some(time) => ran::seconds(time),
        }
    }

    pub(super) fn case(
        self,
        outcome: Outcome,
        suite: Option<&str>,
        message: Option<String>,
    ) -> Case {
        let class = (!self.class.is_empty()).then_some(&*self.class);
        Case {
            name: self.name.into_owned(),
            suite: class.or(suite).filter(|suite| !suite.is_empty()).map(str::to_owned),
            file: self.file.map(Cow::into_owned),
            outcome,
            duration_s: self.time.as_deref().and_then(ran::seconds),
            message,
        }
    }
}
