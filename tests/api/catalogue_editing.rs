//! The catalogue as operators keep it: products and documents.

use edge_worker::app::catalogue_editing::Publication;
use edge_worker::app::ports::catalogue_editing::{
    CatalogueProduct, CatalogueRefused, DocumentBody, DocumentDraft, ProductCard,
};
use edge_worker::domain::calendar::Period;
use edge_worker::domain::catalogue::{DocumentType, PaidFor, Slug};
use edge_worker::domain::money::Kopecks;
use edge_worker::domain::web_address::WebAddress;
use edge_worker::domain::wording::{Prose, Title};
use libtest_mimic::Trial;
use pollster::block_on;
use portal_tests::native::{Native, operator};
use portal_tests::trials;

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native::catalogue_editing":
        a_product_is_read_back_as_it_was_added,
        an_edit_changes_what_is_said_and_nothing_that_was_sold,
        two_operators_do_not_overwrite_each_other,
        a_retired_product_can_be_sold_again,
        a_product_has_a_name_of_its_own_and_terms_that_exist,
        a_document_gets_a_new_version_only_when_it_says_something_new,
        the_log_names_the_operator_of_each_change,
    }
}

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

fn title(text: &str) -> Title {
    Title::parse(text).unwrap()
}

fn card(name: &str) -> ProductCard {
    ProductCard {
        slug: slug(name),
        name_ru: title("Конструктор; DROP TABLE products"),
        name_en: title("Builder"),
        description_ru: Some(Prose::parse("Первая строка.\nВторая.").unwrap()),
        description_en: None,
        paid_for: PaidFor::Every(Period::Month),
        price: Kopecks::new(300_050),
        app_url: Some(WebAddress::parse("https://app.example.com").unwrap()),
        admin_url: None,
        terms: None,
    }
}

fn draft(text: &str) -> DocumentDraft {
    DocumentDraft {
        slug: slug("terms"),
        document_type: DocumentType::SubscriptionTerms,
        title_ru: title("Условия"),
        title_en: None,
        body: DocumentBody::Text {
            ru: Prose::parse(text).unwrap(),
            en: None,
        },
    }
}

fn add(native: &Native, card: &ProductCard) -> Result<(), CatalogueRefused> {
    block_on(native.app().add_product(&operator(), card)).map(drop)
}

fn edit(native: &Native, product: &CatalogueProduct) -> Result<(), CatalogueRefused> {
    block_on(native.app().edit_product(&operator(), product))
}

fn publish(native: &Native, draft: &DocumentDraft) -> Result<Publication, CatalogueRefused> {
    block_on(native.app().publish_document(&operator(), draft))
}

fn product(native: &Native, name: &str) -> CatalogueProduct {
    block_on(native.app().product(&slug(name)))
        .unwrap()
        .unwrap()
}

fn a_product_is_read_back_as_it_was_added() {
    let native = Native::default();
    publish(&native, &draft("Раз")).unwrap();
    let with_terms = ProductCard {
        terms: Some(slug("terms")),
        ..card("builder")
    };
    let once = ProductCard {
        paid_for: PaidFor::Once,
        price: Kopecks::ZERO,
        ..card("sign")
    };
    for card in [&with_terms, &once] {
        add(&native, card).unwrap();
        let product = product(&native, card.slug.as_str());
        assert_eq!(product.card, *card);
        assert_eq!((product.retired_at, product.holders), (None, 0));
    }
}

fn an_edit_changes_what_is_said_and_nothing_that_was_sold() {
    let native = Native::default();
    add(&native, &card("builder")).unwrap();
    let mut edited = product(&native, "builder");
    edited.card.slug = slug("maker");
    edited.card.price = Kopecks::new(1);
    edited.card.description_ru = None;
    edited.card.paid_for = PaidFor::Once;
    edit(&native, &edited).unwrap();
    let read = product(&native, "maker");
    assert_eq!(read.id, edited.id);
    assert_eq!(
        (read.card.price, &read.card.description_ru),
        (Kopecks::new(1), &None)
    );
    assert_eq!(read.card.paid_for, PaidFor::Every(Period::Month));
}

fn two_operators_do_not_overwrite_each_other() {
    let native = Native::default();
    add(&native, &card("builder")).unwrap();
    let as_both_read_it = product(&native, "builder");
    let priced = |price| {
        let mut product = as_both_read_it.clone();
        product.card.price = Kopecks::new(price);
        product
    };
    edit(&native, &priced(100)).unwrap();
    assert_eq!(
        edit(&native, &priced(200)),
        Err(CatalogueRefused::ChangedMeanwhile)
    );
    assert_eq!(product(&native, "builder").card.price, Kopecks::new(100));
    let changes = native.ask("SELECT count(*) FROM audit WHERE detail = 'edited'");
    assert_eq!(changes, "1");
}

fn a_retired_product_can_be_sold_again() {
    let native = Native::default();
    add(&native, &card("builder")).unwrap();
    let on_sale = product(&native, "builder");
    block_on(native.app().retire_product(&operator(), &on_sale)).unwrap();
    let mut retired = product(&native, "builder");
    assert!(retired.retired_at.is_some());
    retired.retired_at = None;
    edit(&native, &retired).unwrap();
    assert_eq!(product(&native, "builder").retired_at, None);
}

fn a_product_has_a_name_of_its_own_and_terms_that_exist() {
    let native = Native::default();
    add(&native, &card("builder")).unwrap();
    assert_eq!(
        add(&native, &card("builder")),
        Err(CatalogueRefused::SlugTaken)
    );
    let without_terms = ProductCard {
        terms: Some(slug("nowhere")),
        ..card("sign")
    };
    assert_eq!(
        add(&native, &without_terms),
        Err(CatalogueRefused::NoSuchTerms)
    );
    let mut edited = product(&native, "builder");
    edited.card.terms = Some(slug("nowhere"));
    assert_eq!(edit(&native, &edited), Err(CatalogueRefused::NoSuchTerms));
    assert_eq!(native.ask("SELECT count(*) FROM products"), "1");
}

fn a_document_gets_a_new_version_only_when_it_says_something_new() {
    let native = Native::default();
    for (text, expected) in [
        ("Раз", Publication::Version(1)),
        ("Раз", Publication::SameAs(1)),
        ("Два", Publication::Version(2)),
        ("Раз", Publication::Version(3)),
    ] {
        assert_eq!(publish(&native, &draft(text)), Ok(expected), "{text}");
    }
    let versions = "SELECT group_concat(text_ru) FROM document_versions ORDER BY version";
    assert_eq!(native.ask(versions), "Раз,Два,Раз");
    let latest = block_on(native.app().documents()).unwrap();
    assert_eq!((latest.len(), latest[0].version), (1, 3));

    let of_another_type = DocumentDraft {
        document_type: DocumentType::Privacy,
        ..draft("Четыре")
    };
    assert_eq!(
        publish(&native, &of_another_type),
        Err(CatalogueRefused::ChangedMeanwhile)
    );
    native.interfere_before_batch(
        2,
        "INSERT INTO document_versions (document_id, version, title_ru, url, published_at) VALUES (1, 4, 'x', '/x/', 1)",
    );
    assert_eq!(
        publish(&native, &draft("Пять")),
        Err(CatalogueRefused::ChangedMeanwhile)
    );
}

fn the_log_names_the_operator_of_each_change() {
    let native = Native::default();
    add(&native, &card("builder")).unwrap();
    let on_sale = product(&native, "builder");
    block_on(native.app().retire_product(&operator(), &on_sale)).unwrap();
    publish(&native, &draft("Раз")).unwrap();
    let log = native.ask(
        "SELECT group_concat(concat_ws(' ', event, detail, subject, actor, actor_name), ', ') FROM audit",
    );
    assert_eq!(
        log,
        "catalogue_changed added builder operator test, catalogue_changed retired builder operator test, \
         document_published terms operator test"
    );
}
