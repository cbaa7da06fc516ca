//! Who is answered: a browser of this machine that asks for a page of this server, and no page of
//! another site through it.

/// What a request says of where it comes from. Of a header given twice, nothing is believed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked<'r> {
    pub(super) method: &'r str,
    /// Every `Host`.
    pub(super) hosts: &'r [&'r str],
    pub(super) origin: Option<&'r str>,
    /// `Sec-Fetch-Site`, which a page cannot set.
    pub(super) site: Option<&'r str>,
    /// `Sec-Fetch-Mode`.
    pub(super) mode: Option<&'r str>,
    /// `Sec-Fetch-Dest`.
    pub(super) dest: Option<&'r str>,
}

/// A status and a sentence.
pub(super) type Refusal = (u16, &'static str);

/// Why a request to the server at `port` is not answered; `None` where it is.
pub(super) fn refusal(asked: &Asked<'_>, port: u16) -> Option<Refusal> {
    if !matches!(asked.method, "GET" | "HEAD") {
        return Some((405, "Only GET and HEAD are understood."));
    }
    // A name that an attacker makes point to this machine is the attacker's (DNS rebinding).
    let [host] = asked.hosts else { return Some((400, "A request names one host.")) };
    if !is_ours(host, port) {
        return Some((421, "This preview answers for 127.0.0.1 and localhost alone."));
    }
    let foreign = |origin: &str| {
        !origin.strip_prefix("http://").is_some_and(|authority| is_ours(authority, port))
    };
    if asked.origin.is_some_and(foreign) {
        return Some((403, "Pages of other sites are not answered."));
    }
    // Following a link shows the page to its reader; anything else would give it to the other site.
    let from_elsewhere = asked.site.is_some_and(|site| !matches!(site, "same-origin" | "none"));
    let followed = asked.mode == Some("navigate") && asked.dest == Some("document");
    if from_elsewhere && !followed {
        return Some((403, "Pages of other sites are not answered."));
    }
    None
}

fn is_ours(authority: &str, port: u16) -> bool {
    let (name, given) = match authority.rsplit_once(':') {
        // A browser leaves out the port of the scheme.
        _ if port == 80 && is_loopback(authority) => (authority, "80"),
        Some(parts) => parts,
        None => return false,
    };
    is_loopback(name) && given == port.to_string()
}

fn is_loopback(name: &str) -> bool {
    name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORT: u16 = 4747;

    fn status(asked: Asked<'_>) -> Option<u16> {
        refusal(&asked, PORT).map(|(status, _)| status)
    }

    fn from(hosts: &'static [&'static str]) -> Asked<'static> {
        Asked { method: "GET", hosts, ..Asked::default() }
    }

    const OWN: &[&str] = &["127.0.0.1:4747"];

    #[test]
    fn only_our_own_names_are_answered() {
        for good in [OWN, &["localhost:4747"], &["LOCALHOST:4747"]] {
            assert_eq!(status(from(good)), None, "{good:?}");
        }
        let bad: [&[&str]; 9] = [
            &["evil.example:4747"],
            &["127.0.0.1:4748"],
            &["127.0.0.1"],
            &["localhost.evil.example:4747"],
            &["127.0.0.1.evil.example:4747"],
            &["127.0.0.1:4747@evil.example"],
            &["0.0.0.0:4747"],
            &["127.0.0.1:04747"],
            &[""],
        ];
        for bad in bad {
            assert_eq!(status(from(bad)), Some(421), "{bad:?}");
        }
        assert_eq!(status(from(&[])), Some(400));
        assert_eq!(status(from(&["127.0.0.1:4747", "evil.example"])), Some(400));
        let at_80 = Asked { hosts: &["localhost"], ..from(OWN) };
        assert!(refusal(&at_80, 80).is_none());
    }

    #[test]
    fn pages_of_other_sites_get_nothing() {
        for origin in
            ["http://evil.example", "https://127.0.0.1:4747", "null", "http://localhost:1"]
        {
            assert_eq!(status(Asked { origin: Some(origin), ..from(OWN) }), Some(403), "{origin}");
        }
        assert_eq!(status(Asked { origin: Some("http://localhost:4747"), ..from(OWN) }), None);
        for site in ["cross-site", "same-site"] {
            let script = Asked {
                site: Some(site),
                mode: Some("no-cors"),
                dest: Some("script"),
                ..from(OWN)
            };
            assert_eq!(status(script), Some(403));
            let link = Asked { mode: Some("navigate"), dest: Some("document"), ..script };
            assert_eq!(status(link), None, "a link to the preview can be followed");
            assert_eq!(status(Asked { dest: Some("iframe"), ..link }), Some(403));
        }
        assert_eq!(status(Asked { site: Some("none"), ..from(OWN) }), None);
    }

    #[test]
    fn nothing_is_changed_by_a_request() {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "get"] {
            assert_eq!(status(Asked { method, ..from(OWN) }), Some(405), "{method}");
        }
        assert_eq!(status(Asked { method: "HEAD", ..from(OWN) }), None);
    }
}
