//! Files of the repository: by their paths, and what they hold.

use super::{Drafted, Line, quoted, repository_only};
use crate::catalog::pattern::Pattern;
use crate::catalog::side::Side;
use crate::catalog::surroundings::Around;
use crate::model::{Item, listed};

pub(super) fn draft(
    any: &[String],
    holds: Option<&Pattern>,
    condition: &str,
    line: &Line<'_>,
    around: &Around<'_>,
) -> Drafted {
    let side = line.side;
    let tool = line.named.single();
    if tool.is_none() && !line.named.is_empty() {
        return Err("a line that names one tool".to_owned());
    }
    // A glob would take the files of another part for this one's.
    if around.is_narrowed() && condition.contains("{glob}") {
        return Err(format!("a file such as {}", listed(any, 3)));
    }
    let holds =
        |path: &str| holds.is_none_or(|of| (around.text)(path).is_some_and(|text| of.is_in(&text)));
    let is_of_tool = |path: &str| {
        tool.is_none_or(|tool| {
            let held = tool.holds.as_ref().map(|_| (around.text)(path).unwrap_or_default());
            let name = path.rsplit('/').next().unwrap_or(path);
            held.and_then(|text| tool.holds(&text))
                .unwrap_or_else(|| line.named.is_of(tool, &[name, path]))
        })
    };
    for glob in any {
        let found = around.matching(glob);
        let own = |path: &&&str| side.is_none() || Side::of_name(path) == side;
        let mut meant = found.iter().filter(own).filter(|path| holds(path));
        if let Some(path) = meant.find(|path| is_of_tool(path)) {
            let condition = condition.replace("{glob}", &quoted(&around.placed(glob)));
            let condition = condition.replace("{path}", &quoted(path));
            let held = tool.and_then(|tool| tool.holds.as_deref());
            let of_tool =
                held.map(|held| format!(" && text({}).matches(r\"{held}\")", quoted(path)));
            return Ok(repository_only(condition + &of_tool.unwrap_or_default()));
        }
    }
    Err(match tool {
        Some(tool) => format!("a file of {}", tool.name),
        None => format!("a file such as {}", listed(any, 3)),
    })
}

/// The first word of the text, where it is the path or the name of exactly one file.
pub(super) fn named_file(item: &Item, around: &Around<'_>) -> Drafted {
    let name = item.text.split_whitespace().next().unwrap_or_default();
    let ends = format!("/{name}");
    let found: Vec<&str> = around
        .matching("**")
        .into_iter()
        .filter(|path| *path == name || path.ends_with(&ends))
        .collect();
    match found.as_slice() {
        [path] => Ok(repository_only(format!("text({}).size() > 0", quoted(path)))),
        [] => Err(format!("the file {name}")),
        _ => Err(format!("one file of the name {name}: there are several")),
    }
}
