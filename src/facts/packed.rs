//! Data that is held for long and read seldom. There are findings by the hundred thousand, and reports
//! say much the same over and over.

use std::io::{self, BufWriter, Read as _};
use std::marker::PhantomData;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value as JSON, deflated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed<T> {
    bytes: Box<[u8]>,
    of: PhantomData<T>,
}

impl<T: Serialize + DeserializeOwned> Packed<T> {
    /// The value in less room; `None` where it cannot be told as JSON.
    pub fn of(value: &T) -> Option<Packed<T>> {
        let packed = || -> io::Result<Vec<u8>> {
            let to = DeflateEncoder::new(Vec::new(), Compression::fast());
            let mut to = BufWriter::new(to);
            serde_json::to_writer(&mut to, value)?;
            to.into_inner()?.finish()
        };
        Some(Packed { bytes: packed().ok()?.into_boxed_slice(), of: PhantomData })
    }

    /// The value again; `None` where its JSON is of no such value.
    pub fn read(&self) -> Option<T> {
        let mut text = Vec::new();
        DeflateDecoder::new(&*self.bytes).read_to_end(&mut text).ok()?;
        serde_json::from_slice(&text).ok()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_is_said_over_and_over_takes_little_room_and_is_read_as_it_was() {
        let finding = json!({"rule": "no-unused-vars", "line": 3, "share": 0.1, "title": "é \"…"});
        let list = Value::Array(vec![finding; 200]);
        let packed = Packed::of(&list).unwrap();
        let length = list.to_string().len();
        assert!(packed.bytes.len() * 20 < length, "{} of {length}", packed.bytes.len());
        assert_eq!(packed.read(), Some(list));
    }

    #[test]
    fn what_json_cannot_tell_is_not_packed() {
        assert_eq!(Packed::of(&std::collections::BTreeMap::from([((), 1)])), None);
        let nothing = Packed::of(&f64::NAN).unwrap();
        assert_eq!(nothing.read(), None);
    }
}
