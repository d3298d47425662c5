//! `cabinetctl product import`: the catalogue is brought into agreement with `content/products.toml`, which the home page shows.
//!
//! What is on sale in the catalogue and missing in the file stays on sale: that is told, and `product retire` is for it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use edge_worker::app::ports::catalogue_editing::{CatalogueProduct, ProductCard};
use edge_worker::domain::calendar::Period;
use edge_worker::domain::catalogue::{PaidFor, Slug};
use edge_worker::domain::money::Kopecks;
use serde::Deserialize;

use crate::application::Office;
use crate::{refusal, terminal};

/// Which file, and whether to change anything
#[derive(Args)]
pub(crate) struct ImportArguments {
    /// The file that names what is on sale
    #[arg(default_value = "content/products.toml")]
    file: PathBuf,
    /// Change nothing; fail if the catalogue says something else
    #[arg(long)]
    check: bool,
}

/// What the file holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shelf {
    on_sale: Vec<Offer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Offer {
    slug: String,
    name: Wording,
    description: Option<Wording>,
    /// In kopecks.
    price: i64,
    every: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wording {
    ru: String,
    en: String,
}

/// What has to be done about one product.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    Add(ProductCard),
    Change(CatalogueProduct),
    /// It is on sale, and the file does not know it.
    Unknown(Slug),
}

/// Does it.
pub(crate) async fn import(office: &Office, arguments: &ImportArguments) -> Result<()> {
    let offers = read(&arguments.file)?;
    let products = office.app.products().await.map_err(refusal::use_case)?;
    let steps = plan(offers, &products)?;
    for step in &steps {
        if !arguments.check {
            take(office, step).await?;
        }
        terminal::say(&tell(step, arguments.check));
    }
    let differences = steps
        .iter()
        .filter(|step| !matches!(step, Step::Unknown(_)));
    match differences.count() {
        0 => terminal::say("The catalogue says what the file says."),
        count if arguments.check => {
            bail!("{count} products differ: `cabinetctl product import` mends that")
        }
        _ => {}
    }
    Ok(())
}

async fn take(office: &Office, step: &Step) -> Result<()> {
    match step {
        Step::Add(card) => {
            let added = office.app.add_product(&office.operator, card).await;
            added.map(drop).map_err(refusal::catalogue)
        }
        Step::Change(product) => {
            let changed = office.app.edit_product(&office.operator, product).await;
            changed.map_err(refusal::catalogue)
        }
        Step::Unknown(_) => Ok(()),
    }
}

fn tell(step: &Step, is_check: bool) -> String {
    match (step, is_check) {
        (Step::Add(card), false) => format!("{} is on sale now.", card.slug),
        (Step::Add(card), true) => format!("{} is missing in the catalogue.", card.slug),
        (Step::Change(product), false) => format!("Changed {}.", product.card.slug),
        (Step::Change(product), true) => format!("{} differs.", product.card.slug),
        (Step::Unknown(slug), _) => format!(
            "{slug} is on sale, but the file does not name it: add it there, or `cabinetctl product retire {slug}`."
        ),
    }
}

fn read(file: &Path) -> Result<Vec<ProductCard>> {
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    parse(&text).with_context(|| format!("{} is not as it should be", file.display()))
}

fn parse(text: &str) -> Result<Vec<ProductCard>> {
    let shelf: Shelf = toml::from_str(text)?;
    shelf
        .on_sale
        .iter()
        .map(|offer| card(offer).with_context(|| format!("the product {}", offer.slug)))
        .collect()
}

fn card(offer: &Offer) -> Result<ProductCard> {
    let said = |error: String| anyhow::Error::msg(error);
    let title = |text: &str| super::parse_title(text).map_err(said);
    let prose = |text: &str| super::parse_prose(text).map_err(said);
    let description = offer.description.as_ref();
    let period = offer.every.as_deref().map(super::parse_period);
    let period: Option<Period> = period.transpose().map_err(said)?;
    if !(0..=100_000_000_000).contains(&offer.price) {
        bail!("the price is in kopecks, from 0 to 100000000000");
    }
    Ok(ProductCard {
        slug: super::parse_slug(&offer.slug).map_err(said)?,
        name_ru: title(&offer.name.ru)?,
        name_en: title(&offer.name.en)?,
        description_ru: description.map(|both| prose(&both.ru)).transpose()?,
        description_en: description.map(|both| prose(&both.en)).transpose()?,
        paid_for: period.map_or(PaidFor::Once, PaidFor::Every),
        price: Kopecks::new(offer.price),
        app_url: None,
        admin_url: None,
        terms: None,
    })
}

/// What differs. Addresses and terms are no matter of the home page: they stay as they are.
fn plan(offers: Vec<ProductCard>, products: &[CatalogueProduct]) -> Result<Vec<Step>> {
    let mut named: Vec<Slug> = Vec::new();
    let mut steps = Vec::new();
    for offer in offers {
        if named.contains(&offer.slug) {
            bail!("the file names {} twice", offer.slug);
        }
        named.push(offer.slug.clone());
        let Some(known) = products.iter().find(|known| known.card.slug == offer.slug) else {
            steps.push(Step::Add(offer));
            continue;
        };
        if known.card.paid_for != offer.paid_for {
            bail!(
                "{} is paid for in another way in the catalogue, and what clients have was bought so: give the new offer a slug of its own",
                offer.slug
            );
        }
        let mut wanted = known.clone();
        wanted.retired_at = None;
        wanted.card = ProductCard {
            app_url: known.card.app_url.clone(),
            admin_url: known.card.admin_url.clone(),
            terms: known.card.terms.clone(),
            ..offer
        };
        if wanted != *known {
            steps.push(Step::Change(wanted));
        }
    }
    let others = products
        .iter()
        .filter(|known| known.retired_at.is_none() && !named.contains(&known.card.slug));
    steps.extend(others.map(|known| Step::Unknown(known.card.slug.clone())));
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use edge_worker::domain::identifiers::ProductId;
    use edge_worker::domain::time::Instant;
    use edge_worker::domain::web_address::WebAddress;

    const FILE: &str = r#"
        [[on_sale]]
        slug = "catalogue"
        name = { ru = "Каталог", en = "Catalogue" }
        description = { ru = "Всё на одной странице", en = "All on one page" }
        price = 300000
        every = "month"

        [[on_sale]]
        slug = "set-up"
        name = { ru = "Настройка", en = "Set-up" }
        price = 500000
    "#;

    fn offers() -> Vec<ProductCard> {
        parse(FILE).unwrap()
    }

    fn sold(card: ProductCard) -> CatalogueProduct {
        CatalogueProduct {
            id: ProductId::from_random([7; 16]),
            card,
            created_at: Instant::from_millis(0),
            updated_at: Instant::from_millis(0),
            retired_at: None,
            holders: 3,
        }
    }

    #[test]
    fn what_is_missing_is_added_and_what_agrees_is_left_alone() {
        let [first, second] = <[_; 2]>::try_from(offers()).unwrap();
        assert_eq!(first.paid_for, PaidFor::Every(Period::Month));
        assert_eq!(second.price.to_string(), "5000.00");
        let steps = plan(offers(), &[sold(first)]).unwrap();
        assert_eq!(steps, [Step::Add(second)]);
    }

    #[test]
    fn a_new_price_is_written_and_addresses_stay() {
        let mut known = sold(offers().remove(0));
        known.card.app_url = WebAddress::parse("https://example.com/app").ok();
        known.card.price = Kopecks::new(100);
        known.retired_at = Some(Instant::from_millis(1));
        let second = sold(offers().remove(1));
        let steps = plan(offers(), &[known.clone(), second]).unwrap();
        let [Step::Change(changed)] = steps.as_slice() else {
            panic!("{steps:?}");
        };
        assert_eq!(changed.card.price, Kopecks::new(300_000));
        assert_eq!(changed.card.app_url, known.card.app_url);
        assert_eq!(changed.retired_at, None);
    }

    #[test]
    fn what_the_file_does_not_know_stays_on_sale_and_is_told() {
        let mut card = offers().remove(0);
        card.slug = Slug::parse("another").unwrap();
        let mut steps = plan(offers(), &[sold(card.clone())]).unwrap();
        assert_eq!(steps.pop(), Some(Step::Unknown(card.slug)));
    }

    #[test]
    fn a_file_that_cannot_be_meant_changes_nothing() {
        let mut known = sold(offers().remove(0));
        known.card.paid_for = PaidFor::Once;
        assert!(plan(offers(), &[known]).is_err());
        let twice = format!("{FILE}{FILE}");
        assert!(plan(parse(&twice).unwrap(), &[]).is_err());
        for (from, to) in [
            ("300000", "3000.50"),
            ("300000", "-1"),
            ("month", "week"),
            ("slug = \"catalogue\"", "slug = \"Каталог\""),
            ("price", "prise"),
            ("ru = \"Каталог\", ", ""),
        ] {
            assert!(parse(&FILE.replace(from, to)).is_err(), "{from} → {to}");
        }
    }

    #[test]
    fn the_file_of_this_repository_is_understood() {
        parse(include_str!("../../../../../content/products.toml")).unwrap();
    }
}
