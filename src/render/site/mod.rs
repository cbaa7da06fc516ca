//! The report as a folder of plain files: it opens from disk, without a network, without JavaScript.
//!
//! Rust decides and builds one typed view a page; templates only loop and show. The same snapshot
//! gives the same bytes. Nothing of a document or an artifact ever becomes markup.
//!
//! `world` is the snapshot with its look-ups, `pages` draws a kind of page a file by what `parts`
//! makes, and the files beside them are the plumbing: the frame, links, markup, templates.

mod assets;
mod frame;
mod gate;
mod html;
mod inline;
mod links;
mod names;
mod pages;
mod parts;
mod single;
mod size;
mod templates;
mod text;
mod when;
mod world;

use std::collections::BTreeMap;
use std::fmt;
use std::string::FromUtf8Error;

use rayon::prelude::*;

use crate::diff::Diff;
use crate::snapshot::Snapshot;

use html::Html;
pub use pages::draw_fault;
use templates::Templates;
use world::World;

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Relative to the site's folder, with `/`.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What the site says that the snapshot itself cannot know.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The SHA-256 of `snapshot.json` beside the site, in hex; unsaid where `None`.
    pub snapshot_sha256: Option<String>,
    /// What changed from each release to the next, the newest last.
    pub diffs: Vec<Diff>,
    /// Everything that the report was made from, where a manifest beside the site has it.
    pub inputs: Vec<Input>,
    /// Where in the vault beside the site bytes lie, by their digest.
    pub kept: BTreeMap<String, String>,
}

/// Something that the report was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// `config`, `checklist`, `artifact`, `seal`, `document`.
    pub role: String,
    /// As the snapshot names it.
    pub path: String,
    /// Of its bytes.
    pub sha256: String,
    /// Their number.
    pub bytes: u64,
    /// Why its bytes are not in the vault; `None` where they are.
    pub withheld: Option<String>,
}

/// Why the site could not be drawn: a fault of ours, never of the data.
#[derive(Debug)]
pub struct SiteError {
    page: String,
    cause: String,
}

impl fmt::Display for SiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the page {} could not be drawn: {}", self.page, self.cause)
    }
}

impl std::error::Error for SiteError {}

/// Where pages go; several threads call it, in whatever order.
pub type Sink<'s> = &'s (dyn Fn(Page) + Sync);

/// Hands every file of the site to `sink`: each thread holds one page.
pub fn draw_into(snapshot: &Snapshot, options: &Options, sink: Sink<'_>) -> Result<(), SiteError> {
    let templates = Templates::load()?;
    let world = World::new(snapshot, options);
    let pen = Pen { templates: &templates, sink };
    pages::print::draw(&world, &pen)?;
    pages::PAGES.par_iter().try_for_each(|draw| draw(&world, &pen))?;
    for (path, bytes) in assets::files() {
        pen.file(&format!("assets/{path}"), bytes);
    }
    Ok(())
}

/// The whole report as one HTML file that needs no other.
pub fn draw_single(snapshot: &Snapshot, options: &Options) -> Result<Vec<u8>, SiteError> {
    let templates = Templates::load()?;
    let world = World::new(snapshot, options);
    let pen = Pen { templates: &templates, sink: &|_| () };
    pages::print::drawn_alone(&world, &pen)
}

/// Draws views by their templates and hands them on.
struct Pen<'a> {
    templates: &'a Templates,
    sink: Sink<'a>,
}

impl Pen<'_> {
    /// Hands on a file that is no page.
    fn file(&self, path: &str, bytes: Vec<u8>) {
        (self.sink)(Page { path: path.to_owned(), bytes });
    }

    /// Draws `view` by `template` as a part of a page.
    fn part(&self, template: &str, view: &impl serde::Serialize) -> Result<Html, SiteError> {
        let mut text = self.text(template, template, view)?;
        // It is held beside many others.
        text.shrink_to_fit();
        Ok(Html::of_template(text))
    }

    /// The bytes of `view` drawn by `template` for the file `path`, with `parts` in its slots.
    fn filled(
        &self,
        path: &str,
        template: &str,
        view: &impl serde::Serialize,
        parts: Vec<Html>,
    ) -> Result<Vec<u8>, SiteError> {
        Ok(Html::fill(&self.text(path, template, view)?, parts))
    }

    fn text(
        &self,
        path: &str,
        template: &str,
        view: &impl serde::Serialize,
    ) -> Result<String, SiteError> {
        let fault =
            |text: FromUtf8Error| SiteError { page: path.to_owned(), cause: text.to_string() };
        String::from_utf8(self.drawn(path, template, view)?).map_err(fault)
    }

    /// The bytes of `view` drawn by `template` for the file `path`.
    fn drawn(
        &self,
        path: &str,
        template: &str,
        view: &impl serde::Serialize,
    ) -> Result<Vec<u8>, SiteError> {
        let fault = |cause| SiteError { page: path.to_owned(), cause };
        self.templates.render(template, view).map_err(fault)
    }

    /// Draws `view` by `template` as the file `path`.
    fn page(
        &self,
        path: String,
        template: &str,
        view: &impl serde::Serialize,
    ) -> Result<(), SiteError> {
        let bytes = self.drawn(&path, template, view)?;
        self.file(&path, bytes);
        Ok(())
    }
}

#[cfg(test)]
pub(super) mod tests;
