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
