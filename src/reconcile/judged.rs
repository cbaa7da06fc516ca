//! The requirements as judged, each at a place by which items name it.

use std::ops::Index;

use super::ruling::JudgedRequirement;

/// Requirements as judged: each once for each time window it stands in, and one that asks for a
/// sign-off once for each item.
#[derive(Debug, Clone, Default)]
pub struct JudgedRequirements(Vec<JudgedRequirement>);

/// The place of one among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JudgedIndex(usize);

impl JudgedRequirements {
    /// Every one of them.
    pub fn iter(&self) -> impl Iterator<Item = &JudgedRequirement> {
        self.0.iter()
    }

    /// Adds one.
    pub(super) fn push(&mut self, judged: JudgedRequirement) -> JudgedIndex {
        self.0.push(judged);
        JudgedIndex(self.0.len() - 1)
    }
}

impl Index<JudgedIndex> for JudgedRequirements {
    type Output = JudgedRequirement;

    fn index(&self, at: JudgedIndex) -> &JudgedRequirement {
        &self.0[at.0]
    }
}
