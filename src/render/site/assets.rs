//! The files that every page shares, as they lie in `templates/assets/`.

use super::templates::FILES;

/// `(name, bytes)` of every asset, by name.
pub(super) fn files() -> Vec<(&'static str, Vec<u8>)> {
    let mut files: Vec<_> = FILES
        .get_dir("assets")
        .into_iter()
        .flat_map(|dir| dir.files())
        .filter_map(|file| Some((file.path().file_name()?.to_str()?, file)))
        .map(|(name, file)| match file.contents_utf8() {
            Some(text) if name.ends_with(".css") => (name, lean(text).into_bytes()),
            _ => (name, file.contents().to_vec()),
        })
        .collect();
    files.sort_unstable_by_key(|(name, _)| *name);
    files
}

/// What a browser reads in the same way, shorter. No string of ours holds these; a nested selector
/// without `&` is a descendant's.
const SHORTER: [(&str, &str); 16] = [
    (": ", ":"),
    ("; ", ";"),
    (" {", "{"),
    ("{ ", "{"),
    (" }", "}"),
    (", ", ","),
    (" > ", ">"),
    (" + ", "+"),
    (" ~ ", "~"),
    (" >= ", ">="),
    (" <= ", "<="),
    ("{& ", "{"),
    (";& ", ";"),
    (",& ", ","),
    ("} ", "}"),
    ("}& ", "}"),
];

/// A stylesheet without what only its authors need: indentation, blanks, comments of their own
/// lines. A rule is a line, so that it is still a text that compares line by line.
fn lean(css: &str) -> String {
    let mut lean = String::with_capacity(css.len());
    let mut in_comment = false;
    let mut depth = 0_usize;
    for line in css.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() {
            let mut line = line.strip_prefix("& ").unwrap_or(line).to_owned();
            for (long, short) in SHORTER {
                line = line.replace(long, short);
            }
            depth += line.matches('{').count();
            depth = depth.saturating_sub(line.matches('}').count());
            lean.push_str(&line);
            if depth == 0 && line.ends_with('}') {
                lean.push('\n');
            }
        }
        in_comment &= !line.ends_with("*/");
    }
    lean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_says_nothing_to_the_browser_goes() {
        let css = "/* One\n   two. */\n\n.a {\n  color: red;\n}\n/* b */\n.b { top: 0 }\n";
        assert_eq!(lean(css), ".a{color:red;}\n.b{top:0}\n");
        let nested = ".a { top: 0; & .b, & > i { top: 1px } &:hover { top: 2px } }";
        assert_eq!(lean(nested), ".a{top:0;.b,&>i{top:1px}&:hover{top:2px}}\n");
    }
}
