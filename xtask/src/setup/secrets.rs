//! The secrets that the Worker finds in `.dev.vars` on this machine.
//!
//! They are made once, are never printed and never leave the file, which git ignores. In production they
//! are set with `wrangler secret put`.

use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use crate::failure::Failure;
use crate::project::Project;
use crate::report;
use crate::stamp::hex;

const NAME: &str = "JWT_SECRET";
const BYTES: usize = 32;

/// Makes the secret for tokens unless there is one.
///
/// # Errors
/// The file or the system's randomness is out of reach.
pub(super) fn ensure(project: &Project) -> Result<(), Failure> {
    report::step("secrets in .dev.vars", |_| {
        ensure_in(&project.path(".dev.vars"))
    })
}

/// The secret for tokens, for the tests that make some themselves.
///
/// # Errors
/// The file cannot be read or has no secret.
pub(crate) fn read(project: &Project) -> Result<String, Failure> {
    let path = project.path(".dev.vars");
    let text = fs::read_to_string(&path).map_err(|error| Failure::file("read", &path, &error))?;
    value(&text).map(str::to_owned).ok_or_else(|| {
        Failure::new(
            format!(".dev.vars has no {NAME}"),
            "remove the line and run: cargo xtask dev",
        )
    })
}

fn ensure_in(path: &Path) -> Result<(), Failure> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(Failure::file("read", path, &error)),
    };
    match value(&text) {
        Some(secret) if secret.len() >= BYTES => Ok(()),
        Some(_) => Err(Failure::new(
            format!("{NAME} in .dev.vars is shorter than {BYTES} bytes"),
            "remove its line, then run the command again to have a new one made",
        )),
        None => append(path, &text).map_err(|error| Failure::file("write", path, &error)),
    }
}

/// What other lines the file has stays as it is.
fn append(path: &Path, text: &str) -> std::io::Result<()> {
    let line_break = if text.is_empty() || text.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    let secret = random_hex()?;
    OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)?
        .write_all(format!("{line_break}{NAME}={secret}\n").as_bytes())
}

fn random_hex() -> std::io::Result<String> {
    let mut bytes = [0; BYTES];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(hex(&bytes))
}

fn value(text: &str) -> Option<&str> {
    text.lines()
        .filter_map(|line| line.split_once('='))
        .find(|(name, _)| name.trim() == NAME)
        .map(|(_, value)| value.trim().trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::{ensure_in, value};
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn the_secret_is_made_once_and_for_the_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".dev.vars");
        ensure_in(&path).unwrap();
        let first = fs::read_to_string(&path).unwrap();
        let secret = value(&first).unwrap();
        assert_eq!(secret.len(), 64);
        assert!(secret.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );

        ensure_in(&path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), first);
    }

    #[test]
    fn other_variables_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".dev.vars");
        fs::write(&path, "BANK_PASSWORD=x").unwrap();
        ensure_in(&path).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("BANK_PASSWORD=x\nJWT_SECRET="));
    }

    #[test]
    fn a_short_secret_is_refused_and_not_shown() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".dev.vars");
        fs::write(&path, "JWT_SECRET=\"hunter2\"\n").unwrap();
        let refusal = ensure_in(&path).unwrap_err().to_string();
        assert!(!refusal.contains("hunter2"));
    }
}
