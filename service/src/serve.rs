//! Listening, and ending gracefully: no new requests, sockets told to come back, running requests finished.

use std::net::SocketAddr;
use std::time::Duration;

use axum::serve::ListenerExt;
use tokio::net::TcpListener;

use crate::{App, router};

/// How long running requests may take to finish.
const FAREWELL: Duration = Duration::from_secs(8);

/// Serves until `app.ending` is cancelled and everything that ran is over.
///
/// # Errors
/// The listener broke.
pub async fn serve(app: App, listener: TcpListener) -> std::io::Result<()> {
    let starting = app.clone();
    let start = tokio::spawn(async move { starting.start().await });
    let ending = app.ending.clone();
    // A live frame is small and must not wait for the one before it to be acknowledged.
    let listener = listener.tap_io(|line| {
        if let Err(error) = line.set_nodelay(true) {
            tracing::debug!(%error, "a line keeps its delay");
        }
    });
    let service = router::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move { ending.cancelled().await });
    let farewell = async {
        app.ending.cancelled().await;
        tokio::time::sleep(FAREWELL).await;
    };
    let served = tokio::select! {
        served = server => served,
        () = farewell => Ok(()),
    };
    app.ending.cancel();
    start.abort();
    app.tasks.close();
    let _ = tokio::time::timeout(FAREWELL, app.tasks.wait()).await;
    for pool in [&app.db, &app.search_db, &app.feed_db, &app.hub_db] {
        let _ = tokio::time::timeout(FAREWELL, pool.close()).await;
    }
    served
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
