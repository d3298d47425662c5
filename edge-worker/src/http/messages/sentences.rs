//! Every sentence that the API says to people, in Russian and English, side by side.

use std::borrow::Cow;

use super::Message;
use crate::domain::email::Email;
use crate::domain::password::{Known, NewPassword};
use crate::domain::person_name::PersonName;
use crate::http::waiting;

impl Message {
    #[expect(
        clippy::too_many_lines,
        reason = "a table of sentences, best read in one piece"
    )]
    /// The sentence in Russian and in English.
    pub(super) fn texts(self) -> (Cow<'static, str>, Cow<'static, str>) {
        let (russian, english) = match self {
            Self::Registered => ("Вы зарегистрированы.", "You have registered."),
            Self::SignedIn => ("Вы вошли.", "You have signed in."),
            Self::SignedOut => ("Вы вышли.", "You have signed out."),
            Self::PasswordResetRequested => (
                "Если эта почта зарегистрирована, мы отправили на\u{a0}неё письмо со\u{a0}ссылкой. Она работает один час.",
                "If this address is registered, we have mailed a link to it. The link works for one hour.",
            ),
            Self::PasswordReset => (
                "Новый пароль сохранён. Войдите с\u{a0}ним.",
                "The new password is saved. Sign in with it.",
            ),
            Self::PasswordChanged => (
                "Пароль изменён. На\u{a0}других устройствах вы вышли.",
                "The password has changed. You are signed out on other devices.",
            ),
            Self::EmailVerified => ("Почта подтверждена.", "The e-mail address is confirmed."),
            Self::EmailVerifiedAlready => (
                "Почта уже подтверждена.",
                "The e-mail address is confirmed already.",
            ),
            Self::VerificationSent => (
                "Мы отправили письмо ещё раз. Прежние ссылки больше не\u{a0}работают.",
                "We have sent the mail again. Earlier links no longer work.",
            ),
            Self::EmailChangeRequested => (
                "Мы отправили письмо на\u{a0}новый адрес. Почта сменится, когда вы подтвердите её по\u{a0}ссылке.",
                "We have sent a mail to the new address. It becomes yours when you confirm it by the link.",
            ),
            Self::EmailChanged => (
                "Почта изменена. Теперь входите с\u{a0}новой.",
                "The e-mail address has changed. Sign in with the new one from now on.",
            ),
            Self::SessionEnded => ("Сеанс завершён.", "The session has ended."),
            Self::AccountDeleted => (
                "Учётная запись удалена. Подтверждение придёт на\u{a0}почту.",
                "The account is deleted. A confirmation will come by mail.",
            ),

            Self::SubscriptionCancelled => (
                "Подписка больше не\u{a0}продлится. Она работает до\u{a0}конца оплаченного срока; до\u{a0}тех пор отмену можно вернуть.",
                "The subscription will not be renewed. It works to the end of what is paid; until then you can take this back.",
            ),
            Self::SubscriptionResumed => (
                "Подписка снова будет продлеваться.",
                "The subscription will be renewed again.",
            ),
            Self::RenewalOrdered => (
                "Заказ на\u{a0}продление готов и\u{a0}ждёт оплаты. Напишите нам, и\u{a0}мы\u{a0}выставим счёт.",
                "The order for the renewal is ready and waits for its payment. Write to us for an invoice.",
            ),
            Self::MethodChosen => (
                "Теперь эта карта основная.",
                "This card is the default one now.",
            ),
            Self::MethodRemoved => ("Карта удалена.", "The card is removed."),
            Self::DocumentAccepted => ("Документ принят.", "The document is accepted."),
            Self::ReceiptNotReady => (
                "Чек ещё не\u{a0}готов. Загляните позже.",
                "The receipt is not ready yet. Look again later.",
            ),

            Self::PayoutRequested => ("Запрос на\u{a0}выплату принят.", "The payout is asked for."),

            Self::Required => ("Заполните это поле.", "Fill in this field."),
            Self::NotText => ("Здесь должен быть текст.", "This must be text."),
            Self::NotFlag => (
                "Здесь должно быть true или false.",
                "This must be true or false.",
            ),
            Self::NotTrue => ("Здесь должно быть true.", "This must be true."),
            Self::NotNumber => (
                "Здесь должно быть целое число.",
                "This must be a whole number.",
            ),
            Self::NotAStatus => (
                "Такого статуса нет. Укажите pending, processing, success, failed, cancelled или refunded.",
                "There is no such status. Give pending, processing, success, failed, cancelled or refunded.",
            ),
            Self::NotADay => (
                "Укажите день в виде 2026-03-06.",
                "Give a day like 2026-03-06.",
            ),
            Self::NotAnOrder => (
                "Такого порядка нет. Укажите newest, oldest, largest или smallest.",
                "There is no such order. Give newest, oldest, largest or smallest.",
            ),
            Self::DocumentChanged => (
                "Документ успел обновиться. Прочитайте новую редакцию и\u{a0}примите её.",
                "The document has been updated. Read the new version and accept that one.",
            ),
            Self::NotAnAmount => (
                "Укажите сумму в\u{a0}рублях больше нуля, не\u{a0}точнее копейки.",
                "Give an amount of roubles above zero, with two decimals at most.",
            ),
            Self::BelowMinimum(minimum) => {
                let roubles = minimum.number().div_euclid(100);
                return (
                    format!("Наименьшая выплата\u{a0}— {roubles}\u{a0}₽.").into(),
                    format!("The smallest payout is {roubles} roubles.").into(),
                );
            }
            Self::MoreThanAvailable => (
                "Это больше, чем доступно к\u{a0}выплате.",
                "This is more than is available.",
            ),
            Self::NotALegalForm => (
                "Укажите self_employed, sole_trader или company.",
                "Give self_employed, sole_trader or company.",
            ),
            Self::NotAPayoutMethod => {
                ("Укажите bank_account или sbp.", "Give bank_account or sbp.")
            }
            Self::RecipientRefused => (
                "Укажите получателя одной строкой, не\u{a0}длиннее 160\u{a0}символов.",
                "Give the recipient in one line of 160 characters at most.",
            ),
            Self::InnRefused => (
                "Проверьте ИНН: в\u{a0}нём ошибка, или он не\u{a0}подходит к\u{a0}форме получателя.",
                "Check the taxpayer's number: it has a mistake, or is of another legal form.",
            ),
            Self::BikRefused => (
                "Проверьте БИК: такого банка нет.",
                "Check the BIK: there is no such bank.",
            ),
            Self::AccountRefused => (
                "Проверьте номер счёта: он не\u{a0}подходит к\u{a0}БИК.",
                "Check the account's number: it does not fit the BIK.",
            ),
            Self::SbpPhoneRefused => (
                "По\u{a0}СБП платят на\u{a0}российский мобильный номер.",
                "The fast payments system takes a Russian mobile number.",
            ),
            Self::CompanyBySbp => (
                "Компании выплачиваем только на\u{a0}счёт в\u{a0}банке.",
                "A company is paid to a bank account only.",
            ),
            Self::UnknownField => ("Такого поля нет.", "There is no such field."),
            Self::UnknownParameter => ("Такого параметра нет.", "There is no such parameter."),
            Self::BadParameter => ("Укажите true или false.", "Give true or false."),
            Self::NotWithin(max) => {
                return (
                    format!("Укажите целое число от\u{a0}1 до\u{a0}{max}.").into(),
                    format!("Give a whole number from 1 to {max}.").into(),
                );
            }
            Self::EmailMalformed => (
                "Введите почту в\u{a0}виде name@example.ru.",
                "Enter an e-mail address like name@example.com.",
            ),
            Self::EmailTooLong => {
                let max = Email::MAX_CHARS;
                return (
                    format!("Адрес почты длиннее {max}\u{a0}символов.").into(),
                    format!("The e-mail address is longer than {max} characters.").into(),
                );
            }
            Self::EmailTaken => (
                "Эта почта уже зарегистрирована. Войдите или укажите другую.",
                "This e-mail address is already registered. Sign in or give another one.",
            ),
            Self::EmailOfAnother => (
                "Эта почта занята другим кабинетом. Укажите другую.",
                "This e-mail address belongs to another account. Give another one.",
            ),
            Self::EmailSame => (
                "Это ваша нынешняя почта. Укажите другую.",
                "This is your present e-mail address. Give another one.",
            ),
            Self::WrongPassword => ("Неверный пароль.", "Wrong password."),
            Self::PhoneMalformed => (
                "Введите телефон цифрами, например +7\u{a0}999\u{a0}123-45-67.",
                "Enter the phone number in digits, for example +7 999 123-45-67.",
            ),
            Self::PhoneWrongLength => (
                "В\u{a0}номере не\u{a0}хватает цифр или есть лишние. Пример: +7\u{a0}999\u{a0}123-45-67.",
                "The number has too few or too many digits. Example: +7 999 123-45-67.",
            ),
            Self::NameTooLong => {
                let max = PersonName::MAX_CHARS;
                return (
                    format!("Имя длиннее {max}\u{a0}символов.").into(),
                    format!("The name is longer than {max} characters.").into(),
                );
            }
            Self::NameHiddenCharacter => (
                "Имя должно быть в\u{a0}одну строку, без скрытых символов.",
                "The name must be one line without hidden characters.",
            ),
            Self::PasswordTooShort(min) => {
                return (
                    format!("Пароль короче {min}\u{a0}символов.").into(),
                    format!("The password is shorter than {min} characters.").into(),
                );
            }
            Self::PasswordTooLong => {
                let max = NewPassword::MAX_BYTES;
                return (
                    format!("Пароль длиннее {max}\u{a0}байт.").into(),
                    format!("The password is longer than {max} bytes.").into(),
                );
            }
            Self::PasswordCommon => (
                "Этот пароль слишком известен, его подберут сразу. Придумайте другой.",
                "This password is too well known and would be guessed at once. Choose another one.",
            ),
            Self::PasswordRepeats(Known::Email) => (
                "Пароль повторяет вашу почту. Придумайте другой.",
                "The password repeats your e-mail address. Choose another one.",
            ),
            Self::PasswordRepeats(Known::Name) => (
                "Пароль повторяет ваше имя. Придумайте другой.",
                "The password repeats your name. Choose another one.",
            ),
            Self::PasswordRepeats(Known::Phone) => (
                "Пароль повторяет ваш телефон. Придумайте другой.",
                "The password repeats your phone number. Choose another one.",
            ),
            Self::PasswordRepeats(Known::Brand) => (
                "Пароль повторяет название сервиса. Придумайте другой.",
                "The password repeats the name of the service. Choose another one.",
            ),
            Self::TermsDeclined => (
                "Чтобы зарегистрироваться, примите условия.",
                "To register, accept the terms.",
            ),

            Self::NotAToken => (
                "Проверка не\u{a0}прошла. Обновите страницу и\u{a0}попробуйте ещё раз.",
                "The check did not work. Reload the page and try again.",
            ),

            Self::ValidationFailed => (
                "Проверьте поля запроса.",
                "Check the fields of the request.",
            ),
            Self::MalformedJson => (
                "Тело запроса\u{a0}— не\u{a0}объект JSON.",
                "The body of the request is not a JSON object.",
            ),
            Self::UnsupportedMediaType => (
                "Тело запроса должно быть в\u{a0}формате application/json.",
                "The body of the request must be application/json.",
            ),
            Self::BodyTooLarge => (
                "Тело запроса слишком велико.",
                "The body of the request is too large.",
            ),
            Self::NotFound => ("Такого адреса нет.", "There is no such address."),
            Self::MethodNotAllowed => (
                "Этот метод здесь не\u{a0}поддерживается.",
                "This method is not supported here.",
            ),
            Self::InvalidCredentials => (
                "Неверная почта или пароль.",
                "Wrong e-mail address or password.",
            ),
            Self::AuthenticationRequired => ("Войдите в\u{a0}кабинет.", "Sign in first."),
            Self::TokenNotValid => (
                "Вход устарел. Войдите снова.",
                "You are signed out. Sign in again.",
            ),
            Self::LinkNotValid => (
                "Ссылка устарела или уже использована. Запросите новую.",
                "The link is too old or has been used. Ask for a new one.",
            ),
            Self::ChangedMeanwhile => (
                "Пока выполнялся ваш запрос, в\u{a0}кабинете что-то изменилось, поэтому ничего не\u{a0}записано. Попробуйте ещё раз.",
                "Something changed in your account while your request was on its way, so nothing was saved. Try again.",
            ),
            Self::SubscriptionNotActive => (
                "Эта подписка сейчас не\u{a0}действует.",
                "This subscription does not work at the moment.",
            ),
            Self::NotRenewable => (
                "Эту подписку нельзя продлить. Напишите в\u{a0}поддержку.",
                "This subscription cannot be renewed. Write to the support.",
            ),
            Self::MethodIsDefault => (
                "Это основная карта. Сначала выберите другую основной.",
                "This is the default card. Make another one the default first.",
            ),
            Self::PaymentNotSuccessful => (
                "Платёж не\u{a0}прошёл, поэтому чека нет.",
                "The payment did not go through, so there is no receipt.",
            ),
            Self::PayoutOpen => (
                "Одна выплата уже в\u{a0}работе. Дождитесь её и\u{a0}запросите следующую.",
                "One payout is under way. Wait for it before you ask for the next.",
            ),
            Self::Forbidden => (
                "У\u{a0}вас нет прав на\u{a0}это действие.",
                "You are not allowed to do this.",
            ),
            Self::TooManyRequests(wait) => {
                let (russian, english) = waiting::texts(wait);
                return (
                    format!("Слишком много попыток. Попробуйте снова через\u{a0}{russian}.").into(),
                    format!("Too many attempts. Try again in {english}.").into(),
                );
            }
            Self::HumanCheckNeeded => (
                "Подтвердите, что вы не\u{a0}робот.",
                "Confirm that you are not a robot.",
            ),
            Self::Unavailable => (
                "Сервис настраивается. Попробуйте позже.",
                "The service is being set up. Try again later.",
            ),
            Self::Internal => (
                "Что-то сломалось у\u{a0}нас. Попробуйте ещё раз через минуту.",
                "Something broke on our side. Try again in a minute.",
            ),
        };
        (russian.into(), english.into())
    }
}
