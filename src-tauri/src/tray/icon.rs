//! The icon, drawn anew for each count: the app's own ground, ring and gem, and on its corner how many wait. The same digits are the
//! overlay of Windows' taskbar. Shapes are those of `icons/icon.svg`; the figures are Inter Bold, ten of them side by side in
//! `icons/digits.png`.

use std::sync::LazyLock;

use tauri::image::Image;

/// What the icon tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Face {
    /// How many tickets nobody has.
    pub(crate) count: u64,
    /// Whether one of all that are active is urgent.
    pub(crate) urgent: bool,
    /// Whether there is no line to the service.
    pub(crate) offline: bool,
}

/// Each pixel is looked at this often in both directions.
const FINE: u32 = 4;
/// The part of `icons/icon.svg` without the air around it.
const FROM: f32 = 56.0;
const SIDE: f32 = 912.0;

type Colour = [f32; 3];
const TOP: Colour = [122.0, 42.0, 90.0];
const BOTTOM: Colour = [78.0, 23.0, 56.0];
const GREY_TOP: Colour = [118.0, 112.0, 120.0];
const GREY_BOTTOM: Colour = [84.0, 79.0, 88.0];
const RING: Colour = [251.0, 244.0, 249.0];
const GEM: [Colour; 4] = [[242.0, 219.0, 155.0], [230.0, 193.0, 105.0], [207.0, 162.0, 60.0], [176.0, 130.0, 38.0]];
const RED: Colour = [196.0, 32.0, 29.0];
const WHITE: Colour = [255.0, 255.0, 255.0];

/// The figures, as many wide as there are.
const CELL: (f32, f32) = (36.0, 48.0);
static DIGITS: LazyLock<Image<'static>> = LazyLock::new(|| {
    let bytes = include_bytes!("../../../icons/digits.png");
    // Without figures a count is a plain mark; the test below holds that they are there.
    Image::from_bytes(bytes).unwrap_or_else(|_| Image::new_owned(Vec::new(), 0, 0))
});

impl Face {
    /// The icon as rows of red, green, blue and alpha, `size` pixels each way.
    pub(crate) fn draw(self, size: u32) -> Vec<u8> {
        let mark = Mark::of(self);
        paint(size, |x, y| mark.at(x, y).unwrap_or_else(|| self.ground(FROM + x * SIDE, FROM + y * SIDE)))
    }

    /// The count alone, for the corner of a taskbar's button; nothing where nothing waits.
    #[cfg_attr(not(any(windows, test)), expect(dead_code, reason = "only Windows' taskbar has a corner for it"))]
    pub(crate) fn overlay(self, size: u32) -> Option<Vec<u8>> {
        let text = text(self.count)?;
        let mark = Mark { text, urgent: self.urgent, middle: (0.5, 0.5), half: (0.5, 0.5) };
        Some(paint(size, |x, y| mark.at(x, y).flatten()))
    }

    fn ground(self, x: f32, y: f32) -> Option<Colour> {
        if !in_rounded(x, y, (512.0, 512.0), (456.0, 456.0), 212.0) {
            return None;
        }
        let (top, bottom) = if self.offline { (GREY_TOP, GREY_BOTTOM) } else { (TOP, BOTTOM) };
        let gem = (x - 654.3).abs() + (y - 369.7).abs();
        if gem < 146.0 {
            let facet = usize::from(x > 654.3) + 2 * usize::from(y > 369.7);
            return Some(if self.offline { mix(GEM[facet], WHITE, 0.6) } else { GEM[facet] });
        }
        let from_middle = (x - 486.0).hypot(y - 538.0);
        let tail = x < 486.0 && y > 538.0 && in_rounded(x, y, (486.0, 538.0), (286.0, 286.0), 40.0);
        if gem >= 212.0 && from_middle >= 190.0 && (from_middle < 286.0 || tail) {
            return Some(RING);
        }
        Some(mix(top, bottom, (y - FROM) / SIDE))
    }
}

/// The count on its own ground; all measures are parts of the icon's side.
struct Mark {
    text: String,
    urgent: bool,
    middle: (f32, f32),
    half: (f32, f32),
}

impl Mark {
    fn of(face: Face) -> Self {
        let text = text(face.count).unwrap_or_default();
        let half = match text.len() {
            0 => (0.0, 0.0),
            1 => (0.28, 0.28),
            _ => (0.39, 0.28),
        };
        Self { text, urgent: face.urgent, middle: (1.0 - half.0, 1.0 - half.1), half }
    }

    /// What it covers at this place, if it does: its gap lets shine through what is behind the icon.
    fn at(&self, x: f32, y: f32) -> Option<Option<Colour>> {
        const GAP: f32 = 0.055;
        if self.text.is_empty() {
            return None;
        }
        let round = self.half.1;
        let beyond = (self.half.0 + GAP, self.half.1 + GAP);
        if !in_rounded(x, y, self.middle, beyond, round + GAP) {
            return None;
        }
        if !in_rounded(x, y, self.middle, self.half, round) {
            return Some(None);
        }
        let (ground, ink) = if self.urgent { (RED, WHITE) } else { (RING, BOTTOM) };
        Some(Some(mix(ground, ink, self.ink(x, y))))
    }

    /// How much of a figure is at this place, from 0 to 1.
    fn ink(&self, x: f32, y: f32) -> f32 {
        let image = &*DIGITS;
        // A figure is a little lower than its ground.
        let scale = CELL.1 / (self.half.1 * 1.62);
        let wide = CELL.0 * 0.9;
        let count = self.text.len() as f32;
        let across = (x - self.middle.0) * scale + wide * count / 2.0;
        let down = (y - self.middle.1) * scale + CELL.1 / 2.0;
        let place = (across / wide).floor();
        if across < 0.0 || place >= count || down < 0.0 || down >= CELL.1 {
            return 0.0;
        }
        let digit = self.text.as_bytes()[place as usize] - b'0';
        let column = f32::from(digit) * CELL.0 + (CELL.0 - wide) / 2.0 + across - place * wide;
        let at = (down as u32 * image.width() + column as u32) as usize * 4;
        image.rgba().get(at).map_or(0.0, |grey| f32::from(*grey) / 255.0)
    }
}

/// As many as there is room for: two figures.
fn text(count: u64) -> Option<String> {
    (count > 0).then(|| count.min(99).to_string())
}

fn in_rounded(x: f32, y: f32, middle: (f32, f32), half: (f32, f32), radius: f32) -> bool {
    let (dx, dy) = ((x - middle.0).abs(), (y - middle.1).abs());
    if dx > half.0 || dy > half.1 {
        return false;
    }
    let (over_x, over_y) = (dx - (half.0 - radius), dy - (half.1 - radius));
    over_x <= 0.0 || over_y <= 0.0 || over_x.hypot(over_y) <= radius
}

fn mix(one: Colour, other: Colour, part: f32) -> Colour {
    std::array::from_fn(|n| one[n] + (other[n] - one[n]) * part.clamp(0.0, 1.0))
}

/// Asks for the colour at each place, and smooths the edges.
fn paint(size: u32, colour: impl Fn(f32, f32) -> Option<Colour>) -> Vec<u8> {
    let mut rows = Vec::with_capacity((size * size * 4) as usize);
    let step = 1.0 / (size * FINE) as f32;
    for y in 0..size {
        for x in 0..size {
            let mut sum = [0.0; 3];
            let mut covered = 0.0;
            for place in 0..FINE * FINE {
                let (fine_x, fine_y) = (x * FINE + place % FINE, y * FINE + place / FINE);
                if let Some(colour) = colour((fine_x as f32 + 0.5) * step, (fine_y as f32 + 0.5) * step) {
                    covered += 1.0;
                    for (sum, part) in sum.iter_mut().zip(colour) {
                        *sum += part;
                    }
                }
            }
            rows.extend(sum.map(|sum| if covered > 0.0 { (sum / covered).round() as u8 } else { 0 }));
            rows.push((covered * 255.0 / (FINE * FINE) as f32).round() as u8);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pixel(rows: &[u8], size: u32, x: u32, y: u32) -> &[u8] {
        let at = ((y * size + x) * 4) as usize;
        &rows[at..at + 4]
    }

    #[test]
    fn the_corner_tells_how_many_and_how_urgent() {
        assert_eq!((DIGITS.width(), DIGITS.height()), (360, 48), "the figures are there");
        let plain = Face::default().draw(48);
        let seven = Face { count: 7, ..Face::default() };
        let (calm, urgent) = (seven.draw(48), Face { urgent: true, ..seven }.draw(48));
        assert_eq!(plain.len(), 48 * 48 * 4);
        assert_eq!(pixel(&plain, 48, 0, 0)[3], 0, "outside of the ground there is nothing");
        assert_eq!(pixel(&plain, 48, 24, 2)[3], 255);
        // The ground of the mark, left of its figure.
        assert_eq!(pixel(&calm, 48, 22, 33), [251, 244, 249, 255]);
        assert_eq!(pixel(&urgent, 48, 22, 33), [196, 32, 29, 255]);
        let ink = |rows: &[u8]| rows.chunks(4).filter(|it| it == &[255, 255, 255, 255]).count();
        assert!(ink(&urgent) > 20, "the figure is white: {}", ink(&urgent));
        let eight = Face { count: 8, ..seven };
        assert_ne!(calm, eight.draw(48));
        assert_eq!(Face { count: 99, ..seven }.draw(48), Face { count: 1_204, ..seven }.draw(48));
        assert_ne!(plain, Face { offline: true, ..Face::default() }.draw(48));
    }

    #[test]
    fn nothing_waits_nothing_is_laid_over() {
        assert_eq!(Face::default().overlay(32), None);
        assert_eq!(Face { count: 3, ..Face::default() }.overlay(32).map(|rows| rows.len()), Some(32 * 32 * 4));
    }
}
