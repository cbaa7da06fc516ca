//! One meaning of a glob, for items, artifacts and paths alike: `*` stops at `/`, `**` does not.

use std::fmt;

use globset::{GlobBuilder, GlobMatcher};

/// A compiled glob that remembers how it was written.
#[derive(Debug, Clone)]
pub struct Glob {
    written: String,
    matcher: GlobMatcher,
}

/// Why a text is no glob.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is no glob: {why}")]
pub struct GlobError {
    written: String,
    why: String,
}

impl Glob {
    /// Compiles `written`; `./` in front is taken off. A `!` in front is refused: in the files that
    /// tools ignore by it takes out again what others took in, and here nothing does.
    pub fn new(written: &str) -> Result<Glob, GlobError> {
        if let Some(rest) = written.strip_prefix("./").unwrap_or(written).strip_prefix('!') {
            return Err(GlobError {
                written: written.to_owned(),
                why: format!(
                    "`!` takes nothing out again here: name what is meant, and nothing else (a file that is called so is `\\!{rest}`)"
                ),
            });
        }
        Glob::compile(written)
    }

    fn compile(written: &str) -> Result<Glob, GlobError> {
        let pattern = written.strip_prefix("./").unwrap_or(written);
        if let Some(part) = pattern.split('/').find(|part| has_stars_beside_others(part)) {
            return Err(GlobError {
                written: written.to_owned(),
                why: format!("`**` means folders and stands by itself, and not in `{part}`"),
            });
        }
        let glob = GlobBuilder::new(pattern)
            .literal_separator(true)
            .backslash_escape(true)
            .build()
            .map_err(|fault| GlobError {
                written: written.to_owned(),
                why: fault.kind().to_string(),
            })?;
        Ok(Glob { written: written.to_owned(), matcher: glob.compile_matcher() })
    }

    /// The one at `path`, whatever characters its name has.
    pub fn exactly(path: &str) -> Result<Glob, GlobError> {
        Glob::compile(&globset::escape(path))
    }

    /// Everything in `folder`, whatever characters its name has.
    pub fn below(folder: &str) -> Result<Glob, GlobError> {
        Glob::compile(&format!("{}/**", globset::escape(folder)))
    }

    /// Whether `name` (a `/`-separated path, id or address) is meant.
    pub fn matches(&self, name: &str) -> bool {
        self.matcher.is_match(name)
    }

    /// Whether `path` is meant, or lies in the folder that is named without a wildcard: `backend`
    /// and `backend/` are `backend/**`, and `.` is everything.
    pub fn covers(&self, path: &str) -> bool {
        self.matches(path) || self.plain_folder().is_some_and(|folder| is_in(path, folder))
    }

    /// Whether it can match a path in `folder`; every glob can in the root, which is "".
    pub fn may_match_in(&self, folder: &str) -> bool {
        if folder.is_empty() {
            return true;
        }
        let glob = self.written.strip_prefix("./").unwrap_or(&self.written);
        // Alternatives with a slash in them are not told apart by parts.
        let even = |part: &str| part.matches('{').count() == part.matches('}').count();
        let apart = glob.split('/').all(even);
        let mut parts = glob.split('/');
        for name in folder.split('/') {
            match parts.next() {
                None => return !apart,
                Some("**") => return true,
                Some(part) if Glob::compile(part).is_ok_and(|glob| glob.matches(name)) => {}
                Some(_) => return !apart,
            }
        }
        parts.next().is_some()
    }

    /// Whether it reaches `folder` by parts that stand for one folder each, and not by `**`.
    pub fn names_folder(&self, folder: &str) -> bool {
        let glob = self.written.strip_prefix("./").unwrap_or(&self.written);
        glob.split('/').take(folder.split('/').count()).all(|part| part != "**")
    }

    /// The same for what lies in the folder that is named without a wildcard, where one is.
    pub fn within(&self) -> Option<Glob> {
        let folder = self.plain_folder().filter(|folder| !folder.is_empty())?;
        Glob::new(&format!("{folder}/**")).ok()
    }

    /// The names that stand in its braces, each as a glob of its own: `reports/{api,web}/junit.xml` means two
    /// files. Braces beside a star are a choice (`*.{xml,json}`) and stay.
    pub fn alternatives(&self) -> Vec<Glob> {
        let mut done = Vec::new();
        let mut waiting = vec![self.written.clone()];
        while let Some(written) = waiting.pop() {
            match names_apart(&written) {
                Some(apart) if done.len() + waiting.len() + apart.len() <= MOST_NAMES => {
                    waiting.extend(apart.into_iter().rev());
                }
                Some(_) => return vec![self.clone()],
                None => done.push(written),
            }
        }
        let globs: Result<Vec<Glob>, GlobError> = done.iter().map(|of| Glob::new(of)).collect();
        globs.unwrap_or_else(|_| vec![self.clone()])
    }

    fn plain_folder(&self) -> Option<&str> {
        let plain = !self.written.contains(['*', '?', '[', '{', '\\']);
        let name = self.written.strip_prefix("./").unwrap_or(&self.written).trim_end_matches('/');
        (plain && !self.written.starts_with('/')).then_some(if name == "." { "" } else { name })
    }

    /// The text as the user wrote it.
    pub fn as_str(&self) -> &str {
        &self.written
    }
}

/// How many names the braces of one glob may stand for.
const MOST_NAMES: usize = 256;

/// `written` with each of the names in its first braces that stand in a part of the path without stars.
fn names_apart(written: &str) -> Option<Vec<String>> {
    if written.contains('\\') {
        return None;
    }
    let mut from = 0;
    while let Some(open) = written.get(from..)?.find('{').map(|at| from + at) {
        let close = closing(written, open)?;
        let (before, names) = (written.get(..open)?, written.get(open + 1..close)?);
        let after = written.get(close + 1..)?;
        let beside = (before.rsplit('/').next()?, after.split('/').next()?);
        let is_plain = |part: &str| !part.contains(['*', '?', '[', '{', '}']);
        if is_plain(names) && is_plain(beside.0) && !beside.1.contains(['*', '?', '[']) {
            return Some(names.split(',').map(|name| format!("{before}{name}{after}")).collect());
        }
        from = close + 1;
    }
    None
}

/// Where the brace that opens at `open` is closed.
fn closing(written: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in written.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            _ => continue,
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// `**.pem` would match as `*.pem` does. Between braces stand names of their own.
fn has_stars_beside_others(part: &str) -> bool {
    let names = part.split(['{', '}', ',']);
    names.into_iter().any(|name| name.contains("**") && name != "**")
}

fn is_in(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

impl fmt::Display for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl PartialEq for Glob {
    fn eq(&self, other: &Glob) -> bool {
        self.written == other.written
    }
}

impl Eq for Glob {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_braces_are_files_of_their_own() {
        let apart = |written: &str| -> Vec<String> {
            let globs = Glob::new(written).unwrap().alternatives();
            globs.iter().map(|glob| glob.as_str().to_owned()).collect()
        };
        for (written, globs) in [
            ("r/{api,web}/junit.xml", &["r/api/junit.xml", "r/web/junit.xml"][..]),
            ("junit-{1,2}.xml", &["junit-1.xml", "junit-2.xml"]),
            ("{a,b}/{c,d}", &["a/c", "a/d", "b/c", "b/d"]),
            ("{libs/a,b}/*.xml", &["libs/a/*.xml", "b/*.xml"]),
            ("**/*.{xml,json}", &["**/*.{xml,json}"]),
            ("{a,b}/*.{xml,json}", &["a/*.{xml,json}", "b/*.{xml,json}"]),
            ("{a*,b}/x", &["{a*,b}/x"]),
            ("{a,{b,c}}/x", &["{a,{b,c}}/x"]),
            ("a/b", &["a/b"]),
        ] {
            assert_eq!(apart(written), globs, "{written}");
        }
        let many = format!("{}x", "{0,1,2,3,4,5,6,7,8,9}/".repeat(3));
        assert_eq!(apart(&many), std::slice::from_ref(&many), "more names than anybody means");
    }

    #[test]
    fn a_star_stops_at_a_slash() {
        let glob = Glob::new("security/*").unwrap();
        assert!(glob.matches("security/csrf"));
        assert!(!glob.matches("security/web/csrf"));
        assert!(Glob::new("reports/**/junit*.xml").unwrap().matches("reports/junit.xml"));
        assert!(Glob::new("./a.json").unwrap().matches("a.json"));
        for wrong in ["**.pem", "reports/**.xml", "a**/b", "{**.a,b}"] {
            assert!(Glob::new(wrong).is_err(), "{wrong}");
        }
        assert!(Glob::new("{**,a}/b").is_ok() && Glob::new("**").is_ok());
    }

    #[test]
    fn a_folder_s_name_covers_what_lies_in_it() {
        for (glob, path, covered) in [
            ("backend", "backend/src/a.rs", true),
            ("backend/", "backend/a.rs", true),
            ("./backend", "backend/a.rs", true),
            ("backend", "backend", true),
            ("backend", "backend-two/a.rs", false),
            ("backend/*", "backend/src/a.rs", false),
            ("Backend", "backend/a.rs", false),
            (".", "a.rs", true),
            ("/backend", "backend/a.rs", false),
        ] {
            assert_eq!(Glob::new(glob).unwrap().covers(path), covered, "{glob} {path}");
        }
    }

    #[test]
    fn nothing_is_taken_out_again() {
        let fault = Glob::new("!reports/old/**").unwrap_err().to_string();
        assert!(fault.contains("name what is meant"), "{fault}");
        assert!(Glob::new("./!a").is_err());
        assert!(Glob::new("\\!a").unwrap().matches("!a"));
        assert!(Glob::exactly("!a").unwrap().matches("!a"));
        assert!(Glob::below("!a").unwrap().may_match_in("!a"));
    }

    #[test]
    fn a_fault_names_the_text() {
        let fault = Glob::new("a/{b").unwrap_err();
        assert!(fault.to_string().starts_with("`a/{b` is no glob"), "{fault}");
    }
}
