//! Whom a command is about, and which of the things that they have.

use anyhow::{Context, Result, bail};
use clap::Args;
use edge_worker::app::ports::cabinet::{ClientProduct, Wanted};
use edge_worker::domain::catalogue::Slug;
use edge_worker::domain::email::Email;
use edge_worker::domain::identifiers::UserProductId;
use edge_worker::domain::language::Language;
use edge_worker::domain::time::Instant;
use edge_worker::domain::user::User;

use crate::application::Office;
use crate::product::parse_slug;
use crate::user::nobody;
use crate::{refusal, table, typed};

/// Whose
#[derive(Args)]
pub(crate) struct ClientArgument {
    /// The client's e-mail address, in any letter case
    #[arg(long = "user", alias = "email", value_name = "E-MAIL")]
    email: String,
}

/// Whose, and what of theirs
#[derive(Args)]
pub(crate) struct HoldingArguments {
    #[command(flatten)]
    client: ClientArgument,
    /// The product's name in addresses
    #[arg(long, value_parser = parse_slug, value_name = "SLUG")]
    product: Slug,
    /// Which one, if the client has the product several times: the id that `cabinetctl user show` tells
    #[arg(long, value_parser = typed::id::<UserProductId>, value_name = "ID")]
    id: Option<UserProductId>,
}

/// In which language the mail is
#[derive(Args, Clone, Copy)]
pub(crate) struct LanguageArgument {
    /// The language of the mail that tells them: ru or en
    #[arg(long, default_value = "ru", value_parser = typed::language)]
    pub(crate) language: Language,
}

/// Somebody and what they have.
pub(crate) struct Held {
    /// Who.
    pub(crate) user: User,
    /// What.
    pub(crate) product: ClientProduct,
    /// When it was looked up.
    pub(crate) at: Instant,
}

impl ClientArgument {
    /// The account.
    pub(crate) async fn find(&self, office: &Office) -> Result<User> {
        find(office, &self.email).await
    }
}

/// The account with an address, or what to do instead.
pub(crate) async fn find(office: &Office, email: &str) -> Result<User> {
    let email = Email::parse(email).map_err(refusal::email)?;
    let account = office
        .app
        .find_account(&email)
        .await
        .map_err(refusal::use_case)?
        .with_context(|| nobody(&email))?;
    Ok(account.user)
}

/// What somebody has and had, the newest first, and the moment of the look.
pub(crate) async fn products_of(
    office: &Office,
    user: &User,
) -> Result<(Vec<ClientProduct>, Instant)> {
    let wanted = Wanted {
        products: true,
        ..Wanted::default()
    };
    let look = office.app.look_at(user.id, &wanted).await;
    let look = look.map_err(refusal::use_case)?;
    Ok((look.data.products, look.at))
}

/// `anna@example.com (Анна)`: for questions and answers.
pub(crate) fn who(email: &str, name: &str) -> String {
    format!("{email} ({name})")
}

impl HoldingArguments {
    /// What they have now, that was not taken away.
    pub(crate) async fn find(&self, office: &Office) -> Result<Held> {
        let user = self.client.find(office).await?;
        let (products, at) = products_of(office, &user).await?;
        let product = choose(&products, &self.product, self.id, at)
            .map_err(|problem| problem.context(format!("nothing of {} was changed", user.email)))?;
        Ok(Held {
            product: product.clone(),
            user,
            at,
        })
    }
}

/// The one that is meant among what somebody has: what can be used goes before what is over.
fn choose<'a>(
    products: &'a [ClientProduct],
    slug: &Slug,
    id: Option<UserProductId>,
    at: Instant,
) -> Result<&'a ClientProduct> {
    let named: Vec<_> = products
        .iter()
        .filter(|held| held.product.slug == slug.as_str())
        .filter(|held| id.is_none_or(|id| held.id == id))
        .collect();
    let kept: Vec<_> = named
        .iter()
        .copied()
        .filter(|held| held.dates.revoked_at.is_none())
        .collect();
    let open: Vec<_> = kept
        .iter()
        .copied()
        .filter(|held| held.dates.is_open_at(at))
        .collect();
    match (open.as_slice(), kept.as_slice()) {
        ([only], _) | ([], [only]) => Ok(only),
        ([], []) => match named.first().and_then(|held| held.dates.revoked_at) {
            Some(revoked_at) => bail!(
                "{slug} was taken away on {} already: `cabinetctl grant` gives it again",
                table::day_in_moscow(revoked_at)
            ),
            None => bail!(
                "they have no {slug}{}: `cabinetctl user show` tells what they have",
                id.map_or_else(String::new, |id| format!(" with the id {id}"))
            ),
        },
        ([], several) | (several, _) => {
            let lines: Vec<_> = several
                .iter()
                .map(|held| format!("  --id {}  {}", held.id, until(held, at)))
                .collect();
            bail!(
                "they have {slug} {} times: say which\n{}",
                several.len(),
                lines.join("\n")
            )
        }
    }
}

/// How far a product is and until when, in words.
pub(crate) fn until(held: &ClientProduct, at: Instant) -> String {
    let state = held.dates.state_at(at).as_str();
    match (held.dates.revoked_at, held.dates.ends_at) {
        (Some(revoked_at), _) => {
            format!("{state}, taken away {}", table::day_in_moscow(revoked_at))
        }
        (None, Some(ends_at)) if ends_at <= at => {
            format!("{state}, ended {}", table::moment(ends_at))
        }
        (None, Some(ends_at)) => format!("{state} until {}", table::moment(ends_at)),
        (None, None) => state.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use edge_worker::app::ports::cabinet::Product;
    use edge_worker::domain::access::AccessDates;
    use edge_worker::domain::catalogue::PaidFor;
    use edge_worker::domain::identifiers::ProductId;
    use edge_worker::domain::money::Kopecks;

    use super::*;

    fn at(day: i64) -> Instant {
        Instant::from_millis(day * 86_400_000)
    }

    fn held(number: u8, ends: Option<i64>, revoked: Option<i64>) -> ClientProduct {
        ClientProduct {
            id: UserProductId::from_random([number; 16]),
            product: Product {
                id: ProductId::from_random([1; 16]),
                slug: "crm".to_owned(),
                name: ["CRM".to_owned(), "CRM".to_owned()],
                description: [None, None],
                paid_for: PaidFor::Once,
                price: Kopecks::ZERO,
                admin_url: None,
                terms: None,
                created_at: at(0),
                updated_at: at(0),
                is_on_sale: true,
            },
            dates: AccessDates {
                starts_at: Some(at(1)),
                ends_at: ends.map(at),
                revoked_at: revoked.map(at),
                cancelled_at: None,
            },
            renewal: None,
            app_url: None,
            created_at: at(1),
            updated_at: at(1),
        }
    }

    /// All on day 100.
    #[test]
    fn the_one_that_is_meant_is_found_or_asked_for() {
        let (open, other, over, gone) = (
            held(1, Some(200), None),
            held(2, None, None),
            held(3, Some(50), None),
            held(4, None, Some(60)),
        );
        let id = |held: &ClientProduct| Some(held.id);
        for (products, slug, chosen, expected) in [
            (vec![&open, &over, &gone], "crm", None, Ok(open.id)),
            (vec![&over, &gone], "crm", None, Ok(over.id)),
            (vec![&open, &other], "crm", id(&other), Ok(other.id)),
            (vec![&open, &over], "crm", id(&over), Ok(over.id)),
            (
                vec![&open, &other],
                "crm",
                None,
                Err(
                    "they have crm 2 times: say which\n  --id 01010101-0101-4101-8101-010101010101  active until",
                ),
            ),
            (
                vec![&gone],
                "crm",
                None,
                Err("crm was taken away on 1970-03-02 already: `cabinetctl grant` gives it again"),
            ),
            (
                vec![&open],
                "shop",
                None,
                Err("they have no shop: `cabinetctl user show` tells what they have"),
            ),
            (
                vec![&open],
                "crm",
                id(&gone),
                Err(
                    "they have no crm with the id 04040404-0404-4404-8404-040404040404: `cabinetctl user show`",
                ),
            ),
        ] {
            let products: Vec<_> = products.into_iter().cloned().collect();
            let found = choose(&products, &Slug::parse(slug).unwrap(), chosen, at(100));
            match (found, expected) {
                (Ok(held), Ok(id)) => assert_eq!(held.id, id),
                (Err(error), Err(text)) => assert!(error.to_string().starts_with(text), "{error}"),
                (found, expected) => panic!("{found:?} instead of {expected:?}"),
            }
        }
    }
}
