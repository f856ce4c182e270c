//! Sound: the desk's own three, played on a thread that lives as long as a sound does; a device is held no longer. They are made by
//! `cargo xtask sounds` and lie in `sounds/` as plain WAV files.

use std::num::{NonZeroU16, NonZeroU32};
use std::time::Duration;

use gemilang_protocol::alert::Sound;
use rodio::buffer::SamplesBuffer;
use rodio::cpal;
use rodio::cpal::traits::HostTrait;
use rodio::{DeviceSinkBuilder, MixerDeviceSink, Player};
use tokio::sync::oneshot;

use crate::platform::Missing;

/// Its file; nothing for silence.
fn file(sound: Sound) -> Option<&'static [u8]> {
    match sound {
        Sound::Gong => Some(include_bytes!("../../sounds/gong.wav")),
        Sound::Gender => Some(include_bytes!("../../sounds/gender.wav")),
        Sound::Kecrek => Some(include_bytes!("../../sounds/kecrek.wav")),
        Sound::Silent => None,
    }
}

/// A device that needs longer than this to begin is as good as none.
const PATIENCE: Duration = Duration::from_secs(5);

/// Plays it, and answers as soon as it has begun.
///
/// # Errors
/// There is nothing to play it on.
pub(crate) async fn play(sound: Sound) -> Result<(), Missing> {
    let Some(file) = file(sound) else { return Ok(()) };
    let (tell, begun) = oneshot::channel();
    std::thread::Builder::new()
        .name("sound".to_owned())
        .spawn(move || match open() {
            Ok(device) => {
                let player = Player::connect_new(device.mixer());
                player.append(samples(file));
                let _ = tell.send(Ok(()));
                player.sleep_until_end();
            }
            Err(missing) => drop(tell.send(Err(missing))),
        })
        .map_err(|error| Missing::Sound(error.to_string()))?;
    match tokio::time::timeout(PATIENCE, begun).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(Missing::Sound("the thread ended".to_owned())),
        Err(_) => Err(Missing::Sound("the device does not answer".to_owned())),
    }
}

/// Whether there is anything to play on; nothing is heard.
///
/// # Errors
/// There is not.
pub(crate) async fn probe() -> Result<(), Missing> {
    let asked = tokio::task::spawn_blocking(|| open().map(drop));
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => Err(Missing::Sound(error.to_string())),
        Err(_) => Err(Missing::Sound("the device does not answer".to_owned())),
    }
}

/// The device that the system plays on.
fn open() -> Result<MixerDeviceSink, Missing> {
    let none = |error: &dyn std::fmt::Display| Missing::Sound(error.to_string());
    let device = cpal::default_host().default_output_device().ok_or_else(|| none(&"there is no device"))?;
    let mut open = DeviceSinkBuilder::from_device(device)
        .map_err(|error| none(&error))?
        .with_error_callback(|error| tracing::debug!(%error, "the sound device complains"))
        .open_sink_or_fallback()
        .map_err(|error| none(&error))?;
    open.log_on_drop(false);
    Ok(open)
}

/// Reads a WAV file as `cargo xtask sounds` writes it: a head of 44 bytes, then 16 bit of one channel.
fn samples(file: &[u8]) -> SamplesBuffer {
    let (head, body) = file.split_at(file.len().min(44));
    let rate = head.get(24..28).and_then(|rate| rate.try_into().ok()).map_or(0, u32::from_le_bytes);
    let samples: Vec<f32> = body
        .chunks_exact(2)
        .map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / f32::from(i16::MAX))
        .collect();
    SamplesBuffer::new(NonZeroU16::MIN, NonZeroU32::new(rate).unwrap_or(NonZeroU32::MIN), samples)
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::process::Command;
    use std::time::Instant;

    use super::*;

    /// Says in a process of its own that it shall play, and on what: ALSA reads its devices once.
    const PLAY: &str = "GEMILANG_TEST_PLAY";

    /// Plays all three on a machine with these devices, and answers what came of it.
    fn plays_on(devices: &str) -> String {
        let dir = tempfile::tempdir().expect("a folder");
        let (config, heard) = (dir.path().join("asound.conf"), dir.path().join("heard.raw"));
        std::fs::write(&config, devices.replace("HEARD", &heard.display().to_string())).expect("a file");
        let own = std::env::current_exe().expect("this program");
        let output = Command::new(own)
            .args(["--exact", "sound::tests::a_machine_with_a_device_hears_all_three", "--nocapture"])
            .env("ALSA_CONFIG_PATH", &config)
            .env(PLAY, &heard)
            .output()
            .expect("this program again");
        format!("{}heard: {}", String::from_utf8_lossy(&output.stdout), is_heard(&heard))
    }

    /// Silence is written as well, and is nothing.
    fn is_heard(file: &Path) -> bool {
        std::fs::read(file).is_ok_and(|samples| samples.iter().any(|byte| *byte != 0))
    }

    /// What the other process does.
    async fn play_all(heard: &Path) {
        println!("\nprobe {:?}", probe().await.is_ok());
        for tune in [Sound::Gong, Sound::Gender, Sound::Kecrek] {
            match play(tune).await {
                Ok(()) => println!("{tune:?} began"),
                Err(missing) => println!("{tune:?}: {}", missing.key()),
            }
        }
        let deadline = Instant::now() + PATIENCE;
        let mut looks = tokio::time::interval(Duration::from_millis(20));
        while heard.exists() && !is_heard(heard) && Instant::now() < deadline {
            looks.tick().await;
        }
    }

    #[tokio::test]
    async fn a_machine_with_a_device_hears_all_three() {
        if let Some(heard) = std::env::var_os(PLAY) {
            return play_all(Path::new(&heard)).await;
        }
        let said = plays_on("pcm.!default { type file file \"HEARD\" format raw slave.pcm { type null } }\n");
        for word in ["probe true", "Gong began", "Gender began", "Kecrek began"] {
            assert!(said.contains(word), "{said}");
        }
        assert!(said.ends_with("heard: true"), "nothing but silence: {said}");
    }

    #[test]
    fn a_machine_without_says_so_and_nothing_fails() {
        let said = plays_on("\n");
        assert!(said.contains("probe false") && said.contains("Gong: missing-sound"), "{said}");
        assert!(said.ends_with("heard: false"), "{said}");
    }

    #[test]
    fn the_files_are_read_as_they_are_written() {
        use rodio::Source;
        for (tune, rate, seconds) in
            [(Sound::Gong, 11_025, 3.0), (Sound::Gender, 22_050, 1.2), (Sound::Kecrek, 32_000, 0.4)]
        {
            let samples = samples(file(tune).unwrap_or_default());
            assert_eq!((samples.sample_rate().get(), samples.channels().get()), (rate, 1));
            let length = samples.total_duration().map_or(0.0, |length| length.as_secs_f64());
            assert!((length - seconds).abs() < 0.01, "{tune:?}: {length}");
            let peak = samples.fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
            assert!((peak - 0.82).abs() < 0.01, "{tune:?}: {peak}");
        }
    }
}
