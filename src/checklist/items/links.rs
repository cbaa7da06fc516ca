//! Links of an item to files of the repository.

/// The path that `target`, written in the document at `document`, leads to; `None` where it leads
/// elsewhere: another host, a place in the document, out of the repository.
pub(super) fn path_of(target: &str, document: &str) -> Option<String> {
    let path = target.split(['#', '?']).next()?.trim();
    if path.is_empty() || path.starts_with("//") || has_scheme(path) {
        return None;
    }
    let path = unescaped(path);
    let mut parts: Vec<&str> = match path.starts_with('/') {
        true => Vec::new(),
        false => document
            .rsplit_once('/')
            .map(|(folder, _)| folder.split('/').collect())
            .unwrap_or_default(),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// The place in a document that `target` leads to: what follows its `#`.
pub(super) fn anchor_of(target: &str) -> Option<String> {
    let (_, anchor) = target.split_once('#')?;
    Some(unescaped(anchor)).filter(|anchor| !anchor.is_empty())
}

/// `https:`, `mailto:`.
fn has_scheme(path: &str) -> bool {
    path.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// `%20` as a space; what is no UTF-8 then is left as written.
fn unescaped(path: &str) -> String {
    if !path.contains('%') {
        return path.to_owned();
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let byte = tail
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match byte {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_resolved_from_the_document() {
        let table = [
            ("backup.md#restore", Some("docs/ops/backup.md")),
            ("../a%20b.md", Some("docs/a b.md")),
            ("/README.md", Some("README.md")),
            ("./x/../y", Some("docs/ops/y")),
            ("../../../etc/passwd", None),
            ("#here", None),
            ("https://example.org/a", None),
            ("mailto:a@b", None),
            ("//host/a", None),
            ("100%", Some("docs/ops/100%")),
        ];
        for (target, expected) in table {
            assert_eq!(path_of(target, "docs/ops/list.md").as_deref(), expected, "{target}");
        }
    }
}
