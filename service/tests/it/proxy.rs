//! A line to Postgres that a test can cut.

use std::net::Ipv4Addr;

use tokio::net::{TcpListener, TcpStream};

/// A door to the tests' Postgres that can be shut and opened.
pub struct Proxy {
    pub port: u16,
    task: Option<tokio::task::JoinHandle<()>>,
    target: (String, u16),
}

impl Proxy {
    pub async fn shut(target: (String, u16)) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        Self { port, task: None, target }
    }

    pub async fn open(&mut self) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await.unwrap();
        let target = self.target.clone();
        self.task = Some(tokio::spawn(async move {
            let mut lines = tokio::task::JoinSet::new();
            loop {
                let (mut near, _) = listener.accept().await.unwrap();
                let target = target.clone();
                lines.spawn(async move {
                    let mut far = TcpStream::connect(target).await.unwrap();
                    let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
                });
            }
        }));
    }

    /// Cuts every line and takes no new one.
    pub async fn cut(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
            let _ = task.await;
        }
    }
}
