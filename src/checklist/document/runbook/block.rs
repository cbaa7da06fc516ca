//! The commands of a code block.

use super::powershell;

/// How a block's commands are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Shell,
    PowerShell,
}

/// The commands in a block of code of `language`: the line of each in the block, from 0, and the
/// command with its continuation lines joined.
pub(super) fn commands(language: &str, code: &str) -> (Dialect, Vec<(usize, String)>) {
    let word = language.split([' ', ',', '{']).next().unwrap_or_default().to_ascii_lowercase();
    let prompted = code.lines().any(|line| line.trim_start().starts_with("$ "));
    let found = match word.as_str() {
        "powershell" | "ps1" | "pwsh" | "posh" => {
            return (Dialect::PowerShell, powershell::commands(code));
        }
        "" | "console" | "terminal" if powershell::is_prompted(code) => {
            return (Dialect::PowerShell, powershell::commands(code));
        }
        "sh" | "bash" | "shell" | "zsh" | "ksh" | "fish" if !prompted => plain(code),
        "sh" | "bash" | "shell" | "zsh" | "ksh" | "fish" | "console" | "shell-session"
        | "terminal" | "shellsession" => {
            if prompted {
                after_prompts(code)
            } else {
                plain(code)
            }
        }
        "" if prompted => after_prompts(code),
        "" if code.lines().find(|line| is_code(line)).is_some_and(opens_with_a_known_command) => {
            plain(code)
        }
        _ => Vec::new(),
    };
    (Dialect::Shell, found)
}

/// Whether a code span in running text is a command: a known program with arguments, or a script.
pub(super) fn is_command(span: &str) -> bool {
    span.starts_with("./") || span.contains(' ') && opens_with_a_known_command(span)
}

/// Whether a line may be a command: no comment, and no box that stands in code.
fn is_code(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with('#') && !line.starts_with("- [")
}

/// Output may stand in a block without a language, so it must begin like a command.
fn opens_with_a_known_command(line: &str) -> bool {
    const KNOWN: [&str; 40] = [
        "aws",
        "bash",
        "brew",
        "bun",
        "cargo",
        "cd",
        "cp",
        "curl",
        "docker",
        "docker-compose",
        "export",
        "gcloud",
        "gh",
        "git",
        "go",
        "helm",
        "just",
        "k6",
        "kubectl",
        "make",
        "mkdir",
        "mvn",
        "mysql",
        "node",
        "npm",
        "npx",
        "pg_dump",
        "pip",
        "pnpm",
        "psql",
        "python",
        "python3",
        "rsync",
        "scp",
        "sh",
        "ssh",
        "sudo",
        "systemctl",
        "terraform",
        "yarn",
    ];
    let first = line.split_whitespace().next().unwrap_or_default();
    KNOWN.contains(&first) || first.starts_with("./")
}

fn plain(code: &str) -> Vec<(usize, String)> {
    joined(code.lines().enumerate())
}

/// Lines behind `$ `; what stands between them is output.
fn after_prompts(code: &str) -> Vec<(usize, String)> {
    let mut continued = false;
    let kept = code.lines().enumerate().filter_map(move |(at, line)| {
        let command = match line.trim_start().strip_prefix("$ ") {
            Some(command) => command,
            None if continued => line.trim_start().strip_prefix("> ").unwrap_or(line),
            None => return None,
        };
        continued = command.ends_with('\\');
        Some((at, command))
    });
    joined(kept)
}

/// Joins continued lines; leaves out comments, blank lines and the text of here-documents.
fn joined<'c>(lines: impl Iterator<Item = (usize, &'c str)>) -> Vec<(usize, String)> {
    let mut commands: Vec<(usize, String)> = Vec::new();
    let mut open: Option<(usize, String)> = None;
    let mut document: Option<String> = None;
    for (at, line) in lines {
        if let Some(end) = &document {
            if line.trim() == end {
                document = None;
            }
            continue;
        }
        let line = line.trim_end();
        let (text, continues) = match line.strip_suffix('\\') {
            Some(text) => (text, true),
            None => (line, false),
        };
        match &mut open {
            Some((_, command)) => {
                command.push(' ');
                command.push_str(text.trim());
            }
            None if !is_code(text) => continue,
            None => open = Some((at, text.trim().to_owned())),
        }
        if continues {
            continue;
        }
        if let Some((at, command)) = open.take() {
            document = here_document(&command);
            commands.push((at, command));
        }
    }
    commands.extend(open);
    commands
}

/// The word that ends the here-document that `command` opens.
fn here_document(command: &str) -> Option<String> {
    let (_, rest) = command.split_once("<<")?;
    if rest.starts_with('<') {
        return None;
    }
    let word = rest.trim_start_matches(['-', ' ']).split_whitespace().next()?;
    let word = word.trim_matches(['\'', '"']);
    (!word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_'))
        .then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(language: &str, code: &str) -> Vec<(usize, String)> {
        commands(language, code).1
    }

    #[test]
    fn commands_are_joined_and_comments_left_out() {
        let code = "# 1. Run\nnpm run lint\n\ndocker run \\\n  -p 80 \\\n  app\ncat <<EOF > x\nnpm run no\nEOF\nls\n";
        let expected =
            [(1, "npm run lint"), (3, "docker run -p 80 app"), (6, "cat <<EOF > x"), (9, "ls")];
        assert_eq!(read("bash", code), expected.map(|(at, command)| (at, command.to_owned())));
    }

    #[test]
    fn output_is_no_command() {
        assert_eq!(
            read("console", "$ npm test\n12 passing\n$ ls\n"),
            [(0, "npm test".to_owned()), (2, "ls".to_owned())]
        );
        assert_eq!(read("", "src/\n  main.rs\n"), []);
        assert_eq!(read("", "npm ci\nnpm test\n").len(), 2);
        assert_eq!(read("sh", "- [ ] no box\nls\n"), [(1, "ls".to_owned())]);
        assert_eq!(read("json", "{}"), []);
        assert_eq!(read("yaml", "run: npm test"), []);
    }

    #[test]
    fn powershell_is_told_by_its_name_or_its_prompt() {
        for (language, code) in
            [("powershell", "ls"), ("pwsh", "ls"), ("", "PS C:\\app> ls\nout\n")]
        {
            let expected = (Dialect::PowerShell, vec![(0, "ls".to_owned())]);
            assert_eq!(commands(language, code), expected, "{code}");
        }
        assert_eq!(commands("console", "$ ls\n").0, Dialect::Shell);
    }

    #[test]
    fn a_span_is_a_command_where_it_runs_something() {
        for span in ["npm run migrate", "./deploy.sh", "kubectl rollout undo deployment/api"] {
            assert!(is_command(span), "{span}");
        }
        for span in ["git", "NODE_ENV", "config.yml", "SELECT 1", "main"] {
            assert!(!is_command(span), "{span}");
        }
    }
}
