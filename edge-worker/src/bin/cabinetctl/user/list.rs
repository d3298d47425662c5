//! `cabinetctl user list`: a table, or JSON for other programs.

use anyhow::Result;
use clap::Args;
use edge_worker::app::ports::directory::{AccountFilter, AccountPage};
use edge_worker::domain::identifiers::UserId;
use edge_worker::domain::user::{Account, Role};
use serde_json::{Value, json};

use super::parse_role;
use crate::application::Office;
use crate::{refusal, table, terminal};

/// Which accounts
#[derive(Args)]
pub(crate) struct ListArguments {
    /// Only those with this text in the address, the name or the phone, or as referral code
    text: Option<String>,
    /// Only those who may do this: client, operator or admin
    #[arg(long, value_parser = parse_role)]
    role: Option<Role>,
    /// Only those who can sign in
    #[arg(long, conflicts_with = "inactive")]
    active: bool,
    /// Only those who cannot
    #[arg(long)]
    inactive: bool,
    /// Which page, from 1
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    page: u32,
    /// How many on a page, at most 200
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=200))]
    limit: u32,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Lists them.
pub(crate) async fn run(office: &Office, arguments: ListArguments) -> Result<()> {
    let filter = AccountFilter {
        role: arguments.role,
        is_active: (arguments.active || arguments.inactive).then_some(arguments.active),
        text: arguments.text,
    };
    let (number, limit) = (arguments.page, arguments.limit);
    let page = office
        .app
        .list_accounts(&filter, number, limit)
        .await
        .map_err(refusal::use_case)?;
    if arguments.json {
        terminal::say(&format!("{:#}", as_json(&page, number, limit)));
    } else {
        terminal::say(&as_table(&page, number, limit));
    }
    Ok(())
}

/// An account as the API tells about it, and whether its door is open.
pub(super) fn account_as_json(account: &Account) -> Value {
    let user = &account.user;
    json!({
        "id": user.id.number(),
        "email": user.email,
        "email_verified": user.email_verified,
        "name": user.name,
        "phone": user.phone,
        "role": user.role.as_str(),
        "is_active": account.is_active,
        "telegram_id": user.telegram_id,
        "referral_code": user.referral_code,
        "referred_by": user.referred_by.map(UserId::number),
        "referrals_count": user.referrals_count,
        "offer_accepted_at": user.offer_accepted_at.map(|at| at.to_string()),
        "created_at": user.created_at.to_string(),
        "updated_at": user.updated_at.to_string(),
    })
}

fn as_json(page: &AccountPage, number: u32, limit: u32) -> Value {
    let users: Vec<_> = page.accounts.iter().map(account_as_json).collect();
    json!({"users": users, "total": page.total, "page": number, "limit": limit})
}

fn as_table(page: &AccountPage, number: u32, limit: u32) -> String {
    const HEAD: [&str; 6] = ["Account", "E-mail", "Name", "Role", "Door", "Registered"];
    let rows: Vec<_> = page.accounts.iter().map(cells).collect();
    format!(
        "{}\n{}",
        table::aligned(HEAD, &rows),
        summary(page, number, limit)
    )
}

fn cells(account: &Account) -> [String; 6] {
    let user = &account.user;
    [
        user.id.to_string(),
        user.email.clone(),
        user.name.clone(),
        user.role.as_str().to_owned(),
        if account.is_active { "open" } else { "closed" }.to_owned(),
        table::day(user.created_at),
    ]
}

fn summary(page: &AccountPage, number: u32, limit: u32) -> String {
    let total = page.total;
    let pages = total.saturating_add(i64::from(limit) - 1) / i64::from(limit);
    match (total, page.accounts.len()) {
        (0, _) => "Nobody.".to_owned(),
        (_, 0) => format!("{total} in all; the last page is --page {pages}."),
        _ if pages > i64::from(number) => {
            format!(
                "Page {number} of {pages}, {total} in all; next: --page {}.",
                number + 1
            )
        }
        _ => format!("Page {number} of {pages}, {total} in all."),
    }
}

#[cfg(test)]
mod tests {
    use edge_worker::domain::time::Instant;
    use edge_worker::domain::user::User;

    use super::*;

    fn page(total: i64) -> AccountPage {
        let account = |id, name: &str, is_active| Account {
            is_active,
            user: User {
                id: UserId::new(id),
                email: format!("{id}@example.com"),
                name: name.to_owned(),
                role: Role::Client,
                phone: None,
                telegram_id: None,
                email_verified: false,
                referral_code: String::new(),
                referred_by: None,
                referrals_count: 0,
                created_at: Instant::from_millis(1_772_746_200_000),
                updated_at: Instant::from_millis(0),
                offer_accepted_at: None,
            },
        };
        AccountPage {
            accounts: vec![account(7, "Анна", true), account(12, "Ян", false)],
            total,
        }
    }

    #[test]
    fn a_list_is_a_table_that_says_where_it_goes_on() {
        assert_eq!(
            as_table(&page(5), 1, 2),
            "Account  E-mail          Name  Role    Door    Registered\n\
             7        7@example.com   Анна  client  open    2026-03-05\n\
             12       12@example.com  Ян    client  closed  2026-03-05\n\
             Page 1 of 3, 5 in all; next: --page 2."
        );
    }

    #[test]
    fn the_last_line_is_right_at_every_edge() {
        let empty = |total| AccountPage {
            accounts: vec![],
            total,
        };
        for (page, number, expected) in [
            (empty(0), 1, "Nobody."),
            (empty(5), 9, "5 in all; the last page is --page 3."),
            (page(4), 2, "Page 2 of 2, 4 in all."),
        ] {
            assert_eq!(summary(&page, number, 2), expected);
        }
    }
}
