//! `trueup.toml`: from the text to what is meant, every fault at once.

use super::fault::ConfigFault;
use super::reader::Reader;
use super::settings::Written;
use super::typed::{self, Table};
use super::{gate, require, settings, waiver};
use crate::model::Span;
use crate::policy::{Config, Links};

/// The keys of the file.
pub(super) const KEYS: &[&str] = &[
    "checklists",
    "exclude",
    "artifacts",
    "links",
    "key-values",
    "require",
    "waiver",
    "gate",
    "defaults",
    "people",
    "signatures",
    "sign-offs",
    "releases",
    "deploy",
    "severities",
    "markers",
    "site",
    "limits",
];

/// Reads the configuration in `text`, which is the file at `path`; `formats` are the known ids.
pub fn read(path: &str, text: &str, formats: &[&str]) -> Result<Config, Vec<ConfigFault>> {
    let mut reader = Reader::new(path, text, formats);
    let table = match typed::parse(text) {
        Ok(table) => table,
        Err(errors) => {
            for (at, message) in errors {
                reader.fault(at, message, "");
            }
            return Err(reader.faults);
        }
    };
    let config = root(&mut reader, &table, text);
    let mut faults = reader.faults;
    if faults.is_empty() {
        return Ok(config);
    }
    faults.sort_by_key(|fault| (fault.at.start, fault.at.end));
    faults.dedup();
    Err(faults)
}

fn root(reader: &mut Reader<'_>, table: &Table, text: &str) -> Config {
    let fields = reader.fields(table, "trueup.toml", KEYS);
    let checklists = fields.get("checklists").map(|value| reader.globs(value));
    let mut config = Config { checklists, ..Config::default() };
    if let Some(value) = fields.get("exclude") {
        config.exclude = reader.globs(value);
    }
    if let Some(value) = fields.get("artifacts") {
        config.artifacts = reader.globs(value);
    }
    if let Some(value) = fields.get("links")
        && let Some(word) = reader.text(value)
    {
        let words = [("show", Links::Show), ("evidence", Links::Evidence)];
        config.links = reader.one_of("word", word, value.at, &words).unwrap_or_default();
    }
    if let Some(flag) = fields.get("key-values").and_then(|value| reader.flag(value)) {
        config.key_values = flag;
    }
    let people = tables(reader, &fields, &mut config);
    let requirements = fields.get("require").map(|value| reader.tables(value)).unwrap_or_default();
    for table in &requirements {
        require::read(reader, &header(table, text), &mut config);
    }
    config.persons = settings::persons(&people, &config.requirements);
    require::contradictions(reader, &requirements, &config);
    for table in fields.get("waiver").map(|value| reader.tables(value)).unwrap_or_default() {
        waiver::read(reader, &header(table, text), &mut config);
    }
    config
}

/// Reads the tables that are no lists, and gives `[people]` as it is written.
fn tables(
    reader: &mut Reader<'_>,
    fields: &super::reader::Fields<'_>,
    config: &mut Config,
) -> Written {
    let mut written = Written::new();
    let mut table = |key: &str| {
        let value = fields.get(key)?;
        reader.table(value)
    };
    let (defaults, people, deploy) = (table("defaults"), table("people"), table("deploy"));
    let (severities, markers, site) = (table("severities"), table("markers"), table("site"));
    let (limits, gate) = (table("limits"), table("gate"));
    let (signatures, sign_offs) = (table("signatures"), table("sign-offs"));
    let releases = table("releases");
    if let Some(table) = defaults {
        config.defaults = settings::defaults(reader, table);
    }
    if let Some(table) = people {
        written = settings::people(reader, table);
        config.people = settings::opened(&written);
    }
    if let Some(table) = signatures {
        config.signers = settings::signers(reader, table);
    }
    if let Some(table) = sign_offs {
        config.sign_off_files = settings::sign_off_files(reader, table);
    }
    if let Some(table) = releases {
        config.releases = settings::releases(reader, table);
    }
    if let Some(environment) = deploy.and_then(|table| settings::environment(reader, table)) {
        config.environment = environment;
    }
    config.unknown_severity = severities.and_then(|t| settings::unknown_severity(reader, t));
    if let Some(table) = markers {
        config.markers = settings::markers(reader, table);
    }
    if let Some(people) = site.and_then(|table| settings::shown_people(reader, table)) {
        config.shown_people = people;
    }
    if let Some(table) = limits {
        config.limits = settings::limits(reader, table);
    }
    config.gate = gate.map(|table| gate::read(reader, table));
    written
}

/// A table whose place is its header alone, so that an excerpt is one line.
pub(super) fn header(table: &Table, text: &str) -> Table {
    let rest = table.at.of(text);
    let line = rest.find('\n').map_or(rest.len(), |end| end);
    let line = rest.get(..line).unwrap_or(rest).trim_end().len();
    let at = Span::new(table.at.start, table.at.start + line);
    Table { entries: table.entries.clone(), at }
}
