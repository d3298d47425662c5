//! The headers of answers that only a native test can bring about.

use edge_worker::app::settings::Settings;
use libtest_mimic::Trial;
use portal_tests::backend::{Backend as _, Call};
use portal_tests::cloudflare::Cloudflare;
use portal_tests::native::Native;
use portal_tests::person::{Person, form, new_email};
use portal_tests::scenarios::headers::assert_headers;
use portal_tests::trials;

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native::headers":
        a_client_that_must_wait_gets_the_headers_of_every_answer_and_a_number_of_seconds,
        an_answer_with_the_key_of_the_widget_has_the_headers_of_every_answer,
        a_breakdown_has_the_headers_of_every_answer,
        an_installation_without_its_secret_has_the_headers_of_every_answer,
    }
}

fn a_client_that_must_wait_gets_the_headers_of_every_answer_and_a_number_of_seconds() {
    let native = Native::default().with_cloudflare(Cloudflare::limiting_to(0));
    let answer = native.send(Call::new("POST", "/api/auth/login/"));
    assert_headers(&answer, 429, &[("retry-after", "60")]);
}

fn an_answer_with_the_key_of_the_widget_has_the_headers_of_every_answer() {
    let native = Native::default()
        .with_variable(Settings::TURNSTILE_SITE_KEY, "1x00000000000000000000AA")
        .with_variable(
            Settings::TURNSTILE_SECRET,
            "1x0000000000000000000000000000000AA",
        );
    let answer = native.send(Call::new("POST", "/api/auth/register/").json(&form(&new_email())));
    assert_headers(&answer, 403, &[]);
}

fn a_breakdown_has_the_headers_of_every_answer() {
    let native = Native::default();
    let person = Person::register(&native);
    native.execute("DROP TABLE sessions");
    assert_headers(&person.profile(&native), 500, &[]);
}

fn an_installation_without_its_secret_has_the_headers_of_every_answer() {
    let native = Native::default().with_signing_key(None);
    let answer = native.send(Call::new("GET", "/api/auth/health/"));
    assert_headers(&answer, 503, &[]);
}
