//! What the repository itself proves: files, dependencies, documents.

use super::{Drafted, quoted, repository_only};
use crate::catalog::idea::Pattern;
use crate::catalog::side::Side;
use crate::catalog::surroundings::Around;
use crate::facts::Value;
use crate::model::{Item, listed};

/// How many source files are looked through for one call.
const LOOKED_THROUGH: usize = 4000;

pub(super) fn files(
    any: &[String],
    holds: Option<&Pattern>,
    condition: &str,
    side: Option<Side>,
    around: &Around<'_>,
) -> Drafted {
    let holds =
        |path: &str| holds.is_none_or(|of| (around.text)(path).is_some_and(|text| of.is_in(&text)));
    for glob in any {
        let found = around.matching(glob);
        let own = |path: &&&str| side.is_none() || Side::of_name(path) == side;
        if let Some(path) = found.iter().filter(own).find(|path| holds(path)) {
            let condition = condition.replace("{glob}", &quoted(glob));
            return Ok(repository_only(condition.replace("{path}", &quoted(path))));
        }
    }
    Err(format!("a file such as {}", listed(any, 3)))
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

pub(super) fn package(
    any: &[String],
    code: &[String],
    side: Option<Side>,
    around: &Around<'_>,
) -> Drafted {
    let manifests = around.matching("**/package.json");
    for path in manifests.iter().filter(|path| side.is_none() || Side::of_name(path) == side) {
        let Some(manifest) = (around.load)(path) else { continue };
        let Some(Value::Map(dependencies)) = manifest.member("dependencies") else { continue };
        let Some(name) = any.iter().find(|name| dependencies.contains_key(*name)) else { continue };
        let has = format!("{} in load({}).dependencies", quoted(name), quoted(path));
        if code.is_empty() {
            return Ok(repository_only(has));
        }
        let folder = path.strip_suffix("package.json").unwrap_or_default();
        let Some((file, call)) = caller(folder, code, around) else {
            return Err(format!("a source file that calls {}", listed(code, 2)));
        };
        let calls = format!("text({}).matches(r\"{}\")", quoted(file), outside_comments(call));
        return Ok(repository_only(format!("{has} && {calls}")));
    }
    Err(format!("a dependency on {} in package.json", listed(any, 3)))
}

/// The first source file under `folder` that holds one of `calls`, outside its tests.
fn caller<'f, 'c>(
    folder: &str,
    calls: &'c [String],
    around: &'f Around<'_>,
) -> Option<(&'f str, &'c str)> {
    let is_source = |path: &&String| {
        let code = [".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs"];
        path.starts_with(folder)
            && code.iter().any(|end| path.ends_with(end))
            && !["test", "spec", "node_modules"].iter().any(|part| path.contains(part))
    };
    let sources = around.files.iter().filter(is_source).take(LOOKED_THROUGH);
    let patterns: Vec<(&str, regex::Regex)> = calls
        .iter()
        .filter_map(|call| Some((call.as_str(), regex::Regex::new(&outside_comments(call)).ok()?)))
        .collect();
    sources.filter_map(|path| Some((path, (around.text)(path)?))).find_map(|(path, text)| {
        let (call, _) = patterns.iter().find(|(_, pattern)| {
            pattern.find(&text).is_some_and(|found| !is_guarded(&text, found.end()))
        })?;
        Some((path.as_str(), *call))
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

/// A document with something in it, and nothing that is still to be written.
const WRITTEN: &str = concat!(
    r#"text({path}).size() > 40 && !text({path}).matches(r"\b(TODO|TBD|FIXME|WIP)\b"#,
    r#"|(?i:\b(to be (added|completed|decided|defined|done|written)|coming soon|work in progress)\b)")"#,
);

pub(super) fn document(named: &Pattern, heading: Option<&str>, around: &Around<'_>) -> Drafted {
    let documents = || {
        let globs = ["**/*.{md,mdx,adoc,rst}", "**/*.txt"];
        globs.into_iter().flat_map(|glob| around.matching(glob)).filter(|path| is_own(path))
    };
    let holds_text = |path: &&str| (around.text)(path).is_some_and(|text| !text.trim().is_empty());
    let mut by_name: Vec<&str> =
        documents().filter(|path| named.is_in(stem(path))).filter(holds_text).collect();
    // The shortest path is the team's main document of that name.
    by_name.sort_by_key(|path| (path.matches('/').count(), path.len()));
    if let Some(path) = by_name.first() {
        return Ok(repository_only(WRITTEN.replace("{path}", &quoted(path))));
    }
    if let Some(heading) = heading {
        let pattern = format!(r"(?im)^#+ .*({heading})");
        let Ok(regex) = regex::Regex::new(&pattern) else { return Err(String::new()) };
        let found =
            documents().find(|path| (around.text)(path).is_some_and(|text| regex.is_match(&text)));
        if let Some(path) = found {
            let condition = format!("text({}).matches(r\"{pattern}\")", quoted(path));
            return Ok(repository_only(condition));
        }
    }
    Err("a document of that name".to_owned())
}

fn is_own(path: &str) -> bool {
    !["node_modules/", "vendor/", ".github/ISSUE_TEMPLATE"].iter().any(|part| path.contains(part))
}

/// The name of a file without its folder; of an index the folder's.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_index = ["readme", "index"].iter().any(|of| name.to_lowercase().starts_with(of));
    let folder = path.strip_suffix(name).map(|folder| folder.trim_end_matches('/'));
    match folder.filter(|folder| is_index && !folder.is_empty()) {
        Some(folder) => folder.rsplit('/').next().unwrap_or(folder),
        None => name,
    }
}
