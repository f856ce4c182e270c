//! `bundle`: the installer of this system, made by Tauri's own tool from npm: a .deb here, .msi and a set-up program on Windows, a .dmg
//! on macOS. With `--check` the .deb is installed, and the desk that came out of it plays a story of the tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Attempt, Failure, Result};
use crate::needs::{self, Work};
use crate::test::{self, Database};
use crate::{BundleArgs, command, say, workspace};

/// What is made where.
const FORMATS: &str = if cfg!(windows) {
    "nsis,msi"
} else if cfg!(target_os = "macos") {
    "dmg"
} else {
    "deb"
};
/// The story that an installed desk plays: links, tray, closing, quitting.
const STORY: &str = "tray::a_link_opens_its_ticket_and_without_a_tray_a_closed_window_is_minimised";

pub(crate) fn run(args: &BundleArgs) -> Result {
    needs::ensure(if args.check { Work::Test } else { Work::Desk }, args.yes)?;
    say::part(&format!("Building for release ({FORMATS})"));
    let tool = tool()?;
    // Tauri's tool asks for the page itself, by the hook in tauri.conf.json. It is told the package, because no plain build has the desk.
    let mut build = Command::new(tool);
    build.args(["build", "--ci", "--bundles", FORMATS, "--", "--package", "gemilang-desk"]);
    // What only a debugger reads is three quarters of the program.
    build.env("CARGO_PROFILE_RELEASE_STRIP", "debuginfo").current_dir(workspace::root());
    command::run(&mut build)?;
    let made = made()?;
    for path in &made {
        let size = fs::metadata(path).map_or(0, |file| file.len());
        say::found("made", format_args!("{} ({} MiB)", path.display(), size / 1024 / 1024));
    }
    match made.iter().find(|path| path.extension().is_some_and(|ending| ending == "deb")) {
        Some(package) if args.check => check(package),
        None if args.check => Err(Failure::Refused("only a .deb can be checked here".to_owned())),
        _ => Ok(()),
    }
}

/// Tauri's tool, as `bundle/package-lock.json` pins it: one program for each system. Those of Windows and macOS stand there with their
/// version, which is exact, and without a hash: npm notes one only for what it finds where it makes the lock.
fn tool() -> Result<PathBuf> {
    let dir = workspace::root().join("xtask/bundle");
    needs::npm(&dir)?;
    Ok(dir.join("node_modules/.bin").join(if cfg!(windows) { "tauri.cmd" } else { "tauri" }))
}

/// The installers of this version.
fn made() -> Result<Vec<PathBuf>> {
    let bundle = workspace::target_dir()?.join("release/bundle");
    let mut made = Vec::new();
    for format in FORMATS.split(',') {
        for path in crate::db::sorted(&bundle.join(format))? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_file() && name.contains(env!("CARGO_PKG_VERSION")) {
                made.push(path);
            }
        }
    }
    Ok(made)
}

/// Installs the package, and lets the desk that was in it play.
fn check(package: &Path) -> Result {
    say::part("What the package brings");
    let text = package.to_string_lossy();
    let listed = said("dpkg-deb", &["--contents", &text])?;
    for wanted in
        ["usr/bin/gemilang-desk", "usr/share/applications/gemilang-desk.desktop", "128x128/apps/gemilang-desk.png"]
    {
        if !listed.lines().any(|line| line.ends_with(wanted)) {
            return Err(Failure::Refused(format!("the package lacks {wanted}:\n{listed}")));
        }
    }
    let root = workspace::target_dir()?.join("installed");
    let _ = fs::remove_dir_all(&root);
    // As root it is installed as people do; otherwise unpacked, once everything it depends on is seen to be here.
    let installed = workspace::is_root();
    let bin = if installed {
        command::run(Command::new("dpkg").arg("--install").arg(package))?;
        PathBuf::from("/usr/bin")
    } else {
        depends(&said("dpkg-deb", &["--field", &text, "Depends"])?)?;
        command::run(Command::new("dpkg-deb").arg("--extract").arg(package).arg(&root))?;
        root.join("usr/bin")
    };
    let entry =
        if installed { PathBuf::from("/") } else { root.clone() }.join("usr/share/applications/gemilang-desk.desktop");
    let entry = fs::read_to_string(&entry).attempt(|| format!("reading {}", entry.display()))?;
    for wanted in ["MimeType=x-scheme-handler/gemilang;", "Exec=gemilang-desk %u"] {
        if !entry.contains(wanted) {
            return Err(Failure::Refused(format!("the desktop file lacks {wanted}:\n{entry}")));
        }
    }
    say::found("package", "complete, and its scheme is registered");
    let played = play(&bin);
    if installed {
        command::run(Command::new("dpkg").args(["--remove", "gemilang-desk"]))?;
    }
    played
}

/// Each thing depended on is here, in one of its kinds.
fn depends(all: &str) -> Result {
    for one in all.trim().split(',') {
        let here = one.split('|').any(|kind| {
            let name = kind.split_whitespace().next().unwrap_or_default();
            command::output("dpkg-query", &["-W", "-f=${db:Status-Status}", name]).is_some_and(|it| it == "installed")
        });
        if !here {
            return Err(Failure::Refused(format!("the package depends on {one}, which is not installed")));
        }
    }
    Ok(())
}

/// The installed desk beside the service of the tests.
fn play(bin: &Path) -> Result {
    say::part("The installed desk");
    command::run(&mut command::cargo([
        "build",
        "--package",
        "gemilang-service",
        "--package",
        "gemilang-e2e",
        "--tests",
    ]))?;
    let programs = workspace::target_dir()?.join("installed-bin");
    fs::create_dir_all(&programs).attempt(|| format!("creating {}", programs.display()))?;
    for (name, from) in
        [("gemilang-desk", bin.join("gemilang-desk")), ("gemilang-service", workspace::binary("gemilang-service")?)]
    {
        let to = programs.join(name);
        let _ = fs::remove_file(&to);
        fs::copy(&from, &to).attempt(|| format!("copying {}", from.display()))?;
    }
    let database = Database::start("bundle-postgres")?;
    command::run(&mut test::story(STORY, &programs, &database))?;
    say::found("installed desk", "starts, opens links, and ends well");
    Ok(())
}

fn said(program: &str, arguments: &[&str]) -> Result<String> {
    let said = command::read(Command::new(program).args(arguments))?;
    Ok(String::from_utf8_lossy(&said).into_owned())
}
