//! `sounds`: makes the desk's own three sounds, each from how its instrument rings, and writes them to `sounds/`. The same program
//! makes the same files, so that whoever changes a figure here hears what it does.
//!
//! - **Gong** (gong ageng): a low tone with inharmonic partials, each of them two that stand a little apart: the slow beating
//!   (*ombak*) that a gong is tuned for. A soft beater: highs come late and go first.
//! - **Gender**: two thin bronze bars over tubes, struck with a padded disc, a pelog step apart. A bar's partials lie at 1 : 2.76 : 5.40 of
//!   its tone; the tube carries the first alone, so that the others are gone at once.
//! - **Kecrek**: three metal plates hit on each other: dense high partials without a pitch, and the clatter of a second touch.

use std::f64::consts::TAU;
use std::fs;
use std::path::Path;

use crate::failure::{Attempt, Result};
use crate::{say, workspace};

/// The loudest sample of each, as a part of what 16 bit hold: room for a device's own filters.
const PEAK: f64 = 0.82;
/// What all of them together may weigh in the app.
const HEAVIEST: usize = 150 * 1024;

/// A ringing part: its frequency in Hz, how loud, how long until it has fallen to a third, and how long until it sounds, both in seconds.
struct Partial {
    hertz: f64,
    loud: f64,
    falls: f64,
    rises: f64,
}

/// A sound as it is written.
struct Sound {
    name: &'static str,
    /// Samples a second: as many as its highest partial needs.
    rate: u32,
    samples: Vec<f64>,
}

pub(crate) fn run() -> Result {
    let dir = workspace::root().join("sounds");
    fs::create_dir_all(&dir).attempt(|| format!("creating {}", dir.display()))?;
    let mut weight = 0;
    for sound in [gong(), gender(), kecrek()] {
        let bytes = wav(&sound);
        weight += bytes.len();
        write(&dir.join(format!("{}.wav", sound.name)), &bytes)?;
        let seconds = sound.samples.len() as f64 / f64::from(sound.rate);
        say::found(sound.name, format_args!("{seconds:.2} s, {} KiB", bytes.len() / 1024));
    }
    say::found("together", format_args!("{} of {} KiB", weight / 1024, HEAVIEST / 1024));
    Ok(())
}

fn gong() -> Sound {
    // Parts of the tone that a large gong is heard by, how loud and how many seconds long; the pairs beat 2.2 times a second.
    const PARTS: [(f64, f64, f64, f64); 9] = [
        (1.0, 1.0, 1.25, 0.004),
        (1.51, 0.36, 0.95, 0.006),
        (2.0, 0.62, 0.85, 0.010),
        (2.67, 0.30, 0.62, 0.018),
        (3.43, 0.26, 0.50, 0.030),
        (4.18, 0.17, 0.40, 0.045),
        (5.39, 0.12, 0.32, 0.060),
        (7.12, 0.08, 0.24, 0.075),
        (9.31, 0.05, 0.18, 0.085),
    ];
    const TONE: f64 = 92.0;
    const BEAT: f64 = 2.2;
    let pair = |(part, loud, falls, rises): (f64, f64, f64, f64)| {
        let hertz = TONE * part;
        [(-0.5, 0.62), (0.5, 0.38)].map(|(side, share)| Partial {
            hertz: hertz + side * BEAT,
            loud: loud * share,
            falls,
            rises,
        })
    };
    let rate = 11_025;
    let parts: Vec<Partial> = PARTS.into_iter().flat_map(pair).collect();
    let mut samples = ring(rate, 3.0, &parts);
    thump(&mut samples, rate, 0.10, 0.018);
    finish("gong", rate, samples)
}

fn gender() -> Sound {
    // Two bars of pelog barang's middle, the higher first: a call, and its answer.
    const BARS: [(f64, f64); 2] = [(0.0, 698.0), (0.17, 523.0)];
    let rate = 22_050;
    let mut samples = vec![0.0; seconds(rate, 1.2)];
    for (from, tone) in BARS {
        let bar = [
            // The tube under a bar is tuned a hair away from it, so that the tone breathes.
            Partial { hertz: tone, loud: 0.8, falls: 0.34, rises: 0.003 },
            Partial { hertz: tone + 1.6, loud: 0.35, falls: 0.40, rises: 0.012 },
            Partial { hertz: tone * 2.76, loud: 0.22, falls: 0.075, rises: 0.001 },
            Partial { hertz: tone * 5.40, loud: 0.10, falls: 0.030, rises: 0.001 },
            Partial { hertz: tone * 8.93, loud: 0.04, falls: 0.014, rises: 0.001 },
        ];
        let mut struck = ring(rate, 1.2 - from, &bar);
        thump(&mut struck, rate, 0.05, 0.004);
        let begin = seconds(rate, from);
        for (at, sample) in struck.iter().enumerate() {
            if let Some(all) = samples.get_mut(begin + at) {
                *all += sample;
            }
        }
    }
    finish("gender", rate, samples)
}

fn kecrek() -> Sound {
    // Three plates; each rings in many places that share no tone.
    const PLATES: [f64; 3] = [2_310.0, 2_870.0, 3_540.0];
    const PARTS: [f64; 6] = [1.0, 1.37, 1.83, 2.29, 2.94, 3.61];
    // When they touch, and how hard: the stroke, and two times the rebound.
    const TOUCHES: [(f64, f64); 3] = [(0.0, 1.0), (0.043, 0.55), (0.081, 0.28)];
    let rate = 32_000;
    let length = 0.40;
    let mut samples = vec![0.0; seconds(rate, length)];
    let mut chance = Chance(0x9e37_79b9);
    for (nth, (from, hard)) in TOUCHES.into_iter().enumerate() {
        let mut parts = Vec::new();
        for (plate, tone) in PLATES.into_iter().enumerate() {
            // No two touches meet at the same place.
            let bend = 1.0 + 0.006 * (nth as f64) - 0.004 * (plate as f64);
            for (place, part) in PARTS.into_iter().enumerate() {
                let hertz = tone * part * bend;
                if hertz < 14_500.0 {
                    let loud = hard * (0.4 + 0.6 * chance.next().abs()) / (1.0 + 0.35 * place as f64);
                    let falls = 0.062 / (1.0 + 0.30 * place as f64);
                    parts.push(Partial { hertz, loud, falls, rises: 0.0006 });
                }
            }
        }
        let mut struck = ring(rate, length - from, &parts);
        // The edge of each touch is noise.
        for (at, sample) in struck.iter_mut().enumerate() {
            let time = at as f64 / f64::from(rate);
            *sample += 2.4 * hard * chance.next() * (-time / 0.0035).exp() * (1.0 - (-time / 0.0004).exp());
        }
        let begin = seconds(rate, from);
        for (at, sample) in struck.iter().enumerate() {
            if let Some(all) = samples.get_mut(begin + at) {
                *all += sample;
            }
        }
    }
    finish("kecrek", rate, samples)
}

/// All parts together. Each begins at its own place in its wave, so that they do not all meet at once.
fn ring(rate: u32, length: f64, parts: &[Partial]) -> Vec<f64> {
    let mut samples = vec![0.0; seconds(rate, length)];
    for (nth, part) in parts.iter().enumerate() {
        let begin = TAU * (nth as f64 * 0.618_034).fract();
        for (at, sample) in samples.iter_mut().enumerate() {
            let time = at as f64 / f64::from(rate);
            let loud = part.loud * (-time / part.falls).exp() * (1.0 - (-time / part.rises).exp());
            *sample += loud * (TAU * part.hertz * time + begin).sin();
        }
    }
    samples
}

/// The beater itself: a short, dull noise.
fn thump(samples: &mut [f64], rate: u32, loud: f64, falls: f64) {
    let mut chance = Chance(0x2545_f491);
    let mut dull = 0.0;
    for (at, sample) in samples.iter_mut().enumerate() {
        let time = at as f64 / f64::from(rate);
        dull += 0.25 * (chance.next() - dull);
        *sample += loud * 3.0 * dull * (-time / falls).exp() * (1.0 - (-time / 0.0008).exp());
    }
}

/// Begins and ends in silence, and is as loud as the others.
fn finish(name: &'static str, rate: u32, mut samples: Vec<f64>) -> Sound {
    let fade = seconds(rate, 0.0015);
    let tail = seconds(rate, 0.06).min(samples.len());
    let end = samples.len();
    for (at, sample) in samples.iter_mut().enumerate() {
        let begun = (at as f64 / fade as f64).min(1.0);
        let left = ((end - 1 - at) as f64 / tail as f64).min(1.0);
        // A straight fade would be heard as an edge.
        *sample *= (1.0 - (begun * TAU / 2.0).cos()) / 2.0 * (1.0 - (left * TAU / 2.0).cos()) / 2.0;
    }
    let peak = samples.iter().fold(0.0_f64, |peak, sample| peak.max(sample.abs()));
    for sample in &mut samples {
        *sample *= PEAK / peak;
    }
    Sound { name, rate, samples }
}

fn seconds(rate: u32, length: f64) -> usize {
    (f64::from(rate) * length).round() as usize
}

/// A WAV file of one channel, 16 bit, with the shortest head there is.
fn wav(sound: &Sound) -> Vec<u8> {
    let size = u32::try_from(sound.samples.len() * 2).unwrap_or_default();
    let mut file = Vec::with_capacity(44 + sound.samples.len() * 2);
    file.extend(b"RIFF");
    file.extend((size + 36).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend([1_u16, 1].map(u16::to_le_bytes).concat());
    file.extend([sound.rate, sound.rate * 2].map(u32::to_le_bytes).concat());
    file.extend([2_u16, 16].map(u16::to_le_bytes).concat());
    file.extend(b"data");
    file.extend(size.to_le_bytes());
    for sample in &sound.samples {
        file.extend(((sample * f64::from(i16::MAX)).round() as i16).to_le_bytes());
    }
    file
}

fn write(path: &Path, bytes: &[u8]) -> Result {
    fs::write(path, bytes).attempt(|| format!("writing {}", path.display()))
}

/// Chance that is the same each time: xorshift, from -1 to 1.
struct Chance(u32);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        f64::from(self.0) / f64::from(u32::MAX) * 2.0 - 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How loud one frequency is between two times, in seconds.
    fn at(sound: &Sound, hertz: f64, from: f64, to: f64) -> f64 {
        let part = &sound.samples[seconds(sound.rate, from)..seconds(sound.rate, to)];
        let (mut re, mut im) = (0.0, 0.0);
        for (n, sample) in part.iter().enumerate() {
            let turn = TAU * hertz * n as f64 / f64::from(sound.rate);
            re += sample * turn.cos();
            im += sample * turn.sin();
        }
        2.0 * re.hypot(im) / part.len() as f64
    }

    fn loud(sound: &Sound, from: f64, to: f64) -> f64 {
        let part = &sound.samples[seconds(sound.rate, from)..seconds(sound.rate, to)];
        (part.iter().map(|sample| sample * sample).sum::<f64>() / part.len() as f64).sqrt()
    }

    #[test]
    fn what_lies_there_is_what_this_makes_and_it_is_light() {
        let dir = workspace::root().join("sounds");
        let mut weight = 0;
        for sound in [gong(), gender(), kecrek()] {
            let (made, kept) = (wav(&sound), fs::read(dir.join(format!("{}.wav", sound.name))).unwrap_or_default());
            weight += kept.len();
            assert_eq!(made.len(), kept.len(), "{}: run `cargo xtask sounds`", sound.name);
            // Another machine's sine may differ in the last bit.
            let sample = |file: &[u8], at: usize| i32::from(i16::from_le_bytes([file[at], file[at + 1]]));
            let differs = (44..made.len()).step_by(2).any(|at| (sample(&made, at) - sample(&kept, at)).abs() > 1);
            assert!(!differs && made[..44] == kept[..44], "{}: run `cargo xtask sounds`", sound.name);
        }
        assert!(weight < HEAVIEST, "{weight} bytes");
    }

    #[test]
    fn each_is_as_loud_as_the_others_and_has_no_edge() {
        for sound in [gong(), gender(), kecrek()] {
            let peak = sound.samples.iter().fold(0.0_f64, |peak, sample| peak.max(sample.abs()));
            assert!((peak - PEAK).abs() < 1e-9, "{}", sound.name);
            let ends = [sound.samples[0], sound.samples[sound.samples.len() - 1]];
            assert!(ends.iter().all(|end| end.abs() < 1e-3), "{}: begins and ends in silence", sound.name);
            let middle = sound.samples.iter().sum::<f64>() / sound.samples.len() as f64;
            assert!(middle.abs() < 0.002, "{}: {middle}", sound.name);
        }
    }

    #[test]
    fn the_gong_is_low_long_and_beats() {
        let gong = gong();
        assert_eq!(gong.samples.len(), seconds(gong.rate, 3.0));
        assert!(loud(&gong, 2.0, 2.5) > 0.03, "it still rings after two seconds");
        assert!(at(&gong, 92.0, 0.5, 2.5) > 4.0 * at(&gong, 110.0, 0.5, 2.5));
        // Between two beats it is less loud than on both of them.
        let beats = |time: f64| at(&gong, 92.0, time - 0.06, time + 0.06);
        let weakest =
            (0..45).map(|step| (step, beats(0.4 + f64::from(step) * 0.01))).min_by(|a, b| a.1.total_cmp(&b.1));
        let strongest = (0..45).map(|step| beats(0.4 + f64::from(step) * 0.01)).fold(0.0, f64::max);
        assert!(weakest.is_some_and(|(_, weak)| weak < 0.6 * strongest), "{weakest:?} of {strongest}");
    }

    #[test]
    fn the_gender_has_two_clear_tones_one_after_the_other() {
        let gender = gender();
        assert!(at(&gender, 698.0, 0.02, 0.16) > 8.0 * at(&gender, 523.0, 0.02, 0.16));
        assert!(at(&gender, 523.0, 0.25, 0.6) > at(&gender, 698.0, 0.25, 0.6));
        assert!(at(&gender, 523.0, 0.4, 0.9) > 6.0 * at(&gender, 610.0, 0.4, 0.9), "nothing between them");
    }

    #[test]
    fn the_kecrek_is_short_and_high_without_a_tone() {
        let kecrek = kecrek();
        assert!(loud(&kecrek, 0.30, 0.38) < 0.03 * loud(&kecrek, 0.0, 0.08));
        let low = (1..10).map(|n| at(&kecrek, 100.0 * f64::from(n), 0.0, 0.1)).fold(0.0, f64::max);
        let high: Vec<f64> = (20..100).map(|n| at(&kecrek, 100.0 * f64::from(n), 0.0, 0.1)).collect();
        let strongest = high.iter().copied().fold(0.0, f64::max);
        assert!(strongest > 5.0 * low, "{strongest} over {low}");
        let many = high.iter().filter(|it| **it > 0.2 * strongest).count();
        assert!(many >= 8, "dense: {many}");
    }
}
