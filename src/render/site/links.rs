//! Where things are, seen from one page.

use serde::Serialize;

use crate::snapshot::v1::{Checklist, Item};

use super::html::Html;
use super::names::{anchor, fragment};
use super::parts::mark::{self, Mark};
use super::text::shortened;
use super::world::World;

/// An item as others name it: its mark, its text, its place.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Named {
    href: String,
    text_html: Html,
    mark: Mark,
    /// What a waiver hides of it.
    hides: Option<Mark>,
}

/// The bytes of an input in the vault.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Kept {
    /// `None` in a document that stands alone.
    href: Option<String>,
    /// What they are saved as: they are never shown, whatever they hold.
    name: String,
}

/// The links of one page: made once a page, used by every view on it.
#[derive(Clone, Copy)]
pub(super) struct Links<'w, 's> {
    pub(super) world: &'w World<'s>,
    root: &'static str,
    whole: bool,
    open: bool,
    alone: bool,
}

impl<'w, 's> Links<'w, 's> {
    /// From a page in the site's own folder.
    pub(super) fn top(world: &'w World<'s>) -> Links<'w, 's> {
        Links { world, root: "./", whole: false, open: false, alone: false }
    }

    /// From a page one folder down.
    pub(super) fn below(world: &'w World<'s>) -> Links<'w, 's> {
        Links { world, root: "../", whole: false, open: false, alone: false }
    }

    /// Within the one document that holds everything.
    pub(super) fn within(world: &'w World<'s>) -> Links<'w, 's> {
        Links { world, root: "./", whole: true, open: true, alone: false }
    }

    /// Within the one document, where no other file stands beside it.
    pub(super) fn alone(world: &'w World<'s>) -> Links<'w, 's> {
        Links { alone: true, ..Links::within(world) }
    }

    /// Whether no other file stands beside the document.
    pub(super) fn is_alone(&self) -> bool {
        self.alone
    }

    /// `./` or `../`.
    pub(super) fn root(&self) -> &'static str {
        self.root
    }

    /// The same, with nothing folded.
    pub(super) fn opened(self) -> Links<'w, 's> {
        Links { open: true, ..self }
    }

    /// Whether nothing is folded, as on paper.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    /// Whether everything is one document.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    /// A file of the site.
    pub(super) fn file(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }

    /// The bytes of the input at `path`; `None` where the vault does not hold them.
    pub(super) fn kept(&self, path: &str, sha256: &str) -> Option<Kept> {
        let place = self.world.options.kept.get(sha256)?;
        Some(Kept {
            href: (!self.alone).then(|| self.file(place)),
            name: path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned(),
        })
    }

    /// The page of what stands at `PATH#ID`, with its item.
    pub(super) fn at(&self, address: &str) -> Option<Named> {
        let (checklist, item) = self.world.item(address)?;
        Some(Named {
            href: self.item(checklist, item),
            text_html: Html::of_text(&shortened(&item.text, 200)),
            mark: mark::of(item),
            hides: item.waiver.as_ref().map(|waiver| mark::of_status(waiver.hides)),
        })
    }

    /// The page of a checklist.
    pub(super) fn checklist(&self, path: &str) -> String {
        if self.whole {
            return format!("#{}", fragment(&self.part_anchor("c", path)));
        }
        format!("{}checklists/{}.html", self.root, self.world.stem(path))
    }

    /// A part of the ledger of exceptions, or all of it.
    pub(super) fn exceptions(&self, part: &str) -> String {
        match (self.whole, part) {
            (true, "") => "#_exceptions".to_owned(),
            (true, part) => format!("#{part}"),
            (false, "") => self.file("exceptions.html"),
            (false, part) => self.file(&format!("exceptions.html#{part}")),
        }
    }

    /// The page of an artifact; `None` where the snapshot does not hold it.
    pub(super) fn artifact(&self, path: &str) -> Option<String> {
        self.world.artifact(path)?;
        if self.whole {
            return Some(format!("#{}", fragment(&self.part_anchor("a", path))));
        }
        Some(format!("{}evidence/{}.html", self.root, self.world.stem(path)))
    }

    /// An item on its checklist's page.
    pub(super) fn item(&self, checklist: &Checklist, item: &Item) -> String {
        let target = fragment(&self.item_anchor(checklist, item));
        if self.whole {
            return format!("#{target}");
        }
        format!("{}#{target}", self.page(checklist, &item.section_slug))
    }

    /// The page of a checklist that holds one of its sections.
    fn page(&self, checklist: &Checklist, section: &str) -> String {
        match self.world.page(&checklist.path, section) {
            Some(stem) => format!("{}checklists/{stem}.html", self.root),
            None => self.checklist(&checklist.path),
        }
    }

    /// A section on its checklist's page.
    pub(super) fn section(&self, checklist: &Checklist, slug: &str) -> String {
        let target = fragment(&self.section_anchor(checklist, slug));
        if self.whole {
            return format!("#{target}");
        }
        format!("{}#{target}", self.page(checklist, slug))
    }

    /// The anchor of an item's row.
    pub(super) fn item_anchor(&self, checklist: &Checklist, item: &Item) -> String {
        if self.whole {
            return format!("{}.{}", self.part_anchor("c", &checklist.path), anchor(&item.id));
        }
        anchor(&item.id)
    }

    /// The anchor of a section's heading.
    pub(super) fn section_anchor(&self, checklist: &Checklist, slug: &str) -> String {
        if self.whole {
            return format!("{}._s-{}", self.part_anchor("c", &checklist.path), anchor(slug));
        }
        format!("_s-{}", anchor(slug))
    }

    /// The anchor of a checklist or artifact within the one document.
    pub(super) fn part_anchor(&self, kind: &str, path: &str) -> String {
        format!("_{kind}-{}", self.world.stem(path))
    }
}
