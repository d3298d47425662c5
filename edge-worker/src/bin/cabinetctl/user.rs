//! `cabinetctl user …`: make an account by hand, find and look at accounts, close and open their doors.

mod list;
mod reset_password;
mod show;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use edge_worker::app::accounts::HandMadeUser;
use edge_worker::domain::email::Email;
use edge_worker::domain::password::{About, NewPassword};
use edge_worker::domain::person_name::PersonName;
use edge_worker::domain::phone::Phone;
use edge_worker::domain::user::{Role, User};

use crate::application::Office;
use crate::{refusal, terminal};

/// What can be done with accounts.
#[derive(Subcommand)]
pub(crate) enum UserCommand {
    /// Make an account; asks for the password
    Create(NewUserArguments),
    /// List accounts
    List(list::ListArguments),
    /// Show everything about an account
    Show(show::ShowArguments),
    /// Let somebody in again
    Activate(WhoArguments),
    /// Let somebody in no more, and sign them out everywhere at once
    Deactivate(SureArguments),
    /// Say what somebody may do, from their next request on
    SetRole(RoleArguments),
    /// Give somebody another password, asked for here, and sign them out everywhere; or mail them a link to choose one
    ResetPassword(reset_password::ResetArguments),
}

/// Whose account
#[derive(Args)]
pub(crate) struct WhoArguments {
    /// The e-mail address, in any letter case
    #[arg(long)]
    email: String,
}

/// Whose account, and whether to ask
#[derive(Args)]
pub(crate) struct SureArguments {
    #[command(flatten)]
    who: WhoArguments,
    /// Do it without asking
    #[arg(long)]
    yes: bool,
}

/// What somebody may do
#[derive(Args)]
pub(crate) struct RoleArguments {
    #[command(flatten)]
    who: WhoArguments,
    /// client, operator or admin
    #[arg(long, value_parser = parse_role)]
    role: Role,
}

/// What an account begins with
#[derive(Args)]
pub(crate) struct NewUserArguments {
    /// The e-mail address
    #[arg(long)]
    email: String,
    /// What to call the person
    #[arg(long)]
    name: Option<String>,
    /// The phone
    #[arg(long)]
    phone: Option<String>,
    /// What the person may do: client, operator or admin
    #[arg(long, default_value = "client", value_parser = parse_role)]
    role: Role,
}

/// Does it.
pub(crate) async fn run(command: UserCommand, office: &Office) -> Result<()> {
    match command {
        UserCommand::Create(arguments) => create(office, arguments).await,
        UserCommand::List(arguments) => list::run(office, arguments).await,
        UserCommand::Show(arguments) => show::run(office, &arguments).await,
        UserCommand::Activate(who) => activate(office, &who).await,
        UserCommand::Deactivate(arguments) => deactivate(office, &arguments).await,
        UserCommand::SetRole(arguments) => set_role(office, &arguments).await,
        UserCommand::ResetPassword(arguments) => reset_password::run(office, &arguments).await,
    }
}

async fn create(office: &Office, arguments: NewUserArguments) -> Result<()> {
    let email = Email::parse(&arguments.email).map_err(refusal::email)?;
    let name = arguments
        .name
        .as_deref()
        .map(PersonName::parse)
        .transpose()
        .map_err(refusal::name)?
        .flatten();
    let phone = arguments
        .phone
        .as_deref()
        .map(Phone::parse)
        .transpose()
        .map_err(refusal::phone)?;
    let about = About {
        email: Some(email.address()),
        name: name.as_ref().map(PersonName::as_str),
        phone: phone.as_ref().map(Phone::as_str),
    };
    let password = ask_new_password(office, &about)?;
    let user = HandMadeUser {
        email,
        password,
        name,
        phone,
        role: arguments.role,
    };
    let user = office
        .app
        .create_user(&office.operator, user)
        .await
        .map_err(refusal::use_case)?;
    terminal::say(&format!("Made the account {} of {}.", user.id, user.email));
    Ok(())
}

async fn activate(office: &Office, who: &WhoArguments) -> Result<()> {
    let email = who.email()?;
    let user = office
        .app
        .set_active(&office.operator, &email, true)
        .await
        .map_err(refusal::use_case)?
        .with_context(|| nobody(&email))?;
    terminal::say(&format!("{} can sign in again.", user.email));
    Ok(())
}

async fn deactivate(office: &Office, arguments: &SureArguments) -> Result<()> {
    let (email, _) = existing(office, &arguments.who).await?;
    terminal::confirm(
        &format!(
            "Let {} in no more, and end all their sessions?",
            email.address()
        ),
        arguments.yes,
    )?;
    let user = office
        .app
        .set_active(&office.operator, &email, false)
        .await
        .map_err(refusal::use_case)?
        .with_context(|| nobody(&email))?;
    terminal::say(&format!("{} is out and cannot sign in.", user.email));
    Ok(())
}

async fn set_role(office: &Office, arguments: &RoleArguments) -> Result<()> {
    let email = arguments.who.email()?;
    let user = office
        .app
        .set_role(&office.operator, &email, arguments.role)
        .await
        .map_err(refusal::use_case)?
        .with_context(|| nobody(&email))?;
    let role = user.role.as_str();
    terminal::say(&format!("The role of {} is {role}.", user.email));
    Ok(())
}

impl WhoArguments {
    fn email(&self) -> Result<Email> {
        Email::parse(&self.email).map_err(refusal::email)
    }
}

/// Says that there is nobody before a question is asked about them.
async fn existing(office: &Office, who: &WhoArguments) -> Result<(Email, User)> {
    let email = who.email()?;
    let account = office
        .app
        .find_account(&email)
        .await
        .map_err(refusal::use_case)?
        .with_context(|| nobody(&email))?;
    Ok((email, account.user))
}

fn ask_new_password(office: &Office, about: &About<'_>) -> Result<NewPassword> {
    let text = terminal::ask_new_password()?;
    NewPassword::choose(&text, office.app.password_policy(), about).map_err(refusal::password)
}

pub(crate) fn nobody(email: &Email) -> String {
    format!(
        "nobody is registered with {}: `cabinetctl user list` shows who is",
        email.address()
    )
}

fn parse_role(word: &str) -> Result<Role, String> {
    word.parse().map_err(|_| {
        let roles: Vec<_> = Role::ALL.iter().map(|role| role.as_str()).collect();
        format!("there is no such role; choose one of {}", roles.join(", "))
    })
}
