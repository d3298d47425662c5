//! The templates and the functions that they can call.

use std::fmt;

use minijinja::syntax::SyntaxConfig;
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value,
};

use super::template_error;
use crate::assets::{Asset, Assets, Icons};
use crate::diagnostics::Diagnostic;
use crate::markdown::figures;
use crate::markup::escape;
use crate::parse::Theme;
use crate::source::SourceFile;
use crate::suggestion::{did_you_mean, did_you_mean_path};
use crate::theme;

/// The cure that comes with an error of a template function.
#[derive(Debug)]
pub(super) struct Advice(pub(super) String);

impl fmt::Display for Advice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Advice {}

/// The cure where no template has a similar name.
pub(super) const TEMPLATES_LIE: &str = "templates lie in site-gen/theme/templates";

/// Reads all templates; every one that is wrong is an error.
pub(super) fn build(theme: &Theme) -> Result<Environment<'static>, Vec<Diagnostic>> {
    let mut environment = Environment::new();
    environment.set_debug(true);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|name| {
        if name.ends_with(theme::PLAIN) {
            AutoEscape::None
        } else {
            AutoEscape::Html
        }
    });
    environment.set_formatter(write_value);
    environment.set_syntax(whitespace());
    figures::add_filters(&mut environment);
    add_functions(&mut environment, theme);
    let mut errors = Vec::new();
    for file in &theme.templates {
        let name = template_name(file);
        if let Err(error) = environment.add_template_owned(name, file.text().to_owned()) {
            errors.push(template_error::describe_syntax(&error, file));
        }
    }
    if errors.is_empty() {
        Ok(environment)
    } else {
        Err(errors)
    }
}

/// Writes text as other generators do; the library's own way also turns every `/` into `&#x2f;`.
fn write_value(
    output: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), Error> {
    let is_plain = matches!(state.auto_escape(), AutoEscape::None);
    match value.as_str() {
        Some(text) if !value.is_safe() && !is_plain => {
            output.write_str(&escape(text)).map_err(Error::from)
        }
        _ => minijinja::escape_formatter(output, state, value),
    }
}

/// Lines that hold nothing but `{% … %}` leave nothing behind.
fn whitespace() -> SyntaxConfig {
    SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()
        .unwrap_or_default()
}

/// "Did you mean" for a template that a page asks for.
pub(super) fn nearest_template(environment: &Environment<'_>, written: &str) -> Option<String> {
    let names = environment.templates().map(|(name, _)| name);
    did_you_mean(written, names.filter_map(|name| name.strip_suffix(".html")))
}

/// "Did you mean" for a file that a template extends or includes.
pub(super) fn nearest_file(environment: &Environment<'_>, written: &str) -> String {
    let names = environment.templates().map(|(name, _)| name);
    did_you_mean_path(written, names).unwrap_or_else(|| TEMPLATES_LIE.to_owned())
}

/// The file of a template.
pub(super) fn template_path(name: &str) -> String {
    format!("{}/templates/{name}", theme::FOLDER)
}

fn template_name(file: &SourceFile) -> String {
    let path = file.path();
    path.strip_prefix(&template_path(""))
        .unwrap_or(&path)
        .to_owned()
}

fn add_functions(environment: &mut Environment<'static>, theme: &Theme) {
    let assets = theme.assets.clone();
    environment.add_function("asset", move |name: &str| -> Result<String, Error> {
        find_asset(&assets, name).map(Asset::address)
    });
    let assets = theme.assets.clone();
    environment.add_function(
        "asset_integrity",
        move |name: &str| -> Result<String, Error> {
            find_asset(&assets, name).map(|asset| asset.integrity.clone())
        },
    );
    environment.add_function("social_picture", || "");
    let icons = theme.icons.clone();
    environment.add_function("icon", move |name: &str| -> Result<Value, Error> {
        find_icon(&icons, name)
    });
}

fn find_asset<'a>(assets: &'a Assets, name: &str) -> Result<&'a Asset, Error> {
    assets.get(name).ok_or_else(|| {
        let advice = did_you_mean_path(name, assets.names()).unwrap_or_else(|| {
            "assets are named like css/site.css and js/login.js; an imported style sheet is part of another".to_owned()
        });
        unknown(format!("there is no asset \"{name}\""), advice)
    })
}

fn find_icon(icons: &Icons, name: &str) -> Result<Value, Error> {
    if let Some(svg) = icons.get(name) {
        Ok(Value::from_safe_string(svg.to_owned()))
    } else {
        let advice = did_you_mean(name, icons.names())
            .unwrap_or_else(|| format!("icons lie in {}/icons", theme::FOLDER));
        Err(unknown(format!("there is no icon \"{name}\""), advice))
    }
}

fn unknown(message: String, advice: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, message).with_source(Advice(advice))
}
