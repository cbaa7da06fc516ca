//! A document of a tool that trueup knows nothing of: its name says of what, a member how it went.

use super::{Drafted, Line, named};
use crate::catalog::pattern::Pattern;
use crate::catalog::proposal::Draft;
use crate::catalog::surroundings::Around;
use crate::facts::Value;

/// The words by which tools say that it went well.
const GOOD: &str =
    r#"["ok", "OK", "up", "UP", "pass", "passed", "healthy", "success", "succeeded"]"#;

pub(super) fn draft(
    pattern: &Pattern,
    fields: &[String],
    line: &Line<'_>,
    around: &Around<'_>,
) -> Drafted {
    if !line.named.is_empty() {
        return Err("a report of a tool: such a file says of none".to_owned());
    }
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
        let Some(parts) = of_parts(data) else { continue };
        let condition = [condition].into_iter().chain(parts).collect::<Vec<_>>().join(" && ");
        return Ok(Draft {
            artifacts: vec![named(artifact, format)],
            condition: Some(condition),
            ..Draft::default()
        });
    }
    let listed = fields.join("` or `");
    Err(format!("a JSON file of that name with a member `{listed}`"))
}

/// What has to hold of the parts that a document tells of besides; `None` where it tells of some in a
/// shape that is not known.
fn of_parts(data: &Value) -> Option<Vec<String>> {
    const NAMES: [&str; 5] = ["checks", "components", "dependencies", "details", "services"];
    let told = NAMES.iter().filter_map(|name| Some((name, data.member(name)?)));
    told.map(|(name, parts)| of_each(name, parts)).collect()
}

fn of_each(name: &str, parts: &Value) -> Option<String> {
    let Value::Map(parts) = parts else { return None };
    let all = |is: &dyn Fn(&Value) -> bool| !parts.is_empty() && parts.values().all(is);
    let asks = if all(&|part| matches!(part, Value::Text(_))) {
        format!("data.{name}[k] in {GOOD}")
    } else if all(&|part| matches!(part, Value::Bool(_))) {
        format!("data.{name}[k] == true")
    } else if all(&|part| matches!(part.member("status"), Some(Value::Text(_)))) {
        format!("data.{name}[k].status in {GOOD}")
    } else {
        return None;
    };
    Some(format!("keys(data.{name}).all(k, {asks})"))
}
