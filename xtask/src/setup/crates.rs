//! Tools from the crates registry, compiled into `target/tools`.

use crate::failure::Failure;
use crate::process::Run;
use crate::project::{self, Project};
use crate::report;

/// A tool at a fixed version.
#[derive(Debug)]
pub(crate) struct CrateTool {
    name: &'static str,
    version: &'static str,
    takes: &'static str,
}

/// Compiles and packs the Worker; its version follows the `worker` crate's.
pub(crate) const WORKER_BUILD: CrateTool = CrateTool {
    name: "worker-build",
    version: "0.8.7",
    takes: "a minute or two",
};

/// Checks licences, advisories and bans.
pub(crate) const CARGO_DENY: CrateTool = CrateTool {
    name: "cargo-deny",
    version: "0.20.2",
    takes: "about a minute",
};

impl CrateTool {
    /// The program itself.
    pub(crate) fn program(&self, project: &Project) -> std::path::PathBuf {
        project.tool(self.name).join("bin").join(self.name)
    }

    /// The version that the project uses.
    pub(crate) fn version(&self) -> &'static str {
        self.version
    }

    /// Compiles the tool unless it is there in the right version.
    ///
    /// # Errors
    /// It cannot be fetched or compiled.
    pub(crate) fn install(&self, project: &Project) -> Result<(), Failure> {
        report::step(&format!("{} {}", self.name, self.version), |step| {
            if self.is_installed(project) {
                return Ok(());
            }
            step.doing(&format!("compiling, {}", self.takes));
            let scratch = project.tool("scratch").join(self.name);
            let mut cargo = project.cargo();
            cargo
                .args([
                    "install",
                    self.name,
                    "--version",
                    self.version,
                    "--locked",
                    "--force",
                ])
                // Not optimised: these tools mostly wait for others, and compile three times faster.
                .args(["--debug", "--bin", self.name, "--root"])
                .arg(project.tool(self.name))
                .arg("--target-dir")
                .arg(&scratch)
                .env("CARGO_PROFILE_DEV_DEBUG", "false");
            Run::new(project, &format!("{} install", self.name), cargo)
                .mend(
                    "check the connection to the crates registry, and where the output above names \
                     OpenSSL, run: sudo apt-get install pkg-config libssl-dev",
                )
                .wait()?;
            project::remove_folder(&scratch)
        })
    }

    fn is_installed(&self, project: &Project) -> bool {
        project
            .command(self.program(project))
            .arg("--version")
            .output()
            .is_ok_and(|output| names_version(&output.stdout, self.version))
    }
}

/// `worker-build` prints its bare version, `cargo-deny` its name before it.
fn names_version(output: &[u8], version: &str) -> bool {
    String::from_utf8_lossy(output)
        .split_whitespace()
        .any(|word| word == version)
}

#[cfg(test)]
mod tests {
    use super::names_version;

    #[test]
    fn a_tool_counts_as_installed_in_its_exact_version_only() {
        assert!(names_version(b"0.8.7\n", "0.8.7"));
        assert!(names_version(b"cargo-deny 0.20.2\n", "0.20.2"));
        assert!(!names_version(b"cargo-deny 0.20.21\n", "0.20.2"));
        assert!(!names_version(b"", "0.20.2"));
    }
}
