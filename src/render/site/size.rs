//! Numbers of bytes as people read them.

use crate::model::counted;

/// `184 kB`.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..=999 => counted(bytes, "byte"),
        1_000..=999_999 => format!("{} kB", (bytes + 500) / 1000),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
