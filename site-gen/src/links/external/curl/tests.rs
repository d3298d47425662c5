use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::thread;

use super::*;

fn curl() -> Curl {
    Curl::find("tester/1 (+https://own.example)")
        .unwrap()
        .with_http()
        .with_timeout(Duration::from_millis(700))
}

/// A server on a free port of this machine that gives one answer, after a while, and hands over what it was asked.
fn serve(answer: &'static str, delay: Duration) -> (String, thread::JoinHandle<String>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = format!("http://{}/a?b=[1-2]", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let request: Vec<_> = lines
            .map_while(Result::ok)
            .take_while(|line| !line.is_empty())
            .collect();
        thread::sleep(delay);
        // The other side may have gone in the meantime.
        let _ = stream.write_all(answer.as_bytes());
        request.join("\n")
    });
    (address, server)
}

#[test]
fn answers_are_read_with_what_they_say_of_elsewhere_and_later() {
    let response = |status, location: Option<&str>, retry_after: Option<&str>| Response {
        status,
        location: location.map(str::to_owned),
        retry_after: retry_after.map(str::to_owned),
    };
    for (answer, expected) in [
        ("HTTP/1.1 200 OK\r\n\r\n", response(200, None, None)),
        ("HTTP/1.1 404 Not Found\r\n\r\n", response(404, None, None)),
        (
            "HTTP/1.1 103 Early Hints\r\nRetry-After: 1\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
            response(200, None, None),
        ),
        (
            "HTTP/1.1 301 Moved\r\nLocation: https://b.example/c\r\n\r\n",
            response(301, Some("https://b.example/c"), None),
        ),
        (
            "HTTP/1.1 429 Slow\r\nRETRY-after:  9 \r\n\r\n",
            response(429, None, Some("9")),
        ),
    ] {
        let (address, server) = serve(answer, Duration::ZERO);
        assert_eq!(curl().ask(&address, Method::Head), Ok(expected));
        let request = server.join().unwrap();
        assert!(
            request.starts_with("HEAD /a?b=[1-2] HTTP/1.1\n"),
            "{request}"
        );
        assert!(
            request.contains("\nUser-Agent: tester/1 (+https://own.example)"),
            "{request}"
        );
    }
}

#[test]
fn an_address_that_is_relative_to_the_page_is_made_whole() {
    let (address, server) = serve(
        "HTTP/1.1 302 Found\r\nLocation: ../c\r\n\r\n",
        Duration::ZERO,
    );
    let response = curl().ask(&address, Method::Get).unwrap();
    let expected = address.replace("/a?b=[1-2]", "/c");
    assert_eq!(response.location, Some(expected));
    assert!(server.join().unwrap().starts_with("GET "));
}

#[test]
fn a_page_that_begins_to_come_in_time_is_there() {
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n<p>";
    let (address, server) = serve(answer, Duration::ZERO);
    let response = curl().ask(&address, Method::Get).unwrap();
    assert_eq!(response.status, 200);
    server.join().unwrap();
}

#[test]
fn a_slow_answer_a_closed_port_and_strange_addresses_are_told_apart() {
    let (address, server) = serve("", Duration::from_secs(1));
    assert_eq!(curl().ask(&address, Method::Head), Err(Failure::TimedOut));
    server.join().unwrap();

    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let closed = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let refused = curl().ask(&closed, Method::Head).unwrap_err();
    assert!(matches!(refused, Failure::Unreachable(_)), "{refused:?}");

    let strict = Curl::find("tester").unwrap();
    for (address, expected) in [
        (&*closed, Failure::Unencrypted),
        ("https://a.invalid/", Failure::NoSuchHost),
        ("https://127.0.0.1:99999999/", Failure::Malformed),
        ("--version", Failure::Unencrypted),
    ] {
        let answer = strict.ask(address, Method::Head);
        assert_eq!(answer, Err(expected), "{address}");
    }
}

#[test]
fn a_site_that_speaks_no_tls_is_not_safe() {
    let (address, server) = serve("HTTP/1.1 200 OK\r\n\r\n", Duration::ZERO);
    let address = address.replace("http:", "https:");
    // The server waits for a line; TLS sends one or the time is up.
    let answer = curl().ask(&address, Method::Head);
    assert!(answer.is_err(), "{answer:?}");
    server.join().unwrap();
    assert_eq!(
        failure(
            Some(60),
            "curl: (60) SSL certificate problem: expired\nMore"
        ),
        Failure::Unsafe("SSL certificate problem: expired".to_owned())
    );
}
