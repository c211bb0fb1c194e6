//! `brink toets --lijst`: one plan in many places, a line each; bad rows are told and kept out.

use crate::run::{Ran, text};
use crate::streek::{Streek, collection, feature, geopackage, lonlat, rect};
use serde_json::{Value, json};

const HOUSE: [&str; 7] =
    ["toets", "--activiteit", "woning-bouwen", "--gegeven", "oppervlakte-m2=1000", "--onderdeel", "2.2"];

fn lines(ran: &Ran) -> Vec<Value> {
    ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Number, id, and verdict or fault of each line.
fn told(ran: &Ran) -> Vec<(u64, String, String)> {
    lines(ran)
        .iter()
        .map(|line| {
            let said = match line["oordeel"].as_str() {
                Some(verdict) => verdict.to_owned(),
                None => text(&line["fout"]["meldingen"][0]["melding"]).to_owned(),
            };
            (line["nr"].as_u64().unwrap(), text(&line["id"]).to_owned(), said)
        })
        .collect()
}

fn list(streek: &Streek, file: &str, more: &[&str]) -> Ran {
    streek.run(&[&HOUSE[..], &["--lijst", file], more].concat())
}

fn table() -> String {
    let at = |x: f64| {
        let [longitude, latitude] = lonlat(x, 500.0);
        format!("{longitude},{latitude}")
    };
    format!(
        "naam,lon,lat\nhei,{}\ntussen,{}\nweg,geen,52.9\nkort\nbuiten,{}\n\"met, komma\",{}\n",
        at(100.0),
        at(500.0),
        at(-100.0),
        at(50.0)
    )
}

#[test]
fn a_table_with_bad_rows() {
    let streek = Streek::new("lijst-csv");
    let file = streek.file("plekken.csv", table());
    let ran = list(&streek, &file, &[]);
    assert_eq!((ran.code, ran.err.as_str()), (2, ""));
    let row = |n, id: &str, said: &str| (n, id.to_owned(), said.to_owned());
    assert_eq!(
        told(&ran),
        [
            row(1, "hei", "strijdig"),
            row(2, "tussen", "geen-belang"),
            row(3, "weg", "`geen` is geen getal"),
            row(4, "kort", "de rij heeft 1 kolom, en de kop 3"),
            row(5, "buiten", "het plan ligt buiten De streek: daar gaat deze visie niet over"),
            row(6, "met, komma", "strijdig"),
        ]
    );
    let heath = &lines(&ran)[0];
    assert_eq!((&heath["normen"], &heath["onzeker"]), (&json!(["2.2-01"]), &json!(false)));
}

#[test]
fn a_row_can_be_where_an_earlier_run_stopped() {
    let streek = Streek::new("lijst-vanaf");
    let file = streek.file("plekken.csv", table());
    let all = list(&streek, &file, &[]).out;
    let rest = list(&streek, &file, &["--vanaf", "5"]).out;
    assert_eq!(rest.lines().count(), 2);
    assert!(all.ends_with(&rest));
    let none = list(&streek, &file, &["--vanaf", "7"]);
    assert_eq!((none.code, none.out.as_str()), (0, ""));
}

#[test]
fn tables_as_the_dutch_write_them() {
    let streek = Streek::new("lijst-nl");
    let rd = |x: f64| format!("{};{}", format!("{:.1}", 230_000.0 + x).replace('.', ","), "550500,5");
    let text = format!("\u{feff}ID;X;Y\r\na;{}\r\nb;{}\r\n", rd(100.0), rd(500.0));
    let file = streek.file("rd.csv", text);
    let ran = list(&streek, &file, &[]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let verdicts: Vec<String> = told(&ran).into_iter().map(|row| row.2).collect();
    assert_eq!(verdicts, ["strijdig", "geen-belang"]);
    let [longitude, latitude] = lonlat(100.0, 500.0);
    let file = streek.file("tab.tsv", format!("lengtegraad\tbreedtegraad\n{longitude}\t{latitude}\n"));
    assert_eq!(told(&list(&streek, &file, &[]))[0].2, "strijdig");
}

#[test]
fn shapes_from_a_map_file() {
    let streek = Streek::new("lijst-kaart");
    let bounds = [[100.0, 10.0, 200.0, 100.0], [500.0, 10.0, 550.0, 100.0], [-200.0, 10.0, -100.0, 100.0]];
    let shapes: Vec<Value> = bounds
        .iter()
        .enumerate()
        .map(|(n, bounds)| {
            let mut feature = feature(&rect(*bounds), &json!({}));
            feature["id"] = json!(n + 1);
            feature
        })
        .collect();
    let outside = "het plan ligt buiten De streek: daar gaat deze visie niet over";
    let expected: Vec<(u64, String, String)> = (1..)
        .zip(["strijdig", "geen-belang", outside])
        .map(|(n, said)| (n, n.to_string(), said.to_owned()))
        .collect();
    for file in [
        streek.file("plekken.geojson", collection(&shapes).to_string()),
        streek.file("plekken.gpkg", geopackage(&bounds)),
    ] {
        let ran = list(&streek, &file, &[]);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert_eq!(told(&ran), expected, "{file}");
    }
}

#[test]
fn a_bad_shape_in_a_map_file_keeps_its_number_and_is_told() {
    let streek = Streek::new("lijst-kapot");
    let mut empty = feature(&Value::Null, &json!({}));
    empty["id"] = json!("leeg");
    let mut good = feature(&rect([100.0, 0.0, 200.0, 100.0]), &json!({}));
    good["id"] = json!("goed");
    let file = streek.file("kapot.geojson", collection(&[empty, good]).to_string());
    let ran = list(&streek, &file, &[]);
    assert_eq!(ran.code, 2, "what was left out is told: {ran:?}");
    assert_eq!(told(&ran)[0].1, "goed");
    assert!(ran.err.contains("leeg"), "{}", ran.err);
}

#[test]
fn many_rows_are_all_answered_in_order() {
    let streek = Streek::new("lijst-veel");
    let mut text = "id,x,y\n".to_owned();
    for n in 0..20_000_u32 {
        text.push_str(&format!("p{n},{},{}\n", 230_050.5 + f64::from(n % 900), 550_500));
    }
    let file = streek.file("veel.csv", text);
    let ran = list(&streek, &file, &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let rows = told(&ran);
    assert_eq!(rows.len(), 20_000);
    for (n, (number, id, verdict)) in rows.iter().enumerate() {
        assert_eq!((*number, id), (n as u64 + 1, &format!("p{n}")));
        assert_eq!(verdict, if n % 900 < 350 { "strijdig" } else { "geen-belang" }, "{n}");
    }
}

#[test]
fn lists_that_can_not_be_read() {
    let streek = Streek::new("lijst-fout");
    for (name, content, words) in [
        (
            "zonder.csv",
            "naam,plek\na,b\n",
            "heeft geen kolommen lon en lat, of x en y (RD)\n  er zijn: naam, plek",
        ),
        ("leeg.csv", "", "heeft geen kopregel"),
        ("kapot.geojson", "{\"type\": \"FeatureCollection\", \"features\": [", "kapot.geojson"),
        ("tekst.gpkg", "geen kaart", "geen GeoPackage"),
    ] {
        let file = streek.file(name, content);
        let said = crate::streek::fault(&list(&streek, &file, &[]));
        assert!(said.contains(words), "{name}: {said}");
    }
    let said = crate::streek::fault(&list(&streek, "/er/is/niets.csv", &[]));
    assert!(said.contains("het bestaat niet"), "{said}");
    let file = streek.file("plekken.csv", table());
    let said = crate::streek::fault(&streek.run(&["toets", "--lijst", &file]));
    assert!(said.contains("--activiteit"), "{said}");
}
