//! Reports of tests that a call chose by name, held against what a requirement asks for.

use crate::model::{Artifact, Rule};
use crate::policy::{Requirement, Selector};

use super::ruling::Ruling;
use super::trust::Trust;

/// `trust` in an artifact, which can only refute where the sealed command chose tests that the requirement
/// does not name.
pub(super) fn held(trust: Trust, artifact: &Artifact, requirement: &Requirement) -> Trust {
    match (&trust, chosen(artifact, requirement)) {
        (Trust::Full, Some(why)) => Trust::RefutesOnly(Ruling::invalid(Rule::SuiteNotLoaded, why)),
        _ => trust,
    }
}

fn chosen(artifact: &Artifact, requirement: &Requirement) -> Option<String> {
    let seal = artifact.sealed.seal()?;
    let selected = seal.selected.as_ref()?;
    artifact.answer.reading().filter(|reading| reading.facts.tests.is_some())?;
    let items = match &requirement.items {
        Selector::Glob { item, .. } => item.as_str(),
        Selector::Beside { item, .. } => item,
    };
    let condition = requirement.condition.as_ref().map(|of| quoted(of.source()));
    let mut texts = vec![items];
    texts.extend(requirement.name.as_deref());
    texts.extend(condition.as_deref());
    (!selected.is_what(&texts)).then(|| {
        let verb = if selected.leaves { "leaves tests out" } else { "chooses tests" };
        format!(
            "{} need not hold all tests: the command in {} has `{}`, which {verb}. Run them all, or give \
             the requirement a `name` that says which it asks for.",
            artifact.path, seal.path, selected.option
        )
    })
}

/// What stands in quotes in a condition: names of facts say nothing of which tests.
fn quoted(source: &str) -> String {
    let mut said = String::new();
    let mut open = None;
    for c in source.chars() {
        match open {
            Some(quote) if c == quote => open = None,
            Some(_) => said.push(c),
            None if matches!(c, '"' | '\'') => {
                open = Some(c);
                said.push(' ');
            }
            None => {}
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn names_of_facts_are_no_names_of_tests() {
        let source =
            "tests.total > 0 && passed(r\"log.in\") && artifact('a.xml').tests.failed == 0";
        assert_eq!(quoted(source), " log.in a.xml");
    }
}
