//! The requests of forges that commits are of: what their messages say, and whether a merge is one.

use git2::Commit;

use crate::sources::git::commit::lossy;

/// Whether a commit joins lines of work as a forge does for a request: its message may then be what
/// the request says, and its author is whoever clicked.
pub(super) fn merges_request(commit: &Commit<'_>) -> bool {
    if commit.parent_count() < 2 {
        return false;
    }
    let committer = lossy(commit.committer().email_bytes());
    let message = lossy(commit.message_raw_bytes());
    is_no_person(&committer) || own_request(&message).is_some() || merges_by_number(&message)
}

/// Whether an address takes no mail, as `noreply@github.com`: a forge's own.
fn is_no_person(email: &str) -> bool {
    let name = email.split('@').next().unwrap_or_default().to_ascii_lowercase();
    matches!(name.as_str(), "noreply" | "no-reply")
}

/// Whether a subject says that it merges a request by its number: `Merge of #12`, `Pull request #12: keys`.
fn merges_by_number(message: &str) -> bool {
    let subject = subject(message).to_ascii_lowercase();
    let begins = ["merge", "auto merge", "automatic merge", "pull request"];
    let number = |word: &str| {
        let word = word.trim_end_matches([':', ',', '.', ')']).trim_start_matches('(');
        word.strip_prefix(['#', '!']).is_some_and(is_number)
    };
    begins.iter().any(|begin| subject.starts_with(begin)) && subject.split(' ').any(number)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The first line of a message.
pub(super) fn subject(message: &str) -> &str {
    message.lines().next().unwrap_or_default().trim()
}

/// A subject without `(#12)` or `(!12)` at its end.
pub(super) fn without_request(subject: &str) -> &str {
    let told = subject.rsplit_once(" (").filter(|(_, told)| {
        let number = told.strip_suffix(')').and_then(|told| told.strip_prefix(['#', '!']));
        number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
    });
    told.map_or(subject, |(subject, _)| subject)
}

/// The number of the request that a commit is of, as forges write it.
pub(super) fn own_request(message: &str) -> Option<&str> {
    let subject = subject(message);
    let of_squash = || {
        let told = subject.strip_suffix(')')?.rsplit_once(" (")?.1;
        told.strip_prefix("pull request ").unwrap_or(told).strip_prefix(['#', '!'])
    };
    let of_merge = || {
        let told = subject.strip_prefix("Merge pull request ")?;
        told.strip_prefix('#').unwrap_or(told).split(' ').next()
    };
    let of_azure = || subject.strip_prefix("Merged PR ")?.split(':').next();
    let of_gitlab = || {
        let mut seen = message.lines().filter_map(|line| line.strip_prefix("See merge request "));
        Some(seen.next()?.trim_end().rsplit_once('!')?.1)
    };
    let number = of_squash().or_else(of_merge).or_else(of_azure).or_else(of_gitlab)?;
    is_number(number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_is_called_by_its_subject_and_its_request() {
        assert_eq!(without_request("keys rotated (#12)"), "keys rotated");
        assert_eq!(without_request("keys (all) rotated (!12)"), "keys (all) rotated");
        assert_eq!(without_request("keys rotated (12)"), "keys rotated (12)");
        for message in [
            "keys (#12)",
            "keys (!12)",
            "Merge pull request #12 from a/b",
            "Merge pull request 12 from keys into main",
            "Merged PR 12: keys",
            "Merged in keys (pull request #12)",
            "Merge branch 'keys' into 'main'\n\nSee merge request a/b!12",
        ] {
            assert_eq!(own_request(message), Some("12"), "{message}");
        }
        for message in ["", "keys", "keys (#12a)", "keys #12", "Merge pull request #", "(#1"] {
            assert_eq!(own_request(message), None, "{message}");
        }
    }

    #[test]
    fn a_merge_may_name_its_request_anywhere() {
        for message in
            ["Merge of #12", "Merge #12 #13", "Auto merge of #9 - keys", "Pull request #7: a"]
        {
            assert!(merges_by_number(message), "{message}");
        }
        for message in ["Merge hotfix", "Fix #12", "Merge branch 'a#1'", "Merge of #"] {
            assert!(!merges_by_number(message), "{message}");
        }
    }
}
