//! The `wasm-bindgen` command, of exactly the version that `Cargo.lock` names for the library.
//!
//! `worker-build` calls it through `WASM_BINDGEN_BIN`. The published command needs several minutes to
//! compile because it also carries a test runner with an HTTP server; the part that does the work is the
//! library used here. Only what `worker-build` passes is understood: a flag of a newer `worker-build` is
//! an error rather than something silently ignored.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use wasm_bindgen_cli_support::Bindgen;

/// Turns a compiled Worker into a module that workerd can load.
#[derive(Debug, Parser)]
#[command(name = "wasm-bindgen")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the names and the kind of the flags belong to worker-build"
)]
struct Arguments {
    /// The `.wasm` file that cargo made.
    input: PathBuf,
    /// Where the module and its glue go.
    #[arg(long)]
    out_dir: PathBuf,
    /// The file name without an ending; the input's name unless given.
    #[arg(long)]
    out_name: Option<String>,
    /// How the WebAssembly is imported.
    #[arg(long, value_enum)]
    target: Target,
    /// Write type declarations.
    #[arg(long, overrides_with = "no_typescript")]
    typescript: bool,
    /// Write no type declarations.
    #[arg(long)]
    no_typescript: bool,
    /// Add checks to the glue.
    #[arg(long)]
    debug: bool,
    /// Leave symbol names as the compiler wrote them.
    #[arg(long)]
    no_demangle: bool,
    /// Keep DWARF sections.
    #[arg(long)]
    keep_debug: bool,
    /// Do not add a default path to the initialiser.
    #[arg(long)]
    omit_default_module_path: bool,
    /// Write linked modules as files of their own.
    #[arg(long)]
    split_linked_modules: bool,
    /// Export a function that starts the instance afresh, for use after a panic.
    #[arg(long)]
    experimental_reset_state_function: bool,
    /// Notice an abort even where no unwinding exists.
    #[arg(long)]
    force_enable_abort_handler: bool,
}

/// The module formats that `worker-build` asks for.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Target {
    /// `import source module from "./x.wasm"`, what workerd wants.
    Module,
    /// `import * as wasm from "./x.wasm"`, for `worker-build --no-panic-recovery`.
    Bundler,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let mut bindgen = Bindgen::new();
    match arguments.target {
        Target::Module => bindgen.module(true)?,
        Target::Bundler => bindgen.bundler(true)?,
    };
    if let Some(name) = &arguments.out_name {
        bindgen.out_name(name);
    }
    bindgen
        .input_path(&arguments.input)
        .typescript(arguments.typescript)
        .debug(arguments.debug)
        .demangle(!arguments.no_demangle)
        .keep_debug(arguments.keep_debug)
        .omit_default_module_path(arguments.omit_default_module_path)
        .split_linked_modules(arguments.split_linked_modules)
        .reset_state_function(arguments.experimental_reset_state_function)
        .force_enable_abort_handler(arguments.force_enable_abort_handler)
        .generate(&arguments.out_dir)
}
