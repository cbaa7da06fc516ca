//! Secrets in commands: found to be shown as a problem, and never shown themselves.

/// `command` with what looks like a secret replaced by `***`, and whether there was one.
pub(super) fn masked(command: &str) -> (String, bool) {
    let mut found = Vec::new();
    for (start, word) in words(command) {
        if let Some((from, to)) = secret_in(word) {
            found.push((start + from, start + to));
        }
    }
    if let Some(span) = bearer(command) {
        found.push(span);
    }
    found.sort_unstable();
    let mut shown = String::with_capacity(command.len());
    let mut at = 0;
    for (from, to) in &found {
        if *from >= at {
            shown.push_str(command.get(at..*from).unwrap_or_default());
            shown.push_str("***");
            at = *to;
        }
    }
    shown.push_str(command.get(at..).unwrap_or_default());
    (shown, !found.is_empty())
}

/// The pieces of a command between white space and quotes, with their offsets.
fn words(command: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    command.split([' ', '\t', '"', '\'']).map(move |word| {
        let start = at;
        at += word.len() + 1;
        (start, word)
    })
}

/// Where the secret in `word` stands.
fn secret_in(word: &str) -> Option<(usize, usize)> {
    const TOKENS: [(&str, usize); 10] = [
        ("AKIA", 20),
        ("ASIA", 20),
        ("ghp_", 30),
        ("gho_", 30),
        ("ghs_", 30),
        ("github_pat_", 40),
        ("xoxb-", 24),
        ("xoxp-", 24),
        ("glpat-", 20),
        ("sk_live_", 24),
    ];
    for (prefix, least) in TOKENS {
        if let Some(at) = word.find(prefix)
            && word.len() - at >= least
        {
            return Some((at, word.len()));
        }
    }
    credentials_in_url(word).or_else(|| assigned(word))
}

/// `postgres://user:pass@host`.
fn credentials_in_url(word: &str) -> Option<(usize, usize)> {
    let start = word.find("://")? + 3;
    let authority = word.get(start..)?;
    let authority = authority.get(..authority.find('/').unwrap_or(authority.len()))?;
    let at = authority.rfind('@')?;
    let colon = authority.get(..at)?.find(':')?;
    let secret = authority.get(colon + 1..at)?;
    is_literal(secret).then_some((start + colon + 1, start + at))
}

/// `PASSWORD=…`, `--token=…`.
fn assigned(word: &str) -> Option<(usize, usize)> {
    let (name, value) = word.split_once('=')?;
    let upper = name.to_ascii_uppercase();
    const NAMES: [&str; 8] =
        ["PASSWORD", "PASSWD", "SECRET", "TOKEN", "APIKEY", "API_KEY", "API-KEY", "PRIVATE_KEY"];
    let named = NAMES.iter().any(|known| upper.ends_with(known));
    (named && is_literal(value)).then_some((name.len() + 1, word.len()))
}

/// `Authorization: Bearer …`.
fn bearer(command: &str) -> Option<(usize, usize)> {
    let start = command.find("Bearer ")? + "Bearer ".len();
    let rest = command.get(start..)?;
    let value = rest.get(..rest.find(['"', '\'', ' ']).unwrap_or(rest.len()))?;
    (value.len() >= 16 && is_literal(value)).then_some((start, start + value.len()))
}

/// Whether a value is the thing itself, and no variable or place to fill in.
fn is_literal(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    const STAND_INS: [&str; 10] = [
        "your",
        "xxx",
        "***",
        "example",
        "changeme",
        "change-me",
        "placeholder",
        "...",
        "todo",
        "secret",
    ];
    value.len() >= 4
        && !value.contains(['$', '<', '{', '`', '%', '['])
        && !STAND_INS.iter().any(|stand_in| lower.contains(stand_in))
        && lower != "password"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked() {
        let table = [
            ("psql postgres://app:hunter22@db/x", "psql postgres://app:***@db/x"),
            ("DB_PASSWORD=hunter22 npm start", "DB_PASSWORD=*** npm start"),
            (
                "curl -H \"Authorization: Bearer abcdefghijklmnop1234\" x",
                "curl -H \"Authorization: Bearer ***\" x",
            ),
            ("aws configure set id AKIAABCDEFGHIJKLMNOP", "aws configure set id ***"),
            ("tool --token=abcd1234 é", "tool --token=*** é"),
        ];
        for (command, shown) in table {
            assert_eq!(masked(command), (shown.to_owned(), true), "{command}");
        }
    }

    #[test]
    fn variables_and_stand_ins_are_none() {
        for command in [
            "psql postgres://app:$PASSWORD@db/x",
            "DB_PASSWORD=<password> npm start",
            "TOKEN=your-token npm start",
            "curl -H \"Authorization: Bearer $TOKEN\" x",
            "git tag v1=2",
            "ssh user@host",
            "curl https://example.org/a:b@c",
        ] {
            assert_eq!(masked(command), (command.to_owned(), false), "{command}");
        }
    }
}
