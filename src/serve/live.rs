//! What the server alone puts into a page: the script that loads it anew, and the leave to ask this
//! server for news. The page keeps its strict policy in all else.

use super::address::SCRIPT;

/// The script's text.
pub(super) const TEXT: &str = include_str!("live.js");

/// What is shown where a report has no page of that name, or no longer has one.
pub(super) const MISSING: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'\">\n\
    <title>No such page</title>\n</head>\n<body>\n<p>There is no such page in this report. \
    <a href=\"/\">To the overview</a></p>\n</body>\n</html>\n";

/// What a policy begins with, and what it then allows too.
const STRICT: &str = "content=\"default-src 'none';";
const WITH_NEWS: &str = "content=\"default-src 'none'; connect-src 'self';";

/// An HTML page of edition `number` with the script in its head.
pub(super) fn live(page: &[u8], number: u64) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(page) else { return page.to_vec() };
    let Some((head, body)) = text.split_once("</head>") else { return page.to_vec() };
    let head = head.replacen(STRICT, WITH_NEWS, 1);
    let script = format!("<script src=\"{SCRIPT}\" data-edition=\"{number}\"></script>\n");
    format!("{head}{script}</head>{body}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_alone_is_changed() {
        let page = "<head>\n<meta content=\"default-src 'none'; script-src 'self'\">\n</head>\n\
                    <p>content=\"default-src 'none';</head>";
        let with = String::from_utf8(live(page.as_bytes(), 3)).unwrap();
        assert_eq!(
            with,
            "<head>\n<meta content=\"default-src 'none'; connect-src 'self'; script-src 'self'\">\n\
             <script src=\"/.trueup/live.js\" data-edition=\"3\"></script>\n</head>\n\
             <p>content=\"default-src 'none';</head>"
        );
        assert_eq!(live(b"\xff", 1), b"\xff");
    }
}
