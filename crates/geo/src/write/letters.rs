//! Drawing on an image in memory: areas, lines and letters.

use super::picture::Colour;
use embedded_graphics::Pixel;
use embedded_graphics::draw_target::DrawTarget;
use embedded_graphics::geometry::{OriginDimensions, Point, Size};
use embedded_graphics::mono_font::MonoTextStyle;
use embedded_graphics::mono_font::iso_8859_15::{FONT_7X13, FONT_9X18_BOLD, FONT_10X20};
use embedded_graphics::pixelcolor::{Rgb888, RgbColor};
use embedded_graphics::text::{Baseline, Text};
use std::convert::Infallible;

/// How large letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    Title,
    Text,
    Small,
}

impl Letters {
    /// The width of a letter and the height of a line, in pixels.
    pub fn size(self) -> (usize, usize) {
        match self {
            Self::Title => (10, 24),
            Self::Text => (9, 22),
            Self::Small => (7, 17),
        }
    }
}

/// An image.
pub(super) struct Sheet {
    pub width: usize,
    pub height: usize,
    pub bytes: Vec<u8>,
}

impl Sheet {
    /// A white sheet.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, bytes: vec![255; width * height * 3] }
    }

    /// Colours a pixel; outside the sheet nothing happens.
    pub fn dot(&mut self, x: usize, y: usize, colour: Colour) {
        if x < self.width
            && let Some(pixel) =
                self.bytes.get_mut((y * self.width + x) * 3..).and_then(|rest| rest.get_mut(..3))
        {
            pixel.copy_from_slice(&colour);
        }
    }

    /// Colours a rectangle.
    pub fn fill(&mut self, (left, top): (usize, usize), (width, height): (usize, usize), colour: Colour) {
        for y in top..top + height {
            for x in left..left + width {
                self.dot(x, y, colour);
            }
        }
    }

    /// Writes a line of text with its upper left corner here. What the letters lack becomes a question mark.
    pub fn write(&mut self, text: &str, (left, top): (usize, usize), letters: Letters, colour: Colour) {
        let font = match letters {
            Letters::Title => &FONT_10X20,
            Letters::Text => &FONT_9X18_BOLD,
            Letters::Small => &FONT_7X13,
        };
        let [red, green, blue] = colour;
        let style = MonoTextStyle::new(font, Rgb888::new(red, green, blue));
        let at = |value: usize| i32::try_from(value).unwrap_or(i32::MAX);
        let text = Text::with_baseline(text, Point::new(at(left), at(top)), style, Baseline::Top);
        // Drawing on memory can't fail.
        let _: Result<Point, Infallible> = embedded_graphics::Drawable::draw(&text, self);
    }
}

impl OriginDimensions for Sheet {
    fn size(&self) -> Size {
        let size = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        Size::new(size(self.width), size(self.height))
    }
}

impl DrawTarget for Sheet {
    type Color = Rgb888;
    type Error = Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<Rgb888>>>(&mut self, pixels: I) -> Result<(), Infallible> {
        for Pixel(at, colour) in pixels {
            if let (Ok(x), Ok(y)) = (usize::try_from(at.x), usize::try_from(at.y)) {
                self.dot(x, y, [colour.r(), colour.g(), colour.b()]);
            }
        }
        Ok(())
    }
}

/// Text in lines of at most so many letters; a word that is longer is cut.
pub(super) fn lines(text: &str, letters: usize) -> Vec<String> {
    let letters = letters.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let mut word: Vec<char> = word.chars().collect();
        if length > 0 && length + 1 + word.len() > letters {
            lines.push(std::mem::take(&mut line));
            length = 0;
        }
        while word.len() > letters {
            let rest = word.split_off(letters);
            lines.push(word.into_iter().collect());
            word = rest;
        }
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        length += word.len();
        line.extend(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_broken_between_words_and_long_words_anywhere() {
        assert_eq!(lines("een kaart van Drenthe", 10), ["een kaart", "van", "Drenthe"]);
        assert_eq!(lines("aardkundigewaarden", 8), ["aardkund", "igewaard", "en"]);
        assert_eq!(lines("  ", 8), [""; 0]);
    }

    #[test]
    fn what_is_outside_the_sheet_is_left_out() {
        let mut sheet = Sheet::new(4, 2);
        sheet.fill((2, 1), (10, 10), [1, 2, 3]);
        sheet.write("lang", (3, 0), Letters::Title, [0, 0, 0]);
        assert_eq!(sheet.bytes.len(), 24);
        assert_eq!(&sheet.bytes[18..21], &[1, 2, 3]);
    }
}
