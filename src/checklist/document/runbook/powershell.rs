//! PowerShell: its commands in a block of code, and each as a shell would write it, so that what it
//! names is read the same way.

/// Whether code shows a session: `PS C:\app> npm test`.
pub(super) fn is_prompted(code: &str) -> bool {
    code.lines().any(|line| after_prompt(line).is_some())
}

/// What stands behind a prompt.
fn after_prompt(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("PS")?;
    let (place, command) = rest.split_once('>')?;
    let placed = place.is_empty() || place.starts_with(' ') && place.contains([':', '/', '~']);
    placed.then(|| command.trim()).filter(|command| !command.is_empty())
}

/// The commands in a block: the line of each, from 0, and the command with its lines joined. Comments,
/// here-strings and lines of braces are left out.
pub(super) fn commands(code: &str) -> Vec<(usize, String)> {
    let prompted = is_prompted(code);
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut open: Option<(usize, String)> = None;
    // What ends the comment or the here-string that is open.
    let mut ends: Option<&str> = None;
    for (at, line) in code.lines().enumerate() {
        if let Some(end) = ends {
            ends = Some(end)
                .filter(|_| !line.trim_start().starts_with(end) && !line.trim_end().ends_with(end));
            continue;
        }
        let line = match prompted {
            true if open.is_none() => after_prompt(line).unwrap_or_default(),
            true => line.trim_start().trim_start_matches(">> "),
            false => line,
        };
        ends = opens(line);
        if line.trim_start().starts_with("<#") {
            continue;
        }
        let (text, continued) = continued(without_comment(line).trim());
        match &mut open {
            Some((_, command)) => {
                command.push(' ');
                command.push_str(text);
            }
            None if !text.contains(char::is_alphanumeric) => continue,
            None => open = Some((at, text.to_owned())),
        }
        if !continued {
            found.extend(open.take());
        }
    }
    found.extend(open);
    found
}

/// What ends that which a line leaves open: `<#` a comment, `@"` and `@'` a here-string.
fn opens(line: &str) -> Option<&'static str> {
    let line = line.trim();
    match () {
        () if line.starts_with("<#") && !line.ends_with("#>") => Some("#>"),
        () if line.ends_with("@\"") => Some("\"@"),
        () if line.ends_with("@'") => Some("'@"),
        () => None,
    }
}

/// A line without the mark that it goes on, and whether it does.
fn continued(line: &str) -> (&str, bool) {
    match line.strip_suffix('`') {
        Some(text) => (text.trim_end(), true),
        None => (line, line.ends_with('|')),
    }
}

/// `line` up to a `#` that begins a word outside quotes.
fn without_comment(line: &str) -> &str {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c == '#' && before.is_whitespace() => {
                return line.get(..at).unwrap_or_default();
            }
            Some(_) | None => {}
        }
        before = c;
    }
    line
}

/// A command as a shell would write it: paths with `/`, no escapes, and nothing set from it.
pub(super) fn in_shell(command: &str) -> String {
    let plain = command.replace('`', "").replace('\\', "/").replace(['{', '}'], " ; ");
    let assigned = plain.strip_prefix('$').and_then(|rest| rest.split_once('='));
    match assigned {
        Some((name, value))
            if name.trim_end().chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':')) =>
        {
            value.trim().to_owned()
        }
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(code: &str) -> Vec<(usize, String)> {
        commands(code)
    }

    #[test]
    fn commands_are_joined_and_the_rest_left_out() {
        let code = "# one\nnpm ci # two\n<#\n not this\n#>\nGet-ChildItem |\n  Remove-Item `\n  -Force\n\
                    if ($ok) {\n  .\\deploy.ps1\n}\n$text = @\"\nnpm run no\n\"@\nls\n";
        let expected = [
            (1, "npm ci"),
            (5, "Get-ChildItem | Remove-Item -Force"),
            (8, "if ($ok) {"),
            (9, ".\\deploy.ps1"),
            (11, "$text = @\""),
            (14, "ls"),
        ];
        assert_eq!(lines(code), expected.map(|(at, command)| (at, command.to_owned())));
    }

    #[test]
    fn what_a_session_prints_is_no_command() {
        let code = "PS C:\\app> npm test\n12 passing\nPS> ls\nPSVersion > 5\n";
        assert_eq!(lines(code), [(0, "npm test".to_owned()), (2, "ls".to_owned())]);
        assert!(!is_prompted("PSVersion > 5\n"));
    }

    #[test]
    fn a_command_is_written_as_in_a_shell() {
        for (command, shell) in [
            (".\\ops\\deploy.ps1 -Now", "./ops/deploy.ps1 -Now"),
            ("$r = Invoke-RestMethod https://a.example", "Invoke-RestMethod https://a.example"),
            ("$env:A = \"b\"", "\"b\""),
            ("$a.b == 1", "$a.b == 1"),
        ] {
            assert_eq!(in_shell(command), shell, "{command}");
        }
    }
}
