//! Assessing a plan on the pages.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use brink_assess::{Plan, assess_inside};
use common::{app, ask, get, parts, post_form, query};
use std::collections::HashMap;

/// The verdict a page shows.
fn verdict(html: &str) -> &str {
    let at = html.find("brink-uitslag brink-uitslag--").expect("a verdict");
    let rest = &html[at + "brink-uitslag brink-uitslag--".len()..];
    &rest[..rest.find('"').unwrap()]
}

#[tokio::test]
async fn the_page_says_what_the_engine_says_for_every_example() {
    let own = parts();
    let world = app().world();
    for example in &own.examples {
        let plan = Plan::from_value(&example.plan, &own.package).unwrap();
        let expected = assess_inside(&own.package, &plan, &world.options()).unwrap();
        let start = get("/").await.text();
        assert!(start.contains("brink-kaartje"));
        let facts =
            example.plan.get("gegevens").and_then(|facts| facts.as_object()).cloned().unwrap_or_default();
        let mut pairs: Vec<(String, String)> =
            vec![("activiteit".to_owned(), example.plan["activiteit"].as_str().unwrap().to_owned())];
        for (id, value) in facts {
            let text = match value {
                serde_json::Value::Bool(true) => "ja".to_owned(),
                serde_json::Value::Bool(false) => "nee".to_owned(),
                serde_json::Value::Null => "onbekend".to_owned(),
                serde_json::Value::String(text) => text,
                other => other.to_string(),
            };
            pairs.push((format!("g.{id}"), text));
        }
        for area in
            example.plan.pointer("/gebieden/binnen").and_then(|areas| areas.as_array()).into_iter().flatten()
        {
            pairs.push(("gebied".to_owned(), area.as_str().unwrap().to_owned()));
        }
        for area in
            example.plan.pointer("/gebieden/buiten").and_then(|areas| areas.as_array()).into_iter().flatten()
        {
            pairs.push((format!("m.{}", area.as_str().unwrap()), "buiten".to_owned()));
        }
        for area in example
            .plan
            .pointer("/gebieden/onbekend")
            .and_then(|areas| areas.as_array())
            .into_iter()
            .flatten()
        {
            pairs.push((format!("m.{}", area.as_str().unwrap()), "onbekend".to_owned()));
        }
        if let Some([x, y]) =
            example.plan.pointer("/locatie/coordinates").and_then(|at| at.as_array()).map(Vec::as_slice)
            && example.plan["locatie"]["type"] == "Point"
        {
            pairs.push(("punt".to_owned(), format!("{x},{y}")));
        } else if example.plan.get("locatie").is_some() {
            continue;
        } else {
            pairs.push(("verder".to_owned(), "buiten".to_owned()));
        }
        if let Some(date) = example.plan.get("peildatum").and_then(|date| date.as_str()) {
            pairs.push(("peildatum".to_owned(), date.to_owned()));
        }
        for section in example.plan.get("onderdelen").and_then(|list| list.as_array()).into_iter().flatten() {
            pairs.push(("onderdeel".to_owned(), section.as_str().unwrap().to_owned()));
        }
        let page = get(&format!("/toets?{}", serde_urlencoded::to_string(&pairs).unwrap())).await;
        assert_eq!(page.status, StatusCode::OK, "{}", example.name);
        assert_eq!(verdict(&page.text()), expected.oordeel.word(), "{}", example.name);
        let json = get(&format!("/toets.json?{}", serde_urlencoded::to_string(&pairs).unwrap())).await.json();
        let mut expected = serde_json::to_value(&expected).unwrap();
        // A title does not stand in these addresses.
        expected.as_object_mut().unwrap().remove("titel");
        assert_eq!(json, expected, "{}", example.name);
    }
}

#[tokio::test]
async fn without_an_activity_one_chooses_one() {
    let page = get("/toets?q=geitenstal").await.text();
    assert!(page.contains("/toets?activiteit=geitenhouderij"), "{page}");
    let page = get("/toets?activiteit=bestaat-niet&punt=6.56,52.99").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("geen activiteit die deze visie kent"));
    // The place stays with the choice.
    assert!(page.text().contains("punt=6.56%2C52.99"));
}

#[tokio::test]
async fn a_place_is_found_by_name_coordinates_and_rd() {
    let at = |typed: &'static str| async move {
        let answer = get(&format!("/toets?{}", query(&[("activiteit", "zonnepark"), ("waar", typed)]))).await;
        (answer.status, answer.header("location").to_owned(), answer.text())
    };
    let (status, location, _) = at("Gieten").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(location.contains("vorm=POINT"), "{location}");
    let (status, location, _) = at("233500, 557000").await;
    assert_eq!((status, location.contains("POINT%286.5")), (StatusCode::SEE_OTHER, true), "{location}");
    let (_, location, _) = at("gemeente emmen").await;
    assert!(location.contains("gebied=gemeente-emmen"), "{location}");
    let (status, _, text) = at("Gietem").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Gieten"), "the nearest name is told");
    let (_, _, text) = at("52.99, 6.56").await;
    assert!(text.contains("verwisseld"));
}

#[tokio::test]
async fn somewhere_in_a_municipality_knows_what_the_map_knows() {
    let json = get("/toets.json?activiteit=zonnepark&gebied=gemeente-emmen").await.json();
    let relation = |id: &str| {
        let areas = json["gebieden"].as_array().unwrap();
        areas
            .iter()
            .find(|area| area["id"] == id)
            .map_or("", |area| area["relatie"].as_str().unwrap())
            .to_owned()
    };
    assert_eq!(relation("gemeente-emmen"), "binnen");
    // The map says where the plan cannot lie, and stands in the receipt.
    let asked = |json: &serde_json::Value| {
        let questions = json["vragen"].as_array().unwrap();
        questions.iter().filter(|question| question["soort"] == "gebied").count()
    };
    let nowhere = get("/toets.json?activiteit=zonnepark").await.json();
    assert!(asked(&json) < asked(&nowhere), "{} {}", asked(&json), asked(&nowhere));
    assert!(!json["bewijs"]["lagen"].as_array().unwrap().is_empty());
    assert_ne!(relation("gemeente-meppel"), "binnen");
    let closed = get("/toets.json?activiteit=zonnepark&gebied=gemeente-emmen&verder=buiten").await.json();
    assert!(closed["vragen"].as_array().unwrap().len() <= json["vragen"].as_array().unwrap().len());
}

#[tokio::test]
async fn what_is_wrong_is_said_and_the_rest_is_judged() {
    let page = get(
        "/toets?activiteit=zonnepark&g.oppervlakte-zonneakker-ha=veel&g.bestaat-niet=ja&vorm=POINT(2+48)",
    )
    .await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    assert!(text.contains("brink-uitslag"));
    assert!(text.matches("role=\"alert\"").count() >= 2, "{text}");
}

#[tokio::test]
async fn answering_moves_a_question_to_the_answers() {
    let page = get("/toets?activiteit=zonnepark&punt=6.763,53.003").await.text();
    let at = page.find("name=\"g.").expect("a question");
    let name: String = page[at + 6..].chars().take_while(|c| *c != '"').collect();
    let fact = name.strip_prefix("g.").unwrap();
    let kind = if page.contains(&format!("id=\"vraag-{fact}-ja\"")) { "ja" } else { "5" };
    let answered = get(&format!("/toets?activiteit=zonnepark&punt=6.763,53.003&{name}={kind}")).await.text();
    assert!(answered.contains(&format!("name=\"wis\" value=\"{fact}\"")), "it can be taken back");
    let skipped =
        get(&format!("/toets?activiteit=zonnepark&punt=6.763,53.003&overslaan={fact}")).await.text();
    assert!(!skipped.contains(&format!("id=\"vraag-{fact}\"")));
    assert!(skipped.contains(&format!("name=\"overslaan\" value=\"{fact}\"")));
}

#[tokio::test]
async fn an_answer_is_kept_shown_and_forgotten() {
    let kept = post_form("/toets/bewaar", &[("vraag", "activiteit=zonnepark&punt=6.763,53.003")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
    let address = kept.header("location").to_owned();
    assert_eq!(address.len(), "/antwoord/".len() + 32);
    let page = get(&address).await.text();
    assert!(page.contains("Dit antwoord is bewaard op"));
    assert!(!page.contains("sindsdien veranderd"));
    let json = get(&format!("{address}/json")).await.json();
    assert_eq!(json["oordeel"], verdict(&page));
    assert_eq!(post_form(&format!("{address}/wis"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(get(&address).await.status, StatusCode::NOT_FOUND);
}

fn multipart(file: &str, name: &str) -> Request<Body> {
    let boundary = "grens";
    let body = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"vraag\"\r\n\r\nactiviteit=zonnepark\r\n--{boundary}\r\n\
         Content-Disposition: form-data; name=\"bestand\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n\
         {file}\r\n--{boundary}--\r\n"
    );
    Request::post("/toets/plek")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={boundary}"))
        .body(Body::from(body))
        .unwrap()
}

#[tokio::test]
async fn a_file_becomes_the_place() {
    let square =
        r#"{"type":"Polygon","coordinates":[[[6.8,52.9],[6.81,52.9],[6.81,52.91],[6.8,52.91],[6.8,52.9]]]}"#;
    let sent = ask(multipart(square, "akker.geojson")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let address = sent.header("location").to_owned();
    assert!(address.contains("vorm=POLYGON"), "{address}");
    let page = get(&address).await.text();
    assert!(page.contains("Een vlak van 74,"), "{page}");
    // A point twice, rings the other way round and heights change nothing to where it lies.
    let from_a_drawing = r#"{"type":"Polygon","coordinates":[[[6.8,52.9,3],[6.8,52.91,3],[6.81,52.91,3],[6.81,52.91,3],[6.81,52.9,3],[6.8,52.9,3]]]}"#;
    let sent = ask(multipart(from_a_drawing, "tekening.geojson")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    assert!(get(sent.header("location")).await.text().contains("Een vlak van 74,"));
    for (file, name, told) in [
        ("{", "stuk.geojson", "niet als plaats te gebruiken"),
        ("", "leeg.geojson", "geen bestand gekozen"),
        ("hallo", "brief.docx", "niet als plaats te gebruiken"),
    ] {
        let refused = ask(multipart(file, name)).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{name}");
        assert!(refused.text().contains(told), "{name}: {}", refused.text());
    }
}

#[tokio::test]
async fn a_large_shape_is_stored_and_drawn() {
    let ring: Vec<String> = (0..=400)
        .map(|n| {
            let angle = f64::from(n % 400) / 400.0 * std::f64::consts::TAU;
            format!("[{:.7},{:.7}]", 6.8 + 0.01 * angle.cos(), 52.9 + 0.006 * angle.sin())
        })
        .collect();
    let circle = format!(r#"{{"type":"Polygon","coordinates":[[{}]]}}"#, ring.join(","));
    let sent = ask(multipart(&circle, "rond.json")).await;
    let address = sent.header("location").to_owned();
    assert!(address.contains("plek="), "{address}");
    let page = get(&address).await.text();
    assert!(page.contains("data-vorm=\"POLYGON"), "the map shows it");
}

#[tokio::test]
async fn two_variants_side_by_side() {
    let a = "activiteit=zonnepark&gebied=landelijk-gebied&verder=buiten";
    let b = "activiteit=zonnepark&gebied=natuurnetwerk-nederland&verder=buiten";
    let page = get(&format!("/toets/vergelijk?{}", query(&[("a", a), ("b", b)]))).await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    assert!(text.contains("Normen met een andere uitkomst"), "{text}");
    let wrong = get(&format!("/toets/vergelijk?{}", query(&[("a", a), ("b", "activiteit=x")]))).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn search_understands_activity_and_place() {
    let links = |text: String| -> HashMap<String, bool> {
        [
            "/toets?activiteit=zonnepark&#38;punt=6.763%2C53.003",
            "/waar?punt=6.763,53.003",
            "gebied=gemeente-emmen",
        ]
        .into_iter()
        .map(|link| (link.to_owned(), text.contains(link)))
        .collect()
    };
    let both = links(get("/zoek?q=zonnepark+bij+Gieten").await.text());
    assert!(both["/toets?activiteit=zonnepark&#38;punt=6.763%2C53.003"] && both["/waar?punt=6.763,53.003"]);
    let only = links(get("/zoek?q=emmen").await.text());
    assert!(only["gebied=gemeente-emmen"]);
    assert!(get("/zoek?q=xqzzy").await.text().contains("Niets gevonden"));
}
