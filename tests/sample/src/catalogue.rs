//! What is sold in the sample cabinet, and what clients agree to.

use anyhow::{Context, Result};
use edge_worker::app::ports::catalogue_editing::{DocumentBody, DocumentDraft, ProductCard};
use edge_worker::domain::calendar::Period;
use edge_worker::domain::catalogue::{DocumentType, PaidFor, Slug};
use edge_worker::domain::money::Kopecks;
use edge_worker::domain::web_address::WebAddress;
use edge_worker::domain::wording::{Prose, Title};
use pollster::block_on;

use crate::stage::{Done as _, Stage, operator};
use crate::timeline::Timeline;

/// A product: slug, names, what it is, how it is paid for, its price in roubles.
struct Goods(
    &'static str,
    [&'static str; 2],
    [&'static str; 2],
    PaidFor,
    i64,
);

const GOODS: [Goods; 6] = [
    Goods(
        "shop",
        ["Магазин", "Shop"],
        [
            "Витрина, корзина и оплата внутри мессенджера.",
            "A shop window, a basket and payments inside the messenger.",
        ],
        PaidFor::Every(Period::Month),
        2_990,
    ),
    Goods(
        "booking",
        ["Запись клиентов", "Booking"],
        [
            "Расписание и напоминания для салонов и студий.",
            "A timetable and reminders for salons and studios.",
        ],
        PaidFor::Every(Period::Month),
        1_490,
    ),
    Goods(
        "analytics",
        ["Аналитика продаж", "Sales analytics"],
        [
            "Отчёты по заказам, каналам и повторным покупкам.",
            "Reports on orders, channels and returning customers.",
        ],
        PaidFor::Every(Period::Year),
        14_900,
    ),
    Goods(
        "landing",
        ["Визитка", "Business card"],
        [
            "Страница компании под ключ: тексты, оформление, форма заявки.",
            "A company page, ready to use: texts, design, a contact form.",
        ],
        PaidFor::Once,
        25_000,
    ),
    Goods(
        "messages",
        ["Пакет сообщений", "Message pack"],
        [
            "Тысяча сообщений для рассылки.",
            "A thousand messages to send out.",
        ],
        PaidFor::Once,
        500,
    ),
    Goods(
        "catalogue",
        ["Каталог, прежний тариф", "Catalogue, former plan"],
        [
            "Каталог товаров без оплаты. Больше не продаётся.",
            "A catalogue without payments. Not sold any more.",
        ],
        PaidFor::Every(Period::Month),
        990,
    ),
];

/// A document: slug, type, titles, the page that has it.
const DOCUMENTS: [(&str, DocumentType, [&str; 2], &str); 4] = [
    (
        "privacy",
        DocumentType::Privacy,
        ["Политика конфиденциальности", "Privacy policy"],
        "/privacy/",
    ),
    (
        "cabinet-terms",
        DocumentType::CabinetTerms,
        ["Условия использования", "Terms of use"],
        "/terms/",
    ),
    (
        "partner-terms",
        DocumentType::AffiliateTerms,
        [
            "Условия партнёрской программы",
            "Terms of the partner programme",
        ],
        "/terms/",
    ),
    (
        "subscription-terms",
        DocumentType::SubscriptionTerms,
        ["Условия подписки", "Terms of subscriptions"],
        "/terms/",
    ),
];

/// The shop opens; later it stops selling one product and asks everybody to accept a document anew.
pub(crate) fn fill(timeline: &mut Timeline) {
    timeline.days_ago(740, |stage| {
        for (slug, kind, titles, page) in DOCUMENTS {
            let body = DocumentBody::Page(WebAddress::parse(page).done("an address")?);
            publish(stage, slug, kind, titles, body)?;
        }
        GOODS.iter().try_for_each(|goods| add(stage, goods))
    });
    timeline.days_ago(75, |stage| retire(stage, "catalogue"));
    timeline.days_ago(9, |stage| {
        let text = |text| Prose::parse(text).done("a text");
        let body = DocumentBody::Text {
            ru: text(
                "Что изменилось\n\nМы описали, какие данные передаются банку при оплате картой.",
            )?,
            en: Some(text(
                "What has changed\n\nWe have described what the bank is told when you pay by card.",
            )?),
        };
        let (slug, kind, titles, _) = DOCUMENTS[0];
        publish(stage, slug, kind, titles, body)
    });
}

fn add(stage: &Stage, Goods(slug, names, descriptions, paid_for, roubles): &Goods) -> Result<()> {
    let title = |text: &str| Title::parse(text).done("a name");
    let prose = |text: &str| Prose::parse(text).done("a description").map(Some);
    let page = |host: &str| {
        WebAddress::parse(&format!("https://{host}.example.com/{slug}"))
            .done("an address")
            .map(Some)
    };
    let [name_ru, name_en] = names;
    let [description_ru, description_en] = descriptions;
    let card = ProductCard {
        slug: parse_slug(slug)?,
        name_ru: title(name_ru)?,
        name_en: title(name_en)?,
        description_ru: prose(description_ru)?,
        description_en: prose(description_en)?,
        paid_for: *paid_for,
        price: Kopecks::new(roubles.saturating_mul(100)),
        app_url: page("app")?,
        admin_url: page("admin")?,
        terms: match paid_for {
            PaidFor::Every(_) => Some(parse_slug("subscription-terms")?),
            PaidFor::Once => None,
        },
    };
    let added = block_on(stage.app()?.add_product(&operator(), &card));
    added.map(drop).done("a product is added")
}

fn retire(stage: &Stage, slug: &str) -> Result<()> {
    let app = stage.app()?;
    let found = block_on(app.product(&parse_slug(slug)?)).done("a product")?;
    let product = found.context("there is no such product")?;
    block_on(app.retire_product(&operator(), &product)).done("a product is retired")
}

fn publish(
    stage: &Stage,
    slug: &str,
    document_type: DocumentType,
    [title_ru, title_en]: [&str; 2],
    body: DocumentBody,
) -> Result<()> {
    let draft = DocumentDraft {
        slug: parse_slug(slug)?,
        document_type,
        title_ru: Title::parse(title_ru).done("a title")?,
        title_en: Some(Title::parse(title_en).done("a title")?),
        body,
    };
    let published = block_on(stage.app()?.publish_document(&operator(), &draft));
    published.map(drop).done("a document is published")
}

fn parse_slug(text: &str) -> Result<Slug> {
    Slug::parse(text).with_context(|| format!("{text} is no slug"))
}
