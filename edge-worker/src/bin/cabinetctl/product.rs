//! `cabinetctl product …`: what is sold.

mod shelf;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use edge_worker::app::ports::catalogue_editing::{CatalogueProduct, ProductCard};
use edge_worker::domain::calendar::Period;
use edge_worker::domain::catalogue::{PaidFor, Slug};
use edge_worker::domain::money::Kopecks;
use edge_worker::domain::web_address::WebAddress;
use edge_worker::domain::wording::{Prose, Title};
use serde_json::{Value, json};

use crate::application::Office;
use crate::nearest::nearest;
use crate::{refusal, table, terminal, typed};

/// What can be done with products.
#[derive(Subcommand)]
pub(crate) enum ProductCommand {
    /// Add a product; it is on sale at once
    Add(NewProductArguments),
    /// List all products, also those that are not sold any more
    List(ListArguments),
    /// Change what is said about a product; what is left out stays
    Edit(EditArguments),
    /// Sell a product no more; who has it keeps it
    Retire(RetireArguments),
    /// Bring the catalogue into agreement with the file that the home page shows
    Import(shelf::ImportArguments),
}

/// What a product begins with
#[derive(Args)]
pub(crate) struct NewProductArguments {
    /// Its name in addresses, such as real-estate
    #[arg(long, value_parser = parse_slug)]
    slug: Slug,
    /// Its name in Russian
    #[arg(long, value_parser = parse_title)]
    name_ru: Title,
    /// Its name in English
    #[arg(long, value_parser = parse_title)]
    name_en: Title,
    /// The price in roubles, such as 3000 or 3000.50
    #[arg(long, value_parser = typed::amount)]
    price: Kopecks,
    /// A subscription for this long at a time: month or year; paid for once, if left out
    #[arg(long, value_parser = parse_period)]
    every: Option<Period>,
    #[command(flatten)]
    more: MoreArguments,
}

/// What may be said about any product
#[derive(Args)]
pub(crate) struct MoreArguments {
    /// What it is, in Russian
    #[arg(long, value_parser = parse_prose)]
    description_ru: Option<Prose>,
    /// What it is, in English
    #[arg(long, value_parser = parse_prose)]
    description_en: Option<Prose>,
    /// Where it is used
    #[arg(long, value_parser = parse_address, value_name = "ADDRESS")]
    app_url: Option<WebAddress>,
    /// Where it is managed
    #[arg(long, value_parser = parse_address, value_name = "ADDRESS")]
    admin_url: Option<WebAddress>,
    /// The document that a subscriber agrees to
    #[arg(long, value_parser = parse_slug, value_name = "SLUG")]
    terms: Option<Slug>,
}

/// How to list them
#[derive(Args)]
pub(crate) struct ListArguments {
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Which product, and what is to be said about it
#[derive(Args)]
pub(crate) struct EditArguments {
    /// Its name in addresses
    #[arg(value_parser = parse_slug)]
    slug: Slug,
    /// Another name in addresses
    #[arg(long, value_parser = parse_slug)]
    new_slug: Option<Slug>,
    /// Its name in Russian
    #[arg(long, value_parser = parse_title)]
    name_ru: Option<Title>,
    /// Its name in English
    #[arg(long, value_parser = parse_title)]
    name_en: Option<Title>,
    /// The price of those who buy it from now on; running subscriptions keep theirs
    #[arg(long, value_parser = typed::amount)]
    price: Option<Kopecks>,
    #[command(flatten)]
    more: MoreArguments,
    /// Sell it again
    #[arg(long)]
    on_sale: bool,
}

/// Which product, and whether to ask
#[derive(Args)]
pub(crate) struct RetireArguments {
    /// Its name in addresses
    #[arg(value_parser = parse_slug)]
    slug: Slug,
    /// Do it without asking
    #[arg(long)]
    yes: bool,
}

/// Does it.
pub(crate) async fn run(command: ProductCommand, office: &Office) -> Result<()> {
    match command {
        ProductCommand::Add(arguments) => add(office, arguments).await,
        ProductCommand::List(arguments) => list(office, &arguments).await,
        ProductCommand::Edit(arguments) => edit(office, arguments).await,
        ProductCommand::Retire(arguments) => retire(office, &arguments).await,
        ProductCommand::Import(arguments) => shelf::import(office, &arguments).await,
    }
}

/// The product with a name, or what to do instead.
pub(crate) async fn existing(office: &Office, slug: &Slug) -> Result<CatalogueProduct> {
    let products = office.app.products().await.map_err(refusal::use_case)?;
    let found = products
        .iter()
        .find(|product| product.card.slug == *slug)
        .cloned();
    found.with_context(|| {
        let names = products.iter().map(|product| product.card.slug.as_str());
        let meant = nearest(slug.as_str(), names)
            .map_or_else(String::new, |name| format!("; did you mean {name}?"));
        format!("there is no product {slug}: `cabinetctl product list` shows them{meant}")
    })
}

/// Reads the name of a product or a document in addresses.
pub(crate) fn parse_slug(text: &str) -> Result<Slug, String> {
    Slug::parse(text).ok_or_else(|| {
        "give 1 to 64 small Latin letters, digits and single dashes, such as real-estate".to_owned()
    })
}

/// Reads a title.
pub(crate) fn parse_title(text: &str) -> Result<Title, String> {
    Title::parse(text).map_err(|_| format!("give one line of 1 to {} characters", Title::MAX_CHARS))
}

/// Reads an address of a page.
pub(crate) fn parse_address(text: &str) -> Result<WebAddress, String> {
    WebAddress::parse(text)
        .map_err(|_| "give an address like https://example.com/page, or a path like /page/".into())
}

fn parse_prose(text: &str) -> Result<Prose, String> {
    Prose::parse(text).map_err(|_| {
        let max = Prose::MAX_BYTES;
        format!("give a text without control characters, of at most {max} bytes")
    })
}

fn parse_period(word: &str) -> Result<Period, String> {
    word.parse().map_err(|_| "choose month or year".to_owned())
}

async fn add(office: &Office, arguments: NewProductArguments) -> Result<()> {
    let more = arguments.more;
    let card = ProductCard {
        slug: arguments.slug,
        name_ru: arguments.name_ru,
        name_en: arguments.name_en,
        description_ru: more.description_ru,
        description_en: more.description_en,
        paid_for: arguments.every.map_or(PaidFor::Once, PaidFor::Every),
        price: arguments.price,
        app_url: more.app_url,
        admin_url: more.admin_url,
        terms: more.terms,
    };
    office
        .app
        .add_product(&office.operator, &card)
        .await
        .map_err(refusal::catalogue)?;
    terminal::say(&format!(
        "{} is on sale for {} roubles{}.",
        card.slug,
        card.price,
        every(card.paid_for)
    ));
    Ok(())
}

async fn edit(office: &Office, arguments: EditArguments) -> Result<()> {
    let mut product = existing(office, &arguments.slug).await?;
    let before = product.clone();
    let card = &mut product.card;
    let more = arguments.more;
    replace(&mut card.slug, arguments.new_slug);
    replace(&mut card.name_ru, arguments.name_ru);
    replace(&mut card.name_en, arguments.name_en);
    replace(&mut card.price, arguments.price);
    card.description_ru = more.description_ru.or(card.description_ru.take());
    card.description_en = more.description_en.or(card.description_en.take());
    card.app_url = more.app_url.or(card.app_url.take());
    card.admin_url = more.admin_url.or(card.admin_url.take());
    card.terms = more.terms.or(card.terms.take());
    if arguments.on_sale {
        product.retired_at = None;
    }
    if product == before {
        terminal::say("That is what it says already: nothing was changed.");
        return Ok(());
    }
    office
        .app
        .edit_product(&office.operator, &product)
        .await
        .map_err(refusal::catalogue)?;
    terminal::say(&format!("Changed {}.", product.card.slug));
    Ok(())
}

fn replace<T>(old: &mut T, new: Option<T>) {
    if let Some(new) = new {
        *old = new;
    }
}

async fn retire(office: &Office, arguments: &RetireArguments) -> Result<()> {
    let product = existing(office, &arguments.slug).await?;
    let slug = &product.card.slug;
    if let Some(at) = product.retired_at {
        terminal::say(&format!("{slug} is not sold since {}.", table::day(at)));
        return Ok(());
    }
    let question = format!(
        "Sell {slug} no more? Those who have it now ({}) keep it.",
        product.holders
    );
    terminal::confirm(&question, arguments.yes)?;
    office
        .app
        .retire_product(&office.operator, &product)
        .await
        .map_err(refusal::catalogue)?;
    terminal::say(&format!("{slug} is not sold any more."));
    Ok(())
}

async fn list(office: &Office, arguments: &ListArguments) -> Result<()> {
    let products = office.app.products().await.map_err(refusal::use_case)?;
    if arguments.json {
        let products: Vec<_> = products.iter().map(as_json).collect();
        terminal::say(&format!("{:#}", json!({ "products": products })));
        return Ok(());
    }
    if products.is_empty() {
        terminal::say("There are no products: `cabinetctl product add` makes one.");
        return Ok(());
    }
    let rows: Vec<_> = products.iter().map(cells).collect();
    let head = [
        "Product", "Name", "Price", "Paid", "Terms", "Clients", "Sale",
    ];
    terminal::say(&table::aligned(head, &rows));
    Ok(())
}

fn cells(product: &CatalogueProduct) -> [String; 7] {
    let card = &product.card;
    [
        card.slug.to_string(),
        card.name_ru.to_string(),
        card.price.to_string(),
        paid(card.paid_for).to_owned(),
        table::or_dash(card.terms.as_ref()),
        product.holders.to_string(),
        product.retired_at.map_or_else(
            || "on sale".to_owned(),
            |at| format!("ended {}", table::day(at)),
        ),
    ]
}

const fn paid(paid_for: PaidFor) -> &'static str {
    match paid_for {
        PaidFor::Once => "once",
        PaidFor::Every(Period::Month) => "monthly",
        PaidFor::Every(Period::Year) => "yearly",
    }
}

fn every(paid_for: PaidFor) -> String {
    paid_for
        .period()
        .map_or_else(String::new, |period| format!(" a {}", period.as_str()))
}

fn as_json(product: &CatalogueProduct) -> Value {
    let card = &product.card;
    json!({
        "id": product.id.to_string(),
        "slug": card.slug.as_str(),
        "name_ru": card.name_ru.as_str(),
        "name_en": card.name_en.as_str(),
        "description_ru": card.description_ru.as_ref().map(Prose::as_str),
        "description_en": card.description_en.as_ref().map(Prose::as_str),
        "kind": card.paid_for.kind().as_str(),
        "period": card.paid_for.period().map(Period::as_str),
        "price": card.price.to_string(),
        "app_url": card.app_url.as_ref().map(WebAddress::as_str),
        "admin_url": card.admin_url.as_ref().map(WebAddress::as_str),
        "terms": card.terms.as_ref().map(Slug::as_str),
        "holders": product.holders,
        "created_at": product.created_at.to_string(),
        "updated_at": product.updated_at.to_string(),
        "retired_at": product.retired_at.map(|at| at.to_string()),
    })
}
