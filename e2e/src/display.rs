//! Display: an X display with a window manager, a session bus and a notification daemon of its own; one whole desktop for one desk.
//!
//! Minimising and focus do nothing without a window manager, and single-instance and alerts live on the bus,
//! so two desks that know nothing of each other need two of these.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use tempfile::TempDir;

use crate::artefacts;
use crate::failure::{Failure, Result};
use crate::process::Process;
use crate::wait::until;

/// A session bus that starts nothing by itself.
const BUS: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// What ALSA reads instead of the machine's own devices.
const DEVICES: &str = "asound.conf";

/// What a desktop offers beside screen and windows.
#[derive(Debug, Clone, Copy)]
pub struct Comforts {
    /// A notification daemon.
    pub alerts: bool,
    /// An unlocked keyring.
    pub keyring: bool,
}

/// A desktop without a person.
#[derive(Debug)]
pub struct Display {
    // Ended in this order: what draws goes before what it draws on.
    notifier: Option<Process>,
    _keyring: Option<Process>,
    _manager: Process,
    _bus: Process,
    _screen: Process,
    display: String,
    bus: String,
    home: TempDir,
}

/// One alert as the notification daemon showed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// `LOW`, `NORMAL` or `CRITICAL`.
    pub urgency: String,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: String,
}

impl Display {
    /// Starts a desktop; what it offers is up to `comforts`.
    ///
    /// # Errors
    /// One of its programs is not installed or does not start.
    pub async fn start(comforts: Comforts) -> Result<Self> {
        let home = tempfile::Builder::new().prefix("gemilang-e2e-").tempdir()?;
        for dir in ["run", "config", "data", "cache", "state", "bin"] {
            fs::create_dir(home.path().join(dir))?;
        }
        let (screen, number) = Process::start_and_hear(
            "xvfb",
            Command::new("Xvfb").args(["-displayfd", "1", "-screen", "0", "1600x1000x24"]).args([
                "-nolisten",
                "tcp",
                "-noreset",
            ]),
        )?;
        let display = format!(":{number}");
        // A bus with the system's services would start a notification daemon or a keyring on demand.
        let config = home.path().join("bus.conf");
        fs::write(&config, BUS)?;
        let (bus_process, bus) = Process::start_and_hear(
            "dbus",
            Command::new("dbus-daemon")
                .arg("--config-file")
                .arg(&config)
                .args(["--nofork", "--print-address=1"])
                .env("XDG_RUNTIME_DIR", home.path().join("run"))
                .env("DISPLAY", &display),
        )?;
        let mut command = Command::new("openbox");
        command.arg("--sm-disable");
        let manager = Process::start("openbox", on(&mut command, &display, &bus, &home))?;
        let mut desktop = Self {
            notifier: None,
            _keyring: None,
            _manager: manager,
            _bus: bus_process,
            _screen: screen,
            display,
            bus,
            home,
        };
        // Nothing to be heard on, whatever the machine has.
        desktop.remove_sound()?;
        until("the window manager", || {
            let found = desktop.ask("xprop", &["-root", "_NET_SUPPORTING_WM_CHECK"]);
            async move { Ok(found.and_then(|text| if text.contains("window id") { Ok(()) } else { Err(text) })) }
        })
        .await?;
        if comforts.alerts {
            desktop.start_notifier().await?;
        }
        if comforts.keyring {
            desktop._keyring = Some(desktop.start_keyring().await?);
        }
        Ok(desktop)
    }

    /// Starts the notification daemon; each alert it shows is also written to a file by its own rule.
    ///
    /// # Errors
    /// It does not start.
    pub async fn start_notifier(&mut self) -> Result<()> {
        let script = self.home.path().join("shown.sh");
        fs::write(
            &script,
            format!(
                "#!/bin/sh\nprintf '%s\\t%s\\t%s\\n' \"$DUNST_URGENCY\" \"$DUNST_SUMMARY\" \
                 \"$(printf %s \"$DUNST_BODY\" | tr '\\n\\t' '  ')\" >> '{}'\n",
                self.shown_file().display()
            ),
        )?;
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755))?;
        // Buttons of an alert are chosen in a menu, which here answers by itself.
        let menu = self.home.path().join("menu.sh");
        fs::write(&menu, format!("#!/bin/sh\ngrep -F -f '{}' | head -n 1\n", self.wanted_file().display()))?;
        fs::set_permissions(&menu, fs::Permissions::from_mode(0o755))?;
        let config = self.home.path().join("dunstrc");
        fs::write(
            &config,
            format!(
                "[global]\n    origin = top-right\n    width = 420\n    height = 200\n    font = Sans 11\n    \
                 markup = full\n    history_length = 100\n    idle_threshold = 0\n    sticky_history = yes\n    dmenu = {}\n\
                 [urgency_low]\n    timeout = 0\n[urgency_normal]\n    timeout = 0\n\
                 [urgency_critical]\n    timeout = 0\n    background = \"#9f1413\"\n    foreground = \"#ffffff\"\n\
                 [record]\n    summary = \"*\"\n    script = \"{}\"\n",
                menu.display(),
                script.display()
            ),
        )?;
        let mut command = self.command("dunst");
        command.arg("-conf").arg(&config);
        self.notifier = Some(Process::start("dunst", &command)?);
        until("the notification daemon", || {
            let answer = self.ask("dunstctl", &["is-paused"]);
            async move { Ok(answer) }
        })
        .await
        .map(drop)
    }

    /// Starts a keyring and unlocks it with an empty password, as signing in to a computer does.
    async fn start_keyring(&self) -> Result<Process> {
        let mut command = self.command("sh");
        command.args(["-c", "printf '\\n' | exec gnome-keyring-daemon --foreground --unlock --components=secrets"]);
        let keyring = Process::start("keyring", &command)?;
        until("the keyring", || {
            let answer = self.ask(
                "dbus-send",
                &[
                    "--session",
                    "--print-reply",
                    "--dest=org.freedesktop.secrets",
                    "/org/freedesktop/secrets",
                    "org.freedesktop.Secret.Service.ReadAlias",
                    "string:default",
                ],
            );
            async move { Ok(answer.and_then(|text| if text.contains("/collection/") { Ok(()) } else { Err(text) })) }
        })
        .await?;
        Ok(keyring)
    }

    /// Asks the notification daemon to show nothing, or to show everything again.
    ///
    /// # Errors
    /// It does not answer.
    pub fn hush(&self, quiet: bool) -> Result<()> {
        self.ask("dunstctl", &["set-paused", &quiet.to_string()]).map(drop).map_err(Failure::Answer)
    }

    /// Ends the notification daemon.
    pub fn stop_notifier(&mut self) {
        self.notifier = None;
    }

    /// A command that runs on this desktop, away from the real person's files.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        on(&mut command, &self.display, &self.bus, &self.home);
        command
    }

    /// Gives it something to be heard on, for whoever is started from now on.
    ///
    /// # Errors
    /// Its file cannot be written.
    pub fn add_sound(&self) -> Result<()> {
        let heard = self.home.path().join("heard.raw");
        let device =
            format!("pcm.!default {{ type file file \"{}\" format raw slave.pcm {{ type null }} }}\n", heard.display());
        Ok(fs::write(self.home.path().join(DEVICES), device)?)
    }

    /// Takes it away again.
    ///
    /// # Errors
    /// As [`Self::add_sound`].
    pub fn remove_sound(&self) -> Result<()> {
        Ok(fs::write(self.home.path().join(DEVICES), "\n")?)
    }

    /// Puts a small program of these words on the path of whoever is started from now on.
    ///
    /// # Errors
    /// Its file cannot be written.
    pub fn add_program(&self, name: &str, shell: &str) -> Result<()> {
        let program = self.home.path().join("bin").join(name);
        fs::write(&program, format!("#!/bin/sh\n{shell}\n"))?;
        Ok(fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?)
    }

    /// Windows in the taskbar, minimised ones included.
    pub fn in_taskbar(&self) -> usize {
        let list = self.ask("xprop", &["-root", "_NET_CLIENT_LIST"]).unwrap_or_default();
        list.matches("0x").count()
    }

    /// Calls the window with this title from the taskbar.
    ///
    /// # Errors
    /// There is none.
    pub fn call_window(&self, title: &str) -> Result<()> {
        let pattern = format!("^{title}$");
        self.ask("xdotool", &["search", "--name", &pattern, "windowactivate"]).map(drop).map_err(Failure::Answer)
    }

    /// The address of its session bus.
    pub fn bus(&self) -> &str {
        &self.bus
    }

    /// The folder that ends with this desktop.
    pub fn home(&self) -> PathBuf {
        self.home.path().to_path_buf()
    }

    /// Every alert shown since the start.
    pub fn shown(&self) -> Vec<Shown> {
        fs::read_to_string(self.shown_file())
            .unwrap_or_default()
            .lines()
            .filter_map(|line| {
                let mut parts = line.splitn(3, '\t');
                Some(Shown {
                    urgency: parts.next()?.to_owned(),
                    title: parts.next()?.to_owned(),
                    body: parts.next()?.to_owned(),
                })
            })
            .collect()
    }

    /// When the last alert was shown.
    ///
    /// # Errors
    /// None was.
    pub fn last_shown_at(&self) -> Result<SystemTime> {
        Ok(fs::metadata(self.shown_file())?.modified()?)
    }

    /// How many alerts are on screen now.
    ///
    /// # Errors
    /// The daemon does not answer.
    pub fn alerts_on_screen(&self) -> Result<u32> {
        let text = self.ask("dunstctl", &["count", "displayed"]).map_err(Failure::Answer)?;
        text.trim().parse().map_err(|_| Failure::Answer(format!("dunstctl count: {text}")))
    }

    /// Clicks the alert on top, as a person would.
    ///
    /// # Errors
    /// The daemon does not answer.
    pub fn click_alert(&self) -> Result<()> {
        self.ask("dunstctl", &["action", "0"]).map(drop).map_err(Failure::Answer)
    }

    /// Presses a button of the alert on top, by the name of what it does.
    ///
    /// # Errors
    /// The daemon does not answer.
    pub fn press_alert(&self, button: &str) -> Result<()> {
        fs::write(self.wanted_file(), format!(",{button}]"))?;
        self.ask("dunstctl", &["context"]).map(drop).map_err(Failure::Answer)
    }

    /// The windows with this title that are mapped, which a minimised one is not.
    pub fn windows(&self, title: &str) -> Vec<String> {
        let pattern = format!("^{title}$");
        self.ask("xdotool", &["search", "--onlyvisible", "--name", &pattern])
            .map(|text| text.split_whitespace().map(str::to_owned).collect())
            .unwrap_or_default()
    }

    /// The title of the window that has the focus; empty when none has.
    pub fn focused(&self) -> String {
        self.ask("xdotool", &["getactivewindow", "getwindowname"])
            .map(|text| text.trim().to_owned())
            .unwrap_or_default()
    }

    /// Presses keys in the window with this title, as a person does who has it before them.
    ///
    /// # Errors
    /// There is none.
    pub fn press(&self, title: &str, keys: &str) -> Result<()> {
        for window in self.windows(title) {
            self.ask("xdotool", &["windowactivate", "--sync", &window, "key", keys]).map_err(Failure::Answer)?;
        }
        Ok(())
    }

    /// Minimises the window with this title and waits until it is gone from the screen.
    ///
    /// # Errors
    /// There is none, or it stays.
    pub async fn minimise(&self, title: &str) -> Result<()> {
        let windows = self.windows(title);
        for window in &windows {
            self.ask("xdotool", &["windowminimize", window]).map_err(Failure::Answer)?;
        }
        until("the window to be minimised", || {
            let left = self.windows(title);
            async move { Ok(if left.is_empty() { Ok(()) } else { Err(format!("still mapped: {left:?}")) }) }
        })
        .await
    }

    /// Keeps a picture of the whole screen, alerts included.
    ///
    /// # Errors
    /// The picture cannot be taken.
    pub fn picture(&self, name: &str) -> Result<()> {
        let path = artefacts::dir()?.join(format!("{name}.png"));
        let path = path.display().to_string();
        self.ask("import", &["-window", "root", &path]).map(drop).map_err(Failure::Answer)
    }

    /// Runs a small program here and answers its output, or what it complained about.
    pub fn ask(&self, program: &str, arguments: &[&str]) -> std::result::Result<String, String> {
        let output = self.command(program).args(arguments).output().map_err(|error| format!("{program}: {error}"))?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }

    /// What the notification daemon's own menu of buttons answers.
    fn wanted_file(&self) -> PathBuf {
        self.home.path().join("wanted")
    }

    fn shown_file(&self) -> PathBuf {
        self.home.path().join("shown.tsv")
    }
}

/// Points a command at the desktop and at folders that end with it.
fn on<'a>(command: &'a mut Command, display: &str, bus: &str, home: &TempDir) -> &'a mut Command {
    let home = home.path();
    command
        .env("DISPLAY", display)
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .env("HOME", home)
        .env("PATH", path_with(&home.join("bin")))
        .env("ALSA_CONFIG_PATH", home.join(DEVICES))
        .env("XDG_RUNTIME_DIR", home.join("run"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_STATE_HOME", home.join("state"))
        .env("GDK_BACKEND", "x11")
        .env("NO_AT_BRIDGE", "1")
        .env("LANG", "C.UTF-8")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("XAUTHORITY")
}

/// The path of this test, with a folder before everything else.
fn path_with(first: &Path) -> OsString {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(first.to_path_buf()).chain(std::env::split_paths(&rest));
    std::env::join_paths(all).unwrap_or(rest)
}
