//! Cable: the way from a desk to its service, which a test can pull and put back. Pulled, nothing is listening any more and every open connection is cut.

use std::net::{Ipv4Addr, SocketAddr};

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::failure::Result;

/// A cable to a service of this machine.
#[derive(Debug)]
pub struct Cable {
    service: SocketAddr,
    here: SocketAddr,
    plugged: Option<JoinHandle<()>>,
}

impl Cable {
    /// A cable that is plugged in.
    ///
    /// # Errors
    /// There is no port for its other end.
    pub fn to(port: u16) -> Result<Self> {
        let listener = listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        let mut cable = Self {
            service: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
            here: listener.local_addr()?,
            plugged: None,
        };
        cable.plugged = Some(tokio::spawn(carry(listener, cable.service)));
        Ok(cable)
    }

    /// Where a desk reaches the service through it.
    pub fn url(&self) -> String {
        format!("http://{}", self.here)
    }

    /// Pulls it; once this is done nothing gets through.
    pub async fn pull(&mut self) {
        if let Some(plugged) = self.plugged.take() {
            plugged.abort();
            let _ = plugged.await;
        }
    }

    /// Puts it back.
    ///
    /// # Errors
    /// Somebody else took its port.
    pub fn plug(&mut self) -> Result<()> {
        if self.plugged.is_none() {
            self.plugged = Some(tokio::spawn(carry(listen(self.here)?, self.service)));
        }
        Ok(())
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        if let Some(plugged) = &self.plugged {
            plugged.abort();
        }
    }
}

fn listen(here: SocketAddr) -> Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    // What was cut a moment ago still holds the port.
    socket.set_reuseaddr(true)?;
    socket.bind(here)?;
    Ok(socket.listen(64)?)
}

/// Carries connections until it is pulled; those under way are cut with it.
async fn carry(listener: TcpListener, service: SocketAddr) {
    let mut open = JoinSet::new();
    while let Ok((mut desk, _)) = listener.accept().await {
        open.spawn(async move {
            if let Ok(mut far) = TcpStream::connect(service).await {
                // However it ends: both ends hear of it.
                let _ = copy_bidirectional(&mut desk, &mut far).await;
            }
        });
        while open.try_join_next().is_some() {}
    }
}
