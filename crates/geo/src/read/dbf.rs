//! The table of a shapefile (dBase III). Read as text: numbers stay as they were written, which long ids need.

use super::error::ReadFault;
use crate::feature::Remark;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::collections::BTreeMap;

const FORMAT: &str = "shapefile (.dbf)";

/// A row of the table.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub deleted: bool,
    pub values: BTreeMap<String, String>,
}

struct Column {
    name: String,
    kind: u8,
    size: usize,
}

/// Reads the rows. The .cpg names the encoding; without it the table may.
pub(super) fn read(dbf: &[u8], cpg: Option<&[u8]>, remarks: &mut Vec<Remark>) -> Result<Vec<Row>, ReadFault> {
    let cut = |at: usize| ReadFault::Cut { format: FORMAT, place: format!("byte {at}") };
    let head = dbf.first_chunk::<32>().ok_or_else(|| cut(dbf.len()))?;
    let [_, _, _, _, c0, c1, c2, c3, h0, h1, r0, r1, ..] = *head;
    let count = u32::from_le_bytes([c0, c1, c2, c3]) as usize;
    let head_size = usize::from(u16::from_le_bytes([h0, h1]));
    let row_size = usize::from(u16::from_le_bytes([r0, r1]));
    let language = head.get(29).copied().unwrap_or_default();
    let columns_bytes = dbf.get(32..head_size).ok_or_else(|| cut(dbf.len()))?;
    let encoding = encoding(cpg, language, remarks);
    let (fields, _) = columns_bytes.as_chunks::<32>();
    let columns: Vec<Column> = fields
        .iter()
        .take_while(|field| field.first() != Some(&0x0d))
        .map(|field| {
            let (name, rest) = field.split_at(11);
            let name = name.split(|byte| *byte == 0).next().unwrap_or_default();
            let kind = rest.first().copied().unwrap_or_default();
            let size = usize::from(rest.get(5).copied().unwrap_or_default());
            Column { name: decode(encoding, name).trim().to_owned(), kind, size }
        })
        .collect();
    if row_size == 0 || columns.iter().map(|column| column.size).sum::<usize>() + 1 > row_size {
        let detail = "de kolommen passen niet in een rij".to_owned();
        return Err(ReadFault::Syntax { format: FORMAT, place: "kop".to_owned(), detail });
    }
    let rows = dbf.get(head_size..).unwrap_or_default();
    if count > rows.len() / row_size {
        return Err(cut(dbf.len()));
    }
    let mut read = Vec::with_capacity(count);
    for row in rows.chunks_exact(row_size).take(count) {
        let deleted = row.first() == Some(&b'*');
        let mut values = BTreeMap::new();
        let mut at = 1;
        for column in &columns {
            let value = row.get(at..at + column.size).unwrap_or_default();
            at += column.size;
            if let Some(text) = text(column.kind, value, encoding) {
                values.insert(column.name.clone(), text);
            }
        }
        read.push(Row { deleted, values });
    }
    Ok(read)
}

/// A value as people write it; nothing when it was left open.
fn text(kind: u8, value: &[u8], encoding: Option<&'static Encoding>) -> Option<String> {
    let text = decode(encoding, value);
    let text = text.trim_matches(|c: char| c == '\0' || c.is_whitespace());
    if text.is_empty() || (kind != b'C' && text.starts_with('*')) {
        return None;
    }
    match kind {
        b'D' => match (text.get(..4), text.get(4..6), text.get(6..8)) {
            (Some("0000"), ..) => None,
            (Some(year), Some(month), Some(day)) => Some(format!("{year}-{month}-{day}")),
            _ => Some(text.to_owned()),
        },
        b'L' => match text {
            "T" | "t" | "Y" | "y" | "J" | "j" => Some("true".to_owned()),
            "F" | "f" | "N" | "n" => Some("false".to_owned()),
            _ => None,
        },
        _ => Some(text.to_owned()),
    }
}

fn decode(encoding: Option<&'static Encoding>, bytes: &[u8]) -> String {
    match encoding {
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        },
    }
}

/// The encoding, or none when it is not told: then text is taken for UTF-8 where it is that, and Windows-1252 where it
/// is not.
fn encoding(cpg: Option<&[u8]>, language: u8, remarks: &mut Vec<Remark>) -> Option<&'static Encoding> {
    let name = cpg
        .map(|cpg| String::from_utf8_lossy(cpg).trim().to_ascii_lowercase())
        .filter(|name| !name.is_empty());
    let Some(name) = name else {
        return match language {
            0x03 | 0x57..=0x59 => Some(WINDOWS_1252),
            0xc8 => Some(encoding_rs::WINDOWS_1250),
            _ => None,
        };
    };
    let number = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    let found = Encoding::for_label(name.as_bytes()).or(match number {
        "65001" | "8" => Some(UTF_8),
        "88591" | "8859-1" | "28591" | "1252" => Some(WINDOWS_1252),
        "885915" | "8859-15" | "28605" => Some(encoding_rs::ISO_8859_15),
        "1250" => Some(encoding_rs::WINDOWS_1250),
        _ => None,
    });
    if found.is_none() {
        let text =
            format!("de .cpg noemt een onbekende codering (`{name}`); letters met accenten kunnen fout zijn");
        remarks.push(Remark { feature: String::new(), text });
    }
    found
}
