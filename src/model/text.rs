//! Grammar in one place: counts, plurals and lists as people write them.

/// `1 test`, `412 tests`, `4,252,838 tests`: a figure and its noun.
pub fn counted(count: u64, noun: &str) -> String {
    format!("{} {}", grouped(count), plural(count, noun))
}

/// The noun alone, in the number that `count` asks for.
pub fn plural(count: u64, noun: &str) -> String {
    if count == 1 {
        return noun.to_owned();
    }
    match noun {
        "criterion" => "criteria".to_owned(),
        "has" => "have".to_owned(),
        "is" => "are".to_owned(),
        "was" => "were".to_owned(),
        _ if noun.ends_with("ch") || noun.ends_with('s') || noun.ends_with('x') => {
            format!("{noun}es")
        }
        _ => match noun.strip_suffix('y') {
            Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
            _ => format!("{noun}s"),
        },
    }
}

/// `a`, `a and b`, `a, b and c`; beyond `limit` the rest is counted: `a, b and 3 more`.
pub fn listed<S: AsRef<str>>(names: &[S], limit: usize) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    let shown = if names.len() > limit { limit } else { names.len() };
    let mut parts: Vec<String> = names[..shown].iter().map(|name| (*name).to_owned()).collect();
    if names.len() > shown {
        parts.push(format!("{} more", grouped((names.len() - shown) as u64)));
    }
    match parts.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// A count as people write it: `2,887`.
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_agree_with_their_nouns() {
        assert_eq!(counted(1, "test"), "1 test");
        assert_eq!(counted(0, "criterion"), "0 criteria");
        assert_eq!(counted(18741, "error"), "18,741 errors");
        assert_eq!(counted(2, "vulnerability"), "2 vulnerabilities");
        assert_eq!(plural(2, "is"), "are");
    }

    #[test]
    fn long_lists_count_their_rest() {
        assert_eq!(listed(&["a"], 3), "a");
        assert_eq!(listed(&["a", "b"], 3), "a and b");
        assert_eq!(listed(&["a", "b", "c", "d"], 2), "a, b and 2 more");
    }
}
