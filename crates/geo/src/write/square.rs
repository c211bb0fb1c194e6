//! A square of coloured pixels, as a tile of a map is.

use super::error::WriteError;
use super::picture::Colour;

/// A square of `side` pixels as a PNG with a palette. `pixels` are the numbers of colours, row by row from the upper left;
/// a number beyond the palette is transparent.
///
/// # Errors
/// When there are more than 255 colours, or not as many pixels as the square has.
pub fn square(side: u32, palette: &[Colour], pixels: &[u8]) -> Result<Vec<u8>, WriteError> {
    let clear = u8::try_from(palette.len()).unwrap_or(u8::MAX);
    let mut colours: Vec<u8> = palette.iter().take(usize::from(clear)).flatten().copied().collect();
    colours.extend([0, 0, 0]);
    let mut alpha = vec![u8::MAX; usize::from(clear)];
    alpha.push(0);
    let numbers: Vec<u8> = pixels.iter().map(|number| (*number).min(clear)).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(colours);
    encoder.set_trns(alpha);
    // Numbers of a palette are no shades: filters make such a picture larger.
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&numbers)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pixels_come_back_and_the_rest_is_transparent() {
        let palette = [[1, 2, 3], [4, 5, 6]];
        let bytes = square(2, &palette, &[0, 1, 2, 200]).unwrap();
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        assert_eq!(pixels, [1, 2, 3, 255, 4, 5, 6, 255, 0, 0, 0, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn a_square_that_is_not_filled_is_refused() {
        assert!(square(2, &[[0, 0, 0]], &[0, 0, 0]).is_err());
    }
}
