//! The HTTP client against servers that answer oddly.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response as Answer},
    routing::get,
};
use dateline::{
    clock::FixedClock,
    fetch::{Fetch as _, FetchError, Folder, Http, Options, Request, Response, Validators},
};
use std::{net::SocketAddr, sync::Arc, time::Duration};

async fn serve(router: Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

fn options() -> Options {
    Options {
        timeout: Duration::from_millis(1500),
        max_body_bytes: 100_000,
        max_redirects: 3,
        allow_private: vec!["127.0.0.0/8".parse().unwrap()],
        ..Options::default()
    }
}

async fn fetch(
    options: Options,
    url: &str,
    validators: Validators,
) -> Result<Response, FetchError> {
    let clock = FixedClock("2025-03-20T12:00:00Z".parse().unwrap());
    let http = Http::new(options, Arc::new(clock)).unwrap();
    http.fetch(&Request { url: url.parse().unwrap(), validators }).await
}

fn odd_server() -> Router {
    let gzip_bomb = || async {
        // A stored block of zeros, repeated, would be as large as what it unpacks to; this one is gzip of
        // ten million zeros, made by hand: a fixed-Huffman block of the longest matches.
        ([(header::CONTENT_ENCODING, "gzip")], Body::from(zeros_gzipped())).into_response()
    };
    Router::new()
        .route(
            "/feed",
            get(|headers: HeaderMap| async move {
                let etag = [
                    (header::ETAG, "W/\"a b\""),
                    (header::LAST_MODIFIED, "yesterday, or so"),
                    (header::CONTENT_TYPE, "text/xml; charset=windows-1256"),
                ];
                let agent = headers.get(header::USER_AGENT).unwrap().to_str().unwrap().to_owned();
                if headers.get(header::IF_NONE_MATCH).is_some_and(|given| given == "W/\"a b\"")
                    && headers
                        .get(header::IF_MODIFIED_SINCE)
                        .is_some_and(|given| given == "yesterday, or so")
                {
                    return (StatusCode::NOT_MODIFIED, [(header::ETAG, "W/\"a b\"")])
                        .into_response();
                }
                (etag, agent).into_response()
            }),
        )
        .route("/moved", get(|| redirect("/feed")))
        .route("/circle", get(|| redirect("/circle")))
        .route("/to-file", get(|| redirect("file:///etc/passwd")))
        .route("/to-inside", get(|| redirect("http://[::ffff:10.0.0.1]/")))
        .route("/nowhere", get(|| async { StatusCode::FOUND }))
        .route("/gone", get(|| async { StatusCode::GONE }))
        .route(
            "/busy",
            get(|| async { (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "120")]) }),
        )
        .route(
            "/busy-until",
            get(|| async {
                (
                    StatusCode::SERVICE_UNAVAILABLE,
                    [(header::RETRY_AFTER, "Thu, 20 Mar 2025 13:00:00 GMT")],
                )
            }),
        )
        .route("/large", get(|| async { "x".repeat(100_001) }))
        .route("/bomb", get(gzip_bomb))
        .route("/slow", get(|| async { std::future::pending::<()>().await }))
}

async fn redirect(to: &'static str) -> Answer {
    (StatusCode::FOUND, [(header::LOCATION, to)]).into_response()
}

/// Ten million zeros in gzip (RFC 1952): one deflate block of fixed codes, a zero and then matches of
/// length 258 at distance 1.
fn zeros_gzipped() -> Vec<u8> {
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let (mut buffer, mut filled) = (0_u32, 0);
    let mut put = |bits: u32, count: u32| {
        buffer |= bits << filled;
        filled += count;
        while filled >= 8 {
            bytes.push((buffer & 0xff) as u8);
            buffer >>= 8;
            filled -= 8;
        }
    };
    put(0b011, 3); // the last block, fixed codes
    put(0b0000_1100, 8); // literal 0: code 00110000, most significant bit first
    for _ in 0..40_000 {
        put(0b1010_0011, 8); // length 258: code 11000101
        put(0, 5); // distance 1
    }
    put(0, 7 + 8); // end of block, and the rest of the byte
    bytes
}

#[tokio::test]
async fn odd_answers_are_named() {
    let address = serve(odd_server()).await;
    for (path, message) in [
        ("/circle", "127.0.0.1 redirected more than 3 times"),
        (
            "/to-file",
            "127.0.0.1 redirected to `file:///etc/passwd`, which is not an http or https address",
        ),
        (
            "/to-inside",
            "[::ffff:a00:1] is the inside address ::ffff:10.0.0.1; add its net to `allow_private` if that is meant",
        ),
        ("/nowhere", "127.0.0.1 answered 302 (a redirect without an address)"),
        ("/gone", "127.0.0.1 answered 410 (gone for good)"),
        ("/missing", "127.0.0.1 answered 404 (there is nothing at this address)"),
        ("/busy", "127.0.0.1 answered 429 (asked too often)"),
        (
            "/large",
            "127.0.0.1 sent more than 100000 bytes; raise `max_body_bytes` if that is a real feed",
        ),
        (
            "/bomb",
            "127.0.0.1 sent more than 100000 bytes; raise `max_body_bytes` if that is a real feed",
        ),
        ("/slow", "no answer from 127.0.0.1: not done after 1.5 s"),
    ] {
        let error = fetch(options(), &format!("http://{address}{path}"), Validators::default())
            .await
            .unwrap_err();
        assert_eq!(error.to_string(), message);
    }
}

#[tokio::test]
async fn a_server_says_how_long_to_wait() {
    let address = serve(odd_server()).await;
    for (path, seconds) in [("/busy", Some(120)), ("/busy-until", Some(3600)), ("/gone", None)] {
        let error = fetch(options(), &format!("http://{address}{path}"), Validators::default())
            .await
            .unwrap_err();
        assert_eq!(error.retry_after(), seconds.map(Duration::from_secs), "{path}");
    }
}

#[tokio::test]
async fn what_a_host_says_to_one_source_holds_for_all() {
    let address = serve(odd_server()).await;
    let clock = FixedClock("2025-03-20T12:00:00Z".parse().unwrap());
    let http = Http::new(options(), Arc::new(clock)).unwrap();
    let ask = async |path: &str| {
        let url = format!("http://{address}{path}").parse().unwrap();
        http.fetch(&Request { url, validators: Validators::default() }).await
    };
    ask("/feed").await.unwrap();
    ask("/busy").await.unwrap_err();
    let error = ask("/feed").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "127.0.0.1 is not asked: it wants to be left alone for another 120 s"
    );
    assert_eq!(error.retry_after(), Some(Duration::from_secs(120)));
}

#[tokio::test]
async fn validators_go_back_as_they_came() {
    let address = serve(odd_server()).await;
    let Response::Fresh(document) =
        fetch(options(), &format!("http://{address}/moved"), Validators::default()).await.unwrap()
    else {
        panic!("nothing was asked before")
    };
    assert_eq!(document.url.path(), "/feed");
    assert_eq!(document.content_type.as_deref(), Some("text/xml; charset=windows-1256"));
    assert!(document.body.starts_with(b"dateline/"));
    let expected = Validators {
        etag: Some("W/\"a b\"".to_owned()),
        last_modified: Some("yesterday, or so".to_owned()),
    };
    assert_eq!(document.validators, expected);
    // What a 304 does not repeat is kept.
    let again =
        fetch(options(), &format!("http://{address}/feed"), document.validators).await.unwrap();
    assert_eq!(again, Response::NotModified { validators: expected });
}

#[tokio::test]
async fn inside_addresses_are_refused_before_anything_is_sent() {
    let address = serve(odd_server()).await;
    let closed = Options { allow_private: Vec::new(), ..options() };
    for host in [
        &*address.to_string(),
        &format!("localhost:{}", address.port()),
        &format!("2130706433:{}", address.port()),
    ] {
        let error = fetch(closed.clone(), &format!("http://{host}/feed"), Validators::default())
            .await
            .unwrap_err();
        assert!(matches!(error, FetchError::Inside { .. }), "{host}: {error}");
    }
    let error = fetch(closed, "ftp://example.org/", Validators::default()).await.unwrap_err();
    assert_eq!(error.to_string(), "`ftp://example.org/` is not an http or https address");
}

#[tokio::test]
async fn who_does_not_answer_is_named() {
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for (url, start) in [
        (format!("http://{free}/"), "no answer from 127.0.0.1: Connection refused"),
        ("http://nobody.invalid/".to_owned(), "no answer from nobody.invalid: dns error: "),
    ] {
        let error = fetch(options(), &url, Validators::default()).await.unwrap_err().to_string();
        assert!(error.starts_with(start), "{error}");
    }
}

#[tokio::test]
async fn a_folder_of_saved_answers_answers() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.xml"), "<rss/>").unwrap();
    std::fs::write(
        folder.path().join("answers.toml"),
        "[[answer]]\nurl = \"https://a.example/feed\"\nfile = \"a.xml\"\n",
    )
    .unwrap();
    let saved = Folder::open(folder.path()).unwrap();
    let mut request = Request {
        url: "https://a.example/feed".parse().unwrap(),
        validators: Validators::default(),
    };
    let Response::Fresh(document) = saved.fetch(&request).await.unwrap() else {
        panic!("not asked before")
    };
    assert_eq!(document.body, b"<rss/>");
    request.validators = document.validators.clone();
    assert_eq!(
        saved.fetch(&request).await.unwrap(),
        Response::NotModified { validators: document.validators }
    );
    request.url = "https://b.example/".parse().unwrap();
    assert_eq!(
        saved.fetch(&request).await.unwrap_err().to_string(),
        "no saved answer for `https://b.example/`; add it to `answers.toml`"
    );
}
