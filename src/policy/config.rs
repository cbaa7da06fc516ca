//! Everything that `trueup.toml` says, as checked values that nobody has to look at twice.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Grade;
use crate::model::{Claim, Glob, Limits, Place, ReleaseTags};

use super::{Gate, MaxAge, Requirement, Waiver};

/// Everything that `trueup.toml` says.
#[derive(Debug, Clone)]
pub struct Config {
    /// Which Markdown files are checklists; `None` for every one with a task.
    pub checklists: Option<Vec<Glob>>,
    /// Which of those are none all the same: templates, and what was put away.
    pub exclude: Vec<Glob>,
    /// The default places of artifacts.
    pub artifacts: Vec<Glob>,
    /// Whether a link to a file of the repository binds.
    pub links: Links,
    /// Whether `key:: value` in an item's text is read.
    pub key_values: bool,
    /// In the file's order.
    pub requirements: Vec<Requirement>,
    /// In the file's order.
    pub waivers: Vec<Waiver>,
    /// The decision's rules; `None` where the file has no `[gate]`.
    pub gate: Option<Gate>,
    /// Once for all requirements.
    pub defaults: Defaults,
    /// `@name` → addresses.
    pub people: BTreeMap<String, Vec<String>>,
    /// Those of these names that stand among others, and hold addresses alone: each is one person's,
    /// who has several.
    pub persons: BTreeSet<String>,
    /// Whose keys sign commits.
    pub signers: Signers,
    /// The files of dated sign-offs, each glob with its place.
    pub sign_off_files: Vec<(Glob, Place)>,
    /// Which tags are releases.
    pub releases: ReleaseTags,
    /// The environment whose deployment opens the time windows.
    pub environment: String,
    /// What a finding without a severity counts as.
    pub unknown_severity: Option<Grade>,
    /// What a team's own boxes mean, over the built-in table: marker → claim, or `None` for "not a
    /// box".
    pub markers: BTreeMap<String, Option<Claim>>,
    /// How the site shows people.
    pub shown_people: ShownPeople,
    /// How much of an archive is looked at.
    pub limits: Limits,
}

impl Config {
    /// Whether `exclude` names the file.
    pub fn excludes(&self, path: &str) -> bool {
        self.exclude.iter().any(|glob| glob.matches(path))
    }
}

impl Default for Config {
    /// A repository without a `trueup.toml`.
    fn default() -> Config {
        Config {
            checklists: None,
            exclude: Vec::new(),
            artifacts: default_places(),
            links: Links::default(),
            key_values: false,
            requirements: Vec::new(),
            waivers: Vec::new(),
            gate: None,
            defaults: Defaults::default(),
            people: BTreeMap::new(),
            persons: BTreeSet::new(),
            signers: Signers::default(),
            sign_off_files: Vec::new(),
            releases: ReleaseTags::default(),
            environment: "production".to_owned(),
            unknown_severity: None,
            markers: BTreeMap::new(),
            shown_people: ShownPeople::default(),
            limits: Limits::default(),
        }
    }
}

/// Where artifacts lie where nobody says otherwise.
fn default_places() -> Vec<Glob> {
    ["artifacts/**", "reports/**"].into_iter().filter_map(|glob| Glob::new(glob).ok()).collect()
}

/// The files that say whose SSH keys sign commits, as ssh-keygen(1) describes them.
#[derive(Debug, Clone, Default)]
pub struct Signers {
    /// The allowed signers; `None` for those that git's own configuration names.
    pub allowed: Option<(String, Place)>,
    /// Keys that are revoked.
    pub revoked: Option<(String, Place)>,
}

/// How a published report names people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ShownPeople {
    /// By name.
    #[default]
    Names,
    /// By the part of their address before the `@`, or their handle.
    Handles,
    /// Not at all.
    None,
}

/// What a link from an item to a file of the repository is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Links {
    /// Checked and shown.
    #[default]
    Show,
    /// A requirement: the file exists at that commit.
    Evidence,
}

/// Settings that hold for every requirement that does not say otherwise.
#[derive(Debug, Clone, Default)]
pub struct Defaults {
    /// How old evidence may be.
    pub max_age: Option<MaxAge>,
    /// Changes here never make evidence stale.
    pub ignore: Vec<Glob>,
}
