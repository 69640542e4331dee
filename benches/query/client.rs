//! A client that asks over connections it keeps, and what the server spent on it.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Asks over one connection.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
    host: String,
    head: String,
    body: Vec<u8>,
}

impl Client {
    pub(crate) fn new(host: &str) -> Self {
        let stream = TcpStream::connect(host).unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream: BufReader::with_capacity(1 << 16, stream),
            host: host.to_owned(),
            head: String::new(),
            body: Vec::new(),
        }
    }

    /// The status of the answer; its body is in [`Client::body`].
    pub(crate) fn get(&mut self, path: &str, more: &str) -> u16 {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{more}\r\n", self.host);
        self.stream.get_mut().write_all(request.as_bytes()).unwrap();
        self.head.clear();
        loop {
            let before = self.head.len();
            self.stream.read_line(&mut self.head).unwrap();
            if self.head.len() - before <= 2 {
                break;
            }
        }
        let length = self.header("content-length").map_or(0, |length| length.parse().unwrap());
        let status: u16 = self.head.split(' ').nth(1).unwrap().parse().unwrap();
        self.body.resize(if status == 304 { 0 } else { length }, 0);
        self.stream.read_exact(&mut self.body).unwrap();
        status
    }

    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }

    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let line = self.head.lines().find(|line| {
            line.split_once(':').is_some_and(|(key, _)| key.eq_ignore_ascii_case(name))
        });
        line.and_then(|line| Some(line.split_once(':')?.1.trim().to_owned()))
    }
}

/// What a run of requests came to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    /// CPU of the server for each request, in microseconds.
    pub(crate) cpu_us: f64,
    /// The slowest but one in a hundred.
    pub(crate) p99: Duration,
    /// The bytes of a body, on average.
    pub(crate) bytes: usize,
}

/// Asks `requests` times over `connections` at once; `path` makes the address of the n-th.
pub(crate) fn run(
    host: &str,
    process: u32,
    connections: usize,
    requests: usize,
    more: &str,
    status: u16,
    path: &(dyn Fn(usize) -> String + Sync),
) -> Run {
    let times = Mutex::new(Vec::new());
    let bytes = Mutex::new(0);
    let before = cpu(process);
    std::thread::scope(|scope| {
        for connection in 0..connections {
            let (times, bytes) = (&times, &bytes);
            scope.spawn(move || {
                let mut client = Client::new(host);
                let mut own = Vec::new();
                let mut read = 0;
                for n in (connection..requests).step_by(connections) {
                    let path = path(n);
                    let start = Instant::now();
                    assert_eq!(client.get(&path, more), status, "{path}");
                    own.push(start.elapsed());
                    read += client.body().len();
                }
                times.lock().unwrap_or_else(PoisonError::into_inner).extend(own);
                *bytes.lock().unwrap_or_else(PoisonError::into_inner) += read;
            });
        }
    });
    let spent = cpu(process) - before;
    let mut times = times.into_inner().unwrap();
    times.sort_unstable();
    let p99 = times[times.len() * 99 / 100];
    let count = f64::from(u32::try_from(requests).unwrap());
    Run {
        cpu_us: spent.as_secs_f64() * 1e6 / count,
        p99,
        bytes: bytes.into_inner().unwrap() / requests,
    }
}

/// The CPU time of the threads of a process that are named as those that serve.
fn cpu(process: u32) -> Duration {
    let mut nanoseconds = 0;
    for task in std::fs::read_dir(format!("/proc/{process}/task")).unwrap() {
        let task = task.unwrap().path();
        // A thread that stores articles is not what an answer costs.
        let name = std::fs::read_to_string(task.join("comm")).unwrap_or_default();
        if matches!(name.trim(), "store" | "ingest") {
            continue;
        }
        let text = std::fs::read_to_string(task.join("schedstat")).unwrap_or_default();
        nanoseconds +=
            text.split(' ').next().and_then(|spent| spent.parse::<u64>().ok()).unwrap_or(0);
    }
    Duration::from_nanos(nanoseconds)
}

/// The memory of a process that no file stands behind, in MiB.
pub(crate) fn anonymous(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("RssAnon:")).unwrap();
    let kibibytes: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kibibytes / 1024.0
}
