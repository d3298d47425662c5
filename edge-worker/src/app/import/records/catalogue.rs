//! Documents, products, acceptances.

use std::collections::{BTreeSet, HashSet};

use super::known::acceptance as key_of;
use super::report::Fate;
use super::{Found, Planner};
use crate::app::ports::former_records::{
    ComingAcceptance, ComingDocument, ComingProduct, ComingVersion, KnownDocument, KnownProduct,
};
use crate::app::ports::{Store, StoreFailure};
use crate::domain::catalogue::{DocumentType, PaidFor, Slug};
use crate::domain::former_records::{
    Contradiction, DOCUMENT_NUMBERS, FormerAcceptance, FormerDocument, FormerProduct, FormerTable,
    RecordNote, RecordRefused,
};
use crate::domain::identifiers::ProductId;
use crate::domain::money::Kopecks;
use crate::domain::time::Instant;
use crate::domain::wording::Title;

/// A document of the dump that is here, or comes.
pub(super) struct DocumentHere {
    id: i64,
    version: i64,
}

/// A product of the dump that is here, or comes.
#[derive(Clone, Copy)]
pub(super) struct ProductHere {
    pub(super) id: ProductId,
    pub(super) paid_for: PaidFor,
    pub(super) price: Kopecks,
}

impl<S: Store> Planner<'_, S> {
    pub(super) async fn plan_catalogue(&mut self) -> Result<(), StoreFailure> {
        let (documents, products) = self.store.known_catalogue().await?;
        let acceptances = self.read(FormerTable::Acceptances, FormerAcceptance::read);
        self.plan_documents(&documents, &acceptances);
        self.plan_acceptances(acceptances);
        self.plan_products(&products);
        Ok(())
    }

    fn plan_documents(&mut self, known: &[KnownDocument], acceptances: &[Found<FormerAcceptance>]) {
        let mut slugs: HashSet<String> = known.iter().map(|here| here.slug.clone()).collect();
        for found in self.read(FormerTable::Documents, FormerDocument::read) {
            let document = &found.row;
            let id = DOCUMENT_NUMBERS.saturating_add(document.number);
            let here = known.iter().find(|here| here.id == id);
            let mut versions: BTreeSet<i64> = acceptances
                .iter()
                .filter(|found| found.row.document == document.number)
                .map(|found| found.row.version)
                .filter(|version| (1..document.version).contains(version))
                .collect();
            let mut notes = Vec::new();
            if !versions.is_empty() && here.is_none() {
                notes.push(RecordNote::EarlierVersionsWithoutText);
            }
            versions.insert(document.version);
            let is_new = here.is_none();
            if is_new {
                let coming = coming_document(id, document, known, &mut slugs, &mut notes, self.now);
                self.records.documents.push(coming);
            }
            let fate = if is_new { Ok(notes) } else { Err(Fate::There) };
            self.settle(FormerTable::Documents, &found, Kopecks::ZERO, fate);
            let known_versions = here.map_or([].as_slice(), |here| &here.versions);
            let new_versions = versions
                .iter()
                .filter(|version| is_new || !known_versions.contains(version));
            self.records.versions.extend(new_versions.map(|version| {
                ComingVersion {
                    document: id,
                    version: *version,
                    title: document.title.clone(),
                    text: document
                        .text
                        .clone()
                        .filter(|_| *version == document.version),
                    published_at: document.published_at,
                }
            }));
            self.resolved.documents.insert(
                document.number,
                DocumentHere {
                    id,
                    version: document.version,
                },
            );
        }
    }

    fn plan_acceptances(&mut self, acceptances: Vec<Found<FormerAcceptance>>) {
        let mut seen = HashSet::new();
        for found in acceptances {
            let acceptance = &found.row;
            let key = key_of(acceptance);
            let fate = if self.known.acceptances.contains(&key) {
                Err(Fate::There)
            } else if !seen.insert(key) {
                Err(RecordRefused::KeyTaken.into())
            } else {
                self.check_acceptance(acceptance)
            };
            let document = fate.as_ref().ok().copied();
            let fate = fate.map(|_| Vec::new());
            if self.settle(FormerTable::Acceptances, &found, Kopecks::ZERO, fate)
                && let Some(document) = document
            {
                self.records.acceptances.push(ComingAcceptance {
                    acceptance: found.row,
                    document,
                });
            }
        }
    }

    /// What stands for products that the former site forgot: money that came is not left out for want of a name.
    pub(super) fn former_product(&mut self) -> Result<ProductId, RecordRefused> {
        let id = former_product();
        if !self.resolved.products.contains_key(&id) {
            let nameless = RecordRefused::RefersToNothing("product");
            let product = FormerProduct {
                id,
                slug: Slug::parse("former-site").ok_or(nameless)?,
                name: Title::parse("Продукт прежнего сайта").map_err(|_| nameless)?,
                description: None,
                paid_for: PaidFor::Once,
                price: Kopecks::ZERO,
                terms: None,
                admin_url: None,
                is_on_sale: false,
                created_at: self.now,
                updated_at: self.now,
            };
            let here = ProductHere {
                id,
                paid_for: product.paid_for,
                price: product.price,
            };
            self.resolved.products.insert(id, here);
            self.records.products.push(ComingProduct {
                product,
                terms: None,
            });
        }
        Ok(id)
    }

    fn check_acceptance(&self, acceptance: &FormerAcceptance) -> Result<i64, Fate> {
        self.people.check(acceptance.user, "user")?;
        let document = self
            .resolved
            .documents
            .get(&acceptance.document)
            .ok_or(RecordRefused::RefersToNothing("document"))?;
        if !(1..=document.version).contains(&acceptance.version) {
            return Err(Contradiction::VersionUnknown.into());
        }
        Ok(document.id)
    }

    fn plan_products(&mut self, known: &[KnownProduct]) {
        if let Some(former) = known.iter().find(|here| here.id == former_product()) {
            self.resolved.products.insert(former.id, here_as(former));
        }
        let mut slugs = HashSet::new();
        for found in self.read(FormerTable::Products, FormerProduct::read) {
            let product = &found.row;
            let here = known
                .iter()
                .find(|here| here.id == product.id)
                .or_else(|| known.iter().find(|here| here.slug == product.slug.as_str()));
            let terms = match product.terms {
                None => Ok(None),
                Some(number) => self
                    .resolved
                    .documents
                    .get(&number)
                    .map(|document| Some(document.id))
                    .ok_or(RecordRefused::RefersToNothing("subscription_terms")),
            };
            let fate = match (here, terms) {
                (Some(here), _) if here.paid_for != product.paid_for => {
                    Err(Contradiction::ProductHereDiffers.into())
                }
                (Some(here), _) => {
                    if here.id != product.id {
                        let note = [RecordNote::ProductHereCounts];
                        self.report.note(FormerTable::Products, found.place, &note);
                    }
                    Err(Fate::There)
                }
                (None, _) if !slugs.insert(product.slug.as_str().to_owned()) => {
                    Err(RecordRefused::Unfit("slug").into())
                }
                (None, Err(refused)) => Err(refused.into()),
                (None, Ok(terms)) => Ok(terms),
            };
            let resolved = match (&fate, here) {
                (Err(Fate::There), Some(here)) => Some(here_as(here)),
                (Ok(_), _) => Some(ProductHere {
                    id: product.id,
                    paid_for: product.paid_for,
                    price: product.price,
                }),
                (Err(_), _) => None,
            };
            if let Some(resolved) = resolved {
                self.resolved.products.insert(product.id, resolved);
            }
            let terms = fate.as_ref().ok().copied().flatten();
            let fate = fate.map(|_| Vec::new());
            if self.settle(FormerTable::Products, &found, Kopecks::ZERO, fate) {
                self.records.products.push(ComingProduct {
                    product: found.row,
                    terms,
                });
            }
        }
    }
}

fn here_as(known: &KnownProduct) -> ProductHere {
    ProductHere {
        id: known.id,
        paid_for: known.paid_for,
        price: known.price,
    }
}

/// The name of what stands for products that the former site forgot.
pub(super) fn former_product() -> ProductId {
    ProductId::from_random(*b"former-site-good")
}

/// A document of ours with the same name in addresses, or of the same type, is not put aside for one that comes.
fn coming_document(
    id: i64,
    document: &FormerDocument,
    known: &[KnownDocument],
    slugs: &mut HashSet<String>,
    notes: &mut Vec<RecordNote>,
    now: Instant,
) -> ComingDocument {
    let mut slug = document.slug.clone();
    if slugs.contains(slug.as_str()) {
        notes.push(RecordNote::SlugReplaced);
        slug = Slug::parse(&format!("former-document-{}", document.number)).unwrap_or(slug);
    }
    slugs.insert(slug.as_str().to_owned());
    let is_of_standard_type = !matches!(
        document.document_type,
        DocumentType::Other | DocumentType::SubscriptionTerms
    );
    let has_another = is_of_standard_type
        && known.iter().any(|here| {
            here.is_in_use
                && here.document_type == document.document_type
                && here.id < DOCUMENT_NUMBERS
        });
    let retired_at = if !document.is_in_use {
        Some(document.updated_at)
    } else if has_another {
        notes.push(RecordNote::DocumentRetired);
        Some(now)
    } else {
        None
    };
    ComingDocument {
        id,
        slug,
        document_type: document.document_type,
        created_at: document.published_at,
        retired_at,
    }
}
