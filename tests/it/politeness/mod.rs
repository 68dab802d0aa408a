//! Manners towards other people's servers, one criterion a test: a server on loopback records what it is asked, and when,
//! over simulated days. `docs/reference/politeness.md` is the sheet.

mod moves;
mod recorder;
mod robots;
mod status;
mod validators;
mod when;
mod wire;
mod world;

use std::io::Read as _;
use std::net::TcpListener;
use std::time::Duration;

use world::World;

/// The first bytes that the client says to a server over TLS.
fn client_hello() -> Vec<u8> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let source = format!("a = \"https://{}/a\"", listener.local_addr().unwrap());
    let hello = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let mut bytes = vec![0; 4096];
        let length = stream.read(&mut bytes).unwrap();
        bytes.truncate(length);
        bytes
    });
    World::with("", &source, |_| recorder::Reply::new(404, "")).run_at(0);
    hello.join().unwrap()
}
