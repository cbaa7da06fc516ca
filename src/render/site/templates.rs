//! The door to tera: templates inside the binary, checked when loaded, escaped by one function.

use include_dir::{Dir, include_dir};
use serde::Serialize;
use tera::{Context, Kwargs, State, Tera};

use super::{SiteError, text};
use crate::model::grouped;

pub(super) static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The parsed templates.
pub(super) struct Templates {
    tera: Tera,
}

impl Templates {
    /// Parses every `.html` of `templates/`, in the order of their names.
    pub(super) fn load() -> Result<Templates, SiteError> {
        let mut tera = Tera::new();
        tera.set_escape_fn(text::escape);
        tera.register_filter("figure", |count: u64, _: Kwargs, _: &State<'_>| grouped(count));
        let mut sources = Vec::new();
        collect(&FILES, &mut sources);
        tera.add_raw_templates(sources)
            .map_err(|fault| SiteError { page: "templates".to_owned(), cause: chain(&fault) })?;
        Ok(Templates { tera })
    }

    /// The bytes of `template` drawn with `view`, or every cause of the fault.
    pub(super) fn render(&self, template: &str, view: &impl Serialize) -> Result<Vec<u8>, String> {
        let context = Context::from_serialize(view).map_err(|fault| chain(&fault))?;
        let mut bytes = Vec::with_capacity(16 * 1024);
        self.tera.render_to(template, &context, &mut bytes).map_err(|fault| chain(&fault))?;
        Ok(bytes)
    }
}

/// Every template as `(name, source)`; assets are none.
pub(super) fn collect<'d>(dir: &'d Dir<'d>, sources: &mut Vec<(&'d str, &'d str)>) {
    for file in dir.files() {
        let html = file.path().extension().is_some_and(|ending| ending == "html");
        if let (true, Some(name), Some(source)) = (html, file.path().to_str(), file.contents_utf8())
        {
            sources.push((name, source));
        }
    }
    for inner in dir.dirs() {
        collect(inner, sources);
    }
}

fn chain(fault: &dyn std::error::Error) -> String {
    let mut said = fault.to_string();
    let mut cause = fault.source();
    while let Some(inner) = cause {
        said.push_str(": ");
        said.push_str(&inner.to_string());
        cause = inner.source();
    }
    said
}
