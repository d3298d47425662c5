//! Ports on 127.0.0.1.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};

use crate::failure::Failure;

/// Makes sure that nobody else listens on the port.
///
/// # Errors
/// Somebody does, or the port is reserved.
pub(crate) fn claim(port: u16) -> Result<(), Failure> {
    let Err(error) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) else {
        return Ok(());
    };
    let reason = match error.kind() {
        ErrorKind::AddrInUse => "is taken".to_owned(),
        _ => format!("cannot be used ({error})"),
    };
    Err(Failure::new(
        format!("port {port} {reason}"),
        format!(
            "stop what holds it or take another: cargo xtask dev --port {}",
            another(port)
        ),
    ))
}

/// A port that nobody listens on.
///
/// # Errors
/// The machine has none left.
pub(crate) fn free() -> Result<u16, Failure> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| Failure::new(format!("no free port: {error}"), "close some programs"))
}

fn another(port: u16) -> u16 {
    if (1024..u16::MAX).contains(&port) {
        port + 1
    } else {
        8787
    }
}

#[cfg(test)]
mod tests {
    use super::{another, claim, free};
    use std::net::{Ipv4Addr, TcpListener};

    #[test]
    fn the_advised_port_can_be_used() {
        assert_eq!(another(8787), 8788);
        assert_eq!(another(80), 8787);
        assert_eq!(another(u16::MAX), 8787);
    }

    #[test]
    fn a_taken_port_is_refused_with_advice() {
        let port = free().unwrap();
        claim(port).unwrap();
        let _holder = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
        let refusal = claim(port).unwrap_err().to_string();
        assert!(refusal.contains("--port"), "{refusal}");
    }
}
