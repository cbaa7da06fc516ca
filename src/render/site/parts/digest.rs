//! Digests in groups of eight. The gaps are drawn by the stylesheet, so that a copy is bare hex.

use crate::render::site::html::Html;

/// A digest as markup; anything that is not hex stands as it is.
pub(in crate::render::site) fn grouped(hex: &str) -> Html {
    let mut html = Html::default();
    html.raw("<code class=\"digest\">");
    let is_hex = !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hex {
        for group in hex.as_bytes().chunks(8) {
            html.raw("<i>");
            html.verbatim(std::str::from_utf8(group).unwrap_or_default());
            html.raw("</i>");
        }
    } else {
        html.verbatim(hex);
    }
    html.raw("</code>");
    html
}
