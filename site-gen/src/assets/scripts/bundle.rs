//! Several scripts as one, and as few letters.
//!
//! All scripts of a bundle share one scope. So every name that stands at the top of a script gets the number of its script,
//! which no script writes itself; an import gets the name of what it stands for, and is then needless. The minifier makes all of
//! them short.

use std::borrow::Cow;

use oxc::allocator::{Allocator, Vec as ArenaVec};
use oxc::ast::ast::{
    Expression, ImportDeclaration, ImportDeclarationSpecifier, ImportExpression, Program, Statement,
};
use oxc::ast_visit::{VisitMut, walk_mut};
use oxc::codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc::minifier::{Minifier, MinifierOptions};
use oxc::parser::Parser;
use oxc::semantic::{Scoping, SemanticBuilder};
use oxc::span::SourceType;

/// Where the imports of a script lead.
pub(super) trait Links {
    /// The number of the script that is written like this.
    fn number(&self, written: &str) -> usize;

    /// The name under which this script is published, as others in its folder load it.
    fn published(&self, written: &str) -> String;
}

/// A script as part of a bundle: without imports and exports, its names with its number.
pub(super) fn part(text: &str, number: usize, links: &impl Links) -> String {
    let allocator = Allocator::default();
    let mut program = Parser::new(&allocator, text, SourceType::mjs())
        .parse()
        .program;
    let mut scoping = SemanticBuilder::new()
        .build(&program)
        .semantic
        .into_scoping();
    let own: Vec<_> = scoping.iter_bindings_in(scoping.root_scope_id()).collect();
    for symbol in own {
        let name = numbered(scoping.symbol_name(symbol), number);
        scoping.set_symbol_name(symbol, name.as_str().into());
    }
    let mut body = ArenaVec::new_in(&&allocator);
    for statement in std::mem::replace(&mut program.body, ArenaVec::new_in(&&allocator)) {
        match statement {
            Statement::ImportDeclaration(import) => name_imported(&mut scoping, &import, links),
            Statement::ExportDeclaration(export) => {
                body.push(Statement::from(export.unbox().declaration));
            }
            other => body.push(other),
        }
    }
    program.body = body;
    let mut later = Later {
        allocator: &allocator,
        links,
    };
    later.visit_program(&mut program);
    printed(&program, Some(scoping), false)
}

/// Whole scripts, the imported before those that import them, made short. What `exports` names of the script `number` can be
/// imported from the bundle.
pub(super) fn minified<'e>(
    parts: &[&str],
    number: usize,
    exports: impl Iterator<Item = &'e str>,
) -> String {
    let exports = exports.map(|name| {
        let numbered = numbered(name, number);
        Cow::Owned(format!("export {{ {numbered} as {name} }};\n"))
    });
    let parts = parts.iter().map(|part| Cow::Borrowed(*part));
    let whole: String = parts.chain(exports).collect();
    let allocator = Allocator::default();
    let mut program = Parser::new(&allocator, &whole, SourceType::mjs())
        .parse()
        .program;
    let names = Minifier::new(MinifierOptions::default()).minify(&allocator, &mut program);
    let mut text = printed(&program, names.scoping, true);
    text.push('\n');
    text
}

fn numbered(name: &str, number: usize) -> String {
    format!("{name}${number}")
}

/// Gives the names of an import those that they have where they are declared.
fn name_imported(scoping: &mut Scoping, import: &ImportDeclaration<'_>, links: &impl Links) {
    let number = links.number(&import.source.value);
    for specifier in import.specifiers.iter().flatten() {
        if let ImportDeclarationSpecifier::ImportSpecifier(specifier) = specifier {
            let name = numbered(&specifier.imported.name(), number);
            scoping.set_symbol_name(specifier.local.symbol_id(), name.as_str().into());
        }
    }
}

/// Gives scripts that are loaded later their published names.
struct Later<'a, L> {
    allocator: &'a Allocator,
    links: &'a L,
}

impl<'a, L: Links> VisitMut<'a> for Later<'a, L> {
    fn visit_import_expression(&mut self, import: &mut ImportExpression<'a>) {
        if let Expression::StringLiteral(name) = &mut import.source {
            let published = self.links.published(&name.value);
            name.value = self.allocator.alloc_str(&published).into();
            name.raw = None;
        }
        walk_mut::walk_import_expression(self, import);
    }
}

fn printed(program: &Program<'_>, names: Option<Scoping>, is_short: bool) -> String {
    let options = CodegenOptions {
        minify: is_short,
        comments: CommentOptions::disabled(),
        ..CodegenOptions::default()
    };
    let printer = Codegen::new().with_options(options).with_scoping(names);
    printer.build(program).code
}
