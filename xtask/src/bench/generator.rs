//! The generators that are compared, and how each is called.

use std::path::Path;
use std::process::Command;

use clap::ValueEnum;

use crate::bench::corpus;

/// A generator, or the floor below all of them.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, ValueEnum)]
pub(super) enum Generator {
    /// Reading, rendering and writing the bare Markdown: what no generator can be faster than.
    Floor,
    /// The one of this workspace.
    Ours,
    /// Hugo.
    Hugo,
    /// Zola.
    Zola,
    /// mdBook.
    #[value(name = "mdbook")]
    MdBook,
}

impl Generator {
    /// All of them, in the order in which they take turns.
    pub(super) const ALL: [Self; 5] = [
        Self::Floor,
        Self::Ours,
        Self::Hugo,
        Self::Zola,
        Self::MdBook,
    ];

    /// Its name, in tables and on the command line.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Ours => "ours",
            Self::Hugo => "hugo",
            Self::Zola => "zola",
            Self::MdBook => "mdbook",
        }
    }

    /// Whether it is a generator of others.
    pub(super) const fn is_peer(self) -> bool {
        matches!(self, Self::Hugo | Self::Zola | Self::MdBook)
    }

    /// Whose sources it reads: the floor has none of its own.
    pub(super) const fn sources(self) -> Self {
        match self {
            Self::Floor => Self::Ours,
            other => other,
        }
    }

    /// The folder of its pages in its sources.
    pub(super) const fn content(self) -> &'static str {
        match self {
            Self::Floor | Self::Ours => "content/ru",
            Self::Hugo | Self::Zola => "content",
            Self::MdBook => "src",
        }
    }

    /// What it keeps between builds beside the output, relative to its sources.
    pub(super) const fn caches(self) -> &'static [&'static str] {
        match self {
            Self::Floor | Self::MdBook => &[],
            Self::Ours => &["target", ".cache"],
            Self::Hugo => &["resources", ".hugo_build.lock"],
            Self::Zola => &["static/processed_images"],
        }
    }

    /// A build into a folder.
    pub(super) fn build(self, program: &Path, root: &Path, output: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(root);
        match self {
            Self::Floor => command.arg(root.join(self.content())).arg(output),
            Self::Ours => command
                .args(["build", "--root"])
                .arg(root)
                .arg("--out")
                .arg(output),
            Self::Hugo => command
                .args(["build", "--source"])
                .arg(root)
                .arg("--destination")
                .arg(output),
            Self::Zola => command
                .arg("--root")
                .arg(root)
                .args(["build", "--force", "--output-dir"])
                .arg(output),
            Self::MdBook => command.arg("build").arg(root).arg("--dest-dir").arg(output),
        };
        command
    }

    /// The server for editors, as an editor would start it; the floor has none.
    pub(super) fn serve(self, program: &Path, root: &Path, output: &Path, port: u16) -> Command {
        let port = port.to_string();
        let mut command = Command::new(program);
        command.current_dir(root);
        match self {
            Self::Floor => &mut command,
            Self::Ours => command.args(["serve", "--port", &port, "--root"]).arg(root),
            Self::Hugo => command
                .args(["server", "--bind", "127.0.0.1", "--port", &port, "--source"])
                .arg(root),
            Self::Zola => command.arg("--root").arg(root).args([
                "serve",
                "--interface",
                "127.0.0.1",
                "--port",
                &port,
            ]),
            Self::MdBook => command
                .args([
                    "serve",
                    "--hostname",
                    "127.0.0.1",
                    "--port",
                    &port,
                    "--dest-dir",
                ])
                .arg(output)
                .arg(root),
        };
        command
    }

    /// The address of a page on the server.
    pub(super) fn address(self, number: usize) -> String {
        let path = corpus::page_path(number);
        match self {
            Self::Zola => format!("/{path}/"),
            _ => format!("/{path}.html"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Generator;
    use clap::ValueEnum;

    #[test]
    fn the_command_line_and_the_tables_use_one_name() {
        for generator in Generator::ALL {
            let value = generator.to_possible_value().unwrap();
            assert_eq!(value.get_name(), generator.name());
        }
    }
}
