//! Time windows: headings that say when, relative to the deployment, what stands below is due.

use crate::model::{Window, WindowUnit};

use super::sections::Sections;

/// Gives every section the window that its heading, or the nearest above it, opens.
pub(super) fn mark(sections: &mut Sections) {
    let about: Vec<bool> =
        sections.list.iter().map(|section| is_about_deployment(&section.title)).collect();
    for at in 0..sections.list.len() {
        let path = sections.paths.get(at).map(Vec::as_slice).unwrap_or_default();
        let within = path.iter().chain([&at]).any(|other| about.get(*other) == Some(&true));
        let parent = path.iter().rev().find(|other| **other != at);
        let inherited =
            parent.and_then(|parent| sections.list.get(*parent)).and_then(|parent| parent.window);
        let title = sections.list.get(at).map(|section| section.title.as_str());
        let own = title
            .filter(|title| within || says_when(title))
            .and_then(|title| window(&title.to_lowercase(), within));
        if let Some(section) = sections.list.get_mut(at) {
            section.window = own.or(inherited);
        }
    }
}

/// Whether a heading is about putting something live: only then is a bare `Week 2` a window.
fn is_about_deployment(title: &str) -> bool {
    const OPENERS: [&str; 7] =
        ["deploy", "rollout", "roll-out", "launch", "go-live", "release", "monitoring"];
    let opens = |word: &str, mark: &str| {
        word.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark))
    };
    let mut before = "";
    title.split([' ', '(', '/', ':']).any(|word| {
        let live = before.eq_ignore_ascii_case("go") && opens(word, "live");
        before = word;
        let side = ["post-", "pre-"].iter().find(|side| opens(word, side));
        let bare = side.and_then(|side| word.get(side.len()..)).unwrap_or(word);
        live || OPENERS.iter().any(|opener| opens(bare, opener))
    })
}

/// Whether a heading has one of the words without which only one about a deployment opens a window.
fn says_when(title: &str) -> bool {
    let words = title.split(|c: char| !c.is_ascii_alphabetic());
    let mut known = words.filter(|word| matches!(word.len(), 5 | 6));
    known.any(|word| {
        ["first", "before", "prior", "minus"].iter().any(|known| known.eq_ignore_ascii_case(word))
    })
}

/// The window that a heading, in lower case, opens.
fn window(title: &str, about: bool) -> Option<Window> {
    let words: Vec<&str> = title
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '+')))
        .filter(|word| !word.is_empty())
        .collect();
    first(&words).or_else(|| before(&words, about)).or_else(|| {
        if about {
            numbered(&words).or_else(|| after(&words)).or_else(|| immediate(&words))
        } else {
            None
        }
    })
}

/// `first hour`, `first 24 hours`, `first two weeks`.
fn first(words: &[&str]) -> Option<Window> {
    let at = words.iter().position(|word| *word == "first")?;
    let (next, then) = (words.get(at + 1)?, words.get(at + 2));
    if let Some((unit, scale)) = unit(next) {
        return Some(Window { opens: 0, ends: scale, unit });
    }
    let (_, high) = range(next)?;
    let (unit, scale) = unit(then?)?;
    Some(Window { opens: 0, ends: high.checked_mul(scale)?, unit })
}

/// `1 week before`, `24 hours prior to launch`, `t-7 days`.
fn before(words: &[&str], about: bool) -> Option<Window> {
    let says = words.iter().any(|word| matches!(*word, "before" | "prior" | "minus"));
    if !says && !about {
        return None;
    }
    for pair in words.windows(2) {
        let [number, name] = pair else { continue };
        let counted = number.strip_prefix("t-").or(says.then_some(*number));
        let Some(counted) = counted.and_then(range) else { continue };
        let Some((unit, scale)) = unit(name) else { continue };
        return Some(Window { opens: -counted.1.checked_mul(scale)?, ends: 0, unit });
    }
    None
}

/// `week 1-2`, `day 1`, `days 2-7`: the first day is the day of the deployment.
fn numbered(words: &[&str]) -> Option<Window> {
    let (name, number) = words.windows(2).find_map(|pair| match pair {
        [name, number] => Some((unit(name)?, range(number)?)),
        _ => None,
    })?;
    let ((unit, scale), (low, high)) = (name, number);
    let opens = low.max(1) - 1;
    Some(Window { opens: opens.checked_mul(scale)?, ends: high.max(1).checked_mul(scale)?, unit })
}

/// `24 hours after deployment`, `post-launch (48 hours)`, `t+24h`, `24-48 hours`.
fn after(words: &[&str]) -> Option<Window> {
    let both = words.windows(2).find_map(|pair| match pair {
        [number, name] => Some((range(number.trim_start_matches("t+"))?, unit(name)?)),
        _ => None,
    });
    let glued = || {
        words.iter().find_map(|word| {
            let bare = word.trim_start_matches("t+");
            let digits = bare.find(|c: char| !c.is_ascii_digit())?;
            Some((range(bare.get(..digits)?)?, unit(bare.get(digits..)?)?))
        })
    };
    let ((low, high), (unit, scale)) = both.or_else(glued)?;
    let opens = if low == high { 0 } else { low };
    Some(Window { opens: opens.checked_mul(scale)?, ends: high.checked_mul(scale)?, unit })
}

/// `immediate`, `immediately after`: the first hour.
fn immediate(words: &[&str]) -> Option<Window> {
    let says = words.iter().any(|word| word.starts_with("immediate"));
    says.then_some(Window { opens: 0, ends: 1, unit: WindowUnit::Hours })
}

/// A number, or two with a dash between: `24`, `two`, `1-2`.
fn range(word: &str) -> Option<(i64, i64)> {
    const NAMES: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let number = |word: &str| {
        let named =
            NAMES.iter().position(|name| *name == word).and_then(|at| i64::try_from(at + 1).ok());
        named.or_else(|| word.parse::<i64>().ok().filter(|number| (0..=1000).contains(number)))
    };
    match word.split_once('-') {
        Some((low, high)) => {
            let (low, high) = (number(low)?, number(high)?);
            (low <= high).then_some((low, high))
        }
        None => number(word).map(|number| (number, number)),
    }
}

/// The unit that `word` names, and how many of it one makes.
fn unit(word: &str) -> Option<(WindowUnit, i64)> {
    match word {
        "hour" | "hours" | "hr" | "hrs" | "h" => Some((WindowUnit::Hours, 1)),
        "day" | "days" | "d" => Some((WindowUnit::Days, 1)),
        "week" | "weeks" | "w" => Some((WindowUnit::Weeks, 1)),
        "month" | "months" => Some((WindowUnit::Days, 30)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::checklist::{Settings, read};
    use crate::model::WindowUnit::{Days, Hours, Weeks};

    fn windows(text: &str) -> Vec<Option<(i64, i64, crate::model::WindowUnit)>> {
        let list = read("a.md", text.as_bytes(), &Settings::default());
        list.sections
            .iter()
            .map(|section| section.window.map(|w| (w.opens, w.ends, w.unit)))
            .collect()
    }

    #[test]
    fn headings_open_windows() {
        let table = [
            ("Immediate (First Hour)", Some((0, 1, Hours))),
            ("First 24 Hours", Some((0, 24, Hours))),
            ("First Week", Some((0, 1, Weeks))),
            ("🕐 First Two Weeks", Some((0, 2, Weeks))),
            ("First 24-48 hours", Some((0, 48, Hours))),
            ("First month", Some((0, 30, Days))),
            ("Pre-Release (1 week before)", Some((-1, 0, Weeks))),
            ("24 hours before launch", Some((-24, 0, Hours))),
            ("Launch T-7 days", Some((-7, 0, Days))),
            ("Week 1-2: 25% Rollout", Some((0, 2, Weeks))),
            ("Rollout week 3", Some((2, 3, Weeks))),
            ("Post-Launch (48 hours)", Some((0, 48, Hours))),
            ("Deployment T+24h", Some((0, 24, Hours))),
            ("Immediately after deployment", Some((0, 1, Hours))),
            ("Week 2: Security hardening", None),
            ("Immediate Actions", None),
            ("Critical Priority (Complete Within 1 Week)", None),
            ("First steps", None),
            ("24/7 support", None),
            ("Release 1.4", None),
        ];
        for (title, expected) in table {
            assert_eq!(windows(&format!("## {title}\n")), [expected], "{title}");
        }
    }

    #[test]
    fn windows_hold_below_and_not_beside() {
        let text = "# Rollout\n## First Week\n### Metrics\n## After that\n## Week 2\n";
        assert_eq!(windows(text), [None, Some((0, 1, Weeks)), Some((0, 1, Weeks)), None, None]);
        let text = "# List\n## Rollout\n### Week 2\n### Notes\n";
        assert_eq!(windows(text), [None, None, Some((1, 2, Weeks)), None]);
    }
}
