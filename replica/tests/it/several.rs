//! Several processes of the real service on one Postgres behind a real haproxy: live works across them, and one that is killed costs its desks a moment.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use gemilang_protocol::desk::views::Line;
use gemilang_service::testing::{Credentials, TestApp};

use crate::desk::{Desk, PATIENCE, at_the_service, settled};

/// As the repository offers it to operators.
const CONFIG: &str = include_str!("../../../service/haproxy.cfg");

/// A program that ends with the test, as a power cut would end it.
pub struct Killed(pub Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The service's program, where the chores say, or beside this test.
pub fn binary() -> PathBuf {
    let dir = std::env::var_os("GEMILANG_E2E_BIN_DIR").map(PathBuf::from);
    let dir = dir.unwrap_or_else(|| std::env::current_exe().unwrap().ancestors().nth(2).unwrap().to_path_buf());
    let binary = dir.join("gemilang-service");
    assert!(binary.exists(), "{} is not built; `cargo xtask test replica` builds it", binary.display());
    binary
}

/// Ports that nobody listens on.
pub fn free_ports() -> [u16; 3] {
    let listeners = [(); 3].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}

pub fn serve(binary: &Path, app: &TestApp, port: u16) -> Killed {
    let mut command = Command::new(binary);
    command.arg("serve").env("DATABASE_URL", app.database_url());
    command.env("GEMILANG_LISTEN", format!("127.0.0.1:{port}")).env("GEMILANG_PUBLIC_URL", &app.url);
    command.env("GEMILANG_LOG", "warn").stdout(Stdio::null()).stderr(Stdio::null());
    Killed(command.spawn().unwrap())
}

fn haproxy(dir: &Path, [front, one, two]: [u16; 3]) -> Killed {
    let config = CONFIG
        .replace("127.0.0.1:8080", &format!("127.0.0.1:{front}"))
        .replace("127.0.0.1:8081", &format!("127.0.0.1:{one}"))
        .replace("127.0.0.1:8082", &format!("127.0.0.1:{two}"));
    let file = dir.join("haproxy.cfg");
    std::fs::write(&file, config).unwrap();
    // Debian puts it where only operators look.
    let path = format!("{}:/usr/sbin", std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new("haproxy");
    Killed(command.env("PATH", path).arg("-db").arg("-f").arg(file).stdout(Stdio::null()).spawn().unwrap())
}

/// Asks until the answer is what is waited for.
pub async fn eventually<T>(mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let mut ticks = tokio::time::interval(Duration::from_millis(50));
    let asking = async {
        loop {
            ticks.tick().await;
            if let Some(answer) = ask().await {
                return answer;
            }
        }
    };
    tokio::time::timeout(PATIENCE, asking).await.unwrap()
}

pub async fn ready(url: &str) {
    let door = format!("{url}/readyz");
    eventually(async || reqwest::get(&door).await.ok().filter(|answer| answer.status().is_success())).await;
}

/// Live sockets of one process.
async fn watchers(url: &str) -> usize {
    let metrics = reqwest::get(format!("{url}/metrics")).await.unwrap().text().await.unwrap();
    let line = metrics.lines().find(|line| line.starts_with("live_watchers ")).unwrap().to_owned();
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

/// Files a ticket with the customers' form, as a browser does.
async fn file(url: &str, who: &Credentials, subject: &str) {
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let session = format!("gemilang_session={}", who.token);
    let door = format!("{url}/customer/support/tickets");
    let form = http.get(format!("{door}/create")).header("cookie", &session).send().await.unwrap();
    let set = form.headers().get_all("set-cookie").iter().filter_map(|value| value.to_str().ok()?.split(';').next());
    let cookies = set.fold(session, |all, cookie| format!("{all}; {cookie}"));
    let page = form.text().await.unwrap();
    let value = |name: &str| {
        let (_, rest) = page.split_once(&format!("name=\"{name}\"")).unwrap();
        rest.split_once("value=\"").unwrap().1.split_once('"').unwrap().0.to_owned()
    };
    let body = format!(
        "csrf={}&subject={subject}&category=vendor&priority=urgent&description=Mohon+dibantu+segera+ya+Kak",
        value("csrf")
    );
    let kind = "application/x-www-form-urlencoded";
    let filed = http.post(door).header("cookie", cookies).header("content-type", kind).body(body).send().await.unwrap();
    assert_eq!(filed.status().as_u16(), 303);
}

/// The desk hears of the ticket; how long after it was filed at most.
async fn rings(desk: &Desk, subject: &str) -> Instant {
    let mut arrivals = desk.replica.arrivals();
    let ringing = async {
        loop {
            let arrival = arrivals.recv().await.unwrap();
            if arrival.live && arrival.change.ticket.subject == subject {
                return Instant::now();
            }
        }
    };
    tokio::time::timeout(PATIENCE, ringing).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_share_what_happens_and_one_that_dies_costs_a_moment() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let dir = tempfile::tempdir().unwrap();
    let ports = free_ports();
    let binary = binary();
    let (one, _two) = (serve(&binary, &app, ports[1]), serve(&binary, &app, ports[2]));
    let [front, first, second] = ports.map(|port| format!("http://127.0.0.1:{port}"));
    ready(&first).await;
    ready(&second).await;
    // Not before: it would count one that is still beginning as down, and give its share to the other.
    let _haproxy = haproxy(dir.path(), ports);
    ready(&front).await;
    let mut desks = Vec::new();
    for _ in 0..4 {
        desks.push(Desk::live(&front, &kadek).await);
    }
    let shares = (watchers(&first).await, watchers(&second).await);
    assert!(shares.0 > 0 && shares.1 > 0 && shares.0 + shares.1 == 4, "each has its share: {shares:?}");

    let mut latest = Vec::new();
    for (url, subject) in [(&first, "Satu"), (&second, "Dua"), (&first, "Tiga"), (&second, "Empat")] {
        let ringing = futures_util::future::join_all(desks.iter().map(|desk| rings(desk, subject)));
        let filing = async {
            file(url, &sari, subject).await;
            Instant::now()
        };
        let (rung, filed) = futures_util::future::join(ringing, filing).await;
        latest.extend(rung.iter().map(|rung| rung.saturating_duration_since(filed)).max());
    }
    // A busy machine may be late once; what waits for a poll is always late.
    assert!(latest.iter().min() < Some(&Duration::from_secs(1)), "rung after {latest:?}");

    let mut one = Some(one);
    for round in 0..5 {
        for (number, desk) in desks.iter().enumerate() {
            desk.reply(&ticket, &format!("Meja {number}, kali {round}")).await;
        }
        if round == 2 {
            // In the middle of it all.
            drop(one.take());
        }
    }
    let killed = Instant::now();
    for desk in &desks {
        desk.thread(ticket.id, |thread| settled(thread, 21)).await;
        desk.line(|line| *line == Line::Live).await;
    }
    assert!(killed.elapsed() < Duration::from_secs(10), "after {:?}", killed.elapsed());
    assert_eq!(watchers(&second).await, 4);
    assert_eq!(at_the_service(&app, &ticket).await.len(), 21);
}
