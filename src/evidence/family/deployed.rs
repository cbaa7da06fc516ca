//! What jobs and descriptions say of deployments, beside the state that the forge has for them.

/// Words by which less than the whole is live afterwards, or nothing.
const LESS: [&str; 10] = [
    "canary",
    "destroy",
    "dryrun",
    "rollback",
    "simulate",
    "stop",
    "teardown",
    "undeploy",
    "uninstall",
    "wave",
];

/// The same in two words.
const LESS_IN_TWO: [[&str; 2]; 5] =
    [["dry", "run"], ["rolled", "back"], ["roll", "back"], ["tear", "down"], ["taken", "down"]];

/// What in the name of a job or in a description says that the deployment to `environment` put less live than
/// the whole: `canary` of `deploy:canary`, `stop` of `stop_production`, `5%`. `None` where nothing does, or
/// where the environment is called so as well.
pub(in crate::evidence) fn puts_less_live(said: &str, environment: Option<&str>) -> Option<String> {
    less(said).filter(|_| environment.and_then(less).is_none())
}

fn less(said: &str) -> Option<String> {
    let lower = said.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '%')
        .filter(|word| !word.is_empty())
        .collect();
    let is_part = |word: &str| {
        let share = word.strip_suffix('%').and_then(|share| share.parse::<u8>().ok());
        share.is_some_and(|share| share < 100)
    };
    let one = words.iter().find(|word| LESS.contains(word) || is_part(word));
    let two = || words.windows(2).find(|two| LESS_IN_TWO.iter().any(|known| known == two));
    one.map(|word| (*word).to_owned()).or_else(|| two().map(|two| two.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::puts_less_live;

    #[test]
    fn what_is_not_the_whole_is_told_and_the_whole_is_not() {
        for (said, less) in [
            ("stop_production", "stop"),
            ("deploy dry-run", "dry run"),
            ("deploy:canary", "canary"),
            ("Canary 5%", "canary"),
            ("Live for 5% of users", "5%"),
            ("Rolled back", "rolled back"),
        ] {
            assert_eq!(puts_less_live(said, Some("live")).as_deref(), Some(less), "{said}");
        }
        for said in ["deploy_production", "deploy: 100%", "Deployed by Ana", "release", ""] {
            assert_eq!(puts_less_live(said, None), None, "{said}");
        }
        assert_eq!(puts_less_live("deploy:canary", Some("canary-eu")), None);
    }
}
