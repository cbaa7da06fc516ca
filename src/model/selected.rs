//! A choice of tests that a command made, and of which items it may still speak.

/// Kinds of tests that teams run apart: what is of one is of no other.
const KINDS: [&str; 10] = [
    "acceptance",
    "bench",
    "contract",
    "cypress",
    "e2e",
    "integration",
    "load",
    "performance",
    "smoke",
    "unit",
];

/// A call of a test runner that ran some tests by their names, marks or files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selected {
    /// What says so: `-t login`, `tests/test_login.py`.
    pub option: String,
    /// Whether it names the tests that did not run.
    pub leaves: bool,
    /// The words of the names, in lower case.
    words: Vec<String>,
}

impl Selected {
    /// The choice that `option` makes by `value`.
    pub fn new(option: &str, value: &str, leaves: bool) -> Selected {
        let words = words(value).into_iter().filter(|word| !is_common(word)).collect();
        Selected { option: option.to_owned(), leaves, words }
    }

    /// Whether what asks for tests in `texts` asks for those that were chosen: it names all of them, or
    /// one kind of tests while other kinds were left out.
    pub fn is_what(&self, texts: &[&str]) -> bool {
        let said: Vec<String> = texts.iter().flat_map(|text| words(text)).collect();
        let is_kind = |word: &String| KINDS.contains(&word.as_str());
        match self.leaves {
            false => !self.words.is_empty() && self.words.iter().all(|word| said.contains(word)),
            true => {
                self.words.iter().all(is_kind)
                    && said.iter().any(is_kind)
                    && !said.iter().any(|word| self.words.contains(word))
            }
        }
    }
}

/// Words that names of tests, of files and of items have without saying which.
fn is_common(word: &str) -> bool {
    #[rustfmt::skip]
    const COMMON: [&str; 24] = [
        "all", "category", "exs", "feature", "green", "it", "js", "jsx", "not", "pass", "passed", "passes", "passing", "py", "rb",
        "run", "spec", "specs", "src", "suite", "test", "tests", "ts", "tsx",
    ];
    COMMON.contains(&word)
}

/// `TestLogin_fails` as `test`, `login`, `fails`.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in text.chars() {
        let starts = c.is_uppercase() && before.is_lowercase();
        if (starts || !c.is_alphanumeric()) && words.last().is_some_and(|of| !of.is_empty()) {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::Selected;

    #[test]
    fn a_choice_speaks_of_what_names_it() {
        for (value, leaves, asked, is_what) in [
            ("login", false, "all-tests-pass", false),
            ("login", false, "login-tests-pass", true),
            ("TestLogin|TestCart", false, "login-tests-pass", false),
            ("TestLogin|TestCart", false, "login and cart tests", true),
            ("@smoke", false, "smoke-tests-pass", true),
            ("pass", false, "all-tests-pass", false),
            ("tests/test_login.py", false, "login works", true),
            ("e2e", true, "all tests pass", false),
            ("e2e", true, "unit tests pass", true),
            ("e2e", true, "unit and e2e tests pass", false),
            ("not login", true, "unit tests pass", false),
            ("not slow", true, "unit tests pass", false),
            (".", false, "all tests pass", false),
        ] {
            let selected = Selected::new("-k", value, leaves);
            assert_eq!(selected.is_what(&[asked]), is_what, "{value} {asked}");
        }
    }
}
