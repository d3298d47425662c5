//! `cabinetctl user …`: make an account by hand, look at one, close and open its door.

use anyhow::{Context, Result, anyhow};
use clap::{Args, Subcommand};
use edge_worker::app::App;
use edge_worker::app::accounts::HandMadeUser;
use edge_worker::app::ports::Store;
use edge_worker::app::settings::Settings;
use edge_worker::domain::audit::OperatorName;
use edge_worker::domain::email::Email;
use edge_worker::domain::origin::Origin;
use edge_worker::domain::password::{About, NewPassword};
use edge_worker::domain::person_name::PersonName;
use edge_worker::domain::phone::Phone;
use edge_worker::domain::user::{Role, User};
use edge_worker::store::SqlStore;

use crate::platform::{SystemClock, SystemEntropy};
use crate::wrangler::Wrangler;
use crate::{refusal, terminal};

/// What can be done with accounts.
#[derive(Subcommand)]
pub(crate) enum UserCommand {
    /// Make an account
    Create(NewUserArguments),
    /// Show an account
    Show(WhoArguments),
    /// Give somebody another password, asked for here, and sign them out everywhere
    SetPassword(WhoArguments),
    /// Let somebody in again
    Activate(WhoArguments),
    /// Let somebody in no more, and sign them out everywhere at once
    Deactivate(WhoArguments),
}

/// Whose account
#[derive(Args)]
pub(crate) struct WhoArguments {
    /// The e-mail address, in any letter case
    #[arg(long)]
    email: String,
}

/// What an account begins with
#[derive(Args)]
pub(crate) struct NewUserArguments {
    /// The e-mail address
    #[arg(long)]
    email: String,
    /// The password; the shell's history keeps what stands here, so leave it out to be asked, or send it by a pipe
    #[arg(long)]
    password: Option<String>,
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
pub(crate) async fn run(command: UserCommand, database: Wrangler) -> Result<()> {
    // No token is ever issued here; the key only has to be long enough to be one.
    let settings = Settings::read(|name| match name {
        Settings::SIGNING_KEY => Some("not used by the operator's tool".repeat(2)),
        other => std::env::var(other).ok(),
    })
    .map_err(|misconfigured| anyhow!(misconfigured.0))?;
    let app = App::new(
        SqlStore::new(database),
        &SystemClock,
        &SystemEntropy,
        settings,
        Origin::default(),
    );
    match command {
        UserCommand::Create(arguments) => create(&app, arguments).await,
        UserCommand::Show(who) => show(&app, &who).await,
        UserCommand::SetPassword(who) => set_password(&app, &who).await,
        UserCommand::Activate(who) => set_active(&app, &who, true).await,
        UserCommand::Deactivate(who) => set_active(&app, &who, false).await,
    }
}

async fn create<S: Store>(app: &App<'_, S>, arguments: NewUserArguments) -> Result<()> {
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
    let password = match arguments.password {
        Some(password) => password,
        None => terminal::ask_password()?,
    };
    let about = About {
        email: Some(email.address()),
        name: name.as_ref().map(PersonName::as_str),
        phone: phone.as_ref().map(Phone::as_str),
    };
    let password = new_password(app, &password, &about)?;
    let user = HandMadeUser {
        email,
        password,
        name,
        phone,
        role: arguments.role,
    };
    let user = app
        .create_user(&operator(), user)
        .await
        .map_err(refusal::use_case)?;
    terminal::say(&format!("Made the account {} of {}.", user.id, user.email));
    Ok(())
}

async fn show<S: Store>(app: &App<'_, S>, who: &WhoArguments) -> Result<()> {
    let email = Email::parse(&who.email).map_err(refusal::email)?;
    let account = app
        .find_account(&email)
        .await
        .map_err(refusal::use_case)?
        .with_context(|| nobody(&email))?;
    describe(&account.user, account.is_active);
    Ok(())
}

async fn set_password<S: Store>(app: &App<'_, S>, who: &WhoArguments) -> Result<()> {
    let email = Email::parse(&who.email).map_err(refusal::email)?;
    let account = app
        .find_account(&email)
        .await
        .map_err(refusal::use_case)?
        .with_context(|| nobody(&email))?;
    let about = About::from(&account.user);
    let password = new_password(app, &terminal::ask_password()?, &about)?;
    let user = app
        .set_password(&operator(), &email, &password)
        .await
        .map_err(refusal::use_case)?
        .with_context(|| nobody(&email))?;
    terminal::say(&format!("Gave {} another password.", user.email));
    Ok(())
}

async fn set_active<S: Store>(app: &App<'_, S>, who: &WhoArguments, is_active: bool) -> Result<()> {
    let email = Email::parse(&who.email).map_err(refusal::email)?;
    let user = app
        .set_active(&operator(), &email, is_active)
        .await
        .map_err(refusal::use_case)?
        .with_context(|| nobody(&email))?;
    describe(&user, is_active);
    Ok(())
}

fn new_password<S: Store>(app: &App<'_, S>, text: &str, about: &About<'_>) -> Result<NewPassword> {
    NewPassword::choose(text, app.password_policy(), about).map_err(refusal::password)
}

/// Who is at this terminal, for the audit log: the name that the operating system knows them by.
fn operator() -> OperatorName {
    let name = ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .find_map(|variable| std::env::var(variable).ok());
    OperatorName::new(&name.unwrap_or_default())
}

fn nobody(email: &Email) -> String {
    format!("nobody is registered with {}", email.address())
}

fn describe(user: &User, is_active: bool) {
    let door = if is_active { "active" } else { "inactive" };
    let phone = user.phone.as_deref().unwrap_or("none");
    terminal::say(&format!("Account     {} ({door})", user.id));
    terminal::say(&format!("Name        {}", user.name));
    terminal::say(&format!("E-mail      {}", user.email));
    terminal::say(&format!("Phone       {phone}"));
    terminal::say(&format!("Role        {}", user.role.as_str()));
    terminal::say(&format!("Registered  {}", user.created_at));
}

fn parse_role(word: &str) -> Result<Role, String> {
    word.parse().map_err(|_| {
        let roles: Vec<_> = Role::ALL.iter().map(|role| role.as_str()).collect();
        format!("there is no such role; choose one of {}", roles.join(", "))
    })
}
