//! Names of files and anchors: they depend on the path of the thing and on nothing else, so that a
//! link sent last month still lands.

use sha2::{Digest, Sha256};

use super::text::is_kept;

/// The most characters of a path's slug.
const SLUG: usize = 60;

/// `SLUG-H8` of a path: readable, and unique by the first 8 hex digits of the path's SHA-256.
pub(super) fn file_stem(path: &str) -> String {
    let mut stem = String::with_capacity(SLUG + 9);
    for character in path.chars() {
        if stem.len() == SLUG {
            break;
        }
        match character.to_ascii_lowercase() {
            plain @ ('a'..='z' | '0'..='9') => stem.push(plain),
            _ if stem.is_empty() || stem.ends_with('-') => {}
            _ => stem.push('-'),
        }
    }
    if !stem.is_empty() && !stem.ends_with('-') {
        stem.push('-');
    }
    for byte in Sha256::digest(path.as_bytes()).iter().take(4) {
        stem.push_str(&format!("{byte:02x}"));
    }
    stem
}

/// The anchor of an item: its id as typed. The page's own anchors begin with `_`, so an id may not.
pub(super) fn anchor(id: &str) -> String {
    let mut anchor: String = id
        .chars()
        .map(|c| if c.is_whitespace() || c == '\u{feff}' || !is_kept(c) { '-' } else { c })
        .collect();
    if anchor.is_empty() || anchor.starts_with('_') {
        anchor.insert(0, 'x');
    }
    anchor
}

/// The part of a link after `#` that leads to `anchor`.
pub(super) fn fragment(anchor: &str) -> String {
    let mut out = String::with_capacity(anchor.len());
    for byte in anchor.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte.into());
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_depend_on_the_path_alone_and_never_meet() {
        let name = file_stem("docs/DEPLOYMENT_CHECKLIST.md");
        assert!(name.starts_with("docs-deployment-checklist-md-"), "{name}");
        assert_ne!(file_stem("Docs/a.md"), file_stem("docs/a.md"));
        assert_eq!(file_stem("日本.md").len(), "md-".len() + 8);
        assert_eq!(file_stem(&"long/".repeat(900)).len(), SLUG + 8);
        assert!(file_stem("CON").starts_with("con-"));
        assert_eq!(file_stem("").len(), 8);
    }

    #[test]
    fn anchors_keep_the_id_and_links_find_it() {
        assert_eq!(anchor("security/csrf-protection"), "security/csrf-protection");
        assert_eq!(anchor("_filters"), "x_filters");
        assert_eq!(anchor(""), "x");
        assert_eq!(anchor("a\u{202e}b\u{0}<"), "a-b-<");
        assert_eq!(fragment(&anchor("a b#2")), "a-b%232");
    }
}
