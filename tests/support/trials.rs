//! From scenarios and functions to named tests.

use libtest_mimic::{Arguments, Trial};

use crate::backend::Backend;
use crate::scenarios;

/// Makes tests of functions, under a back end's name and their own; or of functions of an engine, under its name.
#[macro_export]
macro_rules! trials {
    ($backend:literal: $($name:ident),+ $(,)?) => {
        vec![$(libtest_mimic::Trial::test(concat!($backend, "::", stringify!($name)), || {
            $name();
            Ok(())
        })),+]
    };
    ($engine:ident => $($name:ident),+ $(,)?) => {
        vec![$(libtest_mimic::Trial::test(
            format!("{}::{}", <$engine as $crate::engine::Engine>::NAME, stringify!($name)),
            || {
                $name::<$engine>();
                Ok(())
            },
        )),+]
    };
}

/// Runs every scenario on back ends that `make` makes, and the back end's own tests.
pub fn run<B: Backend + 'static>(name: &str, make: fn() -> B, own: Vec<Trial>) -> ! {
    let shared = scenarios::all().map(|scenario| {
        Trial::test(format!("{name}::{}", scenario.name), move || {
            (scenario.run)(&make());
            Ok(())
        })
    });
    libtest_mimic::run(&Arguments::from_args(), shared.chain(own).collect()).exit()
}
