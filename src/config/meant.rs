//! The configuration as meant: checked values that nobody has to look at twice.

use std::collections::BTreeMap;

use crate::condition::Condition;
use crate::facts::Grade;
use crate::model::{Age, Glob, Limits, Place, ReleaseTags, Status, Timestamp};

/// Everything that `trueup.toml` says.
#[derive(Debug, Clone)]
pub struct Config {
    /// Which Markdown files are checklists; `None` for every one with a task.
    pub checklists: Option<Vec<Glob>>,
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
    pub markers: BTreeMap<String, Option<crate::model::Claim>>,
    /// How the site shows people.
    pub shown_people: ShownPeople,
    /// How much of an archive is looked at.
    pub limits: Limits,
}

impl Default for Config {
    /// A repository without a `trueup.toml`.
    fn default() -> Config {
        Config {
            checklists: None,
            artifacts: default_places(),
            links: Links::default(),
            key_values: false,
            requirements: Vec::new(),
            waivers: Vec::new(),
            gate: None,
            defaults: Defaults::default(),
            people: BTreeMap::new(),
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

/// An age limit that remembers how it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaxAge {
    /// The limit.
    pub age: Age,
    /// `7d`.
    pub written: String,
}

/// What would prove an item.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// Where it is written.
    pub place: Place,
    /// Its name, by which a waiver can mean it.
    pub name: Option<String>,
    /// Which items.
    pub items: Selector,
    /// The artifacts it asks for; empty for the default places.
    pub artifacts: Vec<Wanted>,
    /// What must hold over their facts; `None` where a sign-off alone is asked for.
    pub condition: Option<Condition>,
    /// How old evidence may be.
    pub max_age: Option<MaxAge>,
    /// Globs whose later change makes the evidence stale; `None` where not said, empty where
    /// commits do not matter.
    pub paths: Option<Vec<Glob>>,
    /// A person's word.
    pub sign_off: Option<SignOff>,
}

/// Which items are meant.
#[derive(Debug, Clone)]
pub enum Selector {
    /// By a glob over ids and addresses, in checklists whose path matches.
    Glob {
        /// Over ids and addresses.
        item: Glob,
        /// Over checklists' paths; `None` for all.
        checklist: Option<Glob>,
    },
    /// The item that the comment stands beside: checklist path and item id.
    Beside {
        /// The checklist's path.
        checklist: String,
        /// The item's id.
        item: String,
    },
}

/// Artifacts that a requirement asks for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Which files.
    pub glob: Glob,
    /// Their format, where it is named.
    pub format: Option<String>,
    /// What vouches for a tool that is silent on success: a condition over the requirement's other
    /// artifacts.
    pub vouched_by: Option<Condition>,
    /// Whether there may be none.
    pub optional: bool,
}

/// A sign-off that a requirement asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// Addresses and `@names`.
    pub by: Vec<String>,
    /// How many different people.
    pub count: u64,
    /// How old it may be.
    pub max_age: Option<MaxAge>,
    /// Only commits count whose signature is one of an allowed signer.
    pub signed: bool,
    /// Who ticked the item, worded it last, or changed something under the requirement's paths since
    /// the release before does not count.
    pub four_eyes: bool,
    /// The tick itself counts as its author's sign-off.
    pub tick: bool,
}

/// A dated exception.
#[derive(Debug, Clone)]
pub struct Waiver {
    /// Where it is written.
    pub place: Place,
    /// Which items.
    pub items: Selector,
    /// Only this requirement of them, by its name.
    pub requirement: Option<String>,
    /// Only these findings, by their rule or advisory; empty for the item as it is.
    pub findings: Vec<String>,
    /// Why.
    pub reason: String,
    /// Whose.
    pub by: String,
    /// The last second at which it holds.
    pub until: Timestamp,
    /// The date as written.
    pub until_written: String,
}

/// The decision's rules.
#[derive(Debug, Clone, Default)]
pub struct Gate {
    /// Statuses that stop a release.
    pub fail_on_status: Vec<Status>,
    /// Problem codes that stop a release.
    pub fail_on_code: Vec<crate::model::Code>,
    /// What must be proven.
    pub require: Vec<Required>,
    /// The least share of all applicable items that must be proven, 0 to 100.
    pub min_proven: Option<f64>,
    /// The release, tag or revision against which nothing may have got worse; `previous` for the
    /// release before.
    pub regression: Option<String>,
}

/// Items that must have one of some statuses.
#[derive(Debug, Clone)]
pub struct Required {
    /// Where it is written.
    pub place: Place,
    /// Over ids and addresses.
    pub items: Glob,
    /// Only those under a heading whose title or slug this glob matches, in any case.
    pub section: Option<Glob>,
    /// Only those of this priority.
    pub priority: Option<String>,
    /// The statuses that satisfy it.
    pub status: Vec<Status>,
}
