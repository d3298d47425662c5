//! One script as it is written: what it imports and what others may import from it.

use std::collections::BTreeSet;
use std::ops::Range;

use oxc::allocator::Allocator;
use oxc::ast::ast::{
    Expression, ImportDeclaration, ImportDeclarationSpecifier, ImportExpression, Program, Statement,
};
use oxc::ast_visit::{Visit, walk};
use oxc::diagnostics::OxcDiagnostic;
use oxc::parser::Parser;
use oxc::semantic::SemanticBuilder;
use oxc::span::{GetSpan, SourceType, Span};

use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;

/// A script of the theme.
pub(super) struct Module<'a> {
    pub(super) file: &'a SourceFile,
    /// Its imports in order, those that are loaded later too.
    pub(super) imports: Vec<Import>,
    /// The names that it exports.
    pub(super) exports: BTreeSet<String>,
}

/// What a script asks of another.
pub(super) struct Import {
    /// The other one as it is written: `./name.js`.
    pub(super) written: String,
    /// Where that stands, without the quotes.
    pub(super) place: Range<usize>,
    /// The names it asks for, and where they stand.
    pub(super) names: Vec<(String, Range<usize>)>,
    /// Whether it is loaded only when the script comes to it: `import("./name.js")`.
    pub(super) is_later: bool,
}

impl<'a> Module<'a> {
    /// Reads a script.
    ///
    /// # Errors
    /// It is not JavaScript, or it imports or exports in a way that bundles do not have.
    pub(super) fn read(file: &'a SourceFile) -> Result<Self, Vec<Diagnostic>> {
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, file.text(), SourceType::mjs()).parse();
        let mistakes: Vec<_> = if parsed.diagnostics.is_empty() {
            let checks = SemanticBuilder::new().with_check_syntax_error(true);
            checks
                .build(&parsed.program)
                .diagnostics
                .into_iter()
                .collect()
        } else {
            parsed.diagnostics.into_iter().collect()
        };
        if !mistakes.is_empty() {
            return Err(mistakes.iter().map(|mistake| told(file, mistake)).collect());
        }
        let exports = parsed.module_record.exported_bindings.keys();
        let mut reader = Reader {
            module: Self {
                file,
                imports: Vec::new(),
                exports: exports.map(ToString::to_string).collect(),
            },
            errors: Vec::new(),
        };
        reader.visit_program(&parsed.program);
        if reader.errors.is_empty() {
            Ok(reader.module)
        } else {
            Err(reader.errors)
        }
    }
}

/// A mistake in the script at its place.
fn told(file: &SourceFile, mistake: &OxcDiagnostic) -> Diagnostic {
    let message = format!("the script is not JavaScript: {}", mistake.message);
    let error = match mistake.labels.first() {
        Some(label) => {
            let start = label.offset() as usize;
            Diagnostic::at(file, start..start + label.len() as usize, message)
        }
        None => Diagnostic::about(file.path(), message),
    };
    error.maybe_help(mistake.help.as_ref().map(ToString::to_string))
}

fn within_quotes(span: Span) -> Range<usize> {
    range(span.shrink(1))
}

fn range(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

struct Reader<'a> {
    module: Module<'a>,
    errors: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn refuse(&mut self, span: Span, message: &str, cure: &str) {
        let error = Diagnostic::at(self.module.file, range(span), message);
        self.errors.push(error.help(cure));
    }

    fn read_import(&mut self, import: &ImportDeclaration<'_>) {
        let mut names = Vec::new();
        for specifier in import.specifiers.iter().flatten() {
            if let ImportDeclarationSpecifier::ImportSpecifier(specifier) = specifier {
                let name = specifier.imported.name().to_string();
                names.push((name, range(specifier.imported.span())));
            } else {
                self.refuse(
                    specifier.span(),
                    "scripts import each other's names one by one",
                    "write import { name } from \"./name.js\"",
                );
            }
        }
        self.module.imports.push(Import {
            written: import.source.value.to_string(),
            place: within_quotes(import.source.span),
            names,
            is_later: false,
        });
    }
}

impl<'s> Visit<'s> for Reader<'_> {
    fn visit_program(&mut self, program: &Program<'s>) {
        for statement in &program.body {
            match statement {
                Statement::ImportDeclaration(import) => self.read_import(import),
                Statement::ExportAllDeclaration(_)
                | Statement::ExportDefaultDeclaration(_)
                | Statement::ExportFromDeclaration(_)
                | Statement::ExportNamedDeclaration(_) => self.refuse(
                    statement.span(),
                    "scripts export where they declare",
                    "write export before the function, the class or the constant",
                ),
                _ => {}
            }
        }
        walk::walk_program(self, program);
    }

    fn visit_import_expression(&mut self, import: &ImportExpression<'s>) {
        if let Expression::StringLiteral(name) = &import.source {
            self.module.imports.push(Import {
                written: name.value.to_string(),
                place: within_quotes(name.span),
                names: Vec::new(),
                is_later: true,
            });
        } else {
            self.refuse(
                import.source.span(),
                "the name of a script that is loaded later has to be known when the site is built",
                "write it as a string: import(\"./name.js\")",
            );
        }
        walk::walk_import_expression(self, import);
    }
}
