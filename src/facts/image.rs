//! `image`: the container image that was scanned or built.

use super::{Conflict, Field, Group, Type, Value};

/// Digests of an image, in every form that the artifact names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Image {
    /// `sha256:…`.
    digests: Vec<String>,
    /// Those of images that a scanner looked at.
    scanned: Vec<String>,
    /// What builds made: the digest, and that of its configuration, by which a scanner may know it.
    built: Vec<(String, Option<String>)>,
}

impl Image {
    /// One that a scanner looked at, by each of its digests; `None` where it names none.
    pub fn scanned(digests: Vec<String>) -> Option<Image> {
        let scanned = digests.clone();
        (!digests.is_empty()).then_some(Image { digests, scanned, built: Vec::new() })
    }

    /// Adds one that a build made.
    pub fn add_built(&mut self, digest: String, configuration: Option<String>) {
        self.digests.push(digest.clone());
        self.built.push((digest, configuration));
    }

    /// Whether no digest is named.
    pub fn is_empty(&self) -> bool {
        self.digests.is_empty()
    }

    /// Beside scans, the first image that was built and that none of them is of.
    pub(super) fn unscanned(&self) -> Option<&str> {
        let is_scanned = |digest: &String| self.scanned.contains(digest);
        let unscanned = self.built.iter().find(|(digest, configuration)| {
            !is_scanned(digest) && !configuration.as_ref().is_some_and(is_scanned)
        });
        unscanned.filter(|_| !self.scanned.is_empty()).map(|(digest, _)| digest.as_str())
    }
}

pub(super) const FIELDS: &[Field] =
    &[Field::new("digests", Type::List(&Type::Text), "`sha256:…` of what was scanned or built.")];

impl Group for Image {
    fn merge(&mut self, other: &Image) -> Result<(), Conflict> {
        self.digests.extend(other.digests.iter().cloned());
        self.scanned.extend(other.scanned.iter().cloned());
        self.built.extend(other.built.iter().cloned());
        Ok(())
    }

    fn value(&self) -> Value {
        Value::record([("digests", Value::list(self.digests.iter().map(Value::text).collect()))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_built_is_what_was_scanned() {
        let scan = |digests: &[&str]| {
            Image::scanned(digests.iter().map(|of| (*of).to_owned()).collect()).unwrap()
        };
        let mut build = Image::default();
        build.add_built("sha256:b".to_owned(), Some("sha256:c".to_owned()));
        for (scans, unscanned) in [
            (vec![], None),
            (vec![scan(&["sha256:b"])], None),
            (vec![scan(&["sha256:c"])], None),
            (vec![scan(&["sha256:a"])], Some("sha256:b")),
            (vec![scan(&["sha256:a"]), scan(&["sha256:b"])], None),
        ] {
            let mut joined = build.clone();
            scans.iter().for_each(|scan| joined.merge(scan).unwrap());
            assert_eq!(joined.unscanned(), unscanned, "{scans:?}");
        }
    }
}
