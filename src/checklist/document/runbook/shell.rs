//! A command line as simple commands: words, and the files that redirections name.

/// One program with its arguments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Simple {
    pub(super) words: Vec<String>,
    /// What `<` reads from.
    pub(super) input: Vec<String>,
    /// What `>` and `>>` write to.
    pub(super) output: Vec<String>,
    /// In how many `( … )` it stands.
    pub(super) depth: usize,
    /// The operators between it and the command before: `&&`, `|`, `;`.
    pub(super) joint: String,
}

/// Takes a command line apart at `&&`, `||`, `;`, `|`, `&` and parentheses outside quotes.
pub(super) fn simple_commands(line: &str) -> Vec<Simple> {
    joined(line).0
}

/// The same, and the operators that the line ends with.
pub(super) fn joined(line: &str) -> (Vec<Simple>, String) {
    let mut cutter = Cutter::default();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let taken = cutter.step(c, rest);
        rest = rest.get(taken..).unwrap_or_default();
    }
    cutter.finish();
    (cutter.done, cutter.joint)
}

#[derive(Default)]
struct Cutter {
    done: Vec<Simple>,
    now: Simple,
    /// The operators since the last command.
    joint: String,
    /// The source of the piece that is open: words, or the name behind a redirection.
    piece: String,
    redirected: Option<Redirection>,
    quote: Option<char>,
    depth: usize,
}

#[derive(Clone, Copy)]
enum Redirection {
    In,
    Out,
}

impl Cutter {
    /// Reads from the beginning of `rest`, whose first character is `c`; gives how much it took.
    fn step(&mut self, c: char, rest: &str) -> usize {
        if let Some(quote) = self.quote {
            if c == quote {
                self.quote = None;
            }
            return self.keep(c, if c == '\\' && quote == '"' { rest } else { "" });
        }
        if let Some(placeholder) = placeholder(rest) {
            self.piece.push_str(&quoted(placeholder));
            return placeholder.len();
        }
        match c {
            '\\' => self.keep(c, rest),
            '\'' | '"' => {
                self.quote = Some(c);
                self.keep(c, "")
            }
            '#' if self.piece.is_empty() || self.piece.ends_with(' ') => rest.len(),
            '$' if rest.starts_with("$(") => self.substitution(rest),
            '&' | '|' | ';' | '(' | ')' | '\n' => self.operator(c, rest),
            '<' | '>' => self.redirection(rest),
            ' ' | '\t' if self.redirected.is_some() && !self.piece.trim().is_empty() => {
                self.close_piece();
                1
            }
            _ => self.keep(c, ""),
        }
    }

    /// Keeps `c`, and the character after it where `escaped` is the rest of the line.
    fn keep(&mut self, c: char, escaped: &str) -> usize {
        self.piece.push(c);
        let next = escaped.chars().nth(1);
        self.piece.extend(next);
        c.len_utf8() + next.map_or(0, char::len_utf8)
    }

    /// `$( … )` is kept whole: what it runs is not followed.
    fn substitution(&mut self, rest: &str) -> usize {
        let mut depth = 0_usize;
        for (at, c) in rest.char_indices() {
            match c {
                '(' => depth += 1,
                ')' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        self.piece.push_str(&quoted(rest.get(..=at).unwrap_or_default()));
                        return at + 1;
                    }
                }
                _ => {}
            }
        }
        self.piece.push_str(&quoted(rest));
        rest.len()
    }

    fn operator(&mut self, c: char, rest: &str) -> usize {
        if c == '&' && rest.starts_with("&>") {
            return 1;
        }
        self.close_command();
        match c {
            '(' => self.depth += 1,
            ')' => self.depth = self.depth.saturating_sub(1),
            _ => self.joint.push(c),
        }
        1
    }

    fn redirection(&mut self, rest: &str) -> usize {
        // The number of the stream before it belongs to the redirection.
        if self.piece.ends_with(|c: char| c.is_ascii_digit())
            && !self
                .piece
                .trim_end_matches(|c: char| c.is_ascii_digit())
                .ends_with(|c: char| c != ' ')
        {
            self.piece.pop();
        }
        self.close_piece();
        let len = rest.len() - rest.trim_start_matches(['<', '>', '|']).len();
        let tail = rest.get(len..).unwrap_or_default();
        if let Some(stream) = tail.strip_prefix('&') {
            let digits = stream.len()
                - stream.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').len();
            return len + 1 + digits;
        }
        self.redirected = match rest.starts_with('<') {
            true if len > 1 => None,
            true => Some(Redirection::In),
            false => Some(Redirection::Out),
        };
        len + (tail.len() - tail.trim_start_matches(' ').len())
    }

    fn close_piece(&mut self) {
        let piece = std::mem::take(&mut self.piece);
        let words = shlex::split(&piece)
            .unwrap_or_else(|| piece.split_whitespace().map(str::to_owned).collect());
        match self.redirected.take() {
            None => self.now.words.extend(words),
            Some(Redirection::In) => self.now.input.extend(words),
            Some(Redirection::Out) => self.now.output.extend(words),
        }
    }

    fn close_command(&mut self) {
        self.close_piece();
        let mut command = std::mem::take(&mut self.now);
        command.depth = self.depth;
        if !command.words.is_empty() || !command.input.is_empty() || !command.output.is_empty() {
            command.joint = std::mem::take(&mut self.joint);
            self.done.push(command);
        }
    }

    fn finish(&mut self) {
        self.close_command();
    }
}

/// `<host>` at the beginning of `rest`: no redirection, which would have a space or a path.
pub(super) fn placeholder(rest: &str) -> Option<&str> {
    let inner = rest.strip_prefix('<')?;
    let end = inner.find('>')?;
    let name = inner.get(..end)?;
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= 48
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.' | ':' | '/'))
        && !name.ends_with(' ');
    named.then(|| rest.get(..end + 2)).flatten()
}

/// `text` in quotes, so that it stays one word.
fn quoted(text: &str) -> String {
    shlex::try_quote(text).map_or_else(|_| String::new(), |quoted| quoted.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        simple_commands(line).iter().map(|simple| simple.words.join("|")).collect()
    }

    #[test]
    fn lines_are_cut_at_operators_outside_quotes() {
        assert_eq!(
            words("cd backend && npm run migrate; ls | wc -l"),
            ["cd|backend", "npm|run|migrate", "ls", "wc|-l"]
        );
        assert_eq!(words("psql -c \"SELECT * FROM a; b\" # done"), ["psql|-c|SELECT * FROM a; b"]);
        assert_eq!(words("echo 'a && b' \\; c"), ["echo|a && b|;|c"]);
        assert_eq!(
            words("docker scan <image-name> -t a/<tag>:1"),
            ["docker|scan|<image-name>|-t|a/<tag>:1"]
        );
        assert_eq!(words("tar $(date +%Y | cat) x"), ["tar|$(date +%Y | cat)|x"]);
        assert_eq!(words("echo \"unclosed"), ["echo|\"unclosed"]);
        assert_eq!(words(""), Vec::<String>::new());
    }

    #[test]
    fn redirections_name_files() {
        let read = |line| {
            let all = simple_commands(line);
            let first = all.first().cloned().unwrap_or_default();
            (first.words.join(" "), first.input, first.output)
        };
        let none = Vec::<String>::new();
        assert_eq!(
            read("pg_dump -d x > backup_$(date +%s).sql"),
            ("pg_dump -d x".into(), none.clone(), vec!["backup_$(date +%s).sql".into()])
        );
        assert_eq!(
            read("psql -h <host> < backup_<timestamp>.sql"),
            ("psql -h <host>".into(), vec!["backup_<timestamp>.sql".into()], none.clone())
        );
        assert_eq!(
            read("make all >log.txt 2>&1"),
            ("make all".into(), none.clone(), vec!["log.txt".into()])
        );
        assert_eq!(read("cat <<EOF"), ("cat EOF".into(), none.clone(), none.clone()));
        assert_eq!(read("a 2> err.log b"), ("a b".into(), none, vec!["err.log".into()]));
    }

    #[test]
    fn parentheses_are_counted() {
        let depths: Vec<_> =
            simple_commands("(cd a && ls) && pwd").iter().map(|simple| simple.depth).collect();
        assert_eq!(depths, [1, 1, 0]);
    }
}
