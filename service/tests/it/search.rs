//! Search at the staff door: a word that is everywhere is found another way than a rare one, and the same is found.

use gemilang_service::testing::TestApp;
use serde_json::Value;
use sqlx::{Connection, Executor, PgConnection};

use crate::client::Client;

/// All hits, page by page, by number.
async fn hits(client: &Client, query: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let (status, page) = client.get(&format!("/admin/support/tickets?{query}&after={after}")).await;
        assert_eq!(status, 200, "{page}");
        found.extend(page["items"].as_array().unwrap().iter().map(|it| it["number"].as_str().unwrap().to_owned()));
        match &page["next"] {
            Value::String(next) => next.clone_into(&mut after),
            _ => return found,
        }
    }
}

#[tokio::test]
async fn a_common_word_and_a_rare_one_find_the_same_newest_first() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let rina = app.customer("Rina").await;
    let mut connection = PgConnection::connect(app.database_url()).await.unwrap();
    // Every third ticket says "kebaya", in its second message; every hundredth "siraman"; a tenth are closed.
    sqlx::query(
        "with ticket as (
             insert into support_tickets (id, subject, category, customer_id, status, last_n, created_at)
             select gen_random_uuid(), 'Tiket ' || i, 'general', $1, case when i % 10 = 0 then 'closed' else 'open' end, 2,
                    now() - i * interval '1 minute'
             from generate_series(1, 400) i
             returning id, substr(subject, 7)::int as i
         )
         insert into chat_messages (id, ticket_id, n, sender_type, sender_id, message, written_at)
         select gen_random_uuid(), id, n, 'customer', $1,
                case when n = 2 and i % 3 = 0 then 'mohon dicek kebaya ibu' when n = 2 and i % 100 = 1 then 'jam siraman' else 'terima kasih' end,
                now()
         from ticket, generate_series(1, 2) n",
    )
    .bind(rina.person.id)
    .execute(&mut connection)
    .await
    .unwrap();
    let queries = [
        "q=kebaya",
        "q=KEB&limit=7",
        "q=kebaya&status=closed",
        "q=siraman",
        "q=kebaya+dicek",
        "q=Tiket&limit=40",
        "q=Tiket&limit=200",
    ];
    let mut rare = Vec::new();
    for query in queries {
        rare.push(hits(&sari, query).await);
    }
    assert_eq!([rare[0].len(), rare[1].len(), rare[2].len(), rare[3].len(), rare[4].len()], [133, 133, 13, 3, 133]);
    assert_eq!([rare[5].len(), rare[6].len()], [400, 400], "more than a page holds is on the next one");
    // From now on it is known that the word is everywhere.
    connection.execute("analyze").await.unwrap();
    let share: Option<f32> = sqlx::query_scalar(
        "select share from pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) as e (word, share)
         where s.tablename = 'chat_messages_search' and e.word = 'kebaya'",
    )
    .fetch_optional(&mut connection)
    .await
    .unwrap();
    assert!(share.is_some_and(|share| share > 0.1), "{share:?}");
    for (query, rare) in queries.into_iter().zip(&rare) {
        assert_eq!(&hits(&sari, query).await, rare, "{query}");
    }
}
