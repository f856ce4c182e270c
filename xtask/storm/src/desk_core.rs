//! The core of a desk without its window: the real replica and the real engine, asked over a pipe. It is made to be killed.

use std::io::Write as _;
use std::process::ExitCode;

use chrono::Utc;
use gemilang_protocol::desk::views::TakenBack;
use gemilang_replica::engine::Clock;
use gemilang_replica::{Engine, Link, Replica, ReplicaError};
use gemilang_storm::Failure;
use gemilang_storm::words::{Answer, Answered, Ask, Asked, Open};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use uuid::Uuid;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let filter = std::env::var("GEMILANG_LOG").unwrap_or_else(|_| "info".to_owned());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).init();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Whoever started it reads this as an answer, and the log for the rest.
            eprintln!("desk: {error}");
            let _ = say(&Answered { id: 0, answer: Answer::Refused(error.to_string()) });
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Failure> {
    let mut lines = read();
    let Some(first) = lines.recv().await else { return Ok(()) };
    let open: Open = serde_json::from_str(&first)?;
    let replica = Replica::open(&open.file, open.user).await?;
    // What was acknowledged before a kill must be here, or at the service.
    let unsent = replica.outbox().await?.iter().map(|item| item.op_id).collect();
    say(&Answered { id: 0, answer: Answer::Opened(unsent) })?;
    let link = Link::new(&open.server, &open.token)?;
    let engine = Engine::start(replica.clone(), link.clone(), Clock::system(), open.seed);
    let desk = Desk { replica, engine, link };
    desk.listen(&mut lines).await?;
    desk.engine.stop().await;
    desk.replica.close().await?;
    Ok(())
}

/// The pipe, read by a thread of its own: a read of it cannot be given up.
fn read() -> UnboundedReceiver<String> {
    let (sender, lines) = unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

struct Desk {
    replica: Replica,
    engine: Engine,
    link: Link,
}

impl Desk {
    /// Does what is asked, one after the other, until the pipe ends.
    async fn listen(&self, lines: &mut UnboundedReceiver<String>) -> Result<(), Failure> {
        while let Some(line) = lines.recv().await {
            let Asked { id, ask } = serde_json::from_str(&line)?;
            if matches!(ask, Ask::Stop) {
                return say(&Answered { id, answer: Answer::Done });
            }
            let answer = match self.answer(ask).await {
                Ok(answer) => answer,
                Err(error @ ReplicaError::Damaged(_)) => return Err(error.into()),
                Err(error) => Answer::Refused(error.to_string()),
            };
            say(&Answered { id, answer })?;
        }
        Ok(())
    }

    async fn answer(&self, ask: Ask) -> Result<Answer, ReplicaError> {
        let replica = &self.replica;
        Ok(match ask {
            Ask::Write { op, ticket, what } => {
                replica.write(op, ticket, what, Utc::now()).await?;
                Answer::Done
            }
            Ask::Withdraw { op } => taken_back(replica.withdraw(op).await?),
            Ask::Edit { op, text, fresh } => taken_back(replica.edit(op, &text, fresh).await?),
            Ask::Retry { op, fresh } => {
                replica.retry(op, fresh).await?;
                Answer::Done
            }
            Ask::Read { op, ticket } => {
                let shown = replica.thread(ticket).await?;
                replica.mark_read(op, ticket, shown.ticket.n, Utc::now()).await?;
                Answer::Done
            }
            Ask::Outbox => Answer::Outbox(replica.outbox().await?),
            Ask::Status => Answer::Status(self.engine.status().borrow().clone()),
            Ask::Claim { messages } => {
                // First what is claimed, then what is there: rows that come in between can only help.
                let complete_to = self.engine.status().borrow().complete_to;
                Answer::Claim { complete_to, missing: self.missing(messages).await? }
            }
            Ask::Thread { ticket } => Answer::Thread(self.thread(ticket).await?.map(Box::new)),
            Ask::Stop => Answer::Done,
        })
    }

    async fn missing(&self, messages: Vec<(Uuid, Uuid)>) -> Result<Vec<Uuid>, ReplicaError> {
        let mut missing = Vec::new();
        let mut shown: Option<(Uuid, Vec<Uuid>)> = None;
        for (ticket, message) in messages {
            if shown.as_ref().is_none_or(|(of, _)| *of != ticket) {
                let thread = match self.replica.thread(ticket).await {
                    Ok(thread) => thread.messages.iter().map(|message| message.id).collect(),
                    Err(ReplicaError::NotFound) => Vec::new(),
                    Err(error) => return Err(error),
                };
                shown = Some((ticket, thread));
            }
            if shown.as_ref().is_none_or(|(_, there)| !there.contains(&message)) {
                missing.push(message);
            }
        }
        Ok(missing)
    }

    /// As the desk's window opens it: one whose beginning is not here is fetched.
    async fn thread(&self, ticket: Uuid) -> Result<Option<gemilang_protocol::desk::views::Thread>, ReplicaError> {
        match self.replica.thread(ticket).await {
            Ok(thread) if thread.partial => {
                if let Ok(whole) = self.link.thread(ticket).await {
                    self.replica.keep_thread(whole).await?;
                }
                self.replica.thread(ticket).await.map(Some)
            }
            Ok(thread) => Ok(Some(thread)),
            Err(ReplicaError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn taken_back(taken: TakenBack) -> Answer {
    Answer::TakenBack { certain: matches!(taken, TakenBack::Done) }
}

/// One line, out at once: what was said is what is acknowledged.
fn say(answered: &Answered) -> Result<(), Failure> {
    let mut line = serde_json::to_vec(answered)?;
    line.push(b'\n');
    let mut out = std::io::stdout().lock();
    out.write_all(&line)?;
    out.flush()?;
    Ok(())
}
