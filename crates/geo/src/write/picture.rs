//! A picture of a coloured grid: title, map, legend in words, scale and notes.

use super::error::WriteError;
use super::letters::{Letters, Sheet, lines};
use crate::edge::Point;
use crate::raster::Grid;

/// Red, green and blue.
pub type Colour = [u8; 3];

/// The longest side of the map in a picture, in pixels.
const MAP: usize = 1_000;
const MARGIN: usize = 24;
const LEGEND: usize = 330;
const SWATCH: (usize, usize) = (34, 22);
/// A stripe of hatching, and the room between stripes, in pixels.
const STRIPE: usize = 3;
const APART: usize = 9;
const BLACK: Colour = [0, 0, 0];
const GREY: Colour = [90, 90, 90];
const WHITE: Colour = [255, 255, 255];

/// What cells of one kind look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// What it is, for the legend.
    pub label: String,
    /// What the legend says below that, in small letters.
    pub remark: String,
    /// Its colour.
    pub colour: Colour,
    /// The colour of stripes over it.
    pub hatch: Option<Colour>,
}

/// A place to point out.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Where, in RD New.
    pub at: Point,
    /// What to call it; short.
    pub label: String,
}

/// A picture in the making.
#[derive(Debug, Clone)]
pub struct Picture<'a> {
    /// What it shows.
    pub title: &'a str,
    /// What comes below the title, a line each.
    pub lines: &'a [String],
    /// What to know, below the map.
    pub notes: &'a [String],
    /// What cells look like, as the legend lists them.
    pub classes: &'a [Class],
    /// Places to point out.
    pub marks: &'a [Mark],
    /// The cells.
    pub grid: Grid,
}

impl Picture<'_> {
    /// The picture as a PNG. `class` gives for a row and column which of the classes; nothing is left white.
    pub fn png(&self, class: impl Fn(usize, usize) -> Option<usize>) -> Result<Vec<u8>, WriteError> {
        let sheet = self.draw(&class);
        let mut bytes = Vec::new();
        let side = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        let mut encoder = png::Encoder::new(&mut bytes, side(sheet.width), side(sheet.height));
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.add_text_chunk("Title".to_owned(), latin(self.title))?;
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&sheet.bytes)?;
        writer.finish()?;
        Ok(bytes)
    }

    fn draw(&self, class: &impl Fn(usize, usize) -> Option<usize>) -> Sheet {
        let (wide, high) = self.map_size();
        let width = MARGIN + wide + MARGIN + LEGEND + MARGIN;
        let room = |letters: Letters| (width - 2 * MARGIN) / letters.size().0;
        let titles = lines(self.title, room(Letters::Title));
        let under: Vec<String> =
            self.lines.iter().flat_map(|line| lines(line, room(Letters::Small))).collect();
        let notes: Vec<String> =
            self.notes.iter().flat_map(|line| lines(line, room(Letters::Small))).collect();
        let small = Letters::Small.size().1;
        let top = MARGIN + titles.len() * Letters::Title.size().1 + under.len() * small + MARGIN / 2;
        let body = high.max(self.legend_height()) + small * 3;
        let height = top + body + notes.len() * small + MARGIN;
        let mut sheet = Sheet::new(width, height);

        let mut y = MARGIN;
        for line in &titles {
            sheet.write(line, (MARGIN, y), Letters::Title, BLACK);
            y += Letters::Title.size().1;
        }
        for line in &under {
            sheet.write(line, (MARGIN, y), Letters::Small, GREY);
            y += small;
        }
        self.map(&mut sheet, (MARGIN, top), (wide, high), class);
        self.scale(&mut sheet, (MARGIN, top + high + 8), wide);
        self.legend(&mut sheet, (MARGIN + wide + MARGIN, top));
        let mut y = top + body;
        for line in &notes {
            sheet.write(line, (MARGIN, y), Letters::Small, BLACK);
            y += small;
        }
        sheet
    }

    /// How large the map is drawn, in pixels.
    fn map_size(&self) -> (usize, usize) {
        let longest = self.grid.columns.max(self.grid.rows).max(1);
        let side = |cells: usize| (cells * MAP).div_ceil(longest).max(1);
        (side(self.grid.columns), side(self.grid.rows))
    }

    fn map(
        &self,
        sheet: &mut Sheet,
        (left, top): (usize, usize),
        (wide, high): (usize, usize),
        class: &impl Fn(usize, usize) -> Option<usize>,
    ) {
        let cell = |x: usize, y: usize| {
            // The cell at the middle of the pixel; rows count upwards.
            let column = (2 * x + 1) * self.grid.columns / (2 * wide);
            let row = (2 * (high - 1 - y) + 1) * self.grid.rows / (2 * high);
            class(row, column).and_then(|class| self.classes.get(class))
        };
        for y in 0..high {
            for x in 0..wide {
                if let Some(kind) = cell(x, y) {
                    sheet.dot(left + x, top + y, colour(kind, x, y));
                    continue;
                }
                let beside = [(x.wrapping_sub(1), y), (x + 1, y), (x, y.wrapping_sub(1)), (x, y + 1)];
                if beside.into_iter().any(|(x, y)| x < wide && y < high && cell(x, y).is_some()) {
                    sheet.dot(left + x, top + y, BLACK);
                }
            }
        }
        for mark in self.marks {
            if let Some((row, column)) = self.grid.cell(mark.at) {
                let x = left + (2 * column + 1) * wide / (2 * self.grid.columns);
                let y = top + high - 1 - (2 * row + 1) * high / (2 * self.grid.rows);
                tag(sheet, &mark.label, (x, y));
            }
        }
    }

    /// A bar of a round length, with that length.
    fn scale(&self, sheet: &mut Sheet, (left, top): (usize, usize), wide: usize) {
        let metres_a_pixel = self.grid.columns as f64 * self.grid.step / wide as f64;
        let longest = metres_a_pixel * wide as f64 / 4.0;
        let Some(metres) = [50_000_u32, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10]
            .into_iter()
            .find(|metres| f64::from(*metres) <= longest)
        else {
            return;
        };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let length = (f64::from(metres) / metres_a_pixel).round() as usize;
        sheet.fill((left, top + 6), (length, 3), BLACK);
        sheet.fill((left, top + 2), (1, 10), BLACK);
        sheet.fill((left + length, top + 2), (1, 10), BLACK);
        let text = if metres >= 1_000 { format!("{} km", metres / 1_000) } else { format!("{metres} m") };
        sheet.write(&text, (left + length + 8, top), Letters::Small, BLACK);
    }

    fn legend_lines(&self) -> Vec<(Vec<String>, Vec<String>)> {
        let room = LEGEND - SWATCH.0 - 12;
        let fit = |text: &str, letters: Letters| lines(text, room / letters.size().0);
        self.classes
            .iter()
            .map(|class| (fit(&class.label, Letters::Text), fit(&class.remark, Letters::Small)))
            .collect()
    }

    fn legend_height(&self) -> usize {
        let heights = self.legend_lines().into_iter().map(|(label, remark)| entry(label.len(), remark.len()));
        heights.sum::<usize>() + Letters::Text.size().1
    }

    fn legend(&self, sheet: &mut Sheet, (left, top): (usize, usize)) {
        sheet.write("Legenda", (left, top), Letters::Text, BLACK);
        let mut y = top + Letters::Text.size().1 + 4;
        for (class, (label, remark)) in self.classes.iter().zip(self.legend_lines()) {
            for down in 0..SWATCH.1 {
                for right in 0..SWATCH.0 {
                    let edge = down == 0 || right == 0 || down + 1 == SWATCH.1 || right + 1 == SWATCH.0;
                    let colour = if edge { GREY } else { colour(class, right, down) };
                    sheet.dot(left + right, y + down, colour);
                }
            }
            let (x, mut line_y) = (left + SWATCH.0 + 12, y + 2);
            for line in &label {
                sheet.write(line, (x, line_y), Letters::Text, BLACK);
                line_y += Letters::Text.size().1;
            }
            for line in &remark {
                sheet.write(line, (x, line_y), Letters::Small, GREY);
                line_y += Letters::Small.size().1;
            }
            y += entry(label.len(), remark.len());
        }
    }
}

/// The height of an entry of the legend.
fn entry(label: usize, remark: usize) -> usize {
    (label * Letters::Text.size().1 + remark * Letters::Small.size().1).max(SWATCH.1) + 8
}

/// The colour of a pixel of a class: stripes run down to the left.
fn colour(class: &Class, x: usize, y: usize) -> Colour {
    match class.hatch {
        Some(hatch) if (x + y) % APART < STRIPE => hatch,
        _ => class.colour,
    }
}

/// A label in a white box round a place.
fn tag(sheet: &mut Sheet, label: &str, (x, y): (usize, usize)) {
    let (wide, high) = (label.chars().count() * Letters::Small.size().0 + 6, 17);
    let (left, top) = (x.saturating_sub(wide / 2), y.saturating_sub(high / 2));
    sheet.fill((left, top), (wide, high), BLACK);
    sheet.fill((left + 1, top + 1), (wide - 2, high - 2), WHITE);
    sheet.write(label, (left + 3, top + 2), Letters::Small, BLACK);
}

/// Text as PNG can hold it.
fn latin(text: &str) -> String {
    text.chars().map(|c| if u32::from(c) < 256 && c != '\0' { c } else { '?' }).take(79).collect()
}
