//! Everyday words against the built-in package: the activity somebody means comes first, or nothing is claimed.

use crate::run::brink;

/// What somebody types, and the activity that must come first; empty for an honest "not found".
const TABLE: &[(&str, &str)] = &[
    ("kas bouwen", "glastuinbouw-vestigen"),
    ("zonnepanelen in het weiland", "zonnepark"),
    ("zonnepanelen op mijn dak", "zon-op-dak"),
    ("schuurtje", "bebouwing-toevoegen"),
    ("schuur bouwen", "bebouwing-toevoegen"),
    ("tiny house", "flexwoning"),
    ("boerderijwinkel", "korte-keten"),
    ("boerderijwinkel beginnen", "korte-keten"),
    ("mestvergister", "biovergister-klein"),
    ("mestvergister plaatsen", "biovergister-klein"),
    ("camping uitbreiden", "verblijfsrecreatie-uitbreiden"),
    ("camping beginnen", "verblijfsrecreatiepark-nieuw"),
    ("B&B beginnen", "verblijfsrecreatie"),
    ("bed and breakfast", "verblijfsrecreatie"),
    ("padelbaan", "buitensport"),
    ("padelbaan aanleggen", "buitensport"),
    ("laadpaal", "laad-en-tankinfrastructuur"),
    ("laadpaal plaatsen", "laad-en-tankinfrastructuur"),
    ("warmtepomp", "woning-verduurzamen"),
    ("paardenbak", "buitensport"),
    ("trekkershut", "verblijfsrecreatie"),
    ("trekkershutten plaatsen", "verblijfsrecreatie"),
    ("hooiberg", "bebouwing-toevoegen"),
    ("kippenstal", "intensieve-veehouderij-vestigen"),
    ("kippenstal bouwen", "intensieve-veehouderij-vestigen"),
    ("varkensstal", "intensieve-veehouderij-vestigen"),
    ("koeienstal uitbreiden", "bouwvlak-uitbreiden-grondgebonden"),
    ("melkveestal", "bouwvlak-uitbreiden-grondgebonden"),
    ("geitenstal", "geitenstal-in-gebruik-nemen"),
    ("biogas", "biovergister-groot"),
    ("windmolentje", "windturbine-klein"),
    ("windmolen op het erf", "windturbine-klein"),
    ("windmolens", "windturbine"),
    ("zendmast 5G", "digitale-infrastructuur"),
    ("zendmast", "digitale-infrastructuur"),
    ("zwembad", "dagrecreatie"),
    ("zwembad in de tuin", ""),
    ("crossbaan", "motorsport-bedrijven"),
    ("crossbaan aanleggen", "motorsport-nieuwvestiging"),
    ("motorcross", "motorsport-bedrijven"),
    ("sloot dempen", "sloot-dempen"),
    ("sloot graven", "landbouw-inrichtingsmaatregel"),
    ("vijver graven", "bodemingreep"),
    ("boom kappen", "houtopstand-vellen"),
    ("bomen kappen", "houtopstand-vellen"),
    ("bos kappen", "houtopstand-vellen"),
    ("bos planten", "bosaanleg"),
    ("bordeel", ""),
    ("raketbasis", ""),
    ("kerncentrale", ""),
    ("huis bouwen", "woning-toevoegen"),
    ("huisje bij mijn ouders op het erf", "woning-toevoegen"),
    ("mantelzorgwoning", "woning-aanpassen"),
    ("appartementen", "woningbouw"),
    ("nieuwe woonwijk", "woonwijk-ontwikkelen"),
    ("supermarkt", "detailhandel-vestiging"),
    ("supermarkt uitbreiden", "detailhandel-vestiging"),
    ("winkel openen", "detailhandel-vestiging"),
    ("datacenter bouwen", "datacenter"),
    ("distributiecentrum", "logistiek-bedrijf"),
    ("bedrijventerrein uitbreiden", "bedrijventerrein-ontwikkelen"),
    ("fabriek", "grootschalige-bedrijfsvestiging"),
    ("vakantiepark beginnen", "verblijfsrecreatiepark-nieuw"),
    ("vakantiehuisje", "verblijfsrecreatie"),
    ("permanent wonen op een vakantiepark", "verblijfsrecreatie-transformeren-naar-wonen"),
    ("festival organiseren", "evenement"),
    ("feest in de wei", "evenement"),
    ("kelder graven", "bodemingreep"),
    ("put slaan", "grondwateronttrekking"),
    ("grondwater oppompen", "grondwateronttrekking"),
    ("beregenen", "landbouw-watermaatregel"),
    ("aardwarmte", "geothermie"),
    ("bodemlus", "wko-aanleggen"),
    ("zand winnen", "zandwinning"),
    ("zandgat", "zandwinning"),
    ("fietspad aanleggen", "fietsverbinding"),
    ("weg verbreden", "weg-reconstructie"),
    ("rotonde", "weg-reconstructie"),
    ("drone", "luchtvaartactiviteit-nieuw"),
    ("drones vliegen", "luchtvaartactiviteit-nieuw"),
    ("helikopter landen", "helikopterlandingsplaats"),
    ("kerk verbouwen", "herbestemming"),
    ("oude boerderij verbouwen", "hergebruik-boerderij"),
    ("wonen in een oude boerderij", "hergebruik-boerderij"),
    ("monument verbouwen", "wijziging-provinciaal-monument"),
    ("lichtmast sportveld", "sportveldverlichting"),
    ("reclamebord", "reclameverlichting"),
    ("mest uitrijden", "bemesten"),
    ("drainage", "drainage-aanleggen"),
    ("lelies telen", "bloembollenteelt"),
    ("spuiten", "gewasbeschermingsmiddelen-gebruiken"),
    ("wolf", "schadebestrijding-fauna"),
    ("ganzen schieten", "ganzenbestrijding"),
    ("natuur aanleggen", "natuurinrichting"),
    ("water opslaan", "waterberging"),
    ("regenton", "regenwater-opvangen"),
    ("groen dak", "vegetatiedak-aanleggen"),
    ("zorgboerderij", "hergebruik-boerderij"),
    ("batterij", "energieopslag"),
    ("accu voor zonnestroom", "energieopslag"),
    ("waterstof", "waterstofproject"),
    ("gasboring", "gaswinning"),
    ("vuurwerk", "evenement"),
    ("hondenschool", "geluidmakende-activiteit"),
    ("manege", "buitensport"),
];

#[test]
fn everyday_words_find_the_activity_that_is_meant() {
    let mut wrong = Vec::new();
    for (words, expected) in TABLE {
        let answer = brink(&["woordenlijst", "zoek", words, "--json"]).json();
        let first = answer["activiteiten"][0]["id"].as_str().unwrap_or_default();
        let found = answer["gevonden"].as_bool().unwrap();
        if expected.is_empty() && found || !expected.is_empty() && (!found || first != *expected) {
            wrong.push(format!("{words}: {found} {first}, not {expected}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn what_is_not_in_the_vision_is_said_to_be_unknown_and_never_shown_as_found() {
    let ran = brink(&["woordenlijst", "zoek", "raketbasis"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.starts_with("`raketbasis` staat niet in de woordenlijst"), "{}", ran.out);
}

#[test]
fn a_typing_fault_or_two_does_no_harm() {
    for (words, expected) in [
        ("zonepark", "zonnepark"),
        ("mestvergisster", "biovergister-klein"),
        ("fietspat aanleggen", "fietsverbinding"),
        ("boerderij winkel", "korte-keten"),
        ("Camping  uitbrijden", "verblijfsrecreatie-uitbreiden"),
    ] {
        let answer = brink(&["woordenlijst", "zoek", words, "--json"]).json();
        assert_eq!(answer["activiteiten"][0]["id"], expected, "{words}");
    }
}

#[test]
fn a_word_for_doing_adds_little_to_the_word_it_is_done_to() {
    for words in ["datacenter", "een datacenter bouwen", "wij willen een datacenter plaatsen"] {
        let answer = brink(&["woordenlijst", "zoek", words, "--json"]).json();
        assert_eq!(answer["activiteiten"][0]["id"], "datacenter", "{words}");
        assert_eq!(answer["gevonden"], true, "{words}");
    }
}
