//! A comparison in words, and how several become one sentence: what has the same subject and verb
//! is said once, with a list.

/// A comparison in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause {
    head: Head,
    /// What the clause has of its own, one of a list where others have the same head and foot.
    parts: Vec<String>,
    foot: String,
}

/// How a clause begins.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Head {
    /// It stands alone.
    Alone,
    /// As written, for one or more.
    Same(String),
    /// For one, and for more.
    Counted(&'static str, &'static str),
    /// As written, of what is not so: `F has no a or b`.
    Not(String),
}

/// The most that is listed; the rest is counted.
const LISTED: usize = 6;

impl Clause {
    /// One that nothing can be added to.
    pub(super) fn alone(said: impl Into<String>) -> Clause {
        Clause { head: Head::Alone, parts: vec![said.into()], foot: String::new() }
    }

    /// `head part foot`, or without `holds` of what is not so.
    pub(super) fn of(head: String, part: String, foot: String, holds: bool) -> Clause {
        let head = if holds { Head::Same(head) } else { Head::Not(head) };
        Clause { head, parts: vec![part], foot }
    }

    /// `head a, b or c`, none of which is there.
    pub(super) fn none(head: String, parts: Vec<String>) -> Clause {
        Clause { head: Head::Not(head), parts, foot: String::new() }
    }

    /// `one part foot`, and of several `more part and part foot`.
    pub(super) fn counted(
        one: &'static str,
        more: &'static str,
        part: String,
        foot: String,
    ) -> Clause {
        Clause { head: Head::Counted(one, more), parts: vec![part], foot }
    }

    fn takes(&self, other: &Clause) -> bool {
        self.head != Head::Alone && self.head == other.head && self.foot == other.foot
    }

    fn add(&mut self, parts: Vec<String>) {
        for part in parts {
            if !self.parts.contains(&part) {
                self.parts.push(part);
            }
        }
    }

    fn said(&self) -> String {
        let Clause { head, parts, foot } = self;
        let all = crate::model::listed(&in_common(parts), LISTED);
        match head {
            Head::Alone => parts.concat(),
            Head::Same(head) => format!("{head}{all}{foot}"),
            Head::Counted(one, _) if parts.len() == 1 => format!("{one}{all}{foot}"),
            Head::Counted(_, more) => format!("{more}{all}{foot}"),
            Head::Not(head) => format!("{head}{}{foot}", none_of(parts)),
        }
    }
}

/// `a, b or c`; beyond the limit the rest is counted.
fn none_of(parts: &[String]) -> String {
    let parts = in_common(parts);
    match parts.split_last() {
        Some((last, rest)) if !rest.is_empty() && parts.len() <= LISTED => {
            format!("{} or {last}", rest.join(", "))
        }
        _ => crate::model::listed(&parts, LISTED).replace(" and ", " or "),
    }
}

/// `critical findings, high findings` share their last word: it is said once.
pub(super) fn in_common(parts: &[String]) -> Vec<String> {
    let last = parts.len().saturating_sub(1);
    let shared = parts.iter().all(|part| part.ends_with(FINDINGS));
    let short = |(at, part): (usize, &String)| match part.strip_suffix(FINDINGS) {
        Some(grade) if shared && at < last => grade.to_owned(),
        _ => part.clone(),
    };
    parts.iter().enumerate().map(short).collect()
}

const FINDINGS: &str = " findings";

/// The clauses without those said before, each with what joins it; at most `most` are told.
pub(super) fn joined(clauses: impl IntoIterator<Item = Clause>, most: usize) -> String {
    let mut told: Vec<Clause> = Vec::new();
    for clause in clauses {
        if told.contains(&clause) {
            continue;
        }
        match told.iter_mut().find(|before| before.takes(&clause)) {
            Some(before) => before.add(clause.parts),
            None => told.push(clause),
        }
    }
    let said: Vec<String> = told.iter().take(most).map(Clause::said).collect();
    said.join(", and ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(file: &str, part: &str, holds: bool) -> Clause {
        let head = if holds { format!("{file} has ") } else { format!("{file} has no ") };
        Clause::of(head, part.to_owned(), String::new(), holds)
    }

    #[test]
    fn the_same_subject_and_verb_are_said_once() {
        let all = ["jobs.lint", "jobs.test", "jobs.build"].map(|job| has("ci.yml", job, true));
        assert_eq!(joined(all, 3), "ci.yml has jobs.lint, jobs.test and jobs.build");
        let none = ["A", "B", "A"].map(|key| has(".env", key, false));
        assert_eq!(joined(none, 3), ".env has no A or B");
        let jobs = ["\"a\"", "\"b\""];
        let jobs = jobs.map(|job| Clause::counted("job ", "jobs ", job.into(), " failed".into()));
        assert_eq!(joined(jobs.clone(), 3), "jobs \"a\" and \"b\" failed");
        assert_eq!(joined(jobs.into_iter().take(1), 3), "job \"a\" failed");
    }

    #[test]
    fn what_differs_in_either_stands_apart() {
        let clauses = [has("a", "x", true), has("a", "x", false), has("b", "x", true)];
        assert_eq!(joined(clauses, 3), "a has x, and a has no x, and b has x");
        let alone = [Clause::alone("p95 was 3"), Clause::alone("p95 was 3"), has("a", "x", true)];
        assert_eq!(joined(alone, 3), "p95 was 3, and a has x");
    }

    #[test]
    fn what_is_counted_alike_shares_its_noun() {
        let grade = |grade: &str| {
            let part = format!("{grade} findings");
            Clause::of("npm audit found no ".to_owned(), part, String::new(), false)
        };
        let all = ["critical", "high", "unknown"].map(grade);
        assert_eq!(joined(all, 3), "npm audit found no critical, high or unknown findings");
    }

    #[test]
    fn long_lists_count_their_rest() {
        let keys = (0..8).map(|at| has(".env", &format!("K{at}"), false));
        assert_eq!(joined(keys, 3), ".env has no K0, K1, K2, K3, K4, K5 or 2 more");
    }
}
