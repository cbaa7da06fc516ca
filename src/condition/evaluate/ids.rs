//! Ids of advisories: one flaw has one in each scheme (CVE, GHSA, RUSTSEC …), and a tool reports the
//! one that it knows. That this is another says nothing of the flaw.

use super::Evaluation;
use crate::condition::Undecided;
use crate::condition::tree::Node;

/// What the ids of advisories begin with.
const SCHEMES: [&str; 20] = [
    "ALAS", "ALPINE", "BIT", "CVE", "DLA", "DSA", "ELSA", "GHSA", "GMS", "GO", "MAL", "NSWG",
    "OSV", "PRISMA", "PYSEC", "RHSA", "RUSTSEC", "SNYK", "TEMP", "USN",
];

impl Evaluation<'_> {
    /// What `asks` says of `text`, by any of the names that it has. Refused where it is the id of an
    /// advisory and has none in the scheme that is `sought`, for it may be the same; and where one
    /// finding stands for several advisories, of which `asks` means some.
    pub(super) fn by_any_name(
        &self,
        node: &Node,
        text: &str,
        sought: &str,
        asks: impl Fn(&str) -> bool,
    ) -> Result<bool, Undecided> {
        let others = self.other_names(node, text);
        self.is_one_advisory(node, text, &others, &asks)?;
        if asks(text) {
            return Ok(true);
        }
        self.is_whole_licence(node, text, sought, &asks)?;
        self.is_whole_package(node, text, sought, &asks)?;
        if others.iter().any(|name| asks(name)) || self.is_package(node, text, sought)? {
            return Ok(true);
        }
        let Some(scheme) = scheme_within(sought) else { return Ok(false) };
        let names = || others.iter().map(String::as_str).chain([text]);
        if names().any(|name| name.eq_ignore_ascii_case(sought)) {
            return Ok(true);
        }
        let may_be = is_id(text) && !names().any(|name| scheme_of(name) == Some(scheme));
        if !may_be && !is_longer(text, sought) {
            return Ok(false);
        }
        let why = format!(
            "{node} is {text}, which may be {sought} by another name: the report does not tell its \
             {scheme}. Ask for {text}, or of a report that tells both."
        );
        Err(Undecided::Missing { why })
    }

    /// Refuses an answer that holds of one advisory of a finding and not of another: npm makes one
    /// finding of all that a package has, and two ids of one scheme are two advisories.
    fn is_one_advisory(
        &self,
        node: &Node,
        text: &str,
        others: &[String],
        asks: impl Fn(&str) -> bool,
    ) -> Result<(), Undecided> {
        let Some(scheme) = scheme_of(text) else { return Ok(()) };
        let besides = others.iter().filter(|of| scheme_of(of) == Some(scheme) && *of != text);
        let Some(other) = besides.into_iter().find(|of| asks(of) != asks(text)) else {
            return Ok(());
        };
        let why = format!(
            "{node} is {text}, of a finding that stands for {other} as well: it is neither the one nor \
             the other alone."
        );
        Err(Undecided::Missing { why })
    }
}

/// The scheme of an id, or of the beginning of one. `go-vet` is none.
fn scheme_of(id: &str) -> Option<&'static str> {
    let (begin, rest) = id.split_once('-')?;
    let scheme = SCHEMES.into_iter().find(|scheme| begin.eq_ignore_ascii_case(scheme))?;
    let numbered = rest.is_empty() || rest.bytes().any(|byte| byte.is_ascii_digit());
    (numbered || scheme == "GHSA").then_some(scheme)
}

/// The scheme of the id that stands in a text or pattern.
fn scheme_within(text: &str) -> Option<&'static str> {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    words.find_map(scheme_of)
}

/// Of an advisory; some services number theirs.
fn is_id(text: &str) -> bool {
    scheme_of(text).is_some() || !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a tool made its rule of the id and the package: `GHSA-jfh8-c2jp-5v3q-log4j-core`.
fn is_longer(text: &str, sought: &str) -> bool {
    let (begin, rest) = (text.get(..sought.len()), text.get(sought.len()..));
    begin.is_some_and(|begin| begin.eq_ignore_ascii_case(sought))
        && rest.is_some_and(|rest| rest.starts_with('-'))
}
