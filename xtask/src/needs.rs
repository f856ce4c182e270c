//! What this machine must have, and installing it: one line for each thing checked, one question before the package manager is used.

use std::io::{BufRead, IsTerminal, stdin};
use std::process::Command;

use gemilang_postgres::Binaries;

use crate::failure::{Attempt, Failure, Result};
use crate::{Yes, command, say, workspace};

/// What a chore is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Work {
    /// Build the service and run it.
    Service,
    /// Build the desk and its page too.
    Desk,
    /// Drive a real browser and a real desk.
    Test,
}

/// How to see that a package's part is there.
enum Seen {
    /// A program on the path, whoever put it there.
    Program(&'static str),
    /// PostgreSQL's server programs, which distributions hide.
    Postgres,
    /// The package itself: libraries and fonts.
    Package,
}

/// Debian's packages, each from the work on that first needs it.
const PACKAGES: &[(Work, &str, Seen)] = &[
    (Work::Service, "build-essential", Seen::Program("cc")),
    (Work::Service, "postgresql", Seen::Postgres),
    (Work::Service, "nodejs", Seen::Program("node")),
    (Work::Service, "npm", Seen::Program("npm")),
    (Work::Desk, "pkg-config", Seen::Program("pkg-config")),
    (Work::Desk, "libwebkit2gtk-4.1-dev", Seen::Package),
    (Work::Desk, "libgtk-3-dev", Seen::Package),
    (Work::Desk, "libasound2-dev", Seen::Package),
    (Work::Desk, "librsvg2-dev", Seen::Package),
    (Work::Desk, "fonts-inter", Seen::Package),
    (Work::Desk, "fonts-noto-color-emoji", Seen::Package),
    (Work::Test, "xvfb", Seen::Program("Xvfb")),
    (Work::Test, "openbox", Seen::Program("openbox")),
    (Work::Test, "xdotool", Seen::Program("xdotool")),
    (Work::Test, "webkit2gtk-driver", Seen::Program("WebKitWebDriver")),
    (Work::Test, "dbus-daemon", Seen::Program("dbus-daemon")),
    (Work::Test, "dunst", Seen::Program("dunst")),
    (Work::Test, "gnome-keyring", Seen::Program("gnome-keyring-daemon")),
    (Work::Test, "chromium", Seen::Program("chromium")),
    (Work::Test, "chromium-driver", Seen::Program("chromedriver")),
    (Work::Test, "imagemagick", Seen::Program("import")),
    (Work::Test, "x11-utils", Seen::Program("xprop")),
    (Work::Test, "procps", Seen::Program("kill")),
    (Work::Test, "python3-aiosmtpd", Seen::Package),
    (Work::Test, "openssl", Seen::Program("openssl")),
    (Work::Test, "iproute2", Seen::Program("ip")),
    (Work::Test, "haproxy", Seen::Package),
];

/// What type-checking for Windows takes besides: C sources on the way there are compiled.
const CROSS: (&str, Seen) = ("gcc-mingw-w64-x86-64", Seen::Program("x86_64-w64-mingw32-gcc"));

/// Checks everything that `work` needs, and installs or names what is missing.
pub(crate) fn ensure(work: Work, yes: Yes) -> Result {
    prepare(work, false, yes)
}

/// The same for looking at the desk of other platforms too.
pub(crate) fn ensure_across(work: Work, yes: Yes) -> Result {
    prepare(work, true, yes)
}

fn prepare(work: Work, across: bool, yes: Yes) -> Result {
    say::part("What this needs");
    system_packages(work, across, yes)?;
    if work >= Work::Desk {
        wasm_target()?;
    }
    node_modules()
}

fn system_packages(work: Work, across: bool, yes: Yes) -> Result {
    let is_debian = command::is_on_path("dpkg-query");
    // A database of one's own needs no server here; tests always bring theirs.
    let own_database = work < Work::Test && std::env::var_os("DATABASE_URL").is_some();
    // Windows and macOS have compiler and web view from elsewhere; the build will tell.
    let seen_here = |package: &str| cfg!(target_os = "linux") || ["postgresql", "nodejs"].contains(&package);
    let wanted = PACKAGES.iter().filter(|(from, package, _)| *from <= work && seen_here(package));
    let wanted = wanted.map(|(_, package, seen)| (package, seen)).chain(across.then_some((&CROSS.0, &CROSS.1)));
    let mut count = 0;
    let mut missing = Vec::new();
    for (package, seen) in wanted {
        let there = match seen {
            Seen::Program(program) => command::is_on_path(program),
            Seen::Postgres => own_database || Binaries::find(None).is_ok(),
            // Elsewhere a library cannot be seen by Debian's name: the build will tell.
            Seen::Package => !is_debian || is_installed(package),
        };
        count += 1;
        if !there {
            missing.push(*package);
        }
    }
    if missing.is_empty() {
        say::found("system packages", format_args!("all {count} are there"));
        return Ok(());
    }
    let names = missing.join(" ");
    if !is_debian || !command::is_on_path("apt-get") {
        return Err(Failure::Refused(format!(
            "this system has no apt-get. Install what Debian calls: {names}\n{}",
            elsewhere()
        )));
    }
    let root = workspace::is_root();
    let sudo = if root { "" } else { "sudo " };
    let by_hand = format!("{sudo}apt-get install --no-install-recommends {names}");
    say::note(format_args!("missing system packages: {names}"));
    if !root && !command::is_on_path("sudo") {
        return Err(Failure::Refused(format!(
            "installing them takes root, and there is no sudo. As root run:\n\n  apt-get install --no-install-recommends {names}\n\nthen start again."
        )));
    }
    if !yes.yes && !asked(&format!("Install them with {sudo}apt-get?"), &by_hand)? {
        return Err(Failure::Refused(format!("nothing was installed. When you are ready:\n\n  {by_hand}")));
    }
    install(&missing, root)?;
    say::found("system packages", format_args!("{} installed", missing.len()));
    Ok(())
}

/// What to do where there is no Debian.
fn elsewhere() -> &'static str {
    if cfg!(windows) {
        "On Windows: the C++ build tools, WebView2 (part of Windows 11), Node 18 or later, and PostgreSQL 14 or later named by DATABASE_URL."
    } else if cfg!(target_os = "macos") {
        "On macOS: `xcode-select --install` and `brew install node postgresql@17`, or your own database named by DATABASE_URL."
    } else {
        "Any other distribution has them under names of its own; DATABASE_URL names a database of your own."
    }
}

fn is_installed(package: &str) -> bool {
    command::output("dpkg-query", &["-W", "-f=${db:Status-Status}", package])
        .is_some_and(|status| status == "installed")
}

/// One clear question. Without a terminal nobody can answer it, so the exact command is named instead.
fn asked(question: &str, by_hand: &str) -> Result<bool> {
    if !stdin().is_terminal() {
        return Err(Failure::Refused(format!(
            "there is no terminal to ask on. Run this, or start again with --yes:\n\n  {by_hand}"
        )));
    }
    print!("  {question} [Y/n] ");
    std::io::Write::flush(&mut std::io::stdout()).attempt(|| "asking".to_owned())?;
    let mut answer = String::new();
    stdin().lock().read_line(&mut answer).attempt(|| "reading the answer".to_owned())?;
    Ok(matches!(answer.trim(), "" | "y" | "Y" | "yes" | "j" | "ya"))
}

fn install(packages: &[&str], root: bool) -> Result {
    let apt = |arguments: &[&str]| {
        let mut command = if root {
            Command::new("env")
        } else {
            let mut command = Command::new("sudo");
            command.arg("env");
            command
        };
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]);
        command::run(command.args(arguments))
    };
    const INSTALL: [&str; 3] = ["install", "-y", "--no-install-recommends"];
    apt(&["update"])?;
    if packages.contains(&"postgresql") {
        // Debian would make and start a cluster of its own at the next step, on the well-known port.
        apt(&[&INSTALL[..], &["postgresql-common"]].concat())?;
        let settle = "s/^#?\\s*create_main_cluster\\b.*/create_main_cluster = false/";
        let mut sed = Command::new(if root { "env" } else { "sudo" });
        sed.args(["sed", "-ri", settle, "/etc/postgresql-common/createcluster.conf"]);
        command::run(&mut sed)?;
    }
    apt(&[&INSTALL[..], packages].concat())
}

/// The desk's page is compiled to wasm.
pub(crate) fn wasm_target() -> Result {
    target("wasm32-unknown-unknown")
}

/// One more platform that the compiler can build for.
pub(crate) fn target(name: &str) -> Result {
    let sysroot = command::output("rustc", &["--print", "sysroot"])
        .ok_or_else(|| Failure::Refused("rustc is not on the path".to_owned()))?;
    let library = std::path::Path::new(&sysroot).join("lib/rustlib").join(name);
    if !library.exists() {
        if !command::is_on_path("rustup") {
            return Err(Failure::Refused(format!(
                "the Rust target {name} is missing, and there is no rustup to add it: install it beside your Rust"
            )));
        }
        say::doing(format_args!("adding the Rust target {name}"));
        command::run(Command::new("rustup").args(["target", "add", name]).current_dir(workspace::root()))?;
    }
    say::found("Rust target", name);
    Ok(())
}

/// Bootstrap, which portal and desk share, at the version of package-lock.json.
fn node_modules() -> Result {
    let version = command::output("node", &["--version"]).unwrap_or_default();
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok())
        .unwrap_or_default();
    if major < 18 {
        return Err(Failure::Refused(format!("Node 18 or later is needed, and `node --version` says {version:?}")));
    }
    say::found("Node", &version);
    npm(&workspace::root())
}

/// What a directory's `package-lock.json` names, as it names it.
pub(crate) fn npm(dir: &std::path::Path) -> Result {
    let changed = |path: &str| dir.join(path).metadata().and_then(|file| file.modified()).ok();
    // npm notes there what it installed; older than the lock means that the lock has moved on.
    if changed("node_modules/.package-lock.json") < changed("package-lock.json") {
        say::doing("npm ci");
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        command::run(Command::new(npm).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(dir))?;
    }
    say::found("npm packages", "as in package-lock.json");
    Ok(())
}
