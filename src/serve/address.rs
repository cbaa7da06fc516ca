//! What an address asks for.

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A page of the current edition.
    Page(String),
    /// A page of the last report that could be made.
    LastGood(String),
    /// The script that loads a page anew.
    Script,
    /// News of editions other than that number.
    Events(u64),
}

/// Where what is not a page of the report lives.
const OWN: &str = "/.trueup/";

/// Where the last report that could be made is shown while the current state has none.
pub(super) const LAST_GOOD: &str = "/.trueup/last/";

/// The script.
pub(super) const SCRIPT: &str = "/.trueup/live.js";

/// What `target` (the path of a request and its query) asks for; `None` where that is nothing.
pub(super) fn wanted(target: &str) -> Option<Wanted> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if let Some(rest) = path.strip_prefix(LAST_GOOD) {
        return page(rest).map(Wanted::LastGood);
    }
    match path.strip_prefix(OWN) {
        Some("live.js") => Some(Wanted::Script),
        Some("events") => {
            let seen = query.split('&').find_map(|pair| pair.strip_prefix("seen="));
            Some(Wanted::Events(seen.and_then(|text| text.parse().ok()).unwrap_or_default()))
        }
        Some(_) => None,
        None => page(path.strip_prefix('/')?).map(Wanted::Page),
    }
}

/// The name of a page in the folder of a report; a folder means its index.
fn page(path: &str) -> Option<String> {
    let mut name = decoded(path)?;
    if name.is_empty() || name.ends_with('/') {
        name.push_str("index.html");
    }
    Some(name)
}

fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut ahead = path.bytes();
    while let Some(byte) = ahead.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(ahead.next()?).to_digit(16);
        bytes.push(u8::try_from(digit()? * 16 + digit()?).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_names_of_pages() {
        let page = |name: &str| Some(Wanted::Page(name.to_owned()));
        assert_eq!(wanted("/"), page("index.html"));
        assert_eq!(wanted("/releases/?x=1"), page("releases/index.html"));
        assert_eq!(wanted("/c/caf%C3%A9.html"), page("c/café.html"));
        assert_eq!(wanted("/.trueup/last/"), Some(Wanted::LastGood("index.html".to_owned())));
        assert_eq!(wanted("/.trueup/live.js"), Some(Wanted::Script));
        assert_eq!(wanted("/.trueup/events?seen=12"), Some(Wanted::Events(12)));
        assert_eq!(wanted("/.trueup/events"), Some(Wanted::Events(0)));
        let none =
            ["/.trueup/x", "", "index.html", "http://evil.example/", "*", "/%", "/%f", "/%ff"];
        for nothing in none {
            assert_eq!(wanted(nothing), None, "{nothing}");
        }
    }
}
