//! The JSON Schema of `trueup.toml`, for editors: what may be written, key by key.
//!
//! The types below exist for their schema and their sentences alone. A test holds them to the keys
//! that the reader knows, and a complete file to the schema.

#![expect(dead_code, reason = "only the schema of these types is used, never a value")]

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::settings::CLAIMS;
use crate::facts::Grade;
use crate::model::{Code, Status};

/// The schema, in the draft that editors understand (draft-07).
pub fn schema() -> serde_json::Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<File>().to_value();
    without_null(&mut schema);
    schema
}

/// TOML has no null: an optional key is absent.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            for (key, value) in members.iter_mut() {
                if let ("type" | "enum" | "anyOf", Value::Array(choices)) =
                    (key.as_str(), &mut *value)
                {
                    choices.retain(|choice| {
                        *choice != "null" && !choice.is_null() && choice["type"] != "null"
                    });
                }
                if let ("type", Value::Array(choices)) = (key.as_str(), &mut *value)
                    && let [only] = choices.as_slice()
                {
                    *value = only.clone();
                }
                without_null(value);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(without_null),
        _ => {}
    }
}

/// What trueup holds the checklists of this repository to.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields, title = "trueup.toml")]
struct File {
    /// Which Markdown files are checklists. Default: every one with a task.
    checklists: Option<OneOrMore>,
    /// Which of those are none all the same: templates, and checklists that were put away.
    exclude: Option<OneOrMore>,
    /// Where artifacts lie that a requirement without `artifacts` reads.
    artifacts: Option<OneOrMore>,
    /// Whether a link from an item to a file is only shown, or is evidence that the file exists.
    links: Option<Links>,
    /// Whether `owner:: ana`, `due:: 2026-03-20` and `priority:: high` in an item's text are read.
    key_values: Option<bool>,
    /// What would prove an item.
    require: Option<Vec<Require>>,
    /// Dated exceptions.
    waiver: Option<Vec<Waiver>>,
    /// What stops a release. Without it, reports state and do not decide.
    gate: Option<Gate>,
    /// Once for all requirements.
    defaults: Option<Defaults>,
    /// `"@name"` with addresses, or with other names: a group.
    people: Option<BTreeMap<String, OneOrMore>>,
    /// Whose SSH keys sign commits.
    signatures: Option<Signatures>,
    /// Sign-offs that stand in files.
    sign_offs: Option<SignOffs>,
    /// Which tags are releases.
    releases: Option<Releases>,
    /// Which deployment opens the time windows.
    deploy: Option<Deploy>,
    /// How findings are graded.
    severities: Option<Severities>,
    /// What a team's own boxes mean: the character between the brackets, and a claim, or `""` for
    /// a box that is none.
    markers: Option<Markers>,
    /// How the report is published.
    site: Option<Site>,
    /// How much of an archive is looked at before it is refused.
    limits: Option<ArchiveLimits>,
}

/// A text or a list of texts.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Links {
    Show,
    Evidence,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Require {
    /// By which a waiver can mean it.
    name: Option<String>,
    /// An id, or a glob over ids and addresses; a list of them for several items.
    item: OneOrMore,
    /// A glob over the checklists' paths.
    checklist: Option<String>,
    /// These artifacts and no others. Default: those of the default places that carry a group of
    /// facts which the condition names.
    artifacts: Option<OneOrMoreArtifacts>,
    /// The format of all `artifacts`.
    format: Option<String>,
    /// What must hold over their facts: a CEL expression.
    condition: Option<String>,
    /// How old evidence may be.
    max_age: Option<Age>,
    /// A later change under these globs makes the evidence stale. `[]`: commits do not matter.
    paths: Option<OneOrMore>,
    /// Whose word is asked for, in place of or beside a condition.
    sign_off: Option<SignOff>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum OneOrMoreArtifacts {
    One(Artifact),
    More(Vec<Artifact>),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum Artifact {
    /// A glob.
    Glob(String),
    Table(ArtifactTable),
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct ArtifactTable {
    /// Which files.
    glob: String,
    /// Their format.
    format: Option<String>,
    /// A condition over the requirement's other artifacts that vouches for a tool which is silent
    /// on success.
    vouched_by: Option<String>,
    /// Whether there may be none.
    optional: Option<bool>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct SignOff {
    /// Addresses, and `@names` of `[people]`.
    by: OneOrMore,
    /// How many different people. Default: 1.
    #[schemars(range(min = 1))]
    count: Option<u64>,
    /// How old a sign-off may be.
    max_age: Option<Age>,
    /// Only commits count whose signature is one of an allowed signer. Default: false.
    signed: Option<bool>,
    /// Who ticked the item, worded it last, or changed something under `paths` since the release
    /// before does not count. Default: false.
    four_eyes: Option<bool>,
    /// The tick itself counts as its author's sign-off. Default: false.
    tick: Option<bool>,
    /// What was signed before a release does not count after it. Default: false.
    each_release: Option<bool>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Waiver {
    /// An id, or a glob over ids and addresses; a list of them for several items.
    item: OneOrMore,
    /// A glob over the checklists' paths.
    checklist: Option<String>,
    /// Only this requirement of them, by its name.
    requirement: Option<String>,
    /// Only these findings, by their rule or advisory.
    finding: Option<OneOrMore>,
    /// Those findings in this package alone.
    package: Option<String>,
    /// Those findings in files of this glob alone.
    path: Option<String>,
    /// Why.
    reason: String,
    /// Whose.
    by: String,
    /// The last day on which it holds: `2026-12-31`.
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    until: String,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Gate {
    /// Statuses and problem codes that stop a release.
    fail_on: Option<FailOn>,
    /// Items that must have one of some statuses.
    require: Option<Vec<Required>>,
    /// The least share of all applicable items that must be proven: `80`, or `"80%"`.
    min_proven: Option<Share>,
    /// The release, tag or revision against which nothing may have got worse, or `previous`.
    regression: Option<String>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Required {
    /// A glob over ids and addresses. Default: all.
    items: Option<String>,
    /// Only items under a heading of this title or slug; a glob, in any case.
    section: Option<String>,
    /// Any of these.
    status: Statuses,
    /// Only items of this priority.
    priority: Option<String>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Defaults {
    /// How old evidence may be.
    max_age: Option<Age>,
    /// Changes under these globs never make evidence stale.
    ignore: Option<OneOrMore>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Signatures {
    /// A file of the repository that gives keys to addresses, as ssh-keygen(1) describes under
    /// ALLOWED SIGNERS. Default: the one that git's `gpg.ssh.allowedSignersFile` names.
    allowed_signers: Option<String>,
    /// A file of the repository with revoked keys, one a line, or a key revocation list.
    revoked_keys: Option<String>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct SignOffs {
    /// TOML files of dated sign-offs; each entry counts as the word of whoever committed it.
    files: Option<OneOrMore>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Releases {
    /// Globs over the names of tags. Default: names that have the form of a version.
    tags: Option<OneOrMore>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Deploy {
    /// Its environment. Default: `production`.
    environment: Option<String>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Severities {
    /// What a finding without a severity counts as.
    unknown: Option<Severity>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Site {
    /// How people are shown. Default: `names`.
    people: Option<People>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct ArchiveLimits {
    /// The most entries of an archive. Default: 20000.
    #[schemars(range(min = 1))]
    archive_entries: Option<u64>,
    /// The largest entry, inflated. Default: `256MiB`.
    archive_entry: Option<Size>,
    /// All entries together, inflated. Default: `512MiB`.
    archive_total: Option<Size>,
    /// How many times its own size an archive may inflate to. Default: 200.
    #[schemars(range(min = 1))]
    archive_ratio: Option<u64>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum People {
    Names,
    Handles,
    None,
}

/// Declares types whose schema is computed: name, schema.
macro_rules! computed {
    ($($name:ident: $schema:expr;)*) => {
        $(
            struct $name;

            impl JsonSchema for $name {
                fn schema_name() -> Cow<'static, str> {
                    stringify!($name).into()
                }

                fn inline_schema() -> bool {
                    true
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    $schema
                }
            }
        )*
    };
}

computed! {
    Share: json_schema!({
        "anyOf": [
            { "type": "number", "minimum": 1, "maximum": 100 },
            { "type": "string", "pattern": "^\\d+(\\.\\d+)? *%?$" },
        ],
    });
    Age: json_schema!({ "type": "string", "pattern": "^\\d+ *[smhdw]$" });
    Size: json_schema!({ "type": "string", "pattern": "^\\d+ *[KMG]iB$" });
    Markers: json_schema!({
        "type": "object",
        "additionalProperties": { "enum": CLAIMS.map(|(word, _)| word) },
    });
    Severity: json_schema!({ "enum": severities() });
    FailOn: one_or_more(statuses().chain(Code::ALL.iter().map(|code| code.word())).collect());
    Statuses: one_or_more(statuses().collect());
}

fn severities() -> Vec<&'static str> {
    let grades = Grade::ALL.into_iter().filter(|grade| *grade != Grade::Unknown);
    grades.map(Grade::word).collect()
}

fn statuses() -> impl Iterator<Item = &'static str> {
    Status::ALL.into_iter().map(Status::word)
}

fn one_or_more(words: Vec<&str>) -> Schema {
    json_schema!({
        "anyOf": [{ "enum": words }, { "type": "array", "items": { "enum": words } }],
    })
}
