//! Listening, and ending gracefully: no new requests, sockets told to come back, running requests finished. A client that
//! does not get on with its request, or takes nothing of its answer, is hung up on.

use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::task::TaskTracker;
use tower::Service;

use crate::domain::duty;
use crate::domain::tickets::due;
use crate::outbox::carrier::Carrier;
use crate::patience::Patient;
use crate::{App, outbox, prune, router};

/// How long running requests may take to finish.
const FAREWELL: Duration = Duration::from_secs(8);
/// How long to wait for a file to be closed when there are too many.
const PAUSE: Duration = Duration::from_millis(200);

/// Serves until `app.ending` is cancelled and everything that ran is over.
///
/// # Errors
/// The listener broke.
pub async fn serve(app: App, listener: TcpListener) -> std::io::Result<()> {
    let carrier = Carrier::new(&app.config).map_err(std::io::Error::other)?;
    let starting = app.clone();
    let start = tokio::spawn(async move {
        starting.start().await;
        if starting.config.outbox {
            starting.tasks.spawn(outbox::work::run(starting.clone(), carrier));
        }
        starting.tasks.spawn(due::run(starting.clone()));
        starting.tasks.spawn(duty::run(starting.clone()));
        starting.tasks.spawn(prune::run(starting.clone()));
    });
    let lines = TaskTracker::new();
    let served = tokio::select! {
        served = accept(&app, &listener, &lines) => served,
        () = app.ending.cancelled() => Ok(()),
    };
    drop(listener);
    app.ending.cancel();
    start.abort();
    lines.close();
    app.tasks.close();
    let over = async {
        lines.wait().await;
        app.tasks.wait().await;
    };
    let _ = tokio::time::timeout(FAREWELL, over).await;
    for pool in [&app.db, &app.search_db, &app.feed_db, &app.hub_db] {
        let _ = tokio::time::timeout(FAREWELL, pool.close()).await;
    }
    served
}

async fn accept(app: &App, listener: &TcpListener, lines: &TaskTracker) -> std::io::Result<()> {
    let router = router::router(app.clone());
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                lines.spawn(line(app.clone(), router.clone(), stream, peer));
            }
            // A client that went before it was let in.
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::ConnectionRefused
                ) => {}
            Err(error) if error.kind() == ErrorKind::InvalidInput => return Err(error),
            // Too many files are open: some will be closed.
            Err(error) => {
                tracing::error!(%error, "nobody can be let in");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// One client's line, request after request.
async fn line(app: App, router: Router, stream: TcpStream, peer: SocketAddr) {
    // A live frame is small and must not wait for the one before it to be acknowledged.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a line keeps its delay");
    }
    let service = service_fn(move |request: Request<Incoming>| {
        let mut router = router.clone();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        async move { Ok::<_, Infallible>(router.call(request).await.unwrap_or_else(|never| match never {})) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(app.config.request_time())
        .serve_connection(TokioIo::new(Patient::new(stream, app.config.request_time())), service)
        .with_upgrades();
    let mut served = pin!(served);
    let ended = tokio::select! {
        ended = &mut served => ended,
        () = app.ending.cancelled() => {
            served.as_mut().graceful_shutdown();
            served.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a line ended early");
    }
}

/// Waits for Ctrl-C or SIGTERM.
///
/// # Errors
/// The system refuses to tell of signals.
pub async fn asked_to_end() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
