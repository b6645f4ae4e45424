//! A web server of a few lines on 127.0.0.1: each address answers with bytes that the test gives.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// Answers one request for a path; the connection is closed afterwards.
pub(crate) type Answer = fn(path: &str, host: &str, stream: &mut TcpStream) -> std::io::Result<()>;

/// Starts a server that answers until the test program ends, and gives its address without a
/// path (`http://127.0.0.1:40001`).
pub(crate) fn start(answer: Answer) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let host = format!("http://{}", listener.local_addr().expect("a bound port has an address"));
    let name = host.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let name = name.clone();
            thread::spawn(move || serve(answer, &name, stream?));
        }
    });
    host
}

fn serve(answer: Answer, host: &str, mut stream: TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    // Fails when the program hangs up first, as it should on answers that are too long.
    answer(&path, host, &mut stream)
}

/// Writes a whole answer: the status with its reason, headers of a line each, and the body.
pub(crate) fn whole(
    stream: &mut TcpStream,
    status: &str,
    headers: &[&str],
    body: &[u8],
) -> std::io::Result<()> {
    write!(stream, "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n", body.len())?;
    for header in headers {
        write!(stream, "{header}\r\n")?;
    }
    stream.write_all(b"\r\n")?;
    stream.write_all(body)
}
