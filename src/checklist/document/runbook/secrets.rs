//! Secrets in commands: found to be shown as a problem, and never shown themselves.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex, RegexSet};

/// What stands in place of a secret.
const MASK: &str = "***";

/// Names whose value is a secret.
const NAMES: &str = "(?:[a-z0-9_.-]*(?:password|passwd|passphrase|secret|token|api[_-]?key\
    |(?:private|access|secret|encryption|signing|master|auth|jwt)[_-]?key)\
    |(?:[a-z0-9_.-]*[_-])?(?:pass|pwd|pw))";

/// A value in quotes, or up to the end of its word.
const VALUE: &str =
    "(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\\s\"'`;&|<>-][^\\s\"'`;&|<>]*))";

/// A value in quotes.
const QUOTED: &str = "(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')";

/// Tokens that are known by how they begin.
fn tokens() -> [String; 6] {
    [
        r"(?P<bare>(?:AKIA|ASIA)[0-9A-Z]{16}\S*?)(?:[^0-9A-Za-z]|$)".to_owned(),
        r"(?P<bare>gh[opsu]_[0-9A-Za-z]{26,})".to_owned(),
        r"(?P<bare>github_pat_[0-9A-Za-z_]{29,})".to_owned(),
        r"(?P<bare>xox[abpr]-[0-9A-Za-z-]{19,})".to_owned(),
        r"(?P<bare>(?:glpat|dckr_pat|sk-proj)[-_][0-9A-Za-z_-]{14,})".to_owned(),
        r"(?P<bare>[sr]k_live_[0-9A-Za-z]{16,})".to_owned(),
    ]
}

/// Places where a command carries a secret, by what stands before it.
fn places() -> [String; 22] {
    let of =
        |programs: &str, flags: &str| format!(r"\b(?:{programs})\b[^|;]*?\s(?:{flags}){VALUE}");
    [
        // `postgres://user:pass@host`
        r"://[^\s/:@]*:(?P<bare>[^\s/@]+)@".to_owned(),
        // `PASSWORD=…`, `--token=…`, `--from-literal=password=…`
        format!("(?i)(?:^|[^a-z0-9]){NAMES}={VALUE}"),
        // `--password …`
        format!(r"(?i)\s--?{NAMES}\s+{VALUE}"),
        // `aws configure set aws_secret_access_key …`
        format!(r"(?i)\bset\s+(?:\S*[:/])?{NAMES}\s+{VALUE}"),
        // `-H "X-API-Key: …"`
        r#"(?i)\b(?:x-[a-z-]*(?:key|token|secret|auth)|api-?key|private-token)\s*:\s*(?P<bare>[^\s"'`]+)"#
            .to_owned(),
        r#"(?i)\bauthorization\s*:\s*(?:(?:basic|bearer|token)\s+)?(?P<bare>[^\s"'`]{8,})"#.to_owned(),
        r#"(?i)\bbearer\s+(?P<bare>[^\s"'`]{16,})"#.to_owned(),
        // `{"password": "…"}`
        format!(r#"(?i)["']{NAMES}\\?["']\s*:\s*\\?["'](?P<bare>[^"'\\]+)"#),
        of("mysql|mysqladmin|mysqldump|mysqlimport|mariadb|mariadb-dump", "-p"),
        of("mongo|mongosh|mongodump|mongorestore|sshpass", r"-p\s*"),
        of("(?:docker|helm|nerdctl|oc|podman|skopeo)[^|;]*? login", r"-p[\s=]*"),
        of("redis-cli", r"(?:-a|--pass)[\s=]+"),
        of("openssl", r"-k\s+"),
        of("openssl|keytool", r"-pass\w*\s+(?:pass:)?"),
        of("ldapsearch|ldapmodify|ldapadd", r"-w\s*"),
        of("secret set", r"(?:-b|--body)[\s=]+"),
        // PowerShell: `$env:PASSWORD = "…"`, `@{ Password = "…" }`, `@{ "X-API-Key" = "…" }`
        format!(r"(?i)\$(?:[a-z]+:)?{NAMES}\s*=\s*{QUOTED}"),
        format!(r"(?i)[{{;]\s*{NAMES}\s*=\s*{QUOTED}"),
        format!(r#"(?i)["'](?:x-[a-z-]*(?:key|token|secret|auth)|{NAMES})["']\s*=\s*{QUOTED}"#),
        format!(r"(?i)\bConvertTo-SecureString\s+(?:-String\s+)?{QUOTED}"),
        format!(r#"(?i)\bSetEnvironmentVariable\(\s*["']{NAMES}["']\s*,\s*{QUOTED}"#),
        // `curl -u user:pass`
        r#"\b(?:curl|http)\b[^|;]*?\s(?:-u|-U|--user|--proxy-user)[\s=]*["']?[^\s:"']+:(?P<bare>[^\s"']+)"#
            .to_owned(),
    ]
}

static TOKENS: LazyLock<Vec<Regex>> = LazyLock::new(|| built(tokens()));
static PLACES: LazyLock<Vec<Regex>> = LazyLock::new(|| built(places()));

/// All of them at once: most commands carry nothing, and one look tells.
static ANY: LazyLock<Option<RegexSet>> =
    LazyLock::new(|| RegexSet::new(tokens().iter().chain(&places())).ok());

fn built<const N: usize>(forms: [String; N]) -> Vec<Regex> {
    forms.iter().filter_map(|form| Regex::new(form).ok()).collect()
}

/// Code with what looks like a secret in any of its lines replaced by `***`.
pub(in crate::checklist) fn without_secrets(code: &str) -> String {
    code.split_inclusive('\n').map(|line| masked(line).0).collect()
}

/// `command` with what looks like a secret replaced by `***`, and whether there was one.
pub(super) fn masked(command: &str) -> (String, bool) {
    if ANY.as_ref().is_some_and(|any| !any.is_match(command)) {
        return (command.to_owned(), false);
    }
    let tokens = TOKENS.iter().flat_map(|form| form.captures_iter(command));
    let mut found: Vec<_> = tokens.filter_map(|found| Some(found.name("bare")?.range())).collect();
    for form in PLACES.iter() {
        // A form may begin within what it has found before: `-u a:b … -u c:d`.
        let mut at = 0;
        while let Some(seen) = form.captures_at(command, at) {
            let Some(value) = value(&seen) else { break };
            at = value.1.end.max(at + 1);
            found.extend(is_literal(&value).then_some(value.1));
            if !command.is_char_boundary(at) || at >= command.len() {
                break;
            }
        }
    }
    found.sort_unstable_by_key(|span| (span.start, span.end));
    let mut shown = String::with_capacity(command.len());
    let mut at = 0;
    for span in &found {
        if span.start >= at {
            shown.push_str(command.get(at..span.start).unwrap_or_default());
            shown.push_str(MASK);
        }
        at = at.max(span.end);
    }
    shown.push_str(command.get(at..).unwrap_or_default());
    (shown, !found.is_empty())
}

/// A value: as written, where it stands, whether nothing in it is replaced by the shell.
type Value<'c> = (&'c str, Range<usize>, bool);

fn value<'c>(seen: &Captures<'c>) -> Option<Value<'c>> {
    let single = seen.name("single");
    let found = single.or_else(|| seen.name("double")).or_else(|| seen.name("bare"))?;
    Some((found.as_str(), found.range(), single.is_some()))
}

/// Whether a value is the thing itself, and no variable, file or place to fill in.
fn is_literal((value, _, plain): &Value<'_>) -> bool {
    const STAND_INS: [&str; 8] =
        ["your", "xxx", "***", "example", "changeme", "change-me", "placeholder", "..."];
    const FILES: [&str; 7] = [".pem", ".key", ".txt", ".json", ".yml", ".yaml", ".env"];
    let lower = value.to_ascii_lowercase();
    let filled = lower.starts_with(['<', '[', '{', '@'])
        || lower.contains(['`', '<', '•', '…'])
        || lower.contains("{{")
        || lower.starts_with('%') && lower.ends_with('%');
    let variable = lower.starts_with('$')
        || !plain && lower.match_indices('$').any(|(at, _)| is_variable(&lower, at + 1));
    let file = ["/", "./", "../", "~", "file:", "id=", "env:"]
        .iter()
        .any(|opener| lower.starts_with(opener))
        || FILES.iter().any(|ending| lower.ends_with(ending));
    let same = lower.chars().next().is_some_and(|first| lower.chars().all(|c| c == first));
    let stands_in = STAND_INS.iter().any(|stand_in| lower.contains(stand_in)) || is_said(&lower);
    let given = filled || variable || file || same || stands_in;
    lower.len() >= 3 && !given
}

fn is_variable(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '{' | '('))
    })
}

/// `my-secret`, `password here`: words that stand for the secret and are none.
fn is_said(lower: &str) -> bool {
    const WORDS: [&str; 25] = [
        "a", "access", "api", "db", "false", "from", "here", "key", "my", "new", "none", "null",
        "old", "pass", "password", "pw", "secret", "some", "the", "todo", "token", "true", "user",
        "value", "yes",
    ];
    lower.split(|c: char| !c.is_alphanumeric()).all(|word| word.is_empty() || WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_compiles() {
        assert_eq!((TOKENS.len(), PLACES.len()), (tokens().len(), places().len()));
        assert_eq!(ANY.as_ref().map(RegexSet::len), Some(TOKENS.len() + PLACES.len()));
    }

    #[test]
    fn secrets_are_masked() {
        // What is wrapped in `«»` is masked.
        for command in [
            "psql postgres://app:«hunter22»@db/x",
            "DB_PASSWORD=«hunter22» npm start",
            "curl -H \"Authorization: Bearer «abcdefghijklmnop1234»\" x",
            "curl -H 'Authorization: Basic «YTpiY2RlZg==»' x",
            "aws configure set id «AKIAABCDEFGHIJKLMNOP»",
            "tool --token=«abcd1234» é",
            "LEDGER_PASSWORD=\"«Sommer2024!»\" go test ./...",
            "LEDGER_USER=\"root\" LEDGER_PASSWORD=\"«Sommer, 2024»\" go test ./...",
            "export LEDGER_PASSWORD='«q$8Zk;22»'",
            "DB_PASS=«hunter2secret» ./run",
            "docker run -e \"MYSQL_ROOT_PASSWORD=«q8Zk22»\" mysql",
            "echo \"DB_PASSWORD=«q8Zk22»\" >> .env",
            "mysql -u root -p«hunter2» app",
            "mysqldump --password=«hunter2» app > a.sql",
            "mysql -u root -p'«hunter 2»' app",
            "curl -u admin:«secret123» https://x.example.org",
            "curl -s \"https://x.example.org?a=1&b=2\" --user 'ana:«q8:Zk»'",
            "docker login -u me -p «q8Zk22Lm» registry.example.org",
            "helm registry login -p «q8Zk22Lm» r.example.org",
            "sshpass -p '«q8Zk22»' ssh ana@10.1.2.3",
            "sshpass -p «q8Zk22» ssh ana@10.1.2.3 && sshpass -p «Lm99» ssh ana@10.1.2.4",
            "redis-cli -h cache -a «q8Zk22» ping",
            "openssl enc -aes-256-cbc -k «q8Zk22» -in a",
            "openssl rsa -passin pass:«q8Zk22» -in a.pem",
            "curl -H \"X-API-Key: «9f8a7c6b»\" https://x.example.org",
            "curl --header 'PRIVATE-TOKEN: «9f8a7c6b»' https://x.example.org",
            "kubectl create secret generic db --from-literal=password=«q8Zk22»",
            "aws configure set aws_secret_access_key «wJalrXUtnFEMIK7MD»",
            "npm config set //r.example.org/:_authToken «q8Zk22Lm»",
            "heroku config:set STRIPE_TOKEN=«q8Zk22Lm» -a shop",
            "gh secret set DEPLOY_KEY --body \"«q8Zk22Lm»\"",
            "curl -d '{\"user\": \"ana\", \"password\": \"«q8Zk22»\"}' https://x.example.org",
            "deploy --password «q8Zk22» --verbose",
            "curl \"https://x.example.org/a?token=«9f8a7c6b»&b=1\"",
            "$env:LEDGER_PASSWORD = \"«q8Zk22»\"",
            "$apiKey = '«q8Zk22Lm»'",
            "$h = @{ \"X-API-Key\" = \"«9f8a7c6b»\" }",
            "$body = @{ User = \"ana\"; Password = \"«q8Zk22»\" }",
            "$p = ConvertTo-SecureString \"«q8Zk22»\" -AsPlainText -Force",
            "[Environment]::SetEnvironmentVariable(\"DB_PASSWORD\", \"«q8Zk22»\", \"User\")",
            "New-LocalUser ana -Password '«q8Zk22»'",
        ] {
            let bare = command.replace(['«', '»'], "");
            let mut shown = command.to_owned();
            while let (Some(from), Some(to)) = (shown.find('«'), shown.find('»')) {
                shown.replace_range(from..to + '»'.len_utf8(), MASK);
            }
            assert_eq!(masked(&bare), (shown, true), "{command}");
        }
    }

    #[test]
    fn variables_and_stand_ins_are_none() {
        for command in [
            "psql postgres://app:$PASSWORD@db/x",
            "psql postgres://app:<password>@db/x",
            "DB_PASSWORD=<password> npm start",
            "DB_PASSWORD=\"<your password>\" npm start",
            "TOKEN=your-token npm start",
            "export API_KEY=your-password-here",
            "export PASSWORD=\"${PASSWORD}\"",
            "export PASSWORD=$(pass show db)",
            "export PASSWORD=`pass show db`",
            "export PASSWORD=\"prefix-$NAME\"",
            "export PASSWORD=***",
            "export PASSWORD=xxxx",
            "export PASSWORD=password",
            "export API_KEY=my-secret-key",
            "export TOKEN={{ token }}",
            "export TOKEN=%TOKEN%",
            "export TOKEN_FILE=/run/token",
            "export TOKEN=/run/secrets/token",
            "curl -H \"Authorization: Bearer $TOKEN\" x",
            "curl -H \"X-API-Key: ${API_KEY}\" x",
            "curl -u \"$USER:$PASS\" x",
            "curl -u admin https://x.example.org/a:b",
            "mysql -u root -p app",
            "mysql -u root -p\"$DB_PASS\" app",
            "docker run -p 8080:80 app",
            "docker login -u me --password-stdin",
            "mkdir -p build/secret",
            "sshpass -p <password> ssh x",
            "gh auth login --with-token < token.txt",
            "ansible-playbook --private-key deploy.pem site.yml",
            "docker build --secret id=npm,src=.npmrc .",
            "bypass=1234 run",
            "git tag v1=2",
            "ssh user@host",
            "curl https://example.org/a:b@c",
            "kubectl get secret app-tls",
            "$password = Read-Host -AsSecureString",
            "$env:DB_PASSWORD = $secret",
            "$env:DB_PASSWORD = \"<your password>\"",
            "ConvertTo-SecureString $plain -AsPlainText -Force",
            "$tokenCount = \"$n\"",
        ] {
            assert_eq!(masked(command), (command.to_owned(), false), "{command}");
        }
    }
}
