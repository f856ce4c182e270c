//! The network changes: a desk that waits between tries tries at once. In a network of its own, where addresses can come and go.

use std::process::Command;
use std::time::{Duration, Instant};

use gemilang_protocol::Role;
use gemilang_protocol::session::SessionUser;
use gemilang_replica::engine::Clock;
use gemilang_replica::{Engine, Link, Replica};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::desk::PATIENCE;

/// Set in the process that has a network of its own.
const INSIDE: &str = "GEMILANG_TEST_INSIDE";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_network_that_changes_is_tried_at_once() {
    if std::env::var_os(INSIDE).is_some() {
        return inside().await;
    }
    let mut unshare = Command::new("unshare");
    unshare.args(["--map-root-user", "--net"]).arg(std::env::current_exe().unwrap());
    unshare.args(["--exact", "network::a_network_that_changes_is_tried_at_once", "--nocapture"]);
    let output = unshare.env(INSIDE, "1").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
}

fn ip(arguments: &str) {
    assert!(Command::new("ip").args(arguments.split(' ')).status().unwrap().success(), "ip {arguments}");
}

async fn inside() {
    ip("link set lo up");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let me = Uuid::now_v7();
    let user = SessionUser { id: me, name: "Kadek".to_owned(), email: "kadek@contoh.id".to_owned(), role: Role::Agent };
    let replica = Replica::open(&Replica::file_for(dir.path(), &url, me), user).await.unwrap();
    let link = Link::new(&url, "token").unwrap();
    let engine = Engine::start(replica, link, Clock::system(), 7);
    // Every try is hung up on, so that the waits grow until one is long enough to tell them from being called.
    let mut tried = Instant::now();
    let mut waited = Duration::ZERO;
    while waited < Duration::from_secs(2) {
        let (try_, _) = tokio::time::timeout(PATIENCE, listener.accept()).await.unwrap().unwrap();
        drop(try_);
        waited = tried.elapsed();
        tried = Instant::now();
    }
    ip("address add 10.77.0.1/32 dev lo");
    let changed = Instant::now();
    tokio::time::timeout(PATIENCE, listener.accept()).await.unwrap().unwrap();
    // By itself it would have waited for longer than the last time.
    assert!(changed.elapsed() < Duration::from_millis(1_500), "after {:?}", changed.elapsed());
    engine.stop().await;
}
