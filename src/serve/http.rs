//! The server: on loopback alone, a few threads, every answer from memory.

use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddrV4};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use tiny_http::{Header, Request, Response};

use super::address::{self, Wanted};
use super::edition::{Pages, Preview};
use super::guard::{Asked, refusal};
use super::live;

/// Threads that answer.
const THREADS: usize = 4;

/// Pages that wait for news at the same time.
const MOST_LISTENERS: usize = 64;

/// How often a page that waits is written to, so that one that went away is noticed.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// A server that is listening.
pub struct Server {
    http: Arc<tiny_http::Server>,
    port: u16,
}

/// Why there is none.
#[derive(Debug, thiserror::Error)]
#[error("127.0.0.1:{port} cannot be listened on: {cause}")]
pub struct ServeError {
    port: u16,
    cause: Box<dyn std::error::Error + Send + Sync>,
}

impl Server {
    /// Listens on `port` of 127.0.0.1, on any free one where it is 0.
    ///
    /// # Errors
    /// Where the port is taken or not allowed.
    pub fn begin(port: u16) -> Result<Server, ServeError> {
        let http = tiny_http::Server::http(SocketAddrV4::new(Ipv4Addr::LOCALHOST, port))
            .map_err(|cause| ServeError { port, cause })?;
        let port = http.server_addr().to_ip().map_or(port, |address| address.port());
        Ok(Server { http: Arc::new(http), port })
    }

    /// Where the preview is found.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Answers from `preview`, on threads that last as long as the process.
    pub fn answer(&self, preview: &Arc<Preview>) {
        let listeners = Arc::new(AtomicUsize::new(0));
        for _ in 0..THREADS {
            let (http, preview) = (Arc::clone(&self.http), Arc::clone(preview));
            let (port, listeners) = (self.port, Arc::clone(&listeners));
            thread::spawn(move || {
                while let Ok(request) = http.recv() {
                    // Who went away before the answer is no fault.
                    let _ = answer(request, port, &preview, &listeners);
                }
            });
        }
    }
}

fn answer(
    request: Request,
    port: u16,
    preview: &Arc<Preview>,
    listeners: &Arc<AtomicUsize>,
) -> io::Result<()> {
    let all = |name: &'static str| {
        let headers = request.headers().iter();
        headers.filter(move |of| of.field.equiv(name)).map(|of| of.value.as_str())
    };
    let hosts: Vec<&str> = all("Host").collect();
    let asked = Asked {
        method: request.method().as_str(),
        hosts: &hosts,
        origin: all("Origin").next(),
        site: all("Sec-Fetch-Site").next(),
        mode: all("Sec-Fetch-Mode").next(),
        dest: all("Sec-Fetch-Dest").next(),
    };
    if let Some((status, why)) = refusal(&asked, port) {
        return request.respond(plain(status, why));
    }
    let state = preview.now();
    match address::wanted(request.url()) {
        None => request.respond(plain(404, "There is no such page.")),
        Some(Wanted::Script) => request.respond(bytes(200, "live.js", live::TEXT.into())),
        Some(Wanted::Events(seen)) => listen(request, seen, preview, listeners),
        Some(Wanted::LastGood(name)) => {
            request.respond(page(state.report.as_deref(), &name, state.number))
        }
        Some(Wanted::Page(name)) => match &state.fault {
            None => request.respond(page(state.report.as_deref(), &name, state.number)),
            Some(fault) if fault.1.contains_key(&name) => {
                request.respond(page(Some(&fault.1), &name, state.number))
            }
            Some(fault) => {
                let shown = live::live(&fault.0, state.number);
                request.respond(bytes(503, "fault.html", shown))
            }
        },
    }
}

/// Tells a page of the next edition, on a thread of its own.
fn listen(
    request: Request,
    seen: u64,
    preview: &Arc<Preview>,
    listeners: &Arc<AtomicUsize>,
) -> io::Result<()> {
    if listeners.fetch_add(1, Ordering::SeqCst) >= MOST_LISTENERS {
        listeners.fetch_sub(1, Ordering::SeqCst);
        return request.respond(plain(503, "Too many pages wait for news."));
    }
    let (preview, listeners) = (Arc::clone(preview), Arc::clone(listeners));
    thread::spawn(move || {
        // A page that was closed ends this with a fault of writing.
        let _ = tell(&mut request.into_writer(), seen, &preview);
        listeners.fetch_sub(1, Ordering::SeqCst);
    });
    Ok(())
}

/// Server-sent events, written at once: the server's own answers would wait for more to send.
fn tell(to: &mut dyn Write, seen: u64, preview: &Preview) -> io::Result<()> {
    let mut head = String::from("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n");
    for (name, value) in POLICY {
        head += &format!("{name}: {value}\r\n");
    }
    to.write_all(head.as_bytes())?;
    to.write_all(b"Connection: close\r\n\r\nretry: 300\n\n")?;
    to.flush()?;
    loop {
        if let Some(number) = preview.other_than(seen, HEARTBEAT) {
            to.write_all(format!("event: edition\ndata: {number}\n\n").as_bytes())?;
            return to.flush();
        }
        to.write_all(b": still here\n\n")?;
        to.flush()?;
    }
}

fn page(pages: Option<&Pages>, name: &str, number: u64) -> Response<io::Cursor<Vec<u8>>> {
    match pages.and_then(|pages| pages.get(name)) {
        Some(page) if name.ends_with(".html") => bytes(200, name, live::live(page, number)),
        Some(page) => bytes(200, name, page.clone()),
        None if name.ends_with(".html") => {
            bytes(404, name, live::live(live::MISSING.as_bytes(), number))
        }
        None => plain(404, "There is no such page."),
    }
}

fn plain(status: u16, why: &str) -> Response<io::Cursor<Vec<u8>>> {
    let response = bytes(status, "why.txt", format!("{why}\n").into_bytes());
    header(("Allow", "GET, HEAD")).into_iter().fold(response, Response::with_header)
}

/// What every answer says of who may use it, and how.
const POLICY: [(&str, &str); 6] = [
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "frame-ancestors 'none'"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
];

fn bytes(status: u16, name: &str, bytes: Vec<u8>) -> Response<io::Cursor<Vec<u8>>> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let kind = match ending {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    let headers = POLICY.into_iter().chain([("Content-Type", kind)]).filter_map(header);
    headers.fold(Response::from_data(bytes).with_status_code(status), Response::with_header)
}

fn header((name, value): (&str, &str)) -> Option<Header> {
    Header::from_bytes(name, value).ok()
}
