//! A database that is replaced under the real service's running program: the same process takes up the new one, and its desks fetch everything afresh.

use gemilang_protocol::Code;
use gemilang_protocol::desk::views::{Line, OutboxItem};
use gemilang_service::testing::TestApp;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, query, query_scalar, raw_sql};
use uuid::Uuid;

use crate::desk::{Desk, settled};
use crate::several::{binary, eventually, free_ports, ready, serve};

/// Sends away whoever is in a database. Answers whether nobody was.
async fn is_left(operator: &mut PgConnection, name: &str) -> bool {
    let left = "select count(*) filter (where pg_terminate_backend(pid)) = 0 from pg_stat_activity where datname = $1";
    query_scalar(left).bind(name).fetch_one(operator).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_replaced_under_a_service_is_taken_up_by_it_and_its_desks() {
    let home = TestApp::start().await;
    let (sari, kadek) = (home.customer("Sari").await, home.staff("Kadek").await);
    let ticket = home.ticket(&sari, "Dekorasi belum datang").await;
    let options: PgConnectOptions = home.database_url().parse().unwrap();
    let name = options.get_database().unwrap().to_owned();
    let (copy, lost) = (format!("{name}_copy"), format!("{name}_lost"));
    let mut operator = options.database("postgres").connect().await.unwrap();
    home.app.ending.cancel();
    eventually(async || {
        if !is_left(&mut operator, &name).await {
            return None;
        }
        raw_sql(AssertSqlSafe(format!("create database {copy} template {name}"))).execute(&mut operator).await.ok()
    })
    .await;

    let [port, ..] = free_ports();
    let mut service = serve(&binary(), &home, port);
    let url = format!("http://127.0.0.1:{port}");
    ready(&url).await;
    let desk = Desk::live(&url, &kadek).await;
    let reply = desk.reply(&ticket, "Kami periksa sebentar ya.").await;
    desk.thread(ticket.id, |thread| settled(thread, 2)).await;

    // As quick as an operator can be: the service hardly sees it go.
    query(AssertSqlSafe(format!("alter database {name} allow_connections false")))
        .execute(&mut operator)
        .await
        .unwrap();
    eventually(async || is_left(&mut operator, &name).await.then_some(())).await;
    let script = format!("alter database {name} rename to {lost}; alter database {copy} rename to {name}");
    raw_sql(AssertSqlSafe(script)).execute(&mut operator).await.unwrap();

    // What is gone is offered by the desk that wrote it.
    let is_offered = |item: &OutboxItem| item.op_id == reply && item.reason == Some(Code::LostByRestore);
    let thread = desk.thread(ticket.id, |thread| thread.unsent.iter().any(is_offered)).await;
    assert_eq!(thread.messages.len(), 1, "it shows what the service has");
    desk.line(|line| *line == Line::Live).await;
    assert_eq!(service.0.try_wait().unwrap(), None, "the same process");
    let mut looked = home.database_url().parse::<PgConnectOptions>().unwrap().connect().await.unwrap();
    let generation: i32 =
        query_scalar("select max(generation) from feed_generations").fetch_one(&mut looked).await.unwrap();
    assert_eq!(generation, 2);
    // It serves: what was lost is sent by choice.
    desk.replica.retry(reply, Uuid::now_v7()).await.unwrap();
    desk.thread(ticket.id, |thread| settled(thread, 2)).await;
    desk.engine.stop().await;
    drop(service);
    raw_sql(AssertSqlSafe(format!("drop database {lost} with (force)"))).execute(&mut operator).await.unwrap();
}
