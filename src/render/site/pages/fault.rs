//! The page that a preview shows where no report can be made.

use serde::Serialize;

use crate::render::site::templates::Templates;
use crate::render::site::{Page, SiteError, assets};

const PATH: &str = "fault.html";

#[derive(Serialize)]
struct View<'v> {
    told: &'v str,
    last_good: Option<&'v str>,
}

/// What is wrong, in the words of `told`, with the way to `last_good` where there is one: the page,
/// then what it needs to be shown. Addresses are those of the root of a server.
///
/// # Errors
/// A fault of ours.
pub fn draw_fault(told: &str, last_good: Option<&str>) -> Result<Vec<Page>, SiteError> {
    let view = View { told, last_good };
    let bytes = Templates::load()?
        .render("pages/fault.html", &view)
        .map_err(|cause| SiteError { page: PATH.to_owned(), cause })?;
    let own = Page { path: PATH.to_owned(), bytes };
    let assets = assets::files().into_iter();
    let assets = assets.map(|(name, bytes)| Page { path: format!("assets/{name}"), bytes });
    Ok(std::iter::once(own).chain(assets).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_never_becomes_markup() {
        let pages = draw_fault("trueup.toml:1: <script>alert(1)</script>", Some("/last/")).unwrap();
        let page = String::from_utf8(pages[0].bytes.clone()).unwrap();
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{page}");
        assert!(page.contains(r#"<a href="/last/">"#) && !page.contains("<script>"), "{page}");
        let alone = draw_fault("x", None).unwrap();
        assert!(!String::from_utf8(alone[0].bytes.clone()).unwrap().contains("<a "));
        assert!(alone.iter().any(|page| page.path == "assets/site.css"));
    }
}
