//! Links to a place in a document: whether a section there has the name.

use crate::checklist::{self, Settings};
use crate::pipeline::inputs::project::{LARGEST_TEXT, Project};

/// Documents whose sections are known.
const MARKDOWN: [&str; 2] = [".md", ".markdown"];

/// What a heading may have at the borders of its words and an anchor has not.
const BORDER: &str = r"[ -/:-@\x5b-\x60{-~–—…☀-➿️🌀-🫿]*";

/// The same within its words: `CI/CD` is `cicd`.
const WITHIN: &str = r"[!-/:-@’]*";

/// Whether the Markdown document at `path` is there and no section in it is called as `anchor`.
pub(super) fn leads_astray(project: &Project<'_>, path: &str, anchor: &str) -> bool {
    let name = letters(anchor);
    if name.is_empty() || !is_markdown(path) {
        return false;
    }
    let Some(Ok(bytes)) = project.read(path, LARGEST_TEXT) else { return false };
    let text = String::from_utf8_lossy(&bytes);
    let written = [("id=\"", '"'), ("id='", '\''), ("name=\"", '"'), ("name='", '\''), ("{#", '}')];
    let by_hand = written.iter().any(|(lead, end)| text.contains(&format!("{lead}{anchor}{end}")));
    let sections = checklist::read(path, &bytes, &Settings::default()).sections;
    let mut titles = sections.iter().map(|section| letters(&section.title));
    let first = numberless(anchor).map(|name| letters(&name));
    !by_hand && !titles.any(|title| title == name || Some(&title) == first.as_ref())
}

/// The condition that the Markdown document at `path` has a section called as `anchor`.
pub(super) fn anchored(path: &str, anchor: &str) -> Option<String> {
    if letters(anchor).is_empty() || !is_markdown(path) {
        return None;
    }
    let names = [Some(anchor.to_owned()), numberless(anchor)];
    let names = names.iter().flatten().map(|name| spread(name)).collect::<Vec<_>>().join("|");
    let heading = format!(r"[ \t>]*#{{1,6}}{BORDER}(?:{names}){BORDER}(?:[\]{{<].*)?");
    let underlined = format!(r"{BORDER}(?:{names}){BORDER}\n[ \t]*[=-]+[ \t]*");
    let plain = anchor.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let by_hand =
        if plain { format!(r"|(?:id=|name=|\{{#).?{anchor}[^\w-]") } else { String::new() };
    Some(format!("text({path:?}).matches(r'(?im)^(?:{heading}|{underlined})${by_hand}')"))
}

/// The pattern of the headings that an anchor is made of.
fn spread(anchor: &str) -> String {
    let words = anchor.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let within = |word: &str| word.chars().map(String::from).collect::<Vec<_>>().join(WITHIN);
    words.map(within).collect::<Vec<_>>().join(BORDER)
}

fn is_markdown(path: &str) -> bool {
    let lower = path.to_lowercase();
    MARKDOWN.iter().any(|extension| lower.ends_with(extension))
}

/// The letters and figures of a name, as a heading and its anchor share them.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The anchor without the number that a renderer puts behind one that it has had before: `notes-1`.
fn numberless(anchor: &str) -> Option<String> {
    let (name, number) = anchor.rsplit_once('-')?;
    let numbered = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (numbered && !letters(name).is_empty()).then(|| name.to_owned())
}
