//! Runs of a document's text as markup. Links are followed only where that is safe; images are never
//! loaded; everything else is text.

use crate::model::Inline;

use super::html::Html;

/// Text nested deeper is shown without its emphasis.
const DEEP: usize = 24;

/// `runs` as markup.
pub(super) fn drawn(runs: &[Inline]) -> Html {
    let mut html = Html::default();
    draw(runs, &mut html);
    html
}

/// Adds `runs` to `html`.
pub(super) fn draw(runs: &[Inline], html: &mut Html) {
    draw_at(runs, html, Around { depth: 0, linked: false });
}

/// Adds a paragraph. One that begins with a name in bold (`**Date:** …`) is a list of such names: each
/// keeps the line that its author gave it.
pub(super) fn draw_paragraph(runs: &[Inline], html: &mut Html) {
    if !runs.first().is_some_and(is_name) {
        return draw(runs, html);
    }
    let mut rest = runs;
    while let Some(next) = rest.iter().skip(1).position(is_name) {
        let (line, after) = rest.split_at(next + 1);
        draw(line, html);
        if !matches!(line.last(), Some(Inline::Break)) {
            html.raw("<br>");
        }
        rest = after;
    }
    draw(rest, html);
}

/// Whether a run is a name that a value follows, in bold.
fn is_name(run: &Inline) -> bool {
    matches!(run, Inline::Strong { text } if plain(text).trim_end().ends_with(':'))
}

#[derive(Clone, Copy)]
struct Around {
    depth: usize,
    /// A link holds no link.
    linked: bool,
}

fn draw_at(runs: &[Inline], html: &mut Html, around: Around) {
    if around.depth > DEEP {
        return html.text(&plain(runs));
    }
    let inner = Around { depth: around.depth + 1, ..around };
    for run in runs {
        match run {
            Inline::Text { text } => html.text(text),
            Inline::Code { text } => {
                html.raw("<code>");
                html.verbatim(text);
                html.raw("</code>");
            }
            Inline::Emphasis { text } => wrap(text, html, inner, "<em>", "</em>"),
            Inline::Strong { text } => wrap(text, html, inner, "<strong>", "</strong>"),
            Inline::Struck { text } => wrap(text, html, inner, "<s>", "</s>"),
            Inline::Link { to, text } => link(to, text, html, inner),
            Inline::Image { to, alt } => image(to, alt, html),
            Inline::Break => html.raw("<br>"),
        }
    }
}

fn wrap(text: &[Inline], html: &mut Html, around: Around, open: &'static str, end: &'static str) {
    html.raw(open);
    draw_at(text, html, around);
    html.raw(end);
}

fn link(to: &str, text: &[Inline], html: &mut Html, around: Around) {
    let target = Target::of(to);
    match target {
        Target::Web(url) if !around.linked => {
            html.raw("<a");
            html.attribute("href", &url);
            html.raw(" rel=\"noreferrer noopener\">");
            draw_at(text, html, Around { linked: true, ..around });
            html.raw("</a>");
        }
        Target::Path if plain(text) != to => {
            draw_at(text, html, around);
            html.raw(" <code class=\"to\">");
            html.verbatim(to);
            html.raw("</code>");
        }
        Target::Web(_) | Target::Path | Target::Other => draw_at(text, html, around),
    }
}

fn image(to: &str, alt: &str, html: &mut Html) {
    html.raw("<span class=\"image\">image: ");
    html.text(if alt.is_empty() { to } else { alt });
    html.raw("</span>");
}

/// Where a link of a document leads.
enum Target {
    /// The web or a mailbox, as a URL that is safe in an attribute.
    Web(String),
    /// A file of the repository.
    Path,
    /// A place that is not followed and not told.
    Other,
}

impl Target {
    fn of(to: &str) -> Target {
        let scheme = to.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        match scheme.as_deref() {
            Some("http" | "https") if to.contains("://") => Target::Web(encoded(to)),
            Some("mailto") => Target::Web(encoded(to)),
            Some(scheme) if is_scheme(scheme) => Target::Other,
            _ if to.starts_with('#') || to.starts_with("//") || to.is_empty() => Target::Other,
            _ => Target::Path,
        }
    }
}

fn is_scheme(text: &str) -> bool {
    !text.contains(['/', '.', ' '])
}

/// The URL with everything percent-encoded that has no place in one.
fn encoded(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for character in url.trim().chars() {
        let is_plain = character.is_ascii_graphic() && !"<>\"`{}|\\^'".contains(character);
        if is_plain {
            out.push(character);
        } else {
            let mut buffer = [0; 4];
            for byte in character.encode_utf8(&mut buffer).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

/// The text alone.
pub(super) fn plain(runs: &[Inline]) -> String {
    let mut text = String::new();
    let mut rest: Vec<&Inline> = runs.iter().rev().collect();
    while let Some(run) = rest.pop() {
        match run {
            Inline::Text { text: words } | Inline::Code { text: words } => text.push_str(words),
            Inline::Image { alt, .. } => text.push_str(alt),
            Inline::Break => text.push(' '),
            Inline::Emphasis { text: inner }
            | Inline::Strong { text: inner }
            | Inline::Struck { text: inner }
            | Inline::Link { text: inner, .. } => rest.extend(inner.iter().rev()),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(to: &str, words: &str) -> String {
        let text = vec![Inline::Text { text: words.to_owned() }];
        let html = drawn(&[Inline::Link { to: to.to_owned(), text }]);
        serde_json::to_value(html).unwrap().as_str().unwrap().to_owned()
    }

    #[test]
    fn only_the_web_and_mailboxes_are_followed() {
        let rel = "rel=\"noreferrer noopener\"";
        for (to, expected) in [
            ("https://a.example/x?y=1", format!("<a href=\"https://a.example/x?y=1\" {rel}>w</a>")),
            ("HTTP://A/\"'<>", format!("<a href=\"HTTP://A/%22%27%3C%3E\" {rel}>w</a>")),
            ("mailto:a@b.example", format!("<a href=\"mailto:a@b.example\" {rel}>w</a>")),
            ("docs/a b.md", "w <code class=\"to\">docs/a b.md</code>".to_owned()),
            ("javascript:alert(1)", "w".to_owned()),
            ("JaVaScRiPt:alert(1)", "w".to_owned()),
            ("data:text/html,x", "w".to_owned()),
            ("//evil.example/x", "w".to_owned()),
            ("java\nscript:alert(1)", "w".to_owned()),
            ("#there", "w".to_owned()),
        ] {
            assert_eq!(html(to, "w"), expected, "{to}");
        }
    }

    #[test]
    fn names_in_bold_keep_their_lines() {
        let text = |words: &str| Inline::Text { text: words.to_owned() };
        let bold = |words: &str| Inline::Strong { text: vec![text(words)] };
        let drawn = |runs: &[Inline]| {
            let mut html = Html::default();
            draw_paragraph(runs, &mut html);
            serde_json::to_value(html).unwrap().as_str().unwrap().to_owned()
        };
        assert_eq!(
            drawn(&[bold("Date:"), text(" today "), bold("By:"), text(" Ana")]),
            "<strong>Date:</strong> today <br><strong>By:</strong> Ana"
        );
        assert_eq!(drawn(&[text("See "), bold("this:")]), "See <strong>this:</strong>");
    }

    #[test]
    fn deep_nesting_ends() {
        let mut run = Inline::Text { text: "x".to_owned() };
        for _ in 0..500 {
            run = Inline::Emphasis { text: vec![run] };
        }
        assert!(serde_json::to_string(&drawn(&[run])).unwrap().len() < 2000);
    }
}
