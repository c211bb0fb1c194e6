//! `brink normen` and `brink woordenlijst`, with the small package.

use crate::run::on_klein;
use insta::assert_snapshot;

fn shown(arguments: &[&str]) -> String {
    let ran = on_klein(arguments);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    ran.out
}

#[test]
fn norms_of_a_section() {
    assert_snapshot!(shown(&["normen", "--onderdeel", "2.1"]));
}

#[test]
fn norms_of_an_activity_and_an_area() {
    let ids = |arguments: &[&str]| -> Vec<String> {
        let ran = on_klein(&[&["normen", "--json"], arguments].concat());
        let answer = ran.json();
        answer["normen"]
            .as_array()
            .unwrap()
            .iter()
            .map(|norm| norm["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids(&["--activiteit", "dorpsfeest"]), ["2.1-03", "2.1.1-01", "2.2.1-01", "3-01"]);
    assert_eq!(ids(&["--gebied", "stiltegebied"]), ["2.1.1-01", "2.2-01"]);
    assert_eq!(ids(&["--gebied", "heide", "--onderdeel", "2"]), ["2.2-01"]);
    assert_eq!(ids(&["--activiteit", "visie-herzien"]), [""; 0]);
    assert_eq!(ids(&[]).len(), 7);
}

#[test]
fn norms_of_what_does_not_exist() {
    for (arguments, message) in [
        (["--onderdeel", "2.9"], "onderdeel `2.9` bestaat niet\n  bedoeld: 2.1, 2.2?"),
        (["--activiteit", "woningbouw"], "activiteit `woningbouw` bestaat niet\n  bedoeld: woning-bouwen?"),
        (["--gebied", "heiden"], "gebied `heiden` bestaat niet\n  bedoeld: heide?"),
    ] {
        let ran = on_klein(&[&["normen"], &arguments[..]].concat());
        assert_eq!((ran.code, ran.out.as_str(), ran.err), (2, "", format!("fout: {message}\n")));
    }
}

#[test]
fn facts() {
    assert_snapshot!(shown(&["woordenlijst", "gegevens"]));
}

#[test]
fn words_found_and_not_found() {
    let found = on_klein(&["woordenlijst", "zoek", "een", "winkeltje"]);
    assert_eq!(found.code, 0, "{found:?}");
    assert!(found.out.starts_with("bedrijf-vestigen "), "{}", found.out);
    let nothing = on_klein(&["woordenlijst", "zoek", "raketbasis"]);
    assert_eq!((nothing.code, nothing.err.as_str()), (1, ""));
    assert!(nothing.out.starts_with("`raketbasis` staat niet in de woordenlijst"), "{}", nothing.out);
    assert_eq!(on_klein(&["woordenlijst", "zoek", "raketbasis", "--json"]).json()["gevonden"], false);
}

#[test]
fn searching_without_saying_so() {
    let ran = on_klein(&["woordenlijst", "gebieden", "hei"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (2, "fout: zoeken gaat met `brink woordenlijst zoek \"hei\"`\n")
    );
}

#[test]
fn goals() {
    assert_snapshot!(shown(&["doelen"]), @r"
    Wonen in het lint
      Woningen in het lint
        minstens 12 woningen, in 2031
        delen: noord 7; zuid 4
        klopt niet: genoemd is 12 woningen, de delen zijn samen 11
        woningen-in-het-lint · 3-01 · regels 117-120

    Leefomgeving
      De bus rijdt
        buurtbus (ma, wo, vr): 8-18 uur 1 per uur
        bus · 3-01 · regels 117-120

    Sommen in de bron die niet kloppen
      - Woningen in het lint: genoemd is 12 woningen, de delen zijn samen 11
        Noord en zuid samen zijn er een minder.

    1 doel, 1 dienst, 1 som die niet klopt
    ");
}
