//! A document of a tool that trueup knows nothing of: its name says of what, a member how it went.

use super::{Drafted, named};
use crate::catalog::idea::Pattern;
use crate::catalog::proposal::Draft;
use crate::catalog::surroundings::Around;
use crate::facts::Value;

/// The words by which tools say that it went well.
const GOOD: &str =
    r#"["ok", "OK", "up", "UP", "pass", "passed", "healthy", "success", "succeeded"]"#;

pub(super) fn draft(pattern: &Pattern, fields: &[String], around: &Around<'_>) -> Drafted {
    let generic = around.artifacts.iter().copied().filter_map(|artifact| {
        let reading = artifact.answer.reading()?;
        let is_generic = matches!(reading.format, "json" | "yaml");
        (is_generic && pattern.is_in(&artifact.path)).then_some((
            artifact,
            reading.format,
            reading.facts.data.as_ref()?,
        ))
    });
    for (artifact, format, data) in generic {
        let member = fields.iter().find_map(|field| Some((field, data.member(field)?)));
        let condition = match member {
            Some((field, Value::Bool(_))) => format!("data.{field} == true"),
            Some((field, Value::Text(_))) => format!("data.{field} in {GOOD}"),
            _ => continue,
        };
        return Ok(Draft {
            artifacts: vec![named(artifact, format)],
            condition: Some(condition),
            ..Draft::default()
        });
    }
    let listed = fields.join("` or `");
    Err(format!("a JSON file of that name with a member `{listed}`"))
}
