//! Qt Test, in whatever form it reports.

/// Whether a test function is called as what runs before and after all others, and tests nothing.
pub(in crate::evidence) fn is_around(name: &str) -> bool {
    matches!(name.strip_suffix("()").unwrap_or(name), "initTestCase" | "cleanupTestCase")
}
