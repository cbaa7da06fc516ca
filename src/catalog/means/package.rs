//! A dependency of a package, and the code that uses it.

use super::{Drafted, Line, quoted, repository_only};
use crate::catalog::side::Side;
use crate::catalog::surroundings::Around;
use crate::facts::Value;
use crate::model::listed;

/// How many source files are looked through for one call.
const LOOKED_THROUGH: usize = 4000;

pub(super) fn draft(
    any: &[String],
    code: &[String],
    line: &Line<'_>,
    around: &Around<'_>,
) -> Drafted {
    let side = line.side;
    let tool = line.named.single();
    if tool.is_none() && !line.named.is_empty() {
        return Err("a line that names one tool".to_owned());
    }
    let is_own = |name: &&String| tool.is_none_or(|tool| line.named.is_of(tool, &[name]));
    let any: Vec<&String> = any.iter().filter(is_own).collect();
    let may_call = |call: &&String| tool.is_none_or(|tool| !line.named.is_of_another(tool, call));
    let code: Vec<&String> = code.iter().filter(may_call).collect();
    let manifests = around.matching("**/package.json");
    for path in manifests.iter().filter(|path| side.is_none() || Side::of_name(path) == side) {
        let Some(manifest) = (around.load)(path) else { continue };
        let Some(Value::Map(dependencies)) = manifest.member("dependencies") else { continue };
        let Some(name) = any.iter().find(|name| dependencies.contains_key(**name)) else {
            continue;
        };
        let has = format!("{} in load({}).dependencies", quoted(name), quoted(path));
        if code.is_empty() {
            return Ok(repository_only(has));
        }
        let folder = path.strip_suffix("package.json").unwrap_or_default();
        let Some((file, call)) = caller(folder, &code, around) else {
            return Err(format!("a source file that calls {}", listed(&code, 2)));
        };
        let calls = format!("text({}).matches(r\"{}\")", quoted(file), outside_comments(call));
        return Ok(repository_only(format!("{has} && {calls}")));
    }
    Err(format!("a dependency on {} in package.json", listed(&any, 3)))
}

/// The first source file under `folder` that holds one of `calls`, outside its tests.
fn caller<'f, 'c>(
    folder: &str,
    calls: &[&'c String],
    around: &'f Around<'_>,
) -> Option<(&'f str, &'c str)> {
    let is_source = |path: &&str| {
        let code = [".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs"];
        path.starts_with(folder)
            && code.iter().any(|end| path.ends_with(end))
            && !["test", "spec", "node_modules"].iter().any(|part| path.contains(part))
    };
    let sources = around.files.iter().copied().filter(is_source).take(LOOKED_THROUGH);
    let patterns: Vec<(&str, regex::Regex)> = calls
        .iter()
        .filter_map(|call| Some((call.as_str(), regex::Regex::new(&outside_comments(call)).ok()?)))
        .collect();
    sources.filter_map(|path| Some((path, (around.text)(path)?))).find_map(|(path, text)| {
        let (call, _) = patterns.iter().find(|(_, pattern)| {
            pattern.find(&text).is_some_and(|found| !is_guarded(&text, found.end()))
        })?;
        Some((path, *call))
    })
}

/// Whether the environment is asked before what stands at `at`: it may be for development alone.
fn is_guarded(text: &str, at: usize) -> bool {
    const GUARDS: [&str; 6] =
        ["NODE_ENV", "import.meta.env", "__DEV__", "isDev", "isProd", "app.get('env')"];
    let before = text.get(..at).unwrap_or_default();
    let starts = [0].into_iter().chain(before.match_indices('\n').map(|(end, _)| end + 1));
    starts.filter_map(|start| before.get(start..)).any(|rest| {
        let (line, below) = rest.split_once('\n').unwrap_or((rest, ""));
        let asks = ["if ", "if(", "else", "? ", "&& ", "=== ", "!== "]
            .iter()
            .any(|sign| line.contains(sign));
        if !asks || !GUARDS.iter().any(|guard| line.contains(guard)) {
            return false;
        }
        let open = rest.matches('{').count() > rest.matches('}').count();
        // `if (isDev)` alone on its line is of the next one.
        let goes_on = !line.contains(['{', ';']) && !below.contains('\n');
        open || goes_on
    })
}

/// A pattern for a line of code that holds `call`, and no comment before it.
fn outside_comments(call: &str) -> String {
    format!(r"(?m)^[^/#*\n]*{}", regex::escape(call))
}
