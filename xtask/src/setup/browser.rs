//! A browser for the tests.
//!
//! The one from npm comes first: it is pinned, needs no system library and no network of its own. It is made
//! for 64-bit Linux; elsewhere an installed Chromium or Chrome serves.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::node;
use crate::process::Run;
use crate::project::{self, Project};
use crate::report;

const INSTALLED: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// Unpacks the packed browser and the libraries it was linked with into `TMPDIR`.
const UNPACK: &str = "
    import chromium, { inflate } from '@sparticuz/chromium';
    import { fileURLToPath } from 'node:url';
    const package_ = import.meta.resolve('@sparticuz/chromium');
    await inflate(fileURLToPath(new URL('../bin/al2023.tar.br', package_)));
    await chromium.executablePath();
";

/// A browser that runs here.
#[derive(Debug)]
pub(crate) struct Browser {
    program: PathBuf,
    /// The unpacked browser's folder, with libraries and fonts.
    own_folder: Option<PathBuf>,
}

impl Browser {
    /// Tells a test where the browser is and what it needs.
    pub(crate) fn offer_to(&self, command: &mut Command) {
        command.env("CABINET_BROWSER", &self.program);
        if let Some(folder) = &self.own_folder {
            let libraries = node::library_path_with(folder.join("al2023/lib").as_os_str());
            command
                .env("LD_LIBRARY_PATH", libraries)
                .env("FONTCONFIG_FILE", folder.join("fonts.conf"));
        }
    }

    fn version(&self, project: &Project) -> Option<String> {
        let mut command = project.command(&self.program);
        self.offer_to(command.arg("--version"));
        let output = command
            .output()
            .ok()
            .filter(|output| output.status.success())?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

/// Finds a browser that starts.
///
/// # Errors
/// None does.
pub(crate) fn find(project: &Project) -> Result<Browser, Failure> {
    report::step("browser", |step| {
        let candidates = pinned(project).into_iter().chain(INSTALLED.map(installed));
        for browser in candidates {
            if let Some(version) = browser.version(project) {
                step.found(version);
                return Ok(browser);
            }
        }
        Err(Failure::new(
            "no browser that can be tested with",
            "install one, on Debian with: sudo apt-get install chromium",
        ))
    })
}

fn installed(program: &str) -> Browser {
    Browser {
        program: program_on_path(program),
        own_folder: None,
    }
}

fn program_on_path(program: &str) -> PathBuf {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
        .unwrap_or_else(|| PathBuf::from(program))
}

/// The browser from npm, unpacked on first use.
fn pinned(project: &Project) -> Option<Browser> {
    if !(cfg!(target_os = "linux") && cfg!(target_arch = "x86_64")) {
        return None;
    }
    let folder = project.tool("browser");
    let program = folder.join("chromium");
    if !program.is_file() {
        unpack(project, &folder).ok()?;
    }
    let fonts = folder.join("fonts.conf");
    let settings = font_settings(&folder);
    if fs::read_to_string(&fonts).ok().as_ref() != Some(&settings) {
        fs::write(&fonts, settings).ok()?;
    }
    Some(Browser {
        program,
        own_folder: Some(folder),
    })
}

fn unpack(project: &Project, folder: &Path) -> Result<(), Failure> {
    let partial = project.tool("browser.partial");
    project::remove_folder(&partial)?;
    project::make_folder(&partial)?;
    let mut command = node::command(project, "node");
    command
        .args(["--input-type=module", "--eval", UNPACK])
        .env("TMPDIR", &partial);
    Run::new(project, "browser", command).wait()?;
    project::remove_folder(folder)?;
    fs::rename(&partial, folder).map_err(|error| Failure::file("make", folder, &error))
}

/// The package's own settings name the folders of another system. Where a page asks for the system's font it gets the packed
/// one in every weight, on every machine: otherwise bolder words would be another font than the text around them.
fn font_settings(folder: &Path) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">\n<fontconfig>\n  \
         <dir>{fonts}</dir>\n  <dir>/usr/share/fonts</dir>\n  <cachedir>{cache}</cachedir>\n  \
         <match target=\"pattern\">\n    \
         <edit name=\"family\" mode=\"append_last\" binding=\"strong\"><string>Open Sans</string></edit>\n  </match>\n</fontconfig>\n",
        fonts = folder.join("fonts/fonts").display(),
        cache = folder.join("font-cache").display(),
    )
}
