//! Names for machines: the same thing has the same UUID in every document and every run.

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// The UUID (version 5) of a thing, by what it is and whose it is. Equal parts give equal UUIDs;
/// `("a", "bc")` and `("ab", "c")` are told apart.
pub(super) fn uuid(parts: &[&str]) -> String {
    let name: Vec<u8> = parts.iter().flat_map(|part| [part.as_bytes(), &[0]].concat()).collect();
    let ours = Uuid::new_v5(&Uuid::NAMESPACE_OID, b"trueup");
    Uuid::new_v5(&ours, &name).to_string()
}

/// An item's id as an XML name without a colon (`NCName`), unique over all checklists.
pub(super) fn token(path: &str, id: &str) -> String {
    let kept = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '_');
    let plain: String =
        id.chars().take(80).map(|letter| if kept(letter) { letter } else { '_' }).collect();
    let digest = Sha256::digest(format!("{path}#{id}"));
    let mark: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("_{mark}_{plain}")
}

/// A path as a relative URI reference: its separators stand, all that has no place is encoded.
pub(super) fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    // `//host` would be an authority, and `/etc` the root of a disk.
    out.trim_start_matches('/').to_owned()
}
