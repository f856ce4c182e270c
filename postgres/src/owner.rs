//! Owner: the user the cluster belongs to and runs as. Root must become another, everybody else stays who they are.

use std::path::Path;
use std::process::Command;

use crate::Error;

/// Whom PostgreSQL's programs run as.
#[derive(Debug, Clone)]
pub(crate) struct Owner {
    /// User, group and name to become; empty to stay who we are.
    other: Option<(u32, u32, String)>,
}

impl Owner {
    /// The user to run as: when root, `postgres`, else `nobody`.
    pub(crate) fn choose() -> Result<Self, Error> {
        if !cfg!(unix) || id(&["-u"]) != Some(0) {
            return Ok(Self { other: None });
        }
        ["postgres", "nobody"]
            .iter()
            .find_map(|name| Some((id(&["-u", name])?, id(&["-g", name])?, (*name).to_owned())))
            .map(|other| Self { other: Some(other) })
            .ok_or(Error::NoUser)
    }

    /// A command that will run as this user.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        self.become_in(&mut command);
        command
    }

    #[cfg(unix)]
    fn become_in(&self, command: &mut Command) {
        use std::os::unix::process::CommandExt;
        if let Some((user, group, _)) = &self.other {
            // From a directory that both can see: root's home is closed to everybody else.
            command.uid(*user).gid(*group).current_dir("/");
        }
    }

    #[cfg(not(unix))]
    fn become_in(&self, _command: &mut Command) {}

    /// Gives a file or directory to this user, for its eyes only.
    pub(crate) fn give(&self, path: &Path) -> std::io::Result<()> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::{PermissionsExt, chown};
            if let Some((user, group, _)) = &self.other {
                chown(path, Some(*user), Some(*group))?;
            }
            let mode = if path.is_dir() { 0o700 } else { 0o600 };
            std::fs::set_permissions(path, PermissionsExt::from_mode(mode))?;
        }
        let _ = path;
        Ok(())
    }

    /// Whether this user gets as far as into the directory.
    pub(crate) fn check_reach(&self, dir: &Path) -> Result<(), Error> {
        let Some((_, _, user)) = &self.other else {
            return Ok(());
        };
        let enters = self.command(Path::new("test")).arg("-x").arg(dir).status().is_ok_and(|status| status.success());
        if enters { Ok(()) } else { Err(Error::OutOfReach { dir: dir.to_owned(), user: user.clone() }) }
    }
}

/// What `id` prints, when it is a number.
fn id(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output().ok()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}
