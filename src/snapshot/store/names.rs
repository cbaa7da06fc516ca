//! The names of recorded snapshots under [`FOLDER`].
//!
//! `v1.5.0.json` holds the release `v1.5.0`; `v1.5.0~1.json` is one that it superseded. `~` stands in
//! no tag of git, and is written `%7E` in other names, so the two never meet.

use std::collections::BTreeMap;

/// Where snapshots are recorded, relative to the repository.
pub const FOLDER: &str = ".trueup/releases";

/// The longest file name, in bytes: room is left for a number and for what a writer adds.
const LONGEST: usize = 200;

/// Names that Windows keeps for devices, whatever follows the first dot.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Why a release cannot be recorded under its name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// There is no name.
    #[error("a release needs a name")]
    Empty,
    /// The name of the file would be too long.
    #[error("the release's name takes {bytes} bytes as a file name; {LONGEST} are the most")]
    TooLong {
        /// How long the file name would be.
        bytes: usize,
    },
}

/// A release in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The release's name.
    pub release: String,
    /// The file that holds it; `None` where only superseded ones are left.
    pub file: Option<String>,
    /// The files that it superseded, oldest first.
    pub superseded: Vec<String>,
}

/// The file name of a release: letters, figures and `.-_+` as they are, all else as `%2F`.
pub fn file_name(release: &str) -> Result<String, NameError> {
    Ok(format!("{}.json", stem(release)?))
}

/// The file name under which the current snapshot of a release is kept when a new one takes its
/// place: one number above those that are `present` in the folder.
pub fn superseded_name(release: &str, present: &[String]) -> Result<String, NameError> {
    let stem = stem(release)?;
    let numbers = present.iter().filter_map(|name| split(name)).filter(|(of, _)| *of == stem);
    let last = numbers.filter_map(|(_, number)| number).max().unwrap_or(0);
    Ok(format!("{stem}~{}.json", last + 1))
}

/// The releases in a folder that holds the files `present`, by name. What is no name of ours is
/// left out.
pub fn list(present: &[String]) -> Vec<Recorded> {
    let mut found: BTreeMap<String, (Option<String>, BTreeMap<u64, String>)> = BTreeMap::new();
    for name in present {
        let Some((stem, number)) = split(name) else { continue };
        let Some(release) =
            decoded(stem).filter(|release| self::stem(release).as_deref() == Ok(stem))
        else {
            continue;
        };
        let entry = found.entry(release).or_default();
        match number {
            None => entry.0 = Some(name.clone()),
            Some(number) => _ = entry.1.insert(number, name.clone()),
        }
    }
    let recorded = |(release, (file, superseded)): (String, (_, BTreeMap<_, _>))| Recorded {
        release,
        file,
        superseded: superseded.into_values().collect(),
    };
    found.into_iter().map(recorded).collect()
}

/// A release's name as the beginning of a file name.
fn stem(release: &str) -> Result<String, NameError> {
    if release.is_empty() {
        return Err(NameError::Empty);
    }
    let first = release.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let device = DEVICES.contains(&first.as_str());
    let mut stem = String::with_capacity(release.len());
    for (at, byte) in release.bytes().enumerate() {
        let plain = byte.is_ascii_alphanumeric() || b".-_+".contains(&byte);
        // A leading dot hides the file, a leading dash reads as an option.
        let first = at == 0 && (device || matches!(byte, b'.' | b'-'));
        if plain && !first {
            stem.push(char::from(byte));
        } else {
            stem.push_str(&format!("%{byte:02X}"));
        }
    }
    let bytes = stem.len() + ".json".len();
    if bytes > LONGEST { Err(NameError::TooLong { bytes }) } else { Ok(stem) }
}

/// A file name's stem, and its number where it is superseded.
fn split(name: &str) -> Option<(&str, Option<u64>)> {
    let stem = name.strip_suffix(".json")?;
    match stem.split_once('~') {
        None => Some((stem, None)),
        Some((stem, number)) => {
            let canonical =
                number.parse::<u64>().ok().filter(|n| *n > 0 && n.to_string() == number)?;
            Some((stem, Some(canonical)))
        }
    }
}

fn decoded(stem: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(stem.len());
    let mut rest = stem.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
            bytes.push(digit(rest.next()?)? * 16 + digit(rest.next()?)?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
