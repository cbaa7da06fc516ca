//! What a glob that matches no artifact may have meant.

use crate::model::Glob;

/// What `glob` may have meant, of the artifacts that are there: a folder, a name in other capitals, a
/// path that is not of the repository. As a clause behind the glob; empty where nothing is near.
pub(super) fn meant<'a>(glob: &Glob, there: impl Iterator<Item = &'a str> + Clone) -> String {
    let written = glob.as_str().trim_start_matches("./").trim_end_matches('/');
    let any = |glob: String, name: fn(&str) -> String| {
        let glob = Glob::new(&glob).ok()?;
        there.clone().find(|path| glob.matches(&name(path)))
    };
    let within = format!("{written}/**");
    if any(within.clone(), str::to_owned).is_some() {
        return format!(": what lies in a folder is `{within}`");
    }
    if let Some(path) = any(written.to_lowercase(), |path| path.to_lowercase()) {
        return format!(": {path} is written otherwise");
    }
    any(format!("**/{written}"), str::to_owned)
        .map(|path| format!(": {path} is there, and paths are of the repository"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glob_that_matches_nothing_is_told_what_is_near() {
        let there = ["reports/unit/junit.xml", "packages/api/out/jest.xml"].into_iter();
        for (glob, expected) in [
            ("reports/", ": what lies in a folder is `reports/**`"),
            ("reports/unit", ": what lies in a folder is `reports/unit/**`"),
            ("Reports/unit/*.xml", ": reports/unit/junit.xml is written otherwise"),
            (
                "out/jest.xml",
                ": packages/api/out/jest.xml is there, and paths are of the repository",
            ),
            ("artifacts/k6.json", ""),
        ] {
            assert_eq!(meant(&Glob::new(glob).unwrap(), there.clone()), expected, "{glob}");
        }
    }
}
