//! What an answer costs the service, against three yardsticks in the same run: CPU for each request, in
//! microseconds, of a process with one thread that serves; all stand behind the same middleware.
//!
//! `cargo bench --bench query`. `DATELINE_BENCH_EVENTS=1000,1000000` are the sizes (1,000 and 20,000 where
//! absent); `DATELINE_BENCH_DIR` keeps the databases for the next run; `DATELINE_BENCH_REQUESTS` is how many
//! are asked in each of five rounds.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench panics to fail, and prints what it found"
)]

mod client;
mod synthetic;
mod yardstick;

use client::{Client, Run, anonymous, run};
use dateline::{
    clock::SystemClock,
    publish::{self, Site},
    serve::{self, State},
    store::{Options, Pace, Ready, Store},
};
use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::Arc,
    time::Duration,
};

/// Requests under way at once.
const CONNECTIONS: usize = 16;

const ROUNDS: usize = 5;

fn main() {
    let variable = |name: &str| std::env::var(name).ok();
    if let Some(role) = variable("DATELINE_BENCH_ROLE") {
        return serve(&role, Path::new(&variable("DATELINE_BENCH_PATH").unwrap()));
    }
    let sizes = variable("DATELINE_BENCH_EVENTS").unwrap_or_else(|| "1000,20000".to_owned());
    let mut sizes: Vec<u64> = sizes.split(',').map(|size| size.parse().unwrap()).collect();
    sizes.sort_unstable();
    let requests = variable("DATELINE_BENCH_REQUESTS").map_or(1000, |count| count.parse().unwrap());
    let scratch = tempfile::tempdir().unwrap();
    let folder = variable("DATELINE_BENCH_DIR").map_or(scratch.path().to_owned(), PathBuf::from);
    for size in &sizes {
        let folder = folder.join(size.to_string());
        prepare(&folder, *size);
        measure(&folder, *size, requests);
    }
    if let [least, .., most] = sizes.as_slice() {
        growth(&folder, [*least, *most], requests);
    }
}

/// What a page costs of the least and of the most events, asked in turn: minutes apart, a busy machine would
/// tell more of itself than of them.
fn growth(folder: &Path, sizes: [u64; 2], requests: usize) {
    println!("growth of a page from {} to {} events", sizes[0], sizes[1]);
    let servers = |role| sizes.map(|size| Server::start(role, &folder.join(size.to_string())));
    let ([ours_few, ours_many], [floor_few, floor_many]) = (servers("dateline"), servers("floor"));
    let mut base = 0;
    let mut ask = |server: &Server, start: &str| {
        base += requests;
        let from = base;
        server.run(requests, &|n| format!("{start}{}", yardstick::range(from + n)))
    };
    for (name, few, many, start) in [
        ("(b) rows, serde_json", &floor_few, &floor_many, "/events?"),
        ("(c) JSON ready in date order", &floor_few, &floor_many, "/ready?"),
        ("dateline, JSON, match=starts", &ours_few, &ours_many, "/events?match=starts&"),
        ("dateline, JSON", &ours_few, &ours_many, "/events?"),
        ("dateline, Atom", &ours_few, &ours_many, "/events.atom?sort=event&"),
    ] {
        let mut runs: [Vec<f64>; 2] = Default::default();
        for _ in 0..ROUNDS {
            runs[0].push(ask(few, start).cpu_us);
            runs[1].push(ask(many, start).cpu_us);
        }
        let [few, many] = runs.map(|mut runs| {
            runs.sort_by(f64::total_cmp);
            runs[ROUNDS / 2]
        });
        println!("  {name:<52} {few:>8.1} us  {many:>8.1} us  growth {:.2}", many / few);
    }
}

fn site() -> Site {
    Site::new(&publish::Options::default(), SocketAddr::from(([127, 0, 0, 1], 8080)))
}

fn open(folder: &Path, pace: Pace) -> Store {
    let ready = Some(Ready { version: publish::PIECES, write: publish::pieces });
    let path = folder.join("dateline.db");
    Store::open(&Options { path, ready, pace, mapped: true, ..Options::default() }).unwrap()
}

/// Fills the databases of a size, unless an earlier run did.
fn prepare(folder: &Path, size: u64) {
    if folder.join("done").exists() {
        return;
    }
    std::fs::create_dir_all(folder).unwrap();
    let start = std::time::Instant::now();
    let store = open(folder, Pace::Filling);
    synthetic::fill(&store, size);
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(store.upkeep())
        .unwrap();
    yardstick::fill(&folder.join("floor.db"), &store, &site());
    std::fs::write(folder.join("done"), "").unwrap();
    println!("{size} events stored in {:.0?}", start.elapsed());
}

/// A server in a process of its own.
struct Server {
    child: Child,
    /// Lines on it start and stop the storing of articles.
    input: ChildStdin,
    host: String,
}

impl Server {
    fn start(role: &str, folder: &Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .env("DATELINE_BENCH_ROLE", role)
            .env("DATELINE_BENCH_PATH", folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut host = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut host).unwrap();
        Self { input: child.stdin.take().unwrap(), child, host: host.trim().to_owned() }
    }

    fn run(&self, requests: usize, path: &(dyn Fn(usize) -> String + Sync)) -> Run {
        run(&self.host, self.child.id(), CONNECTIONS, requests, "", 200, path)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The process that serves: one thread, and one that stores articles when it is told to.
fn serve(role: &str, folder: &Path) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("{}", listener.local_addr().unwrap());
        std::io::stdout().flush().unwrap();
        let store = open(folder, Pace::Steady);
        let sweeping = store.clone();
        std::thread::Builder::new()
            .name("ingest".to_owned())
            .spawn(move || sweep(&sweeping))
            .unwrap();
        let state = State::new(store, Arc::new(SystemClock), site(), serve::Options::default());
        let options = state.options.clone();
        let routes = match role {
            "dateline" => serve::router(state),
            "floor" => serve::dressed(yardstick::floors(&folder.join("floor.db")), state),
            _ => {
                let body = std::fs::read(folder.join("page")).unwrap();
                serve::dressed(yardstick::same_bytes(body, "application/json"), state)
            }
        };
        serve::run_router(listener, routes, &options, std::future::pending()).await.unwrap();
    });
}

/// Stores articles from one line of input to the next.
fn sweep(store: &Store) {
    use std::sync::atomic::{AtomicBool, Ordering};
    let running = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&running);
    std::thread::Builder::new()
        .name("ingest".to_owned())
        .spawn(move || {
            for _ in std::io::stdin().lines() {
                seen.fetch_xor(true, Ordering::SeqCst);
            }
        })
        .unwrap();
    let started = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let mut n = synthetic::LATER + started.as_secs();
    loop {
        if running.load(Ordering::SeqCst) {
            synthetic::ingest(store, n);
            n += 1;
        } else {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// The median of some rounds, one target after the other in each, so that a busy machine is busy for all.
fn rounds<const N: usize>(mut targets: [(&str, &mut dyn FnMut(usize) -> Run); N]) -> [Run; N] {
    let mut runs: [Vec<Run>; N] = std::array::from_fn(|_| Vec::new());
    for round in 0..ROUNDS {
        for ((_, ask), runs) in targets.iter_mut().zip(&mut runs) {
            runs.push(ask(round));
        }
    }
    let mut n = 0;
    runs.map(|mut runs| {
        runs.sort_by(|a, b| a.cpu_us.total_cmp(&b.cpu_us));
        let cpu_us = runs[ROUNDS / 2].cpu_us;
        runs.sort_by_key(|run| run.p99);
        let median = Run { cpu_us, p99: runs[ROUNDS / 2].p99, bytes: runs[0].bytes };
        let name = targets[n].0;
        n += 1;
        println!(
            "  {name:<52} {cpu_us:>8.1} us  p99 {:>9.2?}  {:>7} bytes",
            median.p99, median.bytes
        );
        median
    })
}

/// Measures one size.
fn measure(folder: &Path, size: u64, requests: usize) {
    println!("{size} events, {CONNECTIONS} connections, median of {ROUNDS} rounds of {requests}");
    let ours = Server::start("dateline", folder);
    let floor = Server::start("floor", folder);
    let mut client = Client::new(&ours.host);
    same_answers(&mut client, &mut Client::new(&floor.host));
    let repeated = "/events?from=2020-05-05&limit=50";
    assert_eq!(client.get(repeated, ""), 200);
    let page = client.body().to_vec();
    std::fs::write(folder.join("page"), &page).unwrap();
    let tag = client.header("etag").unwrap();
    let static_ = Server::start("static", folder);

    let mut base = 0;
    let mut fresh = |server: &Server, start: &str| {
        base += requests;
        let from = base;
        server.run(requests, &|n| format!("{start}{}", yardstick::range(from + n)))
    };
    let fresh = std::cell::RefCell::new(&mut fresh);
    let ask = |server: &Server, start: &str| (fresh.borrow_mut())(server, start);
    println!(" a page of 50 from a random day");
    let [a, b, c, starts, json, atom, rss, ics, html] = rounds([
        ("(a) the same bytes", &mut |_| ask(&static_, "/events?")),
        ("(b) rows, serde_json", &mut |_| ask(&floor, "/events?")),
        ("(c) JSON ready in date order", &mut |_| ask(&floor, "/ready?")),
        ("dateline, JSON, match=starts as (b) and (c) ask", &mut |_| {
            ask(&ours, "/events?match=starts&")
        }),
        ("dateline, JSON", &mut |_| ask(&ours, "/events?")),
        ("dateline, Atom", &mut |_| ask(&ours, "/events.atom?sort=event&")),
        ("dateline, RSS", &mut |_| ask(&ours, "/events.rss?sort=event&")),
        ("dateline, iCalendar", &mut |_| ask(&ours, "/events.ics?order=asc&limit=50&")),
        ("dateline, page", &mut |_| ask(&ours, "/events.html?")),
    ]);
    println!(
        "  throughput of JSON: {:.2} of (b), {:.2} of (c); as they ask: {:.2} of (b), {:.2} of (c)",
        b.cpu_us / json.cpu_us,
        c.cpu_us / json.cpu_us,
        b.cpu_us / starts.cpu_us,
        c.cpu_us / starts.cpu_us
    );
    println!(
        "  of the JSON's cost: Atom {:.2}, RSS {:.2}, iCalendar {:.2}, page {:.2}",
        atom.cpu_us / json.cpu_us,
        rss.cpu_us / json.cpu_us,
        ics.cpu_us / json.cpu_us,
        html.cpu_us / json.cpu_us
    );
    println!("  p99 of JSON: {:.2} of (b)'s", json.p99.as_secs_f64() / b.p99.as_secs_f64());

    println!(" what was asked before");
    let many = requests * 4;
    let again = format!("If-None-Match: {tag}\r\n");
    let [a_again, same, not_modified] = rounds([
        ("(a) the same bytes", &mut |_| static_.run(many, &|_| repeated.to_owned())),
        ("dateline, the same address", &mut |_| ours.run(many, &|_| repeated.to_owned())),
        ("dateline, 304", &mut |_| {
            run(&ours.host, ours.child.id(), CONNECTIONS, many, &again, 304, &|_| {
                repeated.to_owned()
            })
        }),
    ]);
    println!(
        "  throughput of the same address {:.2} of (a), of a 304 {:.2} of (a)",
        a_again.cpu_us / same.cpu_us,
        a_again.cpu_us / not_modified.cpu_us
    );
    let _ = a;

    let depth = usize::try_from(size / 50).unwrap().min(10_000);
    let window = requests.min(depth / 2);
    if window > 0 {
        println!(" following `next` to page {depth}");
        let pages = pages(&mut Client::new(&ours.host), depth);
        let far = depth - window;
        let [near, far] = rounds([
            ("dateline, the first pages", &mut |round| {
                ours.run(window, &|n| format!("{}&to=2{round}99", pages[n]))
            }),
            ("dateline, the last of them", &mut |round| {
                ours.run(window, &|n| format!("{}&to=2{round}99", pages[far + n]))
            }),
        ]);
        println!("  the last cost {:.2} of the first", far.cpu_us / near.cpu_us);
    }

    println!(" while articles are stored by another thread of the same process");
    let (mut ours, mut floor) = (ours, floor);
    let [b, json] = {
        let (ours, floor) =
            (std::cell::RefCell::new(&mut ours), std::cell::RefCell::new(&mut floor));
        let storing = |server: &std::cell::RefCell<&mut Server>| {
            let mut server = server.borrow_mut();
            server.input.write_all(b"go\n").unwrap();
            let run = ask(&server, "/events?");
            server.input.write_all(b"stop\n").unwrap();
            std::thread::sleep(Duration::from_millis(50));
            run
        };
        rounds([
            ("(b) rows, serde_json", &mut |_| storing(&floor)),
            ("dateline, JSON", &mut |_| storing(&ours)),
        ])
    };
    println!("  p99 of JSON: {:.2} of (b)'s", json.p99.as_secs_f64() / b.p99.as_secs_f64());
    println!(
        " anonymous memory: dateline {:.1} MiB, (b) and (c) {:.1} MiB, (a) {:.1} MiB",
        anonymous(ours.child.id()),
        anonymous(floor.child.id()),
        anonymous(static_.child.id())
    );
}

/// The service and both floors give the same events.
fn same_answers(ours: &mut Client, floor: &mut Client) {
    for n in [0, 7, 99] {
        let range = yardstick::range(n);
        let events = |client: &mut Client, path: String| {
            assert_eq!(client.get(&path, ""), 200, "{path}");
            let list: serde_json::Value = serde_json::from_slice(client.body()).unwrap();
            list["events"].clone()
        };
        let own = events(ours, format!("/events?match=starts&{range}"));
        assert_eq!(own.as_array().unwrap().len(), 50, "{range}");
        assert_eq!(own, events(floor, format!("/events?{range}")));
        assert_eq!(own, events(floor, format!("/ready?{range}")));
    }
}

/// The addresses of the pages that follow each other, without scheme and host.
fn pages(client: &mut Client, depth: usize) -> Vec<String> {
    let mut pages = vec!["/events.json?limit=50".to_owned()];
    while pages.len() < depth {
        assert_eq!(client.get(&pages[pages.len() - 1], ""), 200);
        let body = std::str::from_utf8(client.body()).unwrap();
        let (_, next) = body.split_once("\"next\":\"http://127.0.0.1:8080").unwrap();
        pages.push(next.split('"').next().unwrap().to_owned());
    }
    pages
}
