//! The names of entries.

use super::Fault;

/// An entry's name with `/` between its parts. An archive with a name that leads out of it is
/// hostile, and refused whole.
pub(super) fn inside(raw: &str) -> Result<String, Fault> {
    let slashed = raw.replace('\\', "/");
    let hostile = |why: &str| Fault::broken(format!("its entry `{}` {why}", raw.escape_debug()));
    if raw.chars().any(char::is_control) {
        return Err(hostile("has a control character in its name"));
    }
    if slashed.starts_with('/') || slashed.as_bytes().get(1) == Some(&b':') {
        return Err(hostile("has an absolute path"));
    }
    let parts: Vec<&str> =
        slashed.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if parts.contains(&"..") {
        return Err(hostile("leads out of the archive"));
    }
    Ok(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_inside() {
        assert_eq!(inside("./a//b/./c.xml").unwrap(), "a/b/c.xml");
        assert_eq!(inside("a\\b.xml").unwrap(), "a/b.xml");
        assert_eq!(inside("./").unwrap(), "");
        for (name, why) in [
            ("../a", "leads out"),
            ("a/..\\..\\b", "leads out"),
            ("/etc/passwd", "absolute"),
            ("\\\\host\\a", "absolute"),
            ("C:/a", "absolute"),
            ("a\0b", "control character"),
            ("a\u{1b}[2J", "control character"),
        ] {
            assert!(inside(name).unwrap_err().why.contains(why), "{name:?}");
        }
    }
}
