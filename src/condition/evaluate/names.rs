//! The other names that an entry of a report goes by: what is called so is meant by each of them.

use super::Evaluation;
use crate::condition::Undecided;
use crate::condition::tree::{Kind, Node};
use crate::facts::Value;

impl Evaluation<'_> {
    /// The entry whose member `node` is: what its kind is called, the entry, and the member's name.
    pub(super) fn member_of_entry<'n>(
        &self,
        node: &'n Node,
    ) -> Option<(&'static str, &Value, &'n str)> {
        let Kind::Member { of, name } = &node.kind else { return None };
        let Kind::Variable(variable) = &of.kind else { return None };
        let walked = self.variables.iter().rev().find(|known| known.name == *variable)?;
        Some((walked.noun, &walked.value, name))
    }

    /// What `text`, the value of `node`, is called besides.
    pub(super) fn other_names(&self, node: &Node, text: &str) -> Vec<String> {
        match self.member_of_entry(node) {
            Some(("finding", finding, "rule")) => aliases(finding),
            // npm's scope and Maven's group are names without which it is another package.
            Some(("component", component, "name")) => match group_of(component) {
                Some(group) => vec![format!("{group}/{text}"), format!("{group}:{text}")],
                None => Vec::new(),
            },
            Some(("component", _, "purl")) if text.contains("%40") => {
                vec![text.replace("%40", "@")]
            }
            _ => Vec::new(),
        }
    }
}

/// The group of a component, or the one that its package URL names.
fn group_of(component: &Value) -> Option<String> {
    if let Some(Value::Text(group)) = component.member("group") {
        return Some(group.to_string());
    }
    let Some(Value::Text(purl)) = component.member("purl") else { return None };
    let path = purl.strip_prefix("pkg:")?.split(['@', '?', '#']).next()?;
    let (_, name) = path.split_once('/')?;
    let (group, _) = name.rsplit_once('/')?;
    Some(group.replace("%40", "@"))
}

impl Evaluation<'_> {
    /// Whether a package is `sought`, whose name differs in its case alone. Refused where separators
    /// differ: on PyPI they tell no packages apart, on npm they do.
    pub(super) fn is_package(
        &self,
        node: &Node,
        text: &str,
        sought: &str,
    ) -> Result<bool, Undecided> {
        let Some(entry) = self.named_package(node) else { return Ok(false) };
        if normal(text) != normal(sought) {
            // Whose group is known, that goes by its whole name.
            let known = group_of(entry).is_some();
            return if !known && may_be_package(text, sought) {
                let why = format!(
                    "{node} is {text}, which may be {sought}: tools name a package with and without \
                     its group. Ask for {text} as well."
                );
                Err(Undecided::Missing { why })
            } else {
                Ok(false)
            };
        }
        if text.eq_ignore_ascii_case(sought) {
            return Ok(true);
        }
        let why = format!(
            "{node} is {text}, which may be {sought}: on PyPI they are one package. Ask for {text}."
        );
        Err(Undecided::Missing { why })
    }
}

impl Evaluation<'_> {
    /// The entry whose package `node` names.
    fn named_package(&self, node: &Node) -> Option<&Value> {
        let (noun, entry, member) = self.member_of_entry(node)?;
        matches!((noun, member), ("finding", "package") | ("component", "name")).then_some(entry)
    }

    /// Refuses to say what a package is not called that may have another name: by its artifact alone, or
    /// by group and artifact, as Maven's are.
    pub(super) fn is_whole_package(
        &self,
        node: &Node,
        text: &str,
        sought: &str,
        asks: impl Fn(&str) -> bool,
    ) -> Result<(), Undecided> {
        let Some(entry) = self.named_package(node) else { return Ok(()) };
        if group_of(entry).is_some() {
            return Ok(());
        }
        let may_be = match text.rsplit_once(':') {
            Some((_, artifact)) => asks(artifact),
            None if text.contains(['/', '@']) => false,
            None => group_within(sought).is_some_and(|group| asks(&format!("{group}:{text}"))),
        };
        if !may_be {
            return Ok(());
        }
        let why = format!(
            "{node} is {text}, which may be what {sought} asks for: tools name a package with and \
             without its group. Ask for {text} as well."
        );
        Err(Undecided::Missing { why })
    }
}

/// The group of Maven that a name, or the beginning or pattern of one, has in it.
fn group_within(sought: &str) -> Option<String> {
    const DOMAINS: [&str; 10] =
        ["ch.", "com.", "de.", "dev.", "edu.", "fr.", "io.", "jakarta.", "net.", "org."];
    let plain = sought.replace(['\\', '^', '$'], "");
    let plain = plain.strip_prefix("(?i)").unwrap_or(&plain);
    let group = plain.split(':').next().unwrap_or(plain);
    let is_group = plain.len() > group.len() && group.contains('.')
        || DOMAINS.iter().any(|domain| plain.starts_with(domain));
    is_group.then(|| group.to_owned())
}

/// Whether one name is the other without its group (Maven, Composer), without the path before it (Go),
/// or a package of it as a module. A scope of npm makes another package, and so do two groups.
fn may_be_package(text: &str, sought: &str) -> bool {
    let sought = sought.trim_start_matches('^').trim_end_matches('$');
    if text.starts_with('@') || sought.starts_with('@') {
        return false;
    }
    let ends = |long: &str, short: &str| {
        let last = long.rsplit([':', '/']).next().filter(|last| last.len() < long.len());
        !short.contains([':', '/']) && last.is_some_and(|last| normal(last) == normal(short))
    };
    let within = |package: &str, module: &str| {
        let host = module.split_once('/').is_some_and(|(host, _)| host.contains('.'));
        host && package.strip_prefix(module).is_some_and(|rest| rest.starts_with('/'))
    };
    ends(text, sought) || ends(sought, text) || within(text, sought) || within(sought, text)
}

/// A name as PyPI compares it (PEP 503).
fn normal(name: &str) -> String {
    name.to_ascii_lowercase().replace(['_', '.'], "-")
}

/// The ids that one flaw has in other schemes.
fn aliases(finding: &Value) -> Vec<String> {
    let Some(Value::List(aliases)) = finding.member("aliases") else { return Vec::new() };
    let texts = aliases.iter().filter_map(|alias| match alias {
        Value::Text(text) => Some(text.to_string()),
        _ => None,
    });
    texts.collect()
}
