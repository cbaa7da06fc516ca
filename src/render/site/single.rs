//! The whole report as one file: the printed document, with its stylesheet and script inside it.

use data_encoding::BASE64;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::assets;
use super::html::Html;

/// What a page that stands alone holds in the place of links to the assets.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Inside {
    /// The policy, which names the digests of both: nothing else runs, and nothing is loaded.
    policy: String,
    assets_html: Html,
}

impl Inside {
    /// Of the assets as they are.
    pub(super) fn new() -> Inside {
        let (style, script) = (text("site.css"), text("site.js"));
        let policy = format!(
            "default-src 'none'; script-src '{}'; style-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
            digest(&script),
            digest(&style)
        );
        let mut assets_html = Html::default();
        assets_html.raw("<style>");
        assets_html.asset(&style);
        assets_html.raw("</style>\n<script>");
        assets_html.asset(&script);
        assets_html.raw("</script>");
        Inside { policy, assets_html }
    }
}

/// An asset of ours.
fn text(name: &str) -> String {
    let found = assets::files().into_iter().find(|(asset, _)| *asset == name);
    found.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// `sha256-…`, as a policy names what may run.
fn digest(text: &str) -> String {
    format!("sha256-{}", BASE64.encode(&Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_asset_ends_the_element_that_holds_it() {
        for name in ["site.css", "site.js"] {
            assert!(!text(name).is_empty() && !text(name).contains("</"), "{name}");
        }
    }
}
