//! The known name that a misspelt one was probably meant to be.

/// How like two names must be (0 to 1).
const LIKENESS: f64 = 0.75;

/// The one of `known` that is most like `name`, if any is like it at all.
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let lower = name.to_lowercase();
    known
        .into_iter()
        .map(|known| (strsim::jaro_winkler(&lower, &known.to_lowercase()), known))
        .filter(|(likeness, _)| *likeness >= LIKENESS)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}

/// The one of `known`, addresses or ids, that `wanted` was probably meant to be. What stands behind
/// the last slash must be alike: that two share a section says nothing of them. Of a glob over a
/// section the section is compared.
pub fn nearest_address<'k>(
    wanted: &str,
    known: impl IntoIterator<Item = &'k str> + Clone,
) -> Option<String> {
    if let Some(section) = wanted.strip_suffix("/*").or_else(|| wanted.strip_suffix("/**")) {
        let sections = known.into_iter().filter_map(|name| Some(name.rsplit_once('/')?.0));
        return nearest(section, sections).map(|section| format!("{section}/*"));
    }
    let own = |name: &'k str| name.rsplit('/').next().unwrap_or(name);
    let tail = wanted.rsplit('/').next().unwrap_or(wanted).trim_end_matches('*');
    let near = |name: &&str| strsim::normalized_damerau_levenshtein(tail, name) >= 0.5;
    // A slug leaves out the figures of its text: who writes them too goes on where it ends.
    let goes_on = |name: &&str| tail.strip_prefix(*name).is_some_and(|rest| rest.starts_with('-'));
    let tails = || known.clone().into_iter().map(own);
    let longest = tails().filter(goes_on).max_by_key(|name| name.len());
    let own_name = longest.or_else(|| nearest(tail, tails().filter(near)))?;
    let of_that_name = known.into_iter().filter(|name| own(name) == own_name);
    of_that_name
        .max_by(|a, b| strsim::jaro(wanted, a).total_cmp(&strsim::jaro(wanted, b)))
        .map(str::to_owned)
}

/// Whether `name` is `known` with a slip of the finger: a letter or two added, left out, changed or
/// swapped, never the first.
pub fn is_misspelt(name: &str, known: &str) -> bool {
    let slips = if known.len() < 6 { 1 } else { 2 };
    let same_start = name.chars().next() == known.chars().next();
    same_start && name != known && strsim::osa_distance(name, known) <= slips
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_near_by_its_own_name_and_not_by_its_section() {
        let known = ["security/csrf-tokens", "security/keys-rotated", "quality/tests-pass"];
        for (wanted, near) in [
            ("security/csrf-token", Some("security/csrf-tokens")),
            ("csrf-token", Some("security/csrf-tokens")),
            ("qualty/test-pass", Some("quality/tests-pass")),
            ("security/backups-restored", None),
            ("secrity/*", Some("security/*")),
            ("weather/*", None),
            ("quality/tests-pass-at-95-percent-of-runs", Some("quality/tests-pass")),
        ] {
            assert_eq!(nearest_address(wanted, known).as_deref(), near, "{wanted}");
        }
    }

    #[test]
    fn a_slip_of_the_finger_is_no_other_word() {
        for (name, known, misspelt) in [
            ("artifact", "artifacts", true),
            ("evidense", "evidence", true),
            ("evidnece", "evidence", true),
            ("path", "paths", true),
            ("patch", "paths", false),
            ("normal", "format", false),
            ("paths", "paths", false),
            ("", "paths", false),
        ] {
            assert_eq!(is_misspelt(name, known), misspelt, "{name}");
        }
    }

    #[test]
    fn a_misspelt_name_finds_its_neighbour_and_a_strange_one_none() {
        let known = ["tests", "findings", "coverage"];
        assert_eq!(nearest("test", known), Some("tests"));
        assert_eq!(nearest("Findngs", known), Some("findings"));
        assert_eq!(nearest("weather", known), None);
        assert_eq!(nearest("", known), None);
    }
}
