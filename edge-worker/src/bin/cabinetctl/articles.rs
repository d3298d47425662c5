//! The help tells operators commands that exist.

use std::fs;
use std::path::Path;

use clap::{CommandFactory as _, Parser as _};

use super::Arguments;

/// The articles for operators, in both languages: the file's name and its text.
fn articles() -> Vec<(String, String)> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    ["ru", "en"]
        .iter()
        .flat_map(|language| {
            let folder = content.join(language).join("help/operators");
            fs::read_dir(folder).unwrap().map(move |file| {
                let path = file.unwrap().path();
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                (
                    format!("{language}/{name}"),
                    fs::read_to_string(path).unwrap(),
                )
            })
        })
        .collect()
}

/// The commands in the blocks of an article: lines that a backslash ends go on in the next, and what feeds a command stands before
/// a `|`.
fn commands(article: &str) -> Vec<Vec<String>> {
    article
        .replace("\\\n", " ")
        .lines()
        .filter_map(|line| line.rsplit("| ").next())
        .map(|line| line.trim().trim_start_matches("$ "))
        .filter(|line| line.starts_with("cargo cabinetctl "))
        .map(words)
        .collect()
}

/// The words as a shell would part them; quotes hold words together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for sign in line.chars() {
        match sign {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            sign => words.last_mut().unwrap().push(sign),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What stands between single backticks.
fn spans(article: &str) -> impl Iterator<Item = &str> {
    article
        .lines()
        .filter(|line| !line.contains("```"))
        .flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// Every flag of a command and of those below it.
fn flags(command: &clap::Command) -> Vec<String> {
    let own = command.get_arguments().filter_map(|argument| {
        let long = argument.get_long()?;
        Some(format!("--{long}"))
    });
    own.chain(command.get_subcommands().flat_map(flags))
        .collect()
}

#[test]
fn every_command_in_the_articles_is_understood() {
    let mut count = 0;
    for (name, article) in articles() {
        for command in commands(&article) {
            count += 1;
            // `cargo cabinetctl …`: the first word is cargo's own.
            let parsed = Arguments::try_parse_from(command.iter().skip(1));
            if let Err(error) = parsed {
                panic!("{name}: {}\n{error}", command.join(" "));
            }
        }
    }
    assert!(count > 60, "only {count} commands");
}

#[test]
fn every_command_and_flag_that_the_articles_name_in_passing_exists() {
    // Commands of other tools.
    const FOREIGN: [&str; 2] = ["cargo xtask", "npx wrangler"];
    let tool = Arguments::command();
    let flags = flags(&tool);
    let mut count = 0;
    for (name, article) in articles() {
        for span in spans(&article) {
            if FOREIGN.iter().any(|foreign| span.starts_with(foreign)) {
                continue;
            }
            for flag in span.split(' ').filter(|word| word.starts_with("--")) {
                count += 1;
                assert!(flags.iter().any(|known| known == flag), "{name}: {flag}");
            }
            let span = span.strip_prefix("cargo ").unwrap_or(span);
            let span = span.strip_prefix("cabinetctl ").unwrap_or(span);
            let mut words = span.split(' ');
            let first = words.next().and_then(|word| tool.find_subcommand(word));
            if let Some(group) = first.filter(|group| group.has_subcommands())
                && let Some(verb) = words.next()
            {
                count += 1;
                assert!(group.find_subcommand(verb).is_some(), "{name}: {span}");
            }
        }
    }
    assert!(count > 60, "only {count} names");
}

#[test]
fn the_tool_is_built_without_contradictions() {
    Arguments::command().debug_assert();
}

#[test]
fn a_command_is_parted_as_a_shell_does() {
    assert_eq!(
        commands("text\npass show x | cargo cabinetctl a \\\n  --b \"c d\"\ncargo xtask dev\n"),
        [["cargo", "cabinetctl", "a", "--b", "c d"]]
    );
    assert_eq!(
        spans("a `b c` d\n```bash\n`x` and `y`").collect::<Vec<_>>(),
        ["b c", "x", "y"]
    );
}
