//! The releases of which reports exist.

use serde::Serialize;

use super::frame::{Frame, Part};
use super::links::Links;
use super::world::World;
use super::{Pen, SiteError};

#[derive(Serialize)]
struct View {
    frame: Frame,
}

/// Draws the page.
pub(super) fn draw(world: &World, pen: &mut Pen) -> Result<(), SiteError> {
    let links = Links::below(world);
    let view = View { frame: Frame::new(links, Part::Elsewhere, "Releases") };
    pen.page("releases/index.html".to_owned(), "releases.html", &view)
}
