//! `cabinetctl document …`: what clients are asked to agree to.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use clap::{Args, Subcommand};
use edge_worker::app::catalogue_editing::Publication;
use edge_worker::app::ports::catalogue_editing::{DocumentBody, DocumentDraft, PublishedDocument};
use edge_worker::domain::catalogue::{DocumentType, Slug};
use edge_worker::domain::web_address::WebAddress;
use edge_worker::domain::wording::{Prose, Title};
use serde_json::{Value, json};

use crate::application::Office;
use crate::product::{parse_address, parse_slug, parse_title};
use crate::{refusal, table, terminal};

/// What can be done with documents.
#[derive(Subcommand)]
pub(crate) enum DocumentCommand {
    /// List the documents with their latest versions
    List(ListArguments),
    /// Publish a version; whoever accepted an earlier one is asked again
    Publish(PublishArguments),
}

/// How to list them
#[derive(Args)]
pub(crate) struct ListArguments {
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// What to publish
#[derive(Args)]
pub(crate) struct PublishArguments {
    /// The document's name in addresses; one that does not exist yet is made
    #[arg(value_parser = parse_slug)]
    slug: Slug,
    #[arg(
        long = "type",
        value_parser = parse_type,
        value_name = "TYPE",
        help = "What it is for: privacy, affiliate_terms, cabinet_terms, subscription_terms or other"
    )]
    document_type: DocumentType,
    /// Its title in Russian
    #[arg(long, value_parser = parse_title)]
    title_ru: Title,
    /// Its title in English
    #[arg(long, value_parser = parse_title)]
    title_en: Option<Title>,
    /// The page that has the text
    #[arg(long, value_parser = parse_address, value_name = "ADDRESS", required_unless_present = "text_ru")]
    url: Option<WebAddress>,
    /// The file with the Russian text, in Markdown
    #[arg(long, value_name = "FILE", conflicts_with = "url")]
    text_ru: Option<PathBuf>,
    /// The file with the English text, in Markdown
    #[arg(long, value_name = "FILE", requires = "text_ru")]
    text_en: Option<PathBuf>,
    /// Do it without asking
    #[arg(long)]
    yes: bool,
}

/// Does it.
pub(crate) async fn run(command: DocumentCommand, office: &Office) -> Result<()> {
    match command {
        DocumentCommand::List(arguments) => list(office, &arguments).await,
        DocumentCommand::Publish(arguments) => publish(office, arguments).await,
    }
}

async fn publish(office: &Office, arguments: PublishArguments) -> Result<()> {
    let body = match (&arguments.text_ru, arguments.url) {
        (Some(ru), _) => DocumentBody::Text {
            ru: read(ru)?,
            en: arguments.text_en.as_deref().map(read).transpose()?,
        },
        (None, Some(url)) => DocumentBody::Page(url),
        (None, None) => return Err(anyhow!("say where the text is: --text-ru or --url")),
    };
    let draft = DocumentDraft {
        slug: arguments.slug,
        document_type: arguments.document_type,
        title_ru: arguments.title_ru,
        title_en: arguments.title_en,
        body,
    };
    let slug = &draft.slug;
    let question =
        format!("Publish {slug}? Everybody who accepted an earlier version is asked again.");
    terminal::confirm(&question, arguments.yes)?;
    let publication = office
        .app
        .publish_document(&office.operator, &draft)
        .await
        .map_err(refusal::catalogue)?;
    terminal::say(&match publication {
        Publication::Version(version) => format!("Published {slug}, version {version}."),
        Publication::SameAs(version) => {
            format!("Version {version} of {slug} says the same: nothing was changed.")
        }
    });
    Ok(())
}

fn read(file: &Path) -> Result<Prose> {
    let name = file.display();
    let text = fs::read_to_string(file).with_context(|| format!("{name} cannot be read"))?;
    Prose::parse(&text).map_err(|_| {
        let max = Prose::MAX_BYTES;
        anyhow!("{name} is empty, longer than {max} bytes, or has control characters")
    })
}

async fn list(office: &Office, arguments: &ListArguments) -> Result<()> {
    let documents = office.app.documents().await.map_err(refusal::use_case)?;
    if arguments.json {
        let documents: Vec<_> = documents.iter().map(as_json).collect();
        terminal::say(&format!("{:#}", json!({ "documents": documents })));
        return Ok(());
    }
    if documents.is_empty() {
        terminal::say("There are no documents: `cabinetctl document publish` makes one.");
        return Ok(());
    }
    let rows: Vec<_> = documents.iter().map(cells).collect();
    let head = [
        "Document",
        "Type",
        "Title",
        "Version",
        "Published",
        "Accepted",
    ];
    terminal::say(&table::aligned(head, &rows));
    Ok(())
}

fn cells(document: &PublishedDocument) -> [String; 6] {
    let draft = &document.draft;
    [
        draft.slug.to_string(),
        draft.document_type.as_str().to_owned(),
        draft.title_ru.to_string(),
        document.version.to_string(),
        table::day(document.published_at),
        document.acceptances.to_string(),
    ]
}

fn as_json(document: &PublishedDocument) -> Value {
    let draft = &document.draft;
    let (text_ru, text_en, url) = match &draft.body {
        DocumentBody::Text { ru, en } => (Some(ru), en.as_ref(), None),
        DocumentBody::Page(url) => (None, None, Some(url)),
    };
    json!({
        "slug": draft.slug.as_str(),
        "type": draft.document_type.as_str(),
        "title_ru": draft.title_ru.as_str(),
        "title_en": draft.title_en.as_ref().map(Title::as_str),
        "text_ru": text_ru.map(Prose::as_str),
        "text_en": text_en.map(Prose::as_str),
        "url": url.map(WebAddress::as_str),
        "version": document.version,
        "published_at": document.published_at.to_string(),
        "acceptances": document.acceptances,
    })
}

fn parse_type(word: &str) -> Result<DocumentType, String> {
    word.parse().map_err(|_| {
        let types: Vec<_> = DocumentType::ALL
            .iter()
            .map(|known| known.as_str())
            .collect();
        format!("choose one of {}", types.join(", "))
    })
}
