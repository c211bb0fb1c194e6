//! Every check, with the smallest package that trips it: code, place, message and help.

use crate::fixture::{faults, norm, remarks};
use insta::assert_snapshot;

#[test]
fn the_package_the_fixtures_start_from_has_no_faults() {
    assert_eq!(faults(""), "");
}

mod p001_yaml {
    use super::*;

    #[test]
    fn syntax() {
        assert_snapshot!(faults("//- gebieden.yaml\n- id: bos\n  naam: \"Bos\n"), @r#"
        gebieden.yaml:2:9 fout P001: een aanhalingsteken wordt niet gesloten
          |   naam: "Bos
          |         ^
          = zet aan het eind hetzelfde aanhalingsteken als aan het begin
        "#);
    }

    #[test]
    fn indentation() {
        assert_snapshot!(faults("//- gebieden.yaml\n- id: bos\n naam: Bos\n"), @"
        gebieden.yaml:2:2 fout P001: het inspringen klopt hier niet
          |  naam: Bos
          |  ^
          = zet de sleutels van een onderdeel recht onder elkaar; een nieuw onderdeel begint met `- `
        ");
    }

    #[test]
    fn anchor_alias_and_tag() {
        assert_snapshot!(faults("//- normen/1.yaml\n- &a {id: 1-01}\n- *a\n"), @"
        normen/1.yaml:1:3 fout P001: ankers en verwijzingen (`&naam`, `*naam`) worden niet gelezen
          | - &a {id: 1-01}
          |   ^^^^
          = schrijf de waarde voluit
        ");
        assert_snapshot!(faults("//- normen/1.yaml\n- id: 1-01\n  onderdeel: !!str 1\n"), @"
        normen/1.yaml:2:14 fout P001: YAML-tags (`!naam`) worden niet gelezen
          |   onderdeel: !!str 1
          |              ^^^^^^^
          = haal de tag weg
        ");
        assert_snapshot!(faults("//- normen/1.yaml\n- id: *onbekend\n"), @"
        normen/1.yaml:1:7 fout P001: ankers en verwijzingen (`&naam`, `*naam`) worden niet gelezen
          | - id: *onbekend
          |       ^
          = schrijf de waarde voluit
        ");
    }

    #[test]
    fn key_twice() {
        assert_snapshot!(faults("//- normen/1.yaml\n- id: 1-01\n  regels: [1, 2]\n  id: 1-02\n"), @"
        normen/1.yaml:3:3 fout P001: sleutel `id` staat hier twee keer
          |   id: 1-02
          |   ^^
          = voeg ze samen of haal er een weg
        ");
    }

    #[test]
    fn two_documents() {
        assert_snapshot!(faults("//- normen/1.yaml\n[]\n---\n[]\n"), @"
        normen/1.yaml:2:1 fout P001: bestand bevat meer dan één YAML-document
          | ---
          | ^^^
          = haal de scheiding `---` weg of maak er twee bestanden van
        ");
    }

    #[test]
    fn key_that_is_a_list() {
        assert_snapshot!(faults("//- normen/1.yaml\n- ? [a, b]\n  : c\n"), @"
        normen/1.yaml:1:5 fout P001: een sleutel moet een woord zijn, geen lijst of groep
          | - ? [a, b]
          |     ^
          = kijk of het inspringen klopt
        ");
    }
}

mod p002_shape {
    use super::*;

    #[test]
    fn unknown_key_and_the_nearest() {
        assert_snapshot!(faults("//- belangen.yaml\n- {id: natuur, naam: Natuur, soort: belang, omschrijving: Wat leeft., ouders: wonen}\n- {id: wonen, naam: Wonen, soort: belang, omschrijving: Een dak.}"), @"
        belangen.yaml:1:71 fout P002: bij `ouders`: onbekende sleutel `ouders`; hier kan staan: `id`, `naam`, `soort`, `ouder`, `ook_onder`, `omschrijving`, `status`, `kaart`, `in_bsg`, `uitwerking`, `inconsistentie`, `opmerking`, `aliassen`
          | - {id: natuur, naam: Natuur, soort: belang, omschrijving: Wat leeft., ouders: wonen}
          |                                                                       ^^^^^^
          = bedoeld: `ouder`?
        ");
    }

    #[test]
    fn unknown_word_and_the_nearest() {
        assert_snapshot!(faults(&norm("  effect: ja-mitz\n  voorwaarden: [{id: 1-01-v1, tekst: passend, eis: ingepast}]")), @"
        normen/1.yaml:8:11 fout P002: bij `effect`: `ja-mitz` bestaat hier niet; kies uit `verbod`, `nee-tenzij`, `ja-mits`, `toegestaan`, `gewenst`, `onwenselijk`, `aandacht`, `elders`
          |   effect: ja-mitz
          |           ^^^^^^^
          = bedoeld: `ja-mits`?
        ");
    }

    #[test]
    fn wrong_type_is_one_finding() {
        assert_snapshot!(faults(&norm("  effect: aandacht\n  gebieden: bos")), @"
        normen/1.yaml:9:13 fout P002: bij `gebieden`: hier hoort een lijst
          |   gebieden: bos
          |             ^^^
        ");
        assert_snapshot!(faults(&norm("  effect: aandacht\n  als: [ingepast]")), @"
        normen/1.yaml:9:8 fout P002: bij `als`: hier hoort tekst, niet een lijst
          |   als: [ingepast]
          |        ^^^^^^^^^^
        ");
        assert_snapshot!(faults(&norm("  effect: aandacht\n  schakelt_uit: alles")), @"
        normen/1.yaml:9:17 fout P002: bij `schakelt_uit`: hier hoort een groep sleutels met waarden
          |   schakelt_uit: alles
          |                 ^^^^^
        ");
    }

    #[test]
    fn wrong_type_of_something_required() {
        assert_snapshot!(faults("//- normen/1.yaml\n- id: 1-01\n  onderdeel: \"1\"\n  regels: [1, twee]\n  soort: regel\n  samenvatting: Een regel.\n  uitvoering: kennis\n"), @"
        normen/1.yaml:3:15 fout P002: bij `regels.2`: `twee` is hier geen geldig getal
          |   regels: [1, twee]
          |               ^^^^
        ");
        assert_snapshot!(faults("//- normen/1.yaml\n- id: 1-01\n  onderdeel: \"1\"\n  regels: [-1, 2]\n  soort: regel\n  samenvatting: Een regel.\n  uitvoering: kennis\n"), @"
        normen/1.yaml:3:12 fout P002: bij `regels.1`: `-1` is hier geen geldig getal
          |   regels: [-1, 2]
          |            ^^
        ");
        assert_snapshot!(faults("//- normen/1.yaml\n- id: 1-01\n  onderdeel: \"1\"\n  regels: [1, 2, 3]\n  soort: regel\n  samenvatting:\n  uitvoering: kennis\n"), @"
        normen/1.yaml:5:15 fout P002: bij `samenvatting`: hier hoort tekst, maar er staat niets
          |   samenvatting:
          |               ^
        ");
    }

    #[test]
    fn missing_key() {
        assert_snapshot!(faults("//- normen/1.yaml\n- id: 1-01\n  onderdeel: \"1\"\n  soort: regel\n  samenvatting: Een regel.\n  uitvoering: kennis\n"), @"
        normen/1.yaml:1:3 fout P002: sleutel `regels` ontbreekt
          | - id: 1-01
          |   ^^^^^^^^
          = voeg `regels: ...` toe
        ");
    }

    #[test]
    fn several_faults_in_one_value() {
        assert_snapshot!(faults(&norm("  effekt: aandacht\n  effect: aandagt\n  binding: streng\n  overleg: [{partij: buren}]")), @"
        normen/1.yaml:8:3 fout P002: bij `effekt`: onbekende sleutel `effekt`; hier kan staan: `id`, `onderdeel`, `regels`, `soort`, `samenvatting`, `belangen`, `activiteiten`, `gebieden`, `binding`, `algemeen`, `uitvoering`, `verwerkt_in`, `als`, `effect`, `voorwaarden`, `uitzonderingen`, `schakelt_uit`, `bij_niet_voldoen`, `volgorde`, `documenten`, `overleg`, `procedures`, `bevoegd`, `kans`, `partijen`, `instrumenten`, `verwijst_naar`, `getallen`, `reden`, `toelichting`, `geen_geval`, `opmerking`
          |   effekt: aandacht
          |   ^^^^^^
          = bedoeld: `effect`?

        normen/1.yaml:9:11 fout P002: bij `effect`: `aandagt` bestaat hier niet; kies uit `verbod`, `nee-tenzij`, `ja-mits`, `toegestaan`, `gewenst`, `onwenselijk`, `aandacht`, `elders`
          |   effect: aandagt
          |           ^^^^^^^
          = bedoeld: `aandacht`?

        normen/1.yaml:10:12 fout P002: bij `binding`: `streng` bestaat hier niet; kies uit `wettelijk`, `doorwerking-verordening`, `zelfbindend`, `verwachting`, `inspiratie`
          |   binding: streng
          |            ^^^^^^

        normen/1.yaml:11:13 fout P002: bij `overleg.1`: sleutel `waarover` ontbreekt
          |   overleg: [{partij: buren}]
          |             ^^^^^^^^^^^^^^^
          = voeg `waarover: ...` toe
        ");
    }

    #[test]
    fn number_that_is_none() {
        let fact = |minimum: &str| {
            format!(
                "//- gegevens.yaml\n- {{id: hoogte-m, vraag: Hoe hoog?, type: getal, eenheid: m, minimum: {minimum}, herkomst: opgave}}\n"
            )
        };
        assert_snapshot!(faults(&fact("laag")), @"
        gegevens.yaml:1:70 fout P002: bij `minimum`: `laag` is hier geen geldig getal
          | - {id: hoogte-m, vraag: Hoe hoog?, type: getal, eenheid: m, minimum: laag, herkomst: opgave}
          |                                                                      ^^^^
        ");
        assert_snapshot!(faults(&fact("nan")), @"
        gegevens.yaml:1:70 fout P002: bij `minimum`: `nan` is hier geen geldig getal
          | - {id: hoogte-m, vraag: Hoe hoog?, type: getal, eenheid: m, minimum: nan, herkomst: opgave}
          |                                                                      ^^^
        ");
        assert_snapshot!(faults(&fact("1e999")), @"
        gegevens.yaml:1:70 fout P002: bij `minimum`: `1e999` is hier geen geldig getal
          | - {id: hoogte-m, vraag: Hoe hoog?, type: getal, eenheid: m, minimum: 1e999, herkomst: opgave}
          |                                                                      ^^^^^
        ");
    }

    #[test]
    fn map_where_a_list_belongs() {
        assert_snapshot!(faults("//- normen/1.yaml\nid: 1-01\n"), @"
        normen/1.yaml:1:1 fout P002: hier hoort een lijst (regels die met `- ` beginnen)
          | id: 1-01
          | ^^^^^^^^
        ");
    }

    #[test]
    fn terms_that_are_no_groups() {
        assert_snapshot!(faults("//- termen.yaml\n- buren\n"), @"
        termen.yaml:1:1 fout P002: termen.yaml hoort uit de groepen partijen, documenten, instrumenten en begrippen te bestaan
          | - buren
          | ^^^^^^^
        ");
        assert_snapshot!(faults("//- termen.yaml\npartij: []\n"), @"
        termen.yaml:1:1 fout P002: onbekende groep `partij`
          | partij: []
          | ^^^^^^
          = er zijn: partijen, documenten, instrumenten, begrippen
        ");
    }
}

#[test]
fn p003_missing_files() {
    assert_snapshot!(faults("//- without termen.yaml\n//- without onderdelen.yaml"), @"
    fout P003: bestand `onderdelen.yaml` ontbreekt in het pakket
      = een pakket is een map met pakket.yaml, onderdelen.yaml, belangen.yaml, activiteiten.yaml, gebieden.yaml, gegevens.yaml, termen.yaml en normen/

    fout P003: bestand `termen.yaml` ontbreekt in het pakket
      = een pakket is een map met pakket.yaml, onderdelen.yaml, belangen.yaml, activiteiten.yaml, gebieden.yaml, gegevens.yaml, termen.yaml en normen/
    ");
}

#[test]
fn p004_file_that_is_not_read() {
    assert_snapshot!(faults("//- normen.yaml\n[]\n"), @"
    normen.yaml:1:1 waarschuwing P004: bestand `normen.yaml` hoort niet bij een pakket en wordt niet gelezen
      | []
      | ^^
      = uitspraken staan in normen/, gevallen in gevallen/
    ");
}

#[test]
fn p010_duplicate_id() {
    assert_snapshot!(faults("//- belangen.yaml\n- {id: natuur, naam: Natuur, soort: belang, omschrijving: Wat leeft.}\n- {id: wonen, naam: Wonen, soort: belang, omschrijving: Een dak.}\n- {id: natuur, naam: Groen, soort: belang, omschrijving: Wat groeit.}\n"), @"
    belangen.yaml:3:8 fout P010: belang `natuur` bestaat al
      | - {id: natuur, naam: Groen, soort: belang, omschrijving: Wat groeit.}
      |        ^^^^^^
      = het staat ook op belangen.yaml:1; geef dit een ander id of haal het weg
    ");
}

#[test]
fn p010_duplicate_readings_and_options() {
    let twice = faults(
        "//- pakket.yaml
id: proef
titel: Proefvisie
bevoegd_gezag: Gemeente Proef
versie: \"1\"
taal: nl
bron: {naam: proef.txt, sha256: \"00\", regels: 100}
voorbehoud: Dit is een proef.
lezingen:
  - {id: ruim, vraag: Ruim?, keuze: a, opties: [{id: a, naam: ja}, {id: a, naam: nee}]}
  - {id: ruim, vraag: Krap?, keuze: a, opties: [{id: a, naam: ja}, {id: b, naam: nee}]}
",
    );
    assert_snapshot!(twice, @"
    pakket.yaml:9:73 fout P010: optie `a` bestaat al
      |   - {id: ruim, vraag: Ruim?, keuze: a, opties: [{id: a, naam: ja}, {id: a, naam: nee}]}
      |                                                                         ^
      = het staat ook op pakket.yaml:9; geef dit een ander id of haal het weg

    pakket.yaml:10:10 fout P010: lezing `ruim` bestaat al
      |   - {id: ruim, vraag: Krap?, keuze: a, opties: [{id: a, naam: ja}, {id: b, naam: nee}]}
      |          ^^^^
      = het staat ook op pakket.yaml:9; geef dit een ander id of haal het weg
    ");
}

#[test]
fn p010_duplicates_of_every_kind() {
    let twice = "
//- onderdelen.yaml
- {nummer: \"1\", titel: Alles, regels: [1, 100]}
- {nummer: \"1\", titel: Alles, regels: [1, 100]}
//- activiteiten.yaml
- {id: bouwen, naam: Bouwen, omschrijving: Iets., soort: initiatief}
- {id: bouwen, naam: Bouwen, omschrijving: Iets., soort: initiatief}
//- gebieden.yaml
- {id: bos, naam: Bos, soort: gebied, geometrie: vlak, begrensd: kaart, bepaling: kaart}
- {id: bos, naam: Bos, soort: gebied, geometrie: vlak, begrensd: kaart, bepaling: kaart}
//- gegevens.yaml
- {id: ingepast, vraag: Past het?, type: ja-nee, herkomst: oordeel}
- {id: ingepast, vraag: Past het?, type: ja-nee, herkomst: oordeel}
//- termen.yaml
partijen: [{id: buren, naam: Buren, soort: bewoners}, {id: buren, naam: Buren, soort: bewoners}]
documenten:
  - {id: schets, naam: Schets, vorm: tekening, omschrijving: Een schets.}
  - {id: schets, naam: Schets, vorm: tekening, omschrijving: Een schets.}
instrumenten: [{id: besluit, naam: Besluit, soort: besluit}, {id: besluit, naam: Besluit, soort: besluit}]
begrippen: [{id: groen, naam: Groen, betekenis: Blad.}, {id: groen, naam: Groen, betekenis: Blad.}]
//- inconsistenties.yaml
- {id: ruim-of-krap, soort: tegenspraak, botst: Ruim en krap., lezing: Ruim., verandert_oordeel: nee}
- {id: ruim-of-krap, soort: tegenspraak, botst: Ruim en krap., lezing: Ruim., verandert_oordeel: nee}
//- normen/1.yaml
- {id: 1-01, onderdeel: \"1\", regels: [1, 2], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
//- normen/2.yaml
- {id: 1-01, onderdeel: \"1\", regels: [1, 2], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
//- gevallen/1.yaml
- {id: klein, titel: Klein, plan: {activiteit: bouwen}, verwacht: {}}
- {id: klein, titel: Klein, plan: {activiteit: bouwen}, verwacht: {}}
";
    let found = faults(twice);
    let lines: Vec<&str> = found.lines().filter(|line| line.contains("P010")).collect();
    assert_snapshot!(lines.join("\n"), @"
    activiteiten.yaml:2:8 fout P010: activiteit `bouwen` bestaat al
    gebieden.yaml:2:8 fout P010: gebied `bos` bestaat al
    gegevens.yaml:2:8 fout P010: gegeven `ingepast` bestaat al
    gevallen/1.yaml:2:8 fout P010: geval `klein` bestaat al
    inconsistenties.yaml:2:8 fout P010: inconsistentie `ruim-of-krap` bestaat al
    normen/2.yaml:1:8 fout P010: uitspraak `1-01` bestaat al
    onderdelen.yaml:2:12 fout P010: onderdeel `1` bestaat al
    termen.yaml:1:60 fout P010: partij `buren` bestaat al
    termen.yaml:4:10 fout P010: document `schets` bestaat al
    termen.yaml:5:67 fout P010: instrument `besluit` bestaat al
    termen.yaml:6:62 fout P010: begrip `groen` bestaat al
    ");
}

mod p011_unknown_id {
    use super::*;

    #[test]
    fn with_the_nearest() {
        assert_snapshot!(faults(&norm("  effect: aandacht\n  gebieden: [dennebos]\n  activiteiten: [schuren]\n  documenten: [xyz]")), @"
        normen/1.yaml:9:14 fout P011: gebied `dennebos` bestaat niet
          |   gebieden: [dennebos]
          |              ^^^^^^^^
          = bedoeld: dennenbos?

        normen/1.yaml:10:18 fout P011: activiteit `schuren` bestaat niet
          |   activiteiten: [schuren]
          |                  ^^^^^^^
          = voeg het toe aan de woordenlijst of kies een bestaand id

        normen/1.yaml:11:16 fout P011: document `xyz` bestaat niet
          |   documenten: [xyz]
          |                ^^^
          = voeg het toe aan de woordenlijst of kies een bestaand id
        ");
    }

    #[test]
    fn in_every_place_of_a_statement() {
        let found = faults(
            &norm(
                "  effect: ja-mits
  belangen: []
  partijen: [p-1]
  bevoegd: [p-2]
  instrumenten: [i-1]
  verwijst_naar: [\"9\", 9-01]
  voorwaarden:
    - id: 1-01-v1
      tekst: passend
      een_van: [{id: 1-01-v1a, tekst: zus, eis: ingepast, bewijs: [d-1]}]
      bewijs: [d-2]
  overleg: [{partij: p-3, waarover: alles}]
  procedures: [{instrument: i-2, tekst: vraag aan, wie: [p-4]}]
  schakelt_uit: {normen: [9-02], belangen: [b-1], onderdelen: [\"8\"], behalve: [9-03]}",
            )
            .replace("  belangen: [natuur]\n", ""),
        );
        let lines: Vec<&str> = found.lines().filter(|line| line.contains("P011")).collect();
        assert_snapshot!(lines.join("\n"), @"
        normen/1.yaml:9:14 fout P011: partij `p-1` bestaat niet
        normen/1.yaml:10:13 fout P011: partij `p-2` bestaat niet
        normen/1.yaml:11:18 fout P011: instrument `i-1` bestaat niet
        normen/1.yaml:12:19 fout P011: onderdeel `9` bestaat niet
        normen/1.yaml:12:24 fout P011: uitspraak `9-01` bestaat niet
        normen/1.yaml:16:68 fout P011: document `d-1` bestaat niet
        normen/1.yaml:17:16 fout P011: document `d-2` bestaat niet
        normen/1.yaml:18:22 fout P011: partij `p-3` bestaat niet
        normen/1.yaml:19:29 fout P011: instrument `i-2` bestaat niet
        normen/1.yaml:19:58 fout P011: partij `p-4` bestaat niet
        normen/1.yaml:20:27 fout P011: uitspraak `9-02` bestaat niet
        normen/1.yaml:20:45 fout P011: belang `b-1` bestaat niet
        normen/1.yaml:20:64 fout P011: onderdeel `8` bestaat niet
        normen/1.yaml:20:80 fout P011: uitspraak `9-03` bestaat niet
        ");
    }

    #[test]
    fn in_the_vocabulary_and_cases() {
        let found = faults(
            "//- pakket.yaml
id: proef
titel: Proefvisie
bevoegd_gezag: Gemeente Proef
versie: \"1\"
taal: nl
bron: {naam: proef.txt, sha256: \"00\", regels: 100}
voorbehoud: Dit is een proef.
uitgewerkt: [\"7\"]
lezingen: [{id: ruim, vraag: Ruim?, keuze: a, opties: [{id: a, naam: ruim}], inconsistentie: i-9}]
//- belangen.yaml
- {id: natuur, naam: Natuur, soort: belang, ouder: x-1, omschrijving: Wat leeft., ook_onder: [x-2], inconsistentie: i-1, uitwerking: [\"9\"]}
//- activiteiten.yaml
- {id: bouwen, naam: Bouwen, ouder: [x-3], omschrijving: Iets., soort: initiatief}
//- gebieden.yaml
- id: bos
  naam: Bos
  soort: gebied
  ouder: x-4
  geometrie: vlak
  begrensd: kaart
  bepaling: kaart
  complement_van: x-5
  onderdelen: [\"8\"]
  zone: {van: x-6, meter: 50}
//- gegevens.yaml
- {id: ingepast, vraag: Past het?, type: ja-nee, herkomst: oordeel, bewijs: [x-8], gebieden: [x-9], volgt_uit: [{activiteit: x-10, waarde: true}]}
//- termen.yaml
partijen: [{id: buren, naam: Buren, soort: bewoners, ouder: x-11, leden: [x-12]}]
documenten: [{id: schets, naam: Schets, vorm: tekening, omschrijving: Een schets., opsteller: [x-13], deel_van: x-14}]
instrumenten: [{id: besluit, naam: Besluit, soort: besluit, eigenaar: [x-15], onderdeel_van: [x-16]}]
begrippen: [{id: groen, naam: Groen, betekenis: Blad., uitspraak: 9-01}]
//- inconsistenties.yaml
- {id: ruim-of-krap, soort: tegenspraak, secties: [\"6\"], botst: Ruim en krap., lezing: Ruim., verandert_oordeel: nee}
//- gevallen/1.yaml
- id: klein
  titel: Klein
  plan:
    activiteit: x-17
    gegevens: {x-18: true, peildatum: \"2026-01-01\"}
    gebieden: {binnen: [x-19], buiten: [x-20], onbekend: [x-21]}
  verwacht: {}
",
        );
        let lines: Vec<&str> = found.lines().filter(|line| line.contains("P011")).collect();
        assert_snapshot!(lines.join("\n"), @"
        activiteiten.yaml:1:38 fout P011: activiteit `x-3` bestaat niet
        belangen.yaml:1:52 fout P011: belang `x-1` bestaat niet
        belangen.yaml:1:95 fout P011: belang `x-2` bestaat niet
        belangen.yaml:1:117 fout P011: inconsistentie `i-1` bestaat niet
        belangen.yaml:1:135 fout P011: onderdeel `9` bestaat niet
        gebieden.yaml:4:10 fout P011: gebied `x-4` bestaat niet
        gebieden.yaml:8:19 fout P011: gebied `x-5` bestaat niet
        gebieden.yaml:9:16 fout P011: onderdeel `8` bestaat niet
        gebieden.yaml:10:15 fout P011: gebied `x-6` bestaat niet
        gegevens.yaml:1:78 fout P011: document `x-8` bestaat niet
        gegevens.yaml:1:95 fout P011: gebied `x-9` bestaat niet
        gegevens.yaml:1:126 fout P011: activiteit `x-10` bestaat niet
        gevallen/1.yaml:4:17 fout P011: activiteit `x-17` bestaat niet
        gevallen/1.yaml:5:22 fout P011: gegeven `x-18` bestaat niet
        gevallen/1.yaml:6:25 fout P011: gebied `x-19` bestaat niet
        gevallen/1.yaml:6:41 fout P011: gebied `x-20` bestaat niet
        gevallen/1.yaml:6:59 fout P011: gebied `x-21` bestaat niet
        inconsistenties.yaml:1:52 fout P011: onderdeel `6` bestaat niet
        pakket.yaml:8:14 fout P011: onderdeel `7` bestaat niet
        pakket.yaml:9:94 fout P011: inconsistentie `i-9` bestaat niet
        termen.yaml:1:61 fout P011: partij `x-11` bestaat niet
        termen.yaml:1:75 fout P011: partij `x-12` bestaat niet
        termen.yaml:2:96 fout P011: partij `x-13` bestaat niet
        termen.yaml:2:113 fout P011: document `x-14` bestaat niet
        termen.yaml:3:72 fout P011: partij `x-15` bestaat niet
        termen.yaml:3:95 fout P011: instrument `x-16` bestaat niet
        termen.yaml:4:67 fout P011: uitspraak `9-01` bestaat niet
        ");
    }

    /// A case about a package with one norm, with these lines of its own.
    fn case(lines: &str) -> String {
        norm(
            "  effect: ja-mits
  voorwaarden:
    - id: 1-01-v1
      tekst: passend
      een_van: [{id: 1-01-v1a, tekst: zus, eis: ingepast}]
  uitzonderingen: [{id: 1-01-u, tekst: behalve rood, als: kleur = \"rood\"}]
  volgorde: [{id: 1-01-t, tekst: eerst groen, als: kleur = \"groen\"}]",
        ) + &format!("//- gevallen/1.yaml\n- id: klein\n  titel: Klein\n{lines}\n")
    }

    #[test]
    fn in_what_a_case_expects() {
        let found = faults(&case(
            "  lezing: krap
  plan:
    activiteit: bouwen
    onderdelen: [\"1\", \"9\"]
    lezingen: {ruim: c, smal: a}
  verwacht:
    oordeel: past
    normen: [x-1]
    niet_van_toepassing: [x-2]
    uitkomst: {x-3: [past]}
    berust_op: [x-4]
    documenten: [x-5]
    overleg: [x-6]",
        ));
        let lines: Vec<&str> = found.lines().filter(|line| line.contains("fout")).collect();
        assert_snapshot!(lines.join("\n"), @"
        gevallen/1.yaml:3:11 fout P011: lezing `krap` bestaat niet
        gevallen/1.yaml:6:23 fout P011: onderdeel `9` bestaat niet
        gevallen/1.yaml:7:22 fout P011: optie `c` bestaat niet
        gevallen/1.yaml:7:31 fout P011: lezing `smal` bestaat niet
        gevallen/1.yaml:10:14 fout P011: uitspraak `x-1` bestaat niet
        gevallen/1.yaml:11:27 fout P011: uitspraak `x-2` bestaat niet
        gevallen/1.yaml:12:21 fout P011: uitspraak `x-3` bestaat niet
        gevallen/1.yaml:13:17 fout P011: uitspraak `x-4` bestaat niet
        gevallen/1.yaml:14:18 fout P011: document `x-5` bestaat niet
        gevallen/1.yaml:15:15 fout P011: partij `x-6` bestaat niet
        ");
    }

    #[test]
    fn not_what_stands_inside_a_statement() {
        let good = case(
            "  lezing: ruim
  plan:
    activiteit: bouwen
    gebieden: {}
    gegevens: {}
    onderdelen: [\"1\"]
    lezingen: {ruim: b}
  verwacht:
    normen: [1-01, 1-01-v1, 1-01-v1a, 1-01-u, 1-01-t]
    uitkomst: {1-01-v1: [past]}
    documenten: [schets]
    overleg: [buren]",
        );
        assert_eq!(faults(&good), "");
    }
}

mod p012_cycle {
    use super::*;

    #[test]
    fn of_activities() {
        assert_snapshot!(faults("//- activiteiten.yaml\n- {id: bouwen, naam: Bouwen, ouder: schuur, omschrijving: Iets., soort: initiatief}\n- {id: schuur, naam: Schuur, ouder: bouwen, omschrijving: Een schuur., soort: initiatief}\n"), @"
        activiteiten.yaml:2:37 fout P012: activiteit staat in een kringloop: bouwen > schuur > bouwen
          | - {id: schuur, naam: Schuur, ouder: bouwen, omschrijving: Een schuur., soort: initiatief}
          |                                     ^^^^^^
          = haal een van deze schakels weg bij `ouder`
        ");
    }

    #[test]
    fn of_an_area_with_itself() {
        assert_snapshot!(faults("//- gebieden.yaml\n- {id: bos, naam: Bos, soort: gebied, ouder: bos, geometrie: vlak, begrensd: kaart, bepaling: kaart}\n"), @"
        gebieden.yaml:1:46 fout P012: gebied staat in een kringloop: bos > bos
          | - {id: bos, naam: Bos, soort: gebied, ouder: bos, geometrie: vlak, begrensd: kaart, bepaling: kaart}
          |                                              ^^^
          = haal een van deze schakels weg bij `ouder`
        ");
    }

    #[test]
    fn of_interests_by_two_keys() {
        assert_snapshot!(faults("//- belangen.yaml\n- {id: natuur, naam: Natuur, soort: belang, ouder: wonen, omschrijving: Wat leeft.}\n- {id: wonen, naam: Wonen, soort: belang, ook_onder: [natuur], omschrijving: Een dak.}\n"), @"
        belangen.yaml:2:55 fout P012: belang staat in een kringloop: natuur > wonen > natuur
          | - {id: wonen, naam: Wonen, soort: belang, ook_onder: [natuur], omschrijving: Een dak.}
          |                                                       ^^^^^^
          = haal een van deze schakels weg bij `ook_onder`
        ");
    }

    #[test]
    fn of_norms_that_switch_each_other_off() {
        assert_snapshot!(faults("//- normen/1.yaml
- {id: 1-01, onderdeel: \"1\", regels: [1, 2], soort: regel, samenvatting: Een., uitvoering: norm, effect: aandacht, schakelt_uit: {normen: [1-02]}}
- {id: 1-02, onderdeel: \"1\", regels: [1, 2], soort: regel, samenvatting: Twee., uitvoering: norm, effect: aandacht, schakelt_uit: {normen: [1-01]}}
"), @r#"
        normen/1.yaml:2:141 fout P012: norm staat in een kringloop: 1-01 > 1-02 > 1-01
          | - {id: 1-02, onderdeel: "1", regels: [1, 2], soort: regel, samenvatting: Twee., uitvoering: norm, effect: aandacht, schakelt_uit: {normen: [1-01]}}
          |                                                                                                                                             ^^^^
          = haal een van deze schakels weg bij `schakelt_uit`
        "#);
    }

    #[test]
    fn two_parents_are_no_cycle() {
        let diamond = "//- activiteiten.yaml
- {id: iets, naam: Iets, omschrijving: Iets., soort: initiatief}
- {id: links, naam: Links, ouder: iets, omschrijving: Links., soort: initiatief}
- {id: rechts, naam: Rechts, ouder: iets, omschrijving: Rechts., soort: initiatief}
- {id: onder, naam: Onder, ouder: [links, rechts], omschrijving: Onder., soort: initiatief}
";
        assert_eq!(faults(diamond), "");
    }
}

#[test]
fn p013_form_of_an_id() {
    let found = faults(
        "//- activiteiten.yaml
- {id: Bouwen, naam: Bouwen, omschrijving: Iets., soort: initiatief}
- {id: een_schuur, naam: Schuur, omschrijving: Iets., soort: initiatief}
- {id: een--schuur, naam: Schuur, omschrijving: Iets., soort: initiatief}
- {id: -schuur, naam: Schuur, omschrijving: Iets., soort: initiatief}
- {id: \"\", naam: Schuur, omschrijving: Iets., soort: initiatief}
- {id: café, naam: Café, omschrijving: Iets., soort: initiatief}
- {id: a, naam: A, omschrijving: Goed., soort: initiatief}
- {id: b-2, naam: B, omschrijving: Goed., soort: initiatief}
//- gegevens.yaml
- {id: in, vraag: Erin?, type: ja-nee, herkomst: opgave}
",
    );
    assert_snapshot!(found, @r#"
    activiteiten.yaml:1:8 fout P013: id `Bouwen` heeft niet de vorm van een id
      | - {id: Bouwen, naam: Bouwen, omschrijving: Iets., soort: initiatief}
      |        ^^^^^^
      = gebruik kleine letters, cijfers en losse koppeltekens, zoals `natuurnetwerk-nederland`

    activiteiten.yaml:2:8 fout P013: id `een_schuur` heeft niet de vorm van een id
      | - {id: een_schuur, naam: Schuur, omschrijving: Iets., soort: initiatief}
      |        ^^^^^^^^^^
      = gebruik kleine letters, cijfers en losse koppeltekens, zoals `natuurnetwerk-nederland`

    activiteiten.yaml:3:8 fout P013: id `een--schuur` heeft niet de vorm van een id
      | - {id: een--schuur, naam: Schuur, omschrijving: Iets., soort: initiatief}
      |        ^^^^^^^^^^^
      = gebruik kleine letters, cijfers en losse koppeltekens, zoals `natuurnetwerk-nederland`

    activiteiten.yaml:4:8 fout P013: id `-schuur` heeft niet de vorm van een id
      | - {id: -schuur, naam: Schuur, omschrijving: Iets., soort: initiatief}
      |        ^^^^^^^
      = gebruik kleine letters, cijfers en losse koppeltekens, zoals `natuurnetwerk-nederland`

    activiteiten.yaml:5:8 fout P013: id `` heeft niet de vorm van een id
      | - {id: "", naam: Schuur, omschrijving: Iets., soort: initiatief}
      |        ^^
      = gebruik kleine letters, cijfers en losse koppeltekens, zoals `natuurnetwerk-nederland`

    activiteiten.yaml:6:8 fout P013: id `café` heeft niet de vorm van een id
      | - {id: café, naam: Café, omschrijving: Iets., soort: initiatief}
      |        ^^^^
      = gebruik kleine letters, cijfers en losse koppeltekens, zoals `natuurnetwerk-nederland`

    gegevens.yaml:1:8 fout P013: gegeven `in` heeft een naam die in uitdrukkingen al iets betekent
      | - {id: in, vraag: Erin?, type: ja-nee, herkomst: opgave}
      |        ^^
      = kies een andere naam
    "#);
}

mod p014_place {
    use super::*;

    #[test]
    fn no_section() {
        assert_snapshot!(faults("//- normen/1.yaml\n- {id: 1-01, regels: [1, 2], soort: feit, samenvatting: Zo is het., uitvoering: kennis}\n"), @"
        normen/1.yaml:1:3 fout P002: sleutel `onderdeel` ontbreekt
          | - {id: 1-01, regels: [1, 2], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
          |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = voeg `onderdeel: ...` toe
        ");
    }

    #[test]
    fn section_that_does_not_exist() {
        assert_snapshot!(faults("//- normen/1.yaml\n- {id: 1.1-01, onderdeel: \"1.1\", regels: [1, 2], soort: feit, samenvatting: Zo is het., uitvoering: kennis}\n"), @r#"
        normen/1.yaml:1:27 fout P011: onderdeel `1.1` bestaat niet
          | - {id: 1.1-01, onderdeel: "1.1", regels: [1, 2], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
          |                           ^^^^^
          = voeg het toe aan de woordenlijst of kies een bestaand id
        "#);
    }

    #[test]
    fn id_of_another_section() {
        assert_snapshot!(faults("//- normen/1.yaml
- {id: 2-01, onderdeel: \"1\", regels: [1, 2], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
- {id: 1-a, onderdeel: \"1\", regels: [1, 2], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
- {id: \"1\", onderdeel: \"1\", regels: [1, 2], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
"), @r#"
        normen/1.yaml:1:8 fout P014: id `2-01` hoort niet bij onderdeel `1`
          | - {id: 2-01, onderdeel: "1", regels: [1, 2], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
          |        ^^^^
          = een id is het onderdeel en een nummer, zoals `1-01`

        normen/1.yaml:2:8 fout P014: id `1-a` hoort niet bij onderdeel `1`
          | - {id: 1-a, onderdeel: "1", regels: [1, 2], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
          |        ^^^
          = een id is het onderdeel en een nummer, zoals `1-01`

        normen/1.yaml:3:8 fout P014: id `1` hoort niet bij onderdeel `1`
          | - {id: "1", onderdeel: "1", regels: [1, 2], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
          |        ^^^
          = een id is het onderdeel en een nummer, zoals `1-01`
        "#);
    }

    #[test]
    fn lines_that_do_not_exist_or_lie_elsewhere() {
        assert_snapshot!(faults("//- normen/1.yaml
- {id: 1-01, onderdeel: \"1\", regels: [0, 2], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
- {id: 1-02, onderdeel: \"1\", regels: [9, 8], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
- {id: 2-01, onderdeel: \"2\", regels: [99, 101], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
- {id: 1-03, onderdeel: \"1\", regels: [51, 52], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
- {id: 1-04, onderdeel: \"1\", regels: [50, 52], soort: feit, samenvatting: Half is goed., uitvoering: kennis}
"), @r#"
        normen/1.yaml:1:38 fout P014: regels 0 tot 2 van 1-01 bestaan niet
          | - {id: 1-01, onderdeel: "1", regels: [0, 2], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
          |                                      ^^^^^^
          = de bron heeft regels 1 tot en met 100; de eerste komt voor de laatste

        normen/1.yaml:2:38 fout P014: regels 9 tot 8 van 1-02 bestaan niet
          | - {id: 1-02, onderdeel: "1", regels: [9, 8], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
          |                                      ^^^^^^
          = de bron heeft regels 1 tot en met 100; de eerste komt voor de laatste

        normen/1.yaml:3:38 fout P014: regels 99 tot 101 van 2-01 bestaan niet
          | - {id: 2-01, onderdeel: "2", regels: [99, 101], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
          |                                      ^^^^^^^^^
          = de bron heeft regels 1 tot en met 100; de eerste komt voor de laatste

        normen/1.yaml:4:38 fout P014: regels 51 tot 52 van 1-03 liggen buiten onderdeel 1 (regels 1 tot 50)
          | - {id: 1-03, onderdeel: "1", regels: [51, 52], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
          |                                      ^^^^^^^^
          = kijk de regelnummers na in de bron
        "#);
    }
}

mod p015_form {
    use super::*;

    /// A statement of section 1 that is no norm by itself.
    fn statement(lines: &str) -> String {
        format!(
            "//- normen/1.yaml\n- id: 1-01\n  onderdeel: \"1\"\n  regels: [1, 2]\n  soort: regel\n  samenvatting: Een regel.\n{lines}\n"
        )
    }

    #[test]
    fn no_summary() {
        assert_snapshot!(faults(&statement("  uitvoering: kennis").replace("Een regel.", "\" \"")), @r#"
        normen/1.yaml:5:17 fout P015: 1-01 heeft geen samenvatting
          |   samenvatting: " "
          |                 ^^^
          = zeg in eigen woorden wat de bron zegt
        "#);
    }

    #[test]
    fn without_a_case_for_a_reason() {
        assert_eq!(faults(&norm("  effect: aandacht\n  geen_geval: Dit kan niemand nagaan.")), "");
        let found = [
            faults(&statement("  uitvoering: kennis\n  geen_geval: Niets te toetsen.")),
            faults(&norm("  effect: aandacht\n  geen_geval: \" \"")),
            faults(&norm(
                "  effect: ja-mits\n  voorwaarden: [{id: 1-01-v1, tekst: passend, eis: ingepast, geen_geval: \"\"}]",
            )),
            faults(
                &(norm("  effect: aandacht")
                    + "- {id: 1-02, onderdeel: \"1\", regels: [3, 4], soort: regel, samenvatting: Ook., uitvoering: norm, verwerkt_in: 1-01, geen_geval: Zit in 1-01.}\n"),
            ),
        ];
        let found = found.join("\n");
        let lines: Vec<&str> = found.lines().filter(|line| line.contains("fout")).collect();
        assert_snapshot!(lines.join("\n"), @"
        normen/1.yaml:7:15 fout P015: 1-01 is geen norm, maar heeft wel `geen_geval`
        normen/1.yaml:9:15 fout P015: 1-01: `geen_geval` zegt niet waarom
        normen/1.yaml:9:74 fout P015: 1-01: `geen_geval` zegt niet waarom
        normen/1.yaml:9:129 fout P015: 1-02 is verwerkt in 1-01 en heeft zelf geen geval nodig
        ");
    }

    #[test]
    fn silence_needs_a_reason_and_has_no_effect() {
        assert_snapshot!(faults(&statement("  uitvoering: bron-zwijgt")), @"
        normen/1.yaml:6:15 fout P015: 1-01: bij `bron-zwijgt` hoort een `reden`
          |   uitvoering: bron-zwijgt
          |               ^^^^^^^^^^^
          = zeg wat ontbreekt en waar een lezer verder kan zoeken
        ");
        assert_snapshot!(faults(&statement("  uitvoering: bron-zwijgt\n  reden: Er staat niets.\n  effect: verbod")), @"
        normen/1.yaml:8:11 fout P015: 1-01: waar de bron zwijgt is geen effect of voorwaarde te geven
          |   effect: verbod
          |           ^^^^^^
          = haal effect en voorwaarden weg, of maak er een norm van
        ");
        assert_snapshot!(faults(&statement("  uitvoering: bron-zwijgt\n  reden: Er staat niets.\n  voorwaarden: [{id: 1-01-v1, tekst: passend, eis: ingepast}]")), @"
        normen/1.yaml:1:3 fout P015: 1-01: waar de bron zwijgt is geen effect of voorwaarde te geven
          | - id: 1-01
          |   ^^^^^^^^
          = haal effect en voorwaarden weg, of maak er een norm van
        ");
    }

    #[test]
    fn silence_with_a_reason_and_a_condition_when_it_applies_is_good() {
        assert_eq!(
            faults(&statement("  uitvoering: bron-zwijgt\n  reden: Er staat niets.\n  als: ingepast")),
            ""
        );
    }

    #[test]
    fn folded_into_itself() {
        assert_snapshot!(faults(&statement("  uitvoering: norm\n  verwerkt_in: 1-01")), @"
        normen/1.yaml:7:16 fout P015: 1-01 is in zichzelf verwerkt
          |   verwerkt_in: 1-01
          |                ^^^^
          = noem een andere norm
        ");
    }

    #[test]
    fn folded_into_what_does_not_judge() {
        let other = "- {id: 1-02, onderdeel: \"1\", regels: [1, 2], soort: feit, samenvatting: Zo is het., uitvoering: kennis}";
        assert_snapshot!(faults(&statement(&format!("  uitvoering: norm\n  verwerkt_in: 1-02\n{other}"))), @"
        normen/1.yaml:7:16 fout P015: 1-02 is geen norm die oordeelt
          |   verwerkt_in: 1-02
          |                ^^^^
          = noem de norm waarin de uitspraak is opgegaan, niet een die zelf weer in een andere zit
        ");
        let folded = "- {id: 1-02, onderdeel: \"1\", regels: [1, 2], soort: feit, samenvatting: Zo is het., uitvoering: norm, verwerkt_in: 1-03}
- {id: 1-03, onderdeel: \"1\", regels: [1, 2], soort: regel, samenvatting: Let op., uitvoering: norm, effect: aandacht}";
        assert_snapshot!(faults(&statement(&format!("  uitvoering: norm\n  verwerkt_in: 1-02\n{folded}"))), @"
        normen/1.yaml:7:16 fout P015: 1-02 is geen norm die oordeelt
          |   verwerkt_in: 1-02
          |                ^^^^
          = noem de norm waarin de uitspraak is opgegaan, niet een die zelf weer in een andere zit
        ");
    }

    #[test]
    fn folded_and_judging_too() {
        let other = "- {id: 1-02, onderdeel: \"1\", regels: [1, 2], soort: regel, samenvatting: Let op., uitvoering: norm, effect: aandacht}";
        for own in
            ["effect: verbod", "als: ingepast", "voorwaarden: [{id: 1-01-v1, tekst: passend, eis: ingepast}]"]
        {
            let found =
                faults(&statement(&format!("  uitvoering: norm\n  verwerkt_in: 1-02\n  {own}\n{other}")));
            assert_eq!(
                found.matches("P015: 1-01 is verwerkt in 1-02 en kan zelf niet ook nog oordelen").count(),
                1,
                "{own}\n{found}"
            );
        }
    }

    #[test]
    fn knowledge_that_judges() {
        assert_snapshot!(faults(&statement("  uitvoering: kennis
  effect: verbod
  als: ingepast
  voorwaarden: [{id: 1-01-v1, tekst: passend, eis: ingepast}]
  uitzonderingen: [{tekst: behalve dit, als: ingepast}]
  schakelt_uit: {belangen: [natuur]}
  volgorde: [{id: 1-01-t1, tekst: eerst dit, als: ingepast}]")), @"
        normen/1.yaml:7:11 fout P015: 1-01 is geen norm, maar heeft wel `effect`
          |   effect: verbod
          |           ^^^^^^
          = maak er `uitvoering: norm` van of haal de sleutel weg

        normen/1.yaml:8:8 fout P015: 1-01 is geen norm, maar heeft wel `als`
          |   als: ingepast
          |        ^^^^^^^^
          = maak er `uitvoering: norm` van of haal de sleutel weg

        normen/1.yaml:9:16 fout P015: 1-01 is geen norm, maar heeft wel `voorwaarden`
          |   voorwaarden: [{id: 1-01-v1, tekst: passend, eis: ingepast}]
          |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = maak er `uitvoering: norm` van of haal de sleutel weg

        normen/1.yaml:10:19 fout P015: 1-01 is geen norm, maar heeft wel `uitzonderingen`
          |   uitzonderingen: [{tekst: behalve dit, als: ingepast}]
          |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = maak er `uitvoering: norm` van of haal de sleutel weg

        normen/1.yaml:11:17 fout P015: 1-01 is geen norm, maar heeft wel `schakelt_uit`
          |   schakelt_uit: {belangen: [natuur]}
          |                 ^^^^^^^^^^^^^^^^^^^^
          = maak er `uitvoering: norm` van of haal de sleutel weg

        normen/1.yaml:12:13 fout P015: 1-01 is geen norm, maar heeft wel `volgorde`
          |   volgorde: [{id: 1-01-t1, tekst: eerst dit, als: ingepast}]
          |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = maak er `uitvoering: norm` van of haal de sleutel weg
        ");
    }

    #[test]
    fn norm_without_effect() {
        assert_snapshot!(faults(&norm("")), @"
        normen/1.yaml:7:15 fout P015: norm 1-01 heeft geen effect
          |   uitvoering: norm
          |               ^^^^
          = kies verbod, nee-tenzij, ja-mits, toegestaan, gewenst, onwenselijk, aandacht of elders
        ");
    }

    #[test]
    fn prohibition_with_conditions() {
        for effect in ["verbod", "onwenselijk", "elders"] {
            let found = faults(&norm(&format!(
                "  effect: {effect}\n  voorwaarden: [{{id: 1-01-v1, tekst: passend, eis: ingepast}}]"
            )));
            assert!(
                found.contains(&format!(
                    "normen/1.yaml:9:16 fout P015: norm 1-01: bij `{effect}` horen geen voorwaarden"
                )),
                "{found}"
            );
        }
    }

    #[test]
    fn unless_or_provided_without_a_condition() {
        assert_snapshot!(faults(&norm("  effect: nee-tenzij")), @"
        normen/1.yaml:8:11 fout P015: norm 1-01: bij `nee-tenzij` hoort minstens een voorwaarde
          |   effect: nee-tenzij
          |           ^^^^^^^^^^
          = zonder voorwaarde is het een verbod of toegestaan
        ");
        assert_snapshot!(faults(&norm("  effect: ja-mits")), @"
        normen/1.yaml:8:11 fout P015: norm 1-01: bij `ja-mits` hoort minstens een voorwaarde
          |   effect: ja-mits
          |           ^^^^^^^
          = zonder voorwaarde is het een verbod of toegestaan
        ");
    }

    #[test]
    fn on_failure_where_it_does_nothing() {
        assert_snapshot!(faults(&norm("  effect: gewenst\n  bij_niet_voldoen: aandacht")), @"
        normen/1.yaml:9:21 fout P015: norm 1-01: `bij_niet_voldoen` doet bij `gewenst` niets
          |   bij_niet_voldoen: aandacht
          |                     ^^^^^^^^
          = het telt alleen bij ja-mits en toegestaan
        ");
    }

    #[test]
    fn condition_twice() {
        assert_snapshot!(faults(&norm("  effect: ja-mits
  voorwaarden:
    - {id: 1-01-v1, tekst: passend, eis: ingepast}
    - {id: 1-01-v1, tekst: rood, eis: kleur = \"rood\"}")), @r#"
        normen/1.yaml:11:12 fout P015: voorwaarde `1-01-v1` staat twee keer in 1-01
          |     - {id: 1-01-v1, tekst: rood, eis: kleur = "rood"}
          |            ^^^^^^^
          = geef elke voorwaarde een eigen id
        "#);
    }

    #[test]
    fn condition_with_none_or_two_of_requirement_grounds_and_open() {
        assert_snapshot!(faults(&norm("  effect: ja-mits
  voorwaarden:
    - {id: 1-01-v1, tekst: passend}
    - {id: 1-01-v2, tekst: rood, eis: kleur = \"rood\", open: Niemand weet het.}")), @r#"
        normen/1.yaml:10:7 fout P015: voorwaarde `1-01-v1` heeft precies een nodig van: eis, een_van, open
          |     - {id: 1-01-v1, tekst: passend}
          |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = `eis` is een uitdrukking, `een_van` een lijst gronden, `open` zegt waarom niemand het kan vaststellen

        normen/1.yaml:11:7 fout P015: voorwaarde `1-01-v2` heeft precies een nodig van: eis, een_van, open
          |     - {id: 1-01-v2, tekst: rood, eis: kleur = "rood", open: Niemand weet het.}
          |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = `eis` is een uitdrukking, `een_van` een lijst gronden, `open` zegt waarom niemand het kan vaststellen
        "#);
    }

    #[test]
    fn ground_with_more_than_a_ground_can_have() {
        assert_snapshot!(faults(&norm("  effect: ja-mits
  voorwaarden:
    - id: 1-01-v1
      tekst: passend
      een_van:
        - {id: 1-01-v1a, tekst: zus, eis: ingepast, als: hoogte-m > 1}
        - {id: 1-01-v1b, tekst: zo, eis: ingepast, bij_niet_voldoen: aandacht}
        - id: 1-01-v1c
          tekst: genest
          een_van: [{id: 1-01-v1d, tekst: diep, eis: ingepast}]")), @"
        normen/1.yaml:13:11 fout P015: grond `1-01-v1a` kan alleen tekst, eis, open en bewijs hebben
          |         - {id: 1-01-v1a, tekst: zus, eis: ingepast, als: hoogte-m > 1}
          |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = zet `als`, `bij_niet_voldoen` en `geen_geval` bij de voorwaarde erboven

        normen/1.yaml:14:11 fout P015: grond `1-01-v1b` kan alleen tekst, eis, open en bewijs hebben
          |         - {id: 1-01-v1b, tekst: zo, eis: ingepast, bij_niet_voldoen: aandacht}
          |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = zet `als`, `bij_niet_voldoen` en `geen_geval` bij de voorwaarde erboven

        normen/1.yaml:15:11 fout P015: grond `1-01-v1c` kan alleen tekst, eis, open en bewijs hebben
          |         - id: 1-01-v1c
          |           ^^^^^^^^^^^^
          = zet `als`, `bij_niet_voldoen` en `geen_geval` bij de voorwaarde erboven
        ");
    }
}

#[test]
fn p016_form_of_a_fact() {
    assert_snapshot!(faults("//- gegevens.yaml
- {id: kleur, vraag: Welke?, type: keuze, waarden: [{id: rood, naam: rood}], herkomst: opgave}
- {id: ingepast, vraag: Past het?, type: ja-nee, waarden: [{id: ja, naam: ja}], herkomst: opgave}
- {id: hoogte-m, vraag: Hoe hoog?, type: getal, herkomst: opgave}
- {id: einde, vraag: Wanneer?, type: datum, eenheid: dagen, herkomst: opgave}
- {id: breedte-m, vraag: Hoe breed?, type: getal, eenheid: m, minimum: 5, maximum: 2, herkomst: opgave}
- {id: lengte-m, vraag: Hoe lang?, type: getal, eenheid: m, herkomst: opgave, volgt_uit: [{activiteit: bouwen, waarde: ja}]}
"), @r#"
    gegevens.yaml:1:52 fout P016: keuze `kleur` heeft geen twee mogelijkheden
      | - {id: kleur, vraag: Welke?, type: keuze, waarden: [{id: rood, naam: rood}], herkomst: opgave}
      |                                                    ^^^^^^^^^^^^^^^^^^^^^^^^
      = noem ze onder `waarden`

    gegevens.yaml:2:59 fout P016: `ingepast` is geen keuze, maar heeft wel `waarden`
      | - {id: ingepast, vraag: Past het?, type: ja-nee, waarden: [{id: ja, naam: ja}], herkomst: opgave}
      |                                                           ^^^^^^^^^^^^^^^^^^^^
      = maak het type `keuze`

    gegevens.yaml:3:42 fout P016: getal `hoogte-m` heeft geen eenheid
      | - {id: hoogte-m, vraag: Hoe hoog?, type: getal, herkomst: opgave}
      |                                          ^^^^^
      = geef `eenheid`, zoals ha, m, m2, % of stuks

    gegevens.yaml:4:38 fout P016: `einde` is geen getal, maar heeft wel een eenheid of grens
      | - {id: einde, vraag: Wanneer?, type: datum, eenheid: dagen, herkomst: opgave}
      |                                      ^^^^^
      = maak het type `getal`

    gegevens.yaml:5:72 fout P016: `breedte-m`: het minimum is groter dan het maximum
      | - {id: breedte-m, vraag: Hoe breed?, type: getal, eenheid: m, minimum: 5, maximum: 2, herkomst: opgave}
      |                                                                        ^
      = draai ze om

    gegevens.yaml:6:90 fout P016: `lengte-m`: "ja" is geen antwoord op deze vraag
      | - {id: lengte-m, vraag: Hoe lang?, type: getal, eenheid: m, herkomst: opgave, volgt_uit: [{activiteit: bouwen, waarde: ja}]}
      |                                                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      = geef true of false, een getal, of een van de mogelijkheden
    "#);
}

#[test]
fn p016_choice_with_too_many_options_even_when_the_last_is_used() {
    let options: Vec<String> = (1..=66).map(|n| format!("{{id: o{n}, naam: optie {n}}}")).collect();
    let fixture = format!(
        "//- gegevens.yaml\n- {{id: keuze, vraag: Welke?, type: keuze, herkomst: opgave, waarden: [{}]}}\n{}",
        options.join(", "),
        norm("  effect: aandacht\n  als: keuze = \"o66\" or keuze in (\"o1\", \"o65\")")
    );
    let found = faults(&fixture);
    assert!(found.contains("P016: keuze `keuze` heeft meer dan 64 mogelijkheden"), "{found}");
}

#[test]
fn p017_reading_that_takes_an_option_it_does_not_have() {
    assert_snapshot!(faults("//- pakket.yaml
id: proef
titel: Proefvisie
bevoegd_gezag: Gemeente Proef
versie: \"1\"
taal: nl
bron: {naam: proef.txt, sha256: \"00\", regels: 100}
voorbehoud: Dit is een proef.
lezingen:
  - {id: ruim, vraag: Ruim of krap?, keuze: c, opties: [{id: a, naam: ruim}, {id: b, naam: krap}]}
"), @"
    pakket.yaml:9:45 fout P017: lezing `ruim` heeft geen optie `c`
      |   - {id: ruim, vraag: Ruim of krap?, keuze: c, opties: [{id: a, naam: ruim}, {id: b, naam: krap}]}
      |                                             ^
      = kies uit: a, b
    ");
}

mod p020_expression {
    use super::*;

    fn when(expression: &str) -> String {
        faults(&norm(&format!("  effect: aandacht\n  als: {expression}")))
    }

    #[test]
    fn unknown_fact_area_activity_and_reading_with_the_nearest() {
        assert_snapshot!(when("hoogte-mm > 3"), @"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: onbekend gegeven `hoogte-mm`
          |   als: hoogte-mm > 3
          |        ^^^^^^^^^
          = bedoeld: hoogte-m?
        ");
        assert_snapshot!(when("ingepast and binnen(\"dennebos\")"), @r#"
        normen/1.yaml:9:28 fout P020: uitdrukking van 1-01: onbekend gebied `dennebos`
          |   als: ingepast and binnen("dennebos")
          |                            ^^^^^^^^^^
          = bedoeld: dennenbos?
        "#);
        assert_snapshot!(when("activiteit(\"schuren\")"), @r#"
        normen/1.yaml:9:19 fout P020: uitdrukking van 1-01: onbekende activiteit `schuren`
          |   als: activiteit("schuren")
          |                   ^^^^^^^^^
          = het gaat mis bij `"schuren"`
        "#);
        assert_snapshot!(when("lezing(\"ruimer\") = \"a\""), @r#"
        normen/1.yaml:9:15 fout P020: uitdrukking van 1-01: onbekende lezing `ruimer`
          |   als: lezing("ruimer") = "a"
          |               ^^^^^^^^
          = bedoeld: ruim?
        "#);
    }

    #[test]
    fn nothing_near() {
        assert_snapshot!(when("raketbasis"), @"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: onbekend gegeven `raketbasis`
          |   als: raketbasis
          |        ^^^^^^^^^^
          = het gaat mis bij `raketbasis`
        ");
    }

    #[test]
    fn options_that_do_not_exist() {
        assert_snapshot!(when("kleur = \"blauw\""), @r#"
        normen/1.yaml:9:16 fout P020: uitdrukking van 1-01: `blauw` is hier geen mogelijkheid
          |   als: kleur = "blauw"
          |                ^^^^^^^
          = kies uit: rood, groen
        "#);
        assert_snapshot!(when("lezing(\"ruim\") = \"c\""), @r#"
        normen/1.yaml:9:25 fout P020: uitdrukking van 1-01: deze lezing heeft geen optie `c`
          |   als: lezing("ruim") = "c"
          |                         ^^^
          = het gaat mis bij `"c"`
        "#);
    }

    #[test]
    fn wrong_type() {
        assert_snapshot!(when("hoogte-m"), @"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: `hoogte-m` is een getal, geen ja-nee
          |   als: hoogte-m
          |        ^^^^^^^^
          = vergelijk het, bijvoorbeeld `hoogte-m <= 1.5`
        ");
        assert_snapshot!(when("ingepast > 3"), @"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: `ingepast` is een ja-nee en kan hier niet worden vergeleken
          |   als: ingepast > 3
          |        ^^^^^^^^
          = het gaat mis bij `ingepast`
        ");
        assert_snapshot!(when("kleur > \"rood\""), @r#"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: een keuze is alleen met `=`, `!=` of `in` te vergelijken
          |   als: kleur > "rood"
          |        ^^^^^^^^^^^^^^
          = het gaat mis bij `kleur > "rood"`
        "#);
        assert_snapshot!(when("hoogte-m = \"hoog\""), @r#"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: deze twee zijn niet te vergelijken
          |   als: hoogte-m = "hoog"
          |        ^^^^^^^^^^^^^^^^^
          = vergelijk een getal met een getal, of een keuze met een van haar mogelijkheden tussen aanhalingstekens
        "#);
        assert_snapshot!(when("hoogte-m + 1"), @"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: hier hoort iets dat waar of niet waar is, geen som
          |   als: hoogte-m + 1
          |        ^^^^^^^^^^^^
          = vergelijk de som met een getal, bijvoorbeeld `a + b <= 2`
        ");
        assert_snapshot!(when("binnen(\"bos\") = 1"), @r#"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: `binnen(...)` is waar of niet waar en hoeft niet te worden vergeleken
          |   als: binnen("bos") = 1
          |        ^^^^^^^^^^^^^
          = het gaat mis bij `binnen("bos")`
        "#);
        assert_snapshot!(when("naam = \"Jan\""), @r#"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: `naam` is een tekst en kan hier niet worden vergeleken
          |   als: naam = "Jan"
          |        ^^^^
          = het gaat mis bij `naam`
        "#);
    }

    #[test]
    fn units() {
        assert_snapshot!(when("hoogte-m > oppervlakte-m2"), @"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: eenheden verschillen: links m, rechts m2
          |   als: hoogte-m > oppervlakte-m2
          |        ^^^^^^^^^^^^^^^^^^^^^^^^^
          = reken een van de twee om
        ");
        assert_snapshot!(when("hoogte-m + oppervlakte-m2 > 3"), @"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: eenheden verschillen: m en m2
          |   als: hoogte-m + oppervlakte-m2 > 3
          |        ^^^^^^^^^^^^^^^^^^^^^^^^^
          = het gaat mis bij `hoogte-m + oppervlakte-m2`
        ");
        assert_snapshot!(when("hoogte-m * hoogte-m > 3"), @"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: m maal m heeft hier geen eenheid
          |   als: hoogte-m * hoogte-m > 3
          |        ^^^^^^^^^^^^^^^^^^^
          = het gaat mis bij `hoogte-m * hoogte-m`
        ");
        assert_snapshot!(when("3 / hoogte-m > 3"), @"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: een getal gedeeld door m heeft hier geen eenheid
          |   als: 3 / hoogte-m > 3
          |        ^^^^^^^^^^^^
          = het gaat mis bij `3 / hoogte-m`
        ");
        assert_snapshot!(when("afstand(\"bos\") <= oppervlakte-m2"), @r#"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: eenheden verschillen: links m, rechts m2
          |   als: afstand("bos") <= oppervlakte-m2
          |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = reken een van de twee om
        "#);
        assert_snapshot!(when("einde > 3 * hoogte-m"), @"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: eenheden verschillen: links datum, rechts m
          |   als: einde > 3 * hoogte-m
          |        ^^^^^^^^^^^^^^^^^^^^
          = reken een van de twee om
        ");
    }

    #[test]
    fn units_that_go_together() {
        for good in [
            "hoogte-m > 3 and oppervlakte-m2 / oppervlakte-m2 > 0.5",
            "afstand(\"bos\") - hoogte-m >= 10",
            "2 * hoogte-m <= afstand(\"bos\")",
            "einde between date(\"2026-01-01\") and date(\"2027-01-01\")",
            "aandeel(\"bos\") in [0.1..0.9]",
        ] {
            assert_eq!(when(good), "", "{good}");
        }
    }

    #[test]
    fn null_and_the_date_of_judgement() {
        assert_snapshot!(when("hoogte-m = null"), @"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: met `null` kan niet worden vergeleken
          |   als: hoogte-m = null
          |        ^^^^^^^^^^^^^^^
          = een onbekend gegeven maakt de uitkomst vanzelf onbekend; een regel hangt nooit af van wat nog niet bekend is
        ");
        assert_snapshot!(when("peildatum > einde"), @r#"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: `peildatum` is alleen met een vaste datum te vergelijken
          |   als: peildatum > einde
          |        ^^^^^^^^^^^^^^^^^
          = schrijf bijvoorbeeld `peildatum >= date("2024-01-01")`
        "#);
        assert_snapshot!(when("einde > date(\"2026-02-30\")"), @r#"
        normen/1.yaml:9:21 fout P020: uitdrukking van 1-01: `2026-02-30` is geen datum
          |   als: einde > date("2026-02-30")
          |                     ^^^^^^^^^^^^
          = schrijf een datum als "2026-01-31"
        "#);
    }

    #[test]
    fn syntax() {
        assert_snapshot!(when("ingepast and"), @"
        normen/1.yaml:9:20 fout P020: uitdrukking van 1-01: hier hoort een waarde of naam, maar er staat het einde
          |   als: ingepast and
          |                    ^
          = het gaat mis aan het einde
        ");
        assert_snapshot!(when("ingepast && hoogte-m > 3"), @"
        normen/1.yaml:9:17 fout P020: uitdrukking van 1-01: teken `&` hoort niet in een uitdrukking
          |   als: ingepast && hoogte-m > 3
          |                 ^
          = schrijf `and`
        ");
        assert_snapshot!(when("(ingepast or hoogte-m > 3"), @"
        normen/1.yaml:9:33 fout P020: uitdrukking van 1-01: hier hoort `)`, maar er staat het einde
          |   als: (ingepast or hoogte-m > 3
          |                                 ^
          = het gaat mis aan het einde
        ");
        assert_snapshot!(when("hoogte-m-1 > 3"), @"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: onbekend gegeven `hoogte-m-1`
          |   als: hoogte-m-1 > 3
          |        ^^^^^^^^^^
          = bedoeld: hoogte-m?
        ");
        assert_snapshot!(when("hoogte-m > 3 ingepast"), @"
        normen/1.yaml:9:21 fout P020: uitdrukking van 1-01: na een volledige uitdrukking staat nog `ingepast`
          |   als: hoogte-m > 3 ingepast
          |                     ^^^^^^^^
          = ontbreekt er `and` of `or`, of een spatie rond `-`?
        ");
        assert_snapshot!(when("nabij(\"bos\")"), @r#"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: onbekende functie `nabij`
          |   als: nabij("bos")
          |        ^^^^^
          = er zijn `binnen`, `afstand`, `aandeel`, `activiteit`, `lezing`, `date` en `not`
        "#);
        assert_snapshot!(when("binnen(bos)"), @r#"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: `binnen` vraagt één id tussen aanhalingstekens
          |   als: binnen(bos)
          |        ^^^^^^^^^^^
          = schrijf `binnen("id")`
        "#);
        assert_snapshot!(when("not(ingepast, ingepast)"), @"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: `not` vraagt één waarde, niet 2
          |   als: not(ingepast, ingepast)
          |        ^^^^^^^^^^^^^^^^^^^^^^^
          = het gaat mis bij `not(ingepast, ingepast)`
        ");
        assert_snapshot!(when("\"\""), @r#"
        normen/1.yaml:9:9 fout P020: uitdrukking van 1-01: hier hoort een waarde of naam, maar er staat het einde
          |   als: ""
          |         ^
          = het gaat mis aan het einde
        "#);
    }

    #[test]
    fn the_column_is_right_in_quotes_and_after_wide_characters() {
        assert_snapshot!(when("'ingepast and onbekend-ding'"), @"
        normen/1.yaml:9:22 fout P020: uitdrukking van 1-01: onbekend gegeven `onbekend-ding`
          |   als: 'ingepast and onbekend-ding'
          |                      ^^^^^^^^^^^^^
          = het gaat mis bij `onbekend-ding`
        ");
        assert_snapshot!(when("\"kleur = \\\"rood\\\" and nietes\""), @r#"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: onbekend gegeven `nietes`
          |   als: "kleur = \"rood\" and nietes"
          |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = het gaat mis bij `nietes`
        "#);
        assert_snapshot!(when("kleur = \"roodé\" and nietes"), @r#"
        normen/1.yaml:9:16 fout P020: uitdrukking van 1-01: `roodé` is hier geen mogelijkheid
          |   als: kleur = "roodé" and nietes
          |                ^^^^^^^
          = kies uit: rood, groen
        "#);
    }

    #[test]
    fn the_column_counts_characters_not_bytes() {
        let fixture = "//- normen/1.yaml
# Één regel met tekens van meer bytes: ≤ 𝄞
- {id: 1-01, onderdeel: \"1\", regels: [1, 2], soort: regel, samenvatting: Één 𝄞 ≤, uitvoering: norm, effect: aandacht, als: nietes}
";
        assert_snapshot!(faults(fixture), @r#"
        normen/1.yaml:2:124 fout P020: uitdrukking van 1-01: onbekend gegeven `nietes`
          | - {id: 1-01, onderdeel: "1", regels: [1, 2], soort: regel, samenvatting: Één 𝄞 ≤, uitvoering: norm, effect: aandacht, als: nietes}
          |                                                                                                                            ^^^^^^
          = het gaat mis bij `nietes`
        "#);
    }

    #[test]
    fn over_several_lines_the_place_is_that_of_the_expression() {
        assert_snapshot!(when(">-\n    ingepast and\n    nietes"), @"
        normen/1.yaml:10:5 fout P020: uitdrukking van 1-01: onbekend gegeven `nietes`
          |     ingepast and
          |     ^^^^^^^^^^^^
          = het gaat mis bij `nietes`
        ");
    }

    #[test]
    fn in_every_place_an_expression_can_stand() {
        let found = faults(&norm(
            "  effect: ja-mits
  als: f-1
  uitzonderingen: [{tekst: behalve, als: f-2}]
  voorwaarden:
    - {id: 1-01-v1, tekst: passend, als: f-3, eis: f-4}
    - id: 1-01-v2
      tekst: rood
      een_van: [{id: 1-01-v2a, tekst: zus, eis: f-5}]
  volgorde: [{id: 1-01-t1, tekst: eerst, als: f-6}]",
        ));
        let lines: Vec<&str> = found.lines().filter(|line| line.contains("P020")).collect();
        assert_snapshot!(lines.join("\n"), @"
        normen/1.yaml:9:8 fout P020: uitdrukking van 1-01: onbekend gegeven `f-1`
        normen/1.yaml:10:42 fout P020: uitdrukking van 1-01: onbekend gegeven `f-2`
        normen/1.yaml:12:42 fout P020: uitdrukking van 1-01: onbekend gegeven `f-3`
        normen/1.yaml:12:52 fout P020: uitdrukking van 1-01: onbekend gegeven `f-4`
        normen/1.yaml:15:49 fout P020: uitdrukking van 1-01: onbekend gegeven `f-5`
        normen/1.yaml:16:47 fout P020: uitdrukking van 1-01: onbekend gegeven `f-6`
        ");
    }

    #[test]
    fn too_long_and_too_deep() {
        let long = when(&format!("ingepast{}", " and ingepast".repeat(400)));
        assert!(long.contains("uitdrukking is 5208 tekens lang, meer dan de toegestane 4000"), "{long}");
        let deep = when(&format!("{}ingepast{}", "(".repeat(41), ")".repeat(41)));
        assert!(deep.contains("meer dan 40 haakjes diep"), "{deep}");
        let signs = when(&format!("hoogte-m > {}1", "- ".repeat(1_900)));
        assert!(signs.contains("P020"), "{signs}");
    }

    #[test]
    fn numbers_at_the_end_of_the_scale() {
        let largest = "79228162514264337593543950335";
        assert_eq!(when(&format!("hoogte-m >= {largest} or hoogte-m < -{largest}")), "");
        assert!(when("hoogte-m > 999999999999999999999999999999").contains("is geen getal"));
    }
}

mod p030_unreachable {
    use super::*;

    #[test]
    fn condition_that_can_not_be() {
        assert_snapshot!(faults(&norm("  effect: aandacht\n  als: hoogte-m > 3 and hoogte-m < 2")), @"
        normen/1.yaml:9:8 fout P030: norm 1-01 kan nooit gelden
          |   als: hoogte-m > 3 and hoogte-m < 2
          |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = `als`, gebieden en uitzonderingen spreken elkaar tegen
        ");
    }

    #[test]
    fn outside_the_parent_of_its_own_area() {
        assert_snapshot!(faults(&norm("  effect: aandacht\n  gebieden: [dennenbos]\n  als: not(binnen(\"bos\"))")), @r#"
        normen/1.yaml:10:8 fout P030: norm 1-01 kan nooit gelden
          |   als: not(binnen("bos"))
          |        ^^^^^^^^^^^^^^^^^^
          = `als`, gebieden en uitzonderingen spreken elkaar tegen
        "#);
    }

    #[test]
    fn exception_that_lifts_it_always() {
        assert_snapshot!(faults(&norm("  effect: aandacht\n  als: ingepast\n  uitzonderingen: [{tekst: altijd, als: ingepast or hoogte-m >= 0}]")), @"
        normen/1.yaml:9:8 fout P030: norm 1-01 kan nooit gelden
          |   als: ingepast
          |        ^^^^^^^^
          = `als`, gebieden en uitzonderingen spreken elkaar tegen
        ");
    }

    #[test]
    fn activity_it_is_not_about() {
        assert_snapshot!(faults(&norm("  effect: aandacht\n  activiteiten: [kappen]\n  als: activiteit(\"bouwen\")")), @r#"
        normen/1.yaml:10:8 fout P030: norm 1-01 kan nooit gelden
          |   als: activiteit("bouwen")
          |        ^^^^^^^^^^^^^^^^^^^^
          = `als`, gebieden en uitzonderingen spreken elkaar tegen
        "#);
    }

    #[test]
    fn what_can_be_is_not_reported() {
        for good in [
            "als: hoogte-m > 2 and hoogte-m < 3",
            "als: hoogte-m >= 3 and hoogte-m <= 3",
            "als: activiteit(\"schuur\")",
            "gebieden: [bos]\n  als: not(binnen(\"dennenbos\"))",
        ] {
            assert_eq!(faults(&norm(&format!("  effect: aandacht\n  {good}"))), "", "{good}");
        }
    }
}

mod p031_contradiction {
    use super::*;

    /// A prohibition and a permission, each with lines of its own.
    fn fixture(prohibition: &str, permission: &str) -> String {
        format!(
            "//- normen/1.yaml
- id: 1-01
  onderdeel: \"1\"
  regels: [1, 2]
  soort: regel
  samenvatting: Hoog mag niet.
  belangen: [natuur]
  uitvoering: norm
  effect: verbod
{prohibition}
- id: 1-02
  onderdeel: \"1\"
  regels: [3, 4]
  soort: regel
  samenvatting: In het bos mag het.
  belangen: [natuur]
  uitvoering: norm
  effect: toegestaan
{permission}
"
        )
    }

    fn pair(prohibition: &str, permission: &str) -> String {
        faults(&fixture(prohibition, permission))
    }

    #[test]
    fn with_a_plan_that_shows_it() {
        assert_snapshot!(pair("  activiteiten: [bouwen]\n  als: hoogte-m > 10", "  activiteiten: [schuur]\n  gebieden: [bos]"), @"
        normen/1.yaml:18:11 waarschuwing P031: 1-01 verbiedt en 1-02 staat toe, en beide kunnen gelden
          |   effect: toegestaan
          |           ^^^^^^^^^^
          = bijvoorbeeld schuur met hoogte-m = 11, binnen bos; leg met `uitzonderingen` of `schakelt_uit` vast wie voorgaat
        ");
    }

    #[test]
    fn for_an_initiative_of_any_kind() {
        assert_snapshot!(pair("  als: activiteit(\"kappen\")", "  als: ingepast"), @"
        normen/1.yaml:17:11 waarschuwing P031: 1-01 verbiedt en 1-02 staat toe, en beide kunnen gelden
          |   effect: toegestaan
          |           ^^^^^^^^^^
          = bijvoorbeeld kappen met ingepast; leg met `uitzonderingen` of `schakelt_uit` vast wie voorgaat
        ");
    }

    #[test]
    fn silent_when_an_exception_or_switching_off_relates_them() {
        assert_eq!(
            pair(
                "  als: hoogte-m > 10\n  uitzonderingen: [{tekst: in het bos, als: binnen(\"bos\")}]",
                "  gebieden: [bos]"
            ),
            ""
        );
        assert_eq!(pair("  als: hoogte-m > 10", "  gebieden: [bos]\n  schakelt_uit: {normen: [1-01]}"), "");
        assert_eq!(pair("  als: hoogte-m > 10\n  schakelt_uit: {normen: [1-02]}", "  gebieden: [bos]"), "");
    }

    #[test]
    fn silent_when_they_can_not_hold_together() {
        assert_eq!(pair("  als: hoogte-m > 10", "  als: hoogte-m <= 10"), "");
        assert_eq!(pair("  activiteiten: [bouwen]", "  activiteiten: [kappen]"), "");
        assert_eq!(
            pair("  als: hoogte-m > 10", "  voorwaarden: [{id: 1-02-v1, tekst: laag, eis: hoogte-m < 5}]"),
            ""
        );
    }

    #[test]
    fn silent_when_they_are_about_different_interests() {
        let same = fixture("  als: hoogte-m > 10", "  gebieden: [bos]");
        assert_eq!(faults(&same).matches("P031").count(), 1);
        assert_eq!(faults(&same.replacen("[natuur]", "[wonen]", 1)), "");
    }
}

#[test]
fn p032_facts_no_norm_uses() {
    assert_snapshot!(remarks(&norm("  effect: aandacht\n  als: ingepast and hoogte-m > 1")), @"
    opmerking P032: 4 gegevens over een plan worden door geen norm gebruikt: oppervlakte-m2, kleur, einde, naam
      = dat hoort zo zolang niet alle onderdelen zijn uitgewerkt
    ");
    assert_snapshot!(remarks("//- gegevens.yaml\n- {id: ingepast, vraag: Past het?, type: ja-nee, herkomst: oordeel}\n"), @"
    opmerking P032: 1 gegeven over een plan wordt door geen norm gebruikt: ingepast
      = dat hoort zo zolang niet alle onderdelen zijn uitgewerkt
    ");
}

#[test]
fn p032_facts_about_something_else_and_used_facts_are_no_remark() {
    let fixture = "//- gegevens.yaml
- {id: ingepast, vraag: Past het?, type: ja-nee, herkomst: oordeel}
- {id: opkomst, vraag: Hoeveel mensen?, type: getal, eenheid: stuks, herkomst: opgave, onderwerp: inspraak}
";
    assert_eq!(remarks(&format!("{fixture}{}", norm("  effect: aandacht\n  als: ingepast"))), "");
}

#[test]
fn p033_lines_no_statement_covers() {
    let fixture = "//- pakket.yaml
id: proef
titel: Proefvisie
bevoegd_gezag: Gemeente Proef
versie: \"1\"
taal: nl
bron: {naam: proef.txt, sha256: \"00\", regels: 100}
voorbehoud: Dit is een proef.
uitgewerkt: [\"1\"]
//- onderdelen.yaml
- nummer: \"1\"
  titel: Alles
  regels: [1, 50]
  alineas:
    - {regels: [1, 1], soort: kop, vingerafdruk: \"0000000000000001\"}
    - {regels: [2, 4], soort: tekst, vingerafdruk: \"0000000000000002\"}
- nummer: \"1.1\"
  titel: Meer
  regels: [51, 60]
  alineas:
    - {regels: [52, 55], soort: tekst, vingerafdruk: \"0000000000000003\"}
    - {regels: [56, 56], soort: bijschrift, vingerafdruk: \"0000000000000004\"}
- nummer: \"2\"
  titel: Niet uitgewerkt
  regels: [61, 100]
  alineas:
    - {regels: [62, 65], soort: tekst, vingerafdruk: \"0000000000000005\"}
//- normen/1.yaml
- {id: 1-01, onderdeel: \"1\", regels: [3, 3], soort: feit, samenvatting: Zo is het., uitvoering: kennis}
";
    assert_snapshot!(faults(fixture), @r#"
    onderdelen.yaml:7:3 waarschuwing P033: regels 52 tot 55 van onderdeel 1.1 staan in geen uitspraak
      | - nummer: "1.1"
      |   ^^^^^^^^^^^^^
      = leg vast wat daar staat, desnoods als `kennis`
    "#);
}

mod p005_size {
    use super::*;

    #[test]
    fn more_than_a_package_holds() {
        let many: String = (0..=10_000)
            .map(|n| format!("- {{id: a{n}, naam: A, soort: belang, omschrijving: Een.}}\n"))
            .collect();
        assert_snapshot!(faults(&format!("//- belangen.yaml\n{many}")), @"
        belangen.yaml:10001:3 fout P005: 10001 belangen, meer dan de toegestane 10000
          | - {id: a10000, naam: A, soort: belang, omschrijving: Een.}
          |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = splits het pakket, of haal weg wat er niet in hoort
        ");
    }

    #[test]
    fn deeper_than_a_package_holds() {
        let chain = |count: usize| -> String {
            let rows = (0..count).map(|n| {
                let parent = n.checked_sub(1).map_or(String::new(), |above| format!("ouder: a{above}, "));
                format!("- {{id: a{n}, naam: A, {parent}omschrijving: Een., soort: initiatief}}\n")
            });
            format!("//- activiteiten.yaml\n{}", rows.collect::<String>())
        };
        assert_eq!(faults(&chain(100)), "");
        assert_snapshot!(faults(&chain(103)), @"
        activiteiten.yaml:101:30 fout P005: `a100` heeft er 100 of meer boven zich
          | - {id: a100, naam: A, ouder: a99, omschrijving: Een., soort: initiatief}
          |                              ^^^
          = laat schakels weg die niets toevoegen
        ");
    }
}

#[test]
fn p018_second_complement() {
    let area = |id: &str, of: &str| {
        format!(
            "- {{id: {id}, naam: G, soort: gebied, complement_van: {of}, geometrie: vlak, begrensd: kaart, bepaling: kaart}}\n"
        )
    };
    let bos = "- {id: bos, naam: Bos, soort: gebied, geometrie: vlak, begrensd: kaart, bepaling: kaart}\n";
    let fixture = |areas: &[String]| format!("//- gebieden.yaml\n{bos}{}", areas.concat());
    assert_eq!(faults(&fixture(&[area("open", "bos")])), "");
    assert_snapshot!(faults(&fixture(&[area("open", "bos"), area("kaal", "bos")])), @"
    gebieden.yaml:3:54 fout P018: gebied `bos` heeft al een complement: `open`
      | - {id: kaal, naam: G, soort: gebied, complement_van: bos, geometrie: vlak, begrensd: kaart, bepaling: kaart}
      |                                                      ^^^
      = een gebied heeft een complement: alles daarbuiten
    ");
    assert_snapshot!(faults(&fixture(&[area("open", "bos"), area("dicht", "open")])), @"
    gebieden.yaml:3:55 fout P018: gebied `open` heeft al een complement: `bos`
      | - {id: dicht, naam: G, soort: gebied, complement_van: open, geometrie: vlak, begrensd: kaart, bepaling: kaart}
      |                                                       ^^^^
      = een gebied heeft een complement: alles daarbuiten
    ");
    assert_snapshot!(faults(&fixture(&[area("leeg", "leeg")])), @"
    gebieden.yaml:2:54 fout P018: gebied `leeg` kan niet het complement van zichzelf zijn
      | - {id: leeg, naam: G, soort: gebied, complement_van: leeg, geometrie: vlak, begrensd: kaart, bepaling: kaart}
      |                                                      ^^^^
      = een gebied heeft een complement: alles daarbuiten
    ");
}

mod p019_map_source {
    use super::*;

    fn area(source: &str) -> String {
        format!(
            "//- gebieden.yaml\n- {{id: bos, naam: Bos, soort: gebied, geometrie: vlak, begrensd: kaart, bepaling: kaart}}\n\
             - id: dennenbos\n  naam: Dennenbos\n  soort: gebied\n  geometrie: vlak\n  begrensd: kaart\n  bepaling: kaart\n  \
             bronnen:\n    - {{{source}, licentie: CC0, bronhouder: P}}\n"
        )
    }

    #[test]
    fn address() {
        assert_snapshot!(faults(&area("dienst: atom, url: kaart van het bos")), @"
        gebieden.yaml:9:27 fout P019: `kaart van het bos` is geen adres
          |     - {dienst: atom, url: kaart van het bos, licentie: CC0, bronhouder: P}
          |                           ^^^^^^^^^^^^^^^^^
          = een adres begint met https://
        ");
        assert_snapshot!(faults(&area("dienst: atom, url: \"ftp://kaart.example.nl/feed\"")), @r#"
        gebieden.yaml:9:27 fout P019: `ftp://kaart.example.nl/feed` is geen adres van een dienst
          |     - {dienst: atom, url: "ftp://kaart.example.nl/feed", licentie: CC0, bronhouder: P}
          |                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = een adres begint met https://
        "#);
        assert_snapshot!(faults(&area("dienst: atom, url: \"https://jan:geheim@kaart.example.nl/feed\"")), @r#"
        gebieden.yaml:9:27 fout P019: in het adres staat een gebruikersnaam of wachtwoord
          |     - {dienst: atom, url: "https://jan:geheim@kaart.example.nl/feed", licentie: CC0, bronhouder: P}
          |                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = laat die weg: het pakket is voor iedereen te lezen
        "#);
        assert_snapshot!(faults(&area("dienst: arcgis, url: \"https://kaart.example.nl/rest/Bos\", laag: \"1\"")), @r#"
        gebieden.yaml:9:29 fout P019: `https://kaart.example.nl/rest/Bos` is geen laag of dienst van ArcGIS
          |     - {dienst: arcgis, url: "https://kaart.example.nl/rest/Bos", laag: "1", licentie: CC0, bronhouder: P}
          |                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = het adres eindigt op /MapServer of /FeatureServer, met of zonder nummer van de laag
        "#);
        assert_snapshot!(faults(&area("dienst: bestand, url: \"\"")), @r#"
        gebieden.yaml:9:30 fout P019: het adres is leeg
          |     - {dienst: bestand, url: "", licentie: CC0, bronhouder: P}
          |                              ^^
          = schrijf het adres van de dienst, of het bestand in het pakket
        "#);
    }

    #[test]
    fn layer() {
        assert_snapshot!(faults(&area("dienst: wfs, url: \"https://kaart.example.nl/wfs\"")), @r#"
        gebieden.yaml:9:7 fout P019: een wfs vraagt een laag
          |     - {dienst: wfs, url: "https://kaart.example.nl/wfs", licentie: CC0, bronhouder: P}
          |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = schrijf bij `laag` de typename
        "#);
        assert_snapshot!(faults(&area("dienst: ogc-api-features, url: \"https://kaart.example.nl/api\"")), @r#"
        gebieden.yaml:9:7 fout P019: een ogc-api-features vraagt een laag
          |     - {dienst: ogc-api-features, url: "https://kaart.example.nl/api", licentie: CC0, bronhouder: P}
          |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = schrijf bij `laag` de naam van de collectie
        "#);
        assert_snapshot!(faults(&area("dienst: arcgis, url: \"https://kaart.example.nl/MapServer\"")), @r#"
        gebieden.yaml:9:7 fout P019: een arcgis vraagt een laag
          |     - {dienst: arcgis, url: "https://kaart.example.nl/MapServer", licentie: CC0, bronhouder: P}
          |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = schrijf bij `laag` haar nummer of naam, of zet het nummer in het adres
        "#);
        assert_snapshot!(faults(&area("dienst: arcgis, url: \"https://kaart.example.nl/MapServer/3\", laag: \"3\"")), @r#"
        gebieden.yaml:9:75 fout P019: het nummer van de laag staat al in het adres
          |     - {dienst: arcgis, url: "https://kaart.example.nl/MapServer/3", laag: "3", licentie: CC0, bronhouder: P}
          |                                                                           ^^^
          = laat een van beide weg
        "#);
        assert_snapshot!(faults(&area("dienst: atom, url: \"https://kaart.example.nl/feed\", laag: \" \"")), @r#"
        gebieden.yaml:9:66 fout P019: de laag is leeg
          |     - {dienst: atom, url: "https://kaart.example.nl/feed", laag: " ", licentie: CC0, bronhouder: P}
          |                                                                  ^^^
          = noem de laag, of laat de regel weg als de dienst er geen vraagt
        "#);
    }

    #[test]
    fn what_the_service_does_not_know() {
        assert_snapshot!(faults(&area("dienst: wfs, url: \"https://kaart.example.nl/wfs\", laag: bos, dataset: bos")), @r#"
        gebieden.yaml:9:78 fout P019: alleen een atom heeft datasets
          |     - {dienst: wfs, url: "https://kaart.example.nl/wfs", laag: bos, dataset: bos, licentie: CC0, bronhouder: P}
          |                                                                              ^^^
          = schrijf de laag bij `laag`
        "#);
        assert_snapshot!(faults(&area("dienst: atom, url: \"https://kaart.example.nl/feed\", filter: {naam: Bos}")), @r#"
        gebieden.yaml:9:68 fout P019: een bestand is niet te filteren voordat het komt
          |     - {dienst: atom, url: "https://kaart.example.nl/feed", filter: {naam: Bos}, licentie: CC0, bronhouder: P}
          |                                                                    ^^^^^^^^^^^
          = gebruik `kenmerk`
        "#);
        assert_snapshot!(faults(&area("dienst: wfs, url: \"https://kaart.example.nl/wfs\", laag: bos, filter: {naam: []}")), @r#"
        gebieden.yaml:9:77 fout P019: het filter is leeg
          |     - {dienst: wfs, url: "https://kaart.example.nl/wfs", laag: bos, filter: {naam: []}, licentie: CC0, bronhouder: P}
          |                                                                             ^^^^^^^^^^
          = laat de regel weg, of schrijf kenmerken met hun waarden
        "#);
        assert_snapshot!(faults(&area("dienst: wfs, url: \"https://kaart.example.nl/wfs\", laag: bos, filter: [bos]")), @r#"
        gebieden.yaml:9:77 fout P002: bij `bronnen.1.filter`: hier hoort een tekst, of kenmerken met hun waarden, niet een lijst
          |     - {dienst: wfs, url: "https://kaart.example.nl/wfs", laag: bos, filter: [bos], licentie: CC0, bronhouder: P}
          |                                                                             ^^^^^
        "#);
    }

    #[test]
    fn licence_and_holder() {
        let source = area("dienst: bestand, url: bos.gpkg")
            .replace("CC0", "\"\"")
            .replace("bronhouder: P", "bronhouder: \" \"");
        assert_snapshot!(faults(&source), @r#"
        gebieden.yaml:9:50 fout P019: de licentie is leeg
          |     - {dienst: bestand, url: bos.gpkg, licentie: "", bronhouder: " "}
          |                                                  ^^
          = schrijf onder welke licentie de kaart is gegeven, of `onbekend`

        gebieden.yaml:9:66 fout P019: de bronhouder is leeg
          |     - {dienst: bestand, url: bos.gpkg, licentie: "", bronhouder: " "}
          |                                                                  ^^^
          = schrijf wie de kaart bijhoudt
        "#);
    }

    #[test]
    fn every_fault_of_every_source() {
        let source = "dienst: wfs, url: bos, licentie: CC0, bronhouder: P}\n    - {dienst: arcgis, url: \"https://kaart.example.nl/MapServer\"";
        let found = faults(&area(source));
        assert_eq!(found.matches("P019").count(), 3, "{found}");
    }

    #[test]
    fn what_can_be_asked_is_no_fault() {
        for source in [
            "dienst: wfs, url: \"https://kaart.example.nl/wfs\", laag: \"bos:Bos\", filter: {naam: [Dennen, Sparren], soort: bos}",
            "dienst: wfs, url: \"http://kaart.example.nl/wfs?kaart=bos\", laag: bos, filter: \"naam = 'bos'\"",
            "dienst: ogc-api-features, url: \"https://kaart.example.nl/api\", laag: bos, kenmerk: {naam: Bos}",
            "dienst: arcgis, url: \"https://kaart.example.nl/Bos/MapServer/3\"",
            "dienst: arcgis, url: \"https://kaart.example.nl/Bos/FeatureServer/\", laag: Bos",
            "dienst: atom, url: \"https://kaart.example.nl/index.xml\", dataset: bos",
            "dienst: bestand, url: kaarten/bos.gpkg, laag: bos, crs: \"EPSG:28992\"",
            "dienst: bestand, url: \"https://kaart.example.nl/bos.zip\"",
        ] {
            assert_eq!(faults(&area(source)), "", "{source}");
        }
    }
}

mod one_mistake_is_one_finding {
    use super::*;

    #[test]
    fn what_an_unreadable_file_would_have_held_is_not_missed_elsewhere() {
        let uses = norm(
            "  effect: aandacht\n  gebieden: [bos]\n  documenten: [schets]\n  als: ingepast and binnen(\"dennenbos\")",
        );
        for (file, fault) in [
            ("gebieden.yaml", "- \"bos"),
            ("gegevens.yaml", "- {id: ingepast"),
            ("termen.yaml", "partijen: [\n"),
            ("belangen.yaml", "natuur: {}"),
            ("onderdelen.yaml", "- *a"),
        ] {
            let found = faults(&format!("//- {file}\n{fault}\n{uses}"));
            assert_eq!(found.lines().filter(|line| line.contains("fout P")).count(), 1, "{found}");
            assert!(found.starts_with(&format!("{file}:1:")), "{found}");
        }
        let found = faults(&format!("//- without gebieden.yaml\n{uses}"));
        assert_eq!(found.lines().filter(|line| line.contains("fout P")).count(), 1, "{found}");
    }

    #[test]
    fn a_value_that_could_not_be_read_is_not_missed_elsewhere() {
        let uses = norm("  effect: aandacht\n  gebieden: [bos]\n  als: not(binnen(\"open\"))");
        let areas = "//- gebieden.yaml\n- {id: bos, naam: Bos, soort: gebied, geometrie: vlak, begrensd: kaart}\n- {id: open, soort: gebied, naam: Open, geometrie: vlak, begrensd: kaart, bepaling: gok}\n";
        assert_snapshot!(faults(&format!("{areas}{uses}")), @"
        gebieden.yaml:1:3 fout P002: sleutel `bepaling` ontbreekt
          | - {id: bos, naam: Bos, soort: gebied, geometrie: vlak, begrensd: kaart}
          |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = voeg `bepaling: ...` toe

        gebieden.yaml:2:85 fout P002: bij `bepaling`: `gok` bestaat hier niet; kies uit `kaart`, `geodata`, `afgeleid`, `opgave`, `overal`, `buiten`, `nog-te-bepalen`
          | - {id: open, soort: gebied, naam: Open, geometrie: vlak, begrensd: kaart, bepaling: gok}
          |                                                                                     ^^^
        ");
    }

    #[test]
    fn an_id_that_is_nowhere_is_missed_all_the_same() {
        let uses = norm("  effect: aandacht\n  gebieden: [boos]\n  belangen: [natuur]").replacen(
            "  belangen: [natuur]\n",
            "",
            1,
        );
        let found = faults(&format!("//- gegevens.yaml\n- \"\n{uses}"));
        assert_eq!(found.matches("P011: gebied `boos` bestaat niet").count(), 1, "{found}");
    }
}

mod p001_in_dutch {
    use super::*;

    #[test]
    fn the_commonest_faults() {
        for (text, message) in [
            ("- naam: Bos: dicht", "een dubbele punt kan hier niet"),
            ("- naam: \"Bos\" dicht", "na een aanhalingsteken staat nog tekst"),
            ("- id: bos\n  naam: Bos\n   soort: gebied", "een dubbele punt kan hier niet"),
            ("- id: bos\n  naam", "hier hoort `sleutel: waarde`"),
            ("- [a, b", "een lijst tussen vierkante haken wordt niet gesloten"),
            ("- {a: b", "een groep tussen accolades wordt niet gesloten"),
            ("- id: bos\n\tnaam: Bos", "een tab kan hier niet staan"),
            ("- id: @bos", "dit teken kan niet aan het begin van een waarde staan"),
            ("- id: * bos", "ankers en verwijzingen (`&naam`, `*naam`) worden niet gelezen"),
            ("- id: bos\n naam: Bos", "het inspringen klopt hier niet"),
            ("- 'bos", "een aanhalingsteken wordt niet gesloten"),
        ] {
            let found = faults(&format!("//- gebieden.yaml\n{text}\n"));
            assert!(found.contains(&format!("P001: {message}")), "{text}: {found}");
            assert!(found.contains("  = "), "{text}: {found}");
        }
    }
}
