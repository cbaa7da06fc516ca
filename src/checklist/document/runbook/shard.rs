//! Calls of test runners that run one part of several of their tests.

use super::exit::commands;

/// The options by which a runner is told its number and how many parts there are, and from what it counts.
struct Split {
    number: &'static [&'static str],
    of: &'static [&'static str],
    first: u64,
}

/// In two options.
const SPLITS: [Split; 3] = [
    // pytest-split.
    Split { number: &["--group"], of: &["--splits"], first: 1 },
    // pytest-shard.
    Split { number: &["--shard-id"], of: &["--num-shards"], first: 0 },
    // Flutter, GoogleTest.
    Split {
        number: &["--shard-index", "GTEST_SHARD_INDEX"],
        of: &["--total-shards", "GTEST_TOTAL_SHARDS"],
        first: 0,
    },
];

/// In one: `--shard 2/4` of Jest, Vitest and Playwright, `--partition hash:2/4` of nextest.
const PAIRS: [&str; 2] = ["--shard", "--partition"];

/// Which part of how many a call in `command` runs, counted from 1; `None` where none says so in figures.
pub fn shard(command: &str) -> Option<(u64, u64)> {
    let (commands, _) = commands(command);
    commands.iter().find_map(|simple| of_words(&simple.words)).or_else(|| {
        // Variables before a program are no words of its call.
        of_words(&command.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    })
}

/// The program that `command` calls, whatever starts it: `jest` of `npx jest --shard=2/4`.
pub fn runner(command: &str) -> Option<String> {
    const STARTERS: [&str; 22] = [
        "-m", "bun", "bundle", "bunx", "cargo", "dlx", "env", "exec", "npm", "npx", "pipenv",
        "pnpm", "poetry", "python", "python3", "run", "set", "sh", "sudo", "uv", "uvx", "yarn",
    ];
    let (commands, _) = commands(command);
    let words = commands.iter().flat_map(|simple| &simple.words);
    let mut programs = words.map(|word| word.rsplit('/').next().unwrap_or_default());
    let is_program = |word: &&str| !word.starts_with('-') && !STARTERS.contains(word);
    programs.find(is_program).map(str::to_owned)
}

fn of_words(words: &[String]) -> Option<(u64, u64)> {
    let pair = PAIRS.iter().find_map(|option| pair(value(words, option)?));
    pair.or_else(|| SPLITS.iter().find_map(|split| split.told(words)))
}

impl Split {
    fn told(&self, words: &[String]) -> Option<(u64, u64)> {
        let figure = |options: &[&str]| {
            options.iter().find_map(|option| value(words, option)?.parse::<u64>().ok())
        };
        let number = figure(self.number)?.checked_add(1)?.checked_sub(self.first)?;
        part(number, figure(self.of)?)
    }
}

/// `2/4`, `hash:2/4`.
pub fn pair(text: &str) -> Option<(u64, u64)> {
    let (number, of) = text.rsplit(':').next()?.split_once('/')?;
    part(number.trim().parse().ok()?, of.trim().parse().ok()?)
}

fn part(number: u64, of: u64) -> Option<(u64, u64)> {
    (1..=of).contains(&number).then_some((number, of))
}

/// What stands behind `option`, with a `=` or as the next word.
fn value<'w>(words: &'w [String], option: &str) -> Option<&'w str> {
    let at = words.iter().position(|word| {
        word.strip_prefix(option).is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
    })?;
    let word = words.get(at)?;
    word.split_once('=').map(|(_, value)| value).or_else(|| words.get(at + 1).map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::shard;

    #[test]
    fn each_runners_way_to_name_a_part_is_known() {
        for (command, told) in [
            ("npx jest --shard=2/4 --json", Some((2, 4))),
            ("npx playwright test --shard 1/3", Some((1, 3))),
            ("set -e\nnpx vitest run --shard=3/3", Some((3, 3))),
            ("cargo nextest run --partition count:2/5", Some((2, 5))),
            ("pytest --splits 4 --group 3", Some((3, 4))),
            ("pytest --shard-id=0 --num-shards=2", Some((1, 2))),
            ("flutter test --total-shards 3 --shard-index 2", Some((3, 3))),
            ("GTEST_TOTAL_SHARDS=2 GTEST_SHARD_INDEX=1 ./unit", Some((2, 2))),
            ("npx jest", None),
            ("npx jest --shard=$CI_NODE_INDEX/$CI_NODE_TOTAL", None),
            ("npx jest --shard=5/4", None),
            ("pytest --group 3", None),
        ] {
            assert_eq!(shard(command), told, "{command}");
        }
    }
}
