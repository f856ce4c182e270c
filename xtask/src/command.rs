//! Asking a program to run, and saying why it did not.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::failure::{Attempt, Failure, Result};
use crate::workspace;

/// Cargo, in the workspace, as a person at the terminal would call it.
pub(crate) fn cargo<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(workspace::root());
    // What cargo told *this* program about its package would look like a change to build scripts that watch it.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs it with the terminal as its own.
pub(crate) fn run(command: &mut Command) -> Result {
    let status = command.status().attempt(|| said(command))?;
    if status.success() { Ok(()) } else { Err(Failure::Command { line: said(command), status }) }
}

/// Runs it quietly and hands back what it printed; its complaints go to the terminal.
pub(crate) fn read(command: &mut Command) -> Result<Vec<u8>> {
    let output = command.stderr(Stdio::inherit()).output().attempt(|| said(command))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(Failure::Command { line: said(command), status: output.status })
    }
}

/// What a program prints, if it is there and succeeds.
pub(crate) fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether a program is on the path.
pub(crate) fn is_on_path(program: &str) -> bool {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(&file).is_file()))
}

/// A program that shall end with this one, even after a kill -9, and not by a Ctrl-C that is
/// for this one: in a process group of its own, under a parent-death signal where there is one.
pub(crate) fn minded(program: &Path) -> Command {
    let has_setpriv = cfg!(target_os = "linux") && is_on_path("setpriv");
    let command = if has_setpriv {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "TERM", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    in_own_group(command)
}

#[cfg(unix)]
fn in_own_group(mut command: Command) -> Command {
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
}

#[cfg(not(unix))]
fn in_own_group(command: Command) -> Command {
    command
}

/// The command line as a person would type it.
fn said(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    std::iter::once(name).chain(command.get_args()).map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
