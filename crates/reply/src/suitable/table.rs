//! The zones as a GeoPackage.

use super::{Finding, border};
use brink_geo::write::{Cell, Column, Kind, Row, Table, WriteError, geopackage as write};

const COLUMNS: [Column<'_>; 6] = [
    Column { name: "rang", kind: Kind::Integer },
    Column { name: "oordeel", kind: Kind::Text },
    Column { name: "hectare", kind: Kind::Real },
    Column { name: "redenen", kind: Kind::Text },
    Column { name: "kaartsoort", kind: Kind::Text },
    Column { name: "grens", kind: Kind::Text },
];

/// The zones, one a row, in their order.
pub(super) fn geopackage(answer: &Finding<'_>) -> Result<Vec<u8>, WriteError> {
    let rows: Vec<Row<'_>> = (1_i64..)
        .zip(answer.zones.iter())
        .map(|(rank, zone)| {
            let reasons: Vec<String> = answer
                .deciding(zone)
                .into_iter()
                .filter_map(|norm| answer.reason(norm))
                .map(|reason| format!("[{}] {}", reason.id, reason.samenvatting))
                .collect();
            Row {
                shape: &zone.shape,
                cells: vec![
                    Cell::Integer(rank),
                    Cell::Text(zone.oordeel.word().to_owned()),
                    Cell::Real((zone.hectares * 100.0).round() / 100.0),
                    Cell::Text(reasons.join("\n")),
                    Cell::Text(answer.sort().to_owned()),
                    Cell::Text(border(zone).to_owned()),
                ],
            }
        })
        .collect();
    let title = format!("Zones voor {}", answer.activity());
    let mut description = vec![answer.made_with()];
    description.extend(answer.remarks().iter().map(|remark| (*remark).to_owned()));
    description.push(answer.package.info.disclaimer.clone());
    write(&Table {
        name: "zones",
        title: &title,
        description: &description.join("\n"),
        date: &answer.date,
        columns: &COLUMNS,
        rows: &rows,
    })
}
