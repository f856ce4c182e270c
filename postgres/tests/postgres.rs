//! The cluster as its users meet it: started, killed, orphaned, locked and stopped; against the real PostgreSQL.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use gemilang_postgres::{Binaries, Error, Options, Postgres};

fn start(dir: &Path) -> Postgres {
    Postgres::start(dir, Options::throwaway()).expect("it starts")
}

/// What a query answers, or `None` when nobody does.
fn ask(url: &str, query: &str) -> Option<String> {
    let psql = Binaries::find(None).expect("installed").program("psql");
    let output = Command::new(psql).args(["-qAtX", "-d", url, "-c", query]).output().expect("psql runs");
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Asks until somebody answers: connecting is the wait.
fn ask_patiently(url: &str, query: &str) -> String {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(answer) = ask(url, query) {
            return answer;
        }
        assert!(Instant::now() < deadline, "nobody answered {query}");
    }
}

fn kill(signal: &str, pid: u32) {
    let done =
        Command::new("sh").args(["-c", "kill \"-$0\" \"$1\"", signal, &pid.to_string()]).status().expect("sh runs");
    assert!(done.success());
}

#[test]
fn it_keeps_its_data_and_its_url_over_a_restart() {
    let dir = tempfile::tempdir().expect("a directory");
    let room = reachable(dir.path());
    let postgres = start(&room);
    let url = postgres.url().to_owned();
    ask(&url, "create table kept (word text); insert into kept values ('İstanbul é')");
    assert_eq!(ask(&url, "show server_encoding").as_deref(), Some("UTF8"));
    postgres.stop();
    assert_eq!(ask(&url, "select 1"), None, "it is down");

    let postgres = start(&room);
    assert_eq!(postgres.url(), url);
    assert_eq!(ask(&url, "select word from kept").as_deref(), Some("İstanbul é"));
}

#[test]
fn one_that_is_killed_comes_back_on_the_same_port() {
    let dir = tempfile::tempdir().expect("a directory");
    let postgres = start(&reachable(dir.path()));
    let before = postgres.pid();
    kill("KILL", before);
    assert_eq!(ask_patiently(postgres.url(), "select 7"), "7");
    assert_ne!(postgres.pid(), before);
}

#[test]
fn the_directory_belongs_to_one() {
    let dir = tempfile::tempdir().expect("a directory");
    let room = reachable(dir.path());
    let _first = start(&room);
    let second = Postgres::start(&room, Options::throwaway());
    assert!(matches!(second, Err(Error::InUse(_))), "{second:?}");
}

#[test]
fn a_fresh_one_begins_with_nothing() {
    let dir = tempfile::tempdir().expect("a directory");
    let room = reachable(dir.path());
    let postgres = start(&room);
    ask(postgres.url(), "create table old ()");
    postgres.stop();
    let options = Options { fresh: true, ..Options::throwaway() };
    let postgres = Postgres::start(&room, options).expect("it starts");
    assert_eq!(ask(postgres.url(), "select to_regclass('old') is null").as_deref(), Some("t"));
}

#[test]
fn a_stale_pid_is_not_believed() {
    let dir = tempfile::tempdir().expect("a directory");
    let room = reachable(dir.path());
    let postgres = start(&room);
    let file = room.join("cluster/postmaster.pid");
    let text = std::fs::read_to_string(&file).expect("it runs");
    let mine = text.replacen(&postgres.pid().to_string(), &std::process::id().to_string(), 1);
    postgres.stop();
    // As after a reboot: the number belongs to a process that is alive, but no PostgreSQL.
    std::fs::write(&file, mine).expect("written");
    let postgres = start(&room);
    assert_eq!(ask(postgres.url(), "select 7").as_deref(), Some("7"));
}

#[test]
fn a_killed_run_leaves_nothing_that_breaks_the_next() {
    let dir = tempfile::tempdir().expect("a directory");
    let room = reachable(dir.path());
    let mut run = Command::new(std::env::current_exe().expect("a test knows itself"))
        .args(["--exact", "holds_a_cluster_until_killed", "--nocapture"])
        .env("GEMILANG_TEST_HOLD", &room)
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    let lines = BufReader::new(run.stdout.take().expect("piped")).lines();
    let url = lines
        .map_while(Result::ok)
        .find_map(|line| Some(line.split_once("url=")?.1.to_owned()))
        .expect("it tells its url");
    ask(&url, "create table kept (word text); insert into kept values ('here')");
    run.kill().expect("killed");
    run.wait().expect("gone");
    let postgres = start(&room);
    assert_eq!(ask(postgres.url(), "select word from kept").as_deref(), Some("here"));
}

/// The run that the test above kills; nothing unless it is asked to hold a cluster.
#[test]
fn holds_a_cluster_until_killed() {
    let Some(room) = std::env::var_os("GEMILANG_TEST_HOLD") else {
        return;
    };
    let postgres = start(Path::new(&room));
    println!("url={}", postgres.url());
    std::thread::park();
}

/// A room that PostgreSQL's own user can enter when the tests run as root: temporary directories are closed.
fn reachable(dir: &Path) -> std::path::PathBuf {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(dir, PermissionsExt::from_mode(0o711)).expect("opened");
    }
    dir.join("postgres")
}
