//! A dependency of a package, and the code that uses it.

use super::caller::caller;
use super::{Drafted, Line, quoted, repository_only};
use crate::catalog::idea::Package;
use crate::catalog::manifests::{Found, Language, without};
use crate::catalog::side::Side;
use crate::catalog::surroundings::Around;
use crate::facts::Value;
use crate::model::listed;

pub(super) fn draft(package: &Package, line: &Line<'_>, around: &Around<'_>) -> Drafted {
    let side = line.side;
    let (any, code) = of_the_tool(package, line)?;
    let (language, manifests) = around.manifests.of(&package.of, around)?;
    let mut is_there = false;
    let own = |of: &&&Found| side.is_none() || Side::of_name(&of.path) == side;
    for manifest in manifests.iter().filter(own) {
        let Some(has) = any.iter().find_map(|name| dependency(name, manifest, language, around))
        else {
            continue;
        };
        if code.is_empty() {
            return Ok(repository_only(has));
        }
        is_there = true;
        let sources = around.manifests.sources(manifest, around);
        if let Some(calls) = caller(sources, &code, &package.unless, language, around) {
            return Ok(repository_only(format!("{has} && {calls}")));
        }
    }
    if is_there {
        return Err(format!("a source file that calls {}", listed(&code, 2)));
    }
    let name = manifests.first().map_or("package.json", |of| of.kind.name.as_str());
    Err(format!("a dependency on {} in {name}", listed(&any, 3)))
}

/// The names and calls that are of the tool that the line names; all where it names none.
fn of_the_tool<'p>(
    package: &'p Package,
    line: &Line<'_>,
) -> Result<(Vec<&'p String>, Vec<&'p String>), String> {
    let tool = line.named.single();
    if tool.is_none() && !line.named.is_empty() {
        return Err("a line that names one tool".to_owned());
    }
    let is_own = |of: &&String| tool.is_none_or(|tool| line.named.is_of(tool, &[of]));
    let is_none_s = |of: &&String| tool.is_none_or(|tool| !line.named.is_of_another(tool, of));
    let any: Vec<&String> = package.any.iter().filter(is_own).collect();
    if !any.is_empty() {
        return Ok((any, package.code.iter().filter(is_none_s).collect()));
    }
    // A library of several is told by what is called of it.
    let code: Vec<&String> = package.code.iter().filter(is_own).collect();
    if code.is_empty() {
        return Err(String::new());
    }
    Ok((package.any.iter().filter(is_none_s).collect(), code))
}

/// The condition that `manifest` has the dependency `name`; `None` where it has not.
fn dependency(
    name: &str,
    manifest: &Found,
    language: &Language,
    around: &Around<'_>,
) -> Option<String> {
    let kind = manifest.kind;
    let path = quoted(&manifest.path);
    let pattern = |template: &str| filled(template, name, &language.same);
    if let Some(stands) = &kind.stands {
        let pattern = pattern(stands);
        let text = without(&(around.text)(&manifest.path)?, &kind.aside);
        let is_there = regex::Regex::new(&pattern).ok()?.is_match(&text);
        return is_there.then(|| format!("text({path}).matches({})", raw(&pattern)));
    }
    let data = (around.load)(&manifest.path)?;
    let of = |member: &str| member.split('.').try_fold(&data, |of, name| of.member(name));
    let by_key = kind.keys.iter().find_map(|member| {
        let Value::Map(map) = of(member)? else { return None };
        let means = |key: &str| is_same(key, name, &language.same);
        let (key, value) = map.iter().find(|(key, _)| means(key.as_str()))?;
        let is_optional = value.member("optional") == Some(&Value::Bool(true));
        (!is_optional).then(|| format!("{} in load({path}).{member}", quoted(key.as_str())))
    });
    by_key.or_else(|| {
        let pattern = pattern(kind.entry.as_deref()?);
        let regex = regex::Regex::new(&pattern).ok()?;
        kind.lists.iter().find_map(|member| {
            let Value::List(list) = of(member)? else { return None };
            let is_it = |entry: &Value| matches!(entry, Value::Text(text) if regex.is_match(text));
            let has = format!("load({path}).{member}.exists(d, d.matches({}))", raw(&pattern));
            list.iter().any(is_it).then_some(has)
        })
    })
}

/// A pattern of a manifest with the dependency's name in it.
fn filled(template: &str, name: &str, same: &str) -> String {
    let escaped = |text: &str| -> String {
        let parts: Vec<String> = text.split(|c| same.contains(c)).map(regex::escape).collect();
        parts.join(&format!("[{}]", regex::escape(same)))
    };
    let (group, artifact) = name.rsplit_once(':').unwrap_or((name, name));
    template
        .replace("{name}", &escaped(name))
        .replace("{group}", &escaped(group))
        .replace("{artifact}", &escaped(artifact))
}

fn is_same(key: &str, name: &str, same: &str) -> bool {
    if same.is_empty() {
        return key == name;
    }
    let plain = |text: &str| text.to_lowercase().replace(|c| same.contains(c), "-");
    plain(key) == plain(name)
}

/// A pattern as a condition writes it raw.
pub(super) fn raw(pattern: &str) -> String {
    format!("r\"{}\"", pattern.replace('"', r"\x22"))
}
