//! The assessment itself: judge every norm, take the strictest, see what can still change.

use crate::answer::{
    Assessment, InterestVerdict, Lines, Named, NormVerdict, OtherReading, ReadingUse, SectionVerdict,
};
use crate::error::Fault;
use crate::explain;
use crate::follow_up;
use crate::ground::{AreaPlace, Ground, Located, outside_fault};
use crate::judge::{Bench, Judged, Judgement};
use crate::outcome::{Outcome, Range};
use crate::part::{Part, asks};
use crate::places::places;
use crate::plan::Plan;
use crate::range::Candidate;
use crate::receipt::receipt;
use crate::situation;
use brink_geo::index::Desk;
use brink_geo::layer::Kind;
use brink_policy::compiled::{Compiled, Norm, within_section};
use brink_policy::feel::Truth;
use brink_policy::written::Binding;
use brink_policy::{Known, ReadingId, SectionId, dates};
use rust_decimal::Decimal;

/// The program and its version, for the receipt.
pub const ENGINE: &str = concat!("brink ", env!("CARGO_PKG_VERSION"));

/// How an assessment is to be made.
#[derive(Debug, Clone, Default)]
pub struct Options<'g> {
    /// The date of judgement when the plan gives none, as 2026-01-31.
    pub today: String,
    /// Also norms that are known not to apply.
    pub all: bool,
    /// Which norms are judged.
    pub part: Part,
    /// The map, for plans that have a place.
    pub ground: Option<&'g Ground>,
}

/// Assesses a plan.
#[must_use]
pub fn assess<'p>(package: &'p Compiled, plan: &Plan, options: &Options<'_>) -> Assessment<'p> {
    assess_at(package, plan, locate(package, plan, options).as_ref(), options)
}

/// Assesses a plan, unless its place is outside the territory: then the vision is not about it.
pub fn assess_inside<'p>(
    package: &'p Compiled,
    plan: &Plan,
    options: &Options<'_>,
) -> Result<Assessment<'p>, Fault> {
    assess_located(package, plan, locate(package, plan, options).as_ref(), options)
}

/// The same for a plan that was located before: finding how a large plan lies takes longer than judging it.
pub fn assess_located<'p>(
    package: &'p Compiled,
    plan: &Plan,
    located: Option<&Located>,
    options: &Options<'_>,
) -> Result<Assessment<'p>, Fault> {
    match (located, options.ground) {
        (Some(Located { in_territory: Some(0.0), .. }), Some(ground)) => Err(outside_fault(package, ground)),
        _ => Ok(assess_at(package, plan, located, options)),
    }
}

/// How a plan lies, by the map; `None` when it has no place on it. What is known of the plan makes no difference.
#[must_use]
pub fn locate(package: &Compiled, plan: &Plan, options: &Options<'_>) -> Option<Located> {
    let ground = options.ground?;
    match (&plan.place, &plan.areas) {
        (Some(place), _) => Some(ground.locate(&package.vocabulary, place, &mut Desk::default())),
        (None, Some(areas)) if plan.somewhere => {
            Some(ground.somewhere_in(&package.vocabulary, &areas.inside))
        }
        _ => None,
    }
}

fn assess_at<'p>(
    package: &'p Compiled,
    plan: &Plan,
    located: Option<&Located>,
    options: &Options<'_>,
) -> Assessment<'p> {
    let date = plan.date.clone().unwrap_or_else(|| options.today.clone());
    let today = Decimal::from(dates::days(&date).unwrap_or_default());
    let mut bench = Bench::new(package, plan.activity);
    bench.doubtful = plan.areas.as_ref().map(|areas| areas.unknown.clone()).unwrap_or_default();
    // The order they were named in makes no difference.
    bench.doubtful.sort_unstable();
    let mut known = situation::known(plan, located, package, today);
    let scope = Scope::new(package, &plan.sections);
    let norms: Vec<&'p Norm> = package
        .norms_for(plan.activity)
        .iter()
        .filter_map(|id| package.norm(*id))
        .filter(|norm| scope.holds(norm))
        .collect();
    let norms = of_part(norms, package, plan, today, options.part);

    let Overall { mut judged, mut apart, mut candidates, range, verdict } =
        overall(&bench, &norms, &mut known);
    let (interests, floors) = interests(&bench, &judged, &candidates, &mut known);
    let questions = bench.questions(&mut candidates, range.mildst, &floors, &mut known);
    let readings = readings(&bench, plan, &mut known, &norms, &judged, verdict);

    judged.sort_by(|a, b| order(a, b));
    let follow_up = follow_up::collect(package, &judged, &known, &date);
    let named = package.vocabulary.activity(plan.activity);
    let mut normen: Vec<NormVerdict<'p>> = judged.iter().map(|j| norm_verdict(&bench, j, &known)).collect();
    if options.all {
        let rest = package.norms.iter().filter(|norm| scope.holds(norm) && !bench.about(norm)).map(|norm| {
            Judged { norm, judgement: Judgement { applies: Truth::No, outcome: Outcome::GeenBelang } }
        });
        apart.extend(rest);
        normen.extend(apart.iter().map(|j| norm_verdict(&bench, j, &known)));
    }
    Assessment {
        titel: plan.title.clone(),
        activiteit: Named {
            id: named.map_or("", |activity| &activity.id),
            naam: named.map_or("", |activity| &activity.name),
        },
        oordeel: verdict,
        onzeker: range.is_open(),
        bereik: range,
        samenvatting: explain::summary(verdict, range, &judged, questions.len()),
        belangen: interests,
        onderdelen: sections(package, &judged, &scope),
        normen,
        vragen: questions,
        documenten: follow_up.documents,
        overleg: follow_up.talks,
        procedures: follow_up.procedures,
        bevoegd: follow_up.deciders,
        instrumenten: follow_up.instruments,
        kansen: follow_up.chances,
        gebieden: places(package, plan, located, &known),
        lezingen: readings,
        meldingen: remarks(package, plan, located),
        voorbehoud: &package.info.disclaimer,
        bewijs: receipt(package, options.ground.filter(|_| located.is_some()), &date),
    }
}

/// The norms of a part: what they ask about places is told from the plan without its own.
fn of_part<'p>(
    mut norms: Vec<&'p Norm>,
    package: &'p Compiled,
    plan: &Plan,
    today: Decimal,
    part: Part,
) -> Vec<&'p Norm> {
    if part != Part::All {
        let (bench, known) =
            (Bench::new(package, plan.activity), situation::without_place(plan, package, today));
        norms.retain(|norm| part.holds(&asks(&bench, norm, &known)));
    }
    norms
}

/// The norms judged, and what that makes of the plan.
struct Overall<'p> {
    /// Norms that apply or may apply.
    judged: Vec<Judged<'p>>,
    /// Norms that don't.
    apart: Vec<Judged<'p>>,
    /// What can come out of each of `judged`.
    candidates: Vec<Candidate<'p>>,
    range: Range,
    verdict: Outcome,
}

fn overall<'p>(bench: &Bench<'p>, norms: &[&'p Norm], known: &mut Known<'p>) -> Overall<'p> {
    let mut judged: Vec<Judged<'p>> = Vec::new();
    let mut apart: Vec<Judged<'p>> = Vec::new();
    let mut candidates: Vec<Candidate<'p>> = Vec::new();
    for norm in norms {
        let judgement = bench.judge(norm, known);
        if judgement.applies.is_no() {
            apart.push(Judged { norm, judgement });
            continue;
        }
        let candidate = bench.analyse(norm, judgement, known);
        judged.push(Judged { norm, judgement: Judgement { outcome: candidate.outcome, ..judgement } });
        candidates.push(candidate);
    }
    let range = bench.range(&candidates.iter().collect::<Vec<_>>(), known);
    let verdict = settled(verdict(judged.iter()), range.mildst, range.strengst, !range.begrensd);
    Overall { judged, apart, candidates, range, verdict }
}

/// A verdict that the unknowns can't change is that verdict, even where each norm by itself seems to leave it open.
pub(crate) fn settled(outcome: Outcome, mildest: Outcome, strictest: Outcome, exact: bool) -> Outcome {
    if exact && mildest == strictest { mildest } else { outcome }
}

/// The sections a plan is judged by.
pub(crate) struct Scope {
    inside: Option<Vec<bool>>,
}

impl Scope {
    pub fn new(package: &Compiled, sections: &[SectionId]) -> Self {
        if sections.is_empty() {
            return Self { inside: None };
        }
        let outer: Vec<&str> = sections
            .iter()
            .filter_map(|section| package.vocabulary.section(*section))
            .map(|section| section.number.as_str())
            .collect();
        let inside = package
            .vocabulary
            .sections
            .iter()
            .map(|section| outer.iter().any(|outer| within_section(&section.number, outer)))
            .collect();
        Self { inside: Some(inside) }
    }

    fn section(&self, section: SectionId) -> bool {
        self.inside.as_ref().is_none_or(|inside| inside.get(section.index()).copied().unwrap_or_default())
    }

    pub fn holds(&self, norm: &Norm) -> bool {
        norm.sections.iter().any(|section| self.section(*section))
    }
}

fn verdict<'a, 'p: 'a>(judged: impl Iterator<Item = &'a Judged<'p>>) -> Outcome {
    judged.map(|judged| judged.judgement.outcome).max().unwrap_or(Outcome::GeenBelang)
}

/// Strictest first; within the same outcome what is about this plan before what holds for every plan, what surely
/// applies before what may apply, what binds more firmly first, and then the order of the source.
fn order(a: &Judged<'_>, b: &Judged<'_>) -> std::cmp::Ordering {
    (b.judgement.outcome.cmp(&a.judgement.outcome))
        .then(a.norm.general.cmp(&b.norm.general))
        .then(b.judgement.applies.is_yes().cmp(&a.judgement.applies.is_yes()))
        .then(firmness(a.norm).cmp(&firmness(b.norm)))
        .then(a.norm.section.cmp(&b.norm.section))
        .then(a.norm.lines.cmp(&b.norm.lines))
        .then(a.norm.id.cmp(&b.norm.id))
}

/// How firmly a norm binds: the less, the firmer.
pub(crate) fn firmness(norm: &Norm) -> u8 {
    match norm.binding {
        Some(Binding::Wettelijk) => 0,
        Some(Binding::DoorwerkingVerordening) => 1,
        Some(Binding::Zelfbindend) | None => 2,
        Some(Binding::Verwachting) => 3,
        Some(Binding::Inspiratie) => 4,
    }
}

/// The verdict per interest at stake, strictest first, and the mildest still possible per interest.
fn interests<'p>(
    bench: &Bench<'p>,
    judged: &[Judged<'p>],
    candidates: &[Candidate<'p>],
    known: &mut Known<'p>,
) -> (Vec<InterestVerdict<'p>>, Vec<Option<Outcome>>) {
    let vocabulary = &bench.package.vocabulary;
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); vocabulary.interests.len()];
    for (n, judged) in judged.iter().enumerate() {
        for interest in &judged.norm.all_interests {
            if let Some(list) = members.get_mut(interest.index()) {
                list.push(n);
            }
        }
    }
    let mut floors = vec![None; members.len()];
    let mut verdicts = Vec::new();
    for ((interest, list), floor) in vocabulary.interests.iter().zip(&members).zip(&mut floors) {
        if list.is_empty() {
            continue;
        }
        let own: Vec<&Candidate<'p>> = list.iter().filter_map(|n| candidates.get(*n)).collect();
        let range = bench.range(&own, known);
        *floor = Some(range.mildst);
        verdicts.push(InterestVerdict {
            id: &interest.id,
            naam: &interest.name,
            onder: interest
                .parents
                .iter()
                .filter_map(|id| vocabulary.interest(*id))
                .map(|i| i.id.as_str())
                .collect(),
            oordeel: settled(
                verdict(list.iter().filter_map(|n| judged.get(*n))),
                range.mildst,
                range.strengst,
                !range.begrensd,
            ),
            bereik: range,
        });
    }
    verdicts.sort_by_key(|verdict| std::cmp::Reverse(verdict.oordeel));
    (verdicts, floors)
}

fn sections<'p>(package: &'p Compiled, judged: &[Judged<'p>], scope: &Scope) -> Vec<SectionVerdict<'p>> {
    let mut outcomes: Vec<Option<Outcome>> = vec![None; package.vocabulary.sections.len()];
    for judged in judged {
        for section in judged.norm.sections.iter().filter(|section| scope.section(**section)) {
            if let Some(outcome) = outcomes.get_mut(section.index()) {
                *outcome = (*outcome).max(Some(judged.judgement.outcome));
            }
        }
    }
    package
        .vocabulary
        .sections
        .iter()
        .zip(outcomes)
        .filter_map(|(section, outcome)| {
            Some(SectionVerdict { nummer: &section.number, titel: &section.title, oordeel: outcome? })
        })
        .collect()
}

fn norm_verdict<'p>(bench: &Bench<'p>, judged: &Judged<'p>, known: &Known<'p>) -> NormVerdict<'p> {
    let package = bench.package;
    let Judged { norm, judgement } = judged;
    let conditions = explain::conditions(package, norm, known);
    NormVerdict {
        id: &norm.id,
        uitspraken: &norm.statements,
        onderdeel: package.vocabulary.section(norm.section).map_or("", |section| &section.number),
        samenvatting: &norm.summary,
        soort: norm.kind,
        effect: norm.effect.dutch(),
        algemeen: norm.general,
        van_toepassing: match judgement.applies {
            Truth::Yes => "ja",
            Truth::No => "nee",
            Truth::Unknown => "onbekend",
        },
        uitkomst: judgement.outcome,
        waarom: explain::why(bench, norm, *judgement, known, &conditions),
        trede: explain::step(norm, known),
        voorwaarden: conditions,
        belangen: norm
            .interests
            .iter()
            .filter_map(|interest| package.vocabulary.interest(*interest))
            .map(|interest| interest.id.as_str())
            .collect(),
        binding: norm.binding,
        toelichting: norm.explanation.as_deref(),
        bron: Lines { regels: norm.lines },
    }
}

/// Which readings the verdict rests on: those whose other options give another verdict. Only norms that depend on a
/// reading are judged anew.
fn readings<'p>(
    bench: &Bench<'p>,
    plan: &Plan,
    known: &mut Known<'p>,
    norms: &[&'p Norm],
    judged: &[Judged<'p>],
    verdict: Outcome,
) -> Vec<ReadingUse<'p>> {
    let package = bench.package;
    let dependent: Vec<&'p Norm> = norms.iter().copied().filter(|norm| norm.depends_on_reading).collect();
    if dependent.is_empty() {
        return Vec::new();
    }
    // What the rest makes of it; nothing is stricter than a conflict.
    let rest =
        judged.iter().filter(|judged| !judged.norm.depends_on_reading).map(|judged| judged.judgement.outcome);
    let rest = rest.max().unwrap_or(Outcome::GeenBelang);
    if rest == Outcome::Strijdig {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (n, reading) in package.vocabulary.readings.iter().enumerate() {
        let id = ReadingId::from_index(n);
        let taken = plan.readings.get(&id).copied().unwrap_or(reading.choice);
        let mut other = Vec::new();
        for (option, (option_id, name)) in reading.options.iter().enumerate() {
            let Ok(option) = u16::try_from(option) else {
                continue;
            };
            if option == taken {
                continue;
            }
            known.take_reading(id, option);
            // What was found about groups of norms was about another reading.
            bench.searched.borrow_mut().clear();
            let outcome = overall(bench, &dependent, known).verdict.max(rest);
            known.take_reading(id, taken);
            bench.searched.borrow_mut().clear();
            if outcome != verdict {
                other.push(OtherReading { keuze: option_id, naam: name, oordeel: outcome });
            }
        }
        if let (false, Some((choice, name))) = (other.is_empty(), reading.options.get(usize::from(taken))) {
            found.push(ReadingUse {
                id: &reading.id,
                vraag: &reading.question,
                keuze: choice,
                naam: name,
                anders: other,
            });
        }
    }
    found
}

/// What a reader must know besides: sections the package does not cover, a place that was not given.
fn remarks(package: &Compiled, plan: &Plan, located: Option<&Located>) -> Vec<String> {
    let mut remarks = Vec::new();
    let covered = |number: &str| package.info.covered.iter().any(|outer| within_section(number, outer));
    let vocabulary = &package.vocabulary;
    if plan.sections.is_empty() {
        let missing = vocabulary.sections.iter().filter(|section| !covered(&section.number)).count();
        if missing > 0 {
            remarks.push(format!(
                "Dit pakket werkt nog niet de hele visie uit, alleen de onderdelen {}. Over de rest zegt dit antwoord niets.",
                package.info.covered.join(", ")
            ));
        }
    } else {
        let missing: Vec<&str> = plan
            .sections
            .iter()
            .filter_map(|section| vocabulary.section(*section))
            .map(|section| section.number.as_str())
            .filter(|number| !covered(number))
            .collect();
        if !missing.is_empty() {
            remarks
                .push(format!("Nog niet of niet helemaal uitgewerkt in dit pakket: {}.", missing.join(", ")));
        }
    }
    if let Some(located) = located {
        remarks.extend(on_the_map(package, located));
    } else if plan.areas.is_none() {
        remarks.push(
            "Er is geen plek opgegeven: waar het plan ligt is onbekend, en dat geldt dan ook voor wat van de plek afhangt."
                .to_owned(),
        );
    }
    remarks
}

/// What a reader must know of the maps: whether the plan leaves the territory, and whether drawings were used.
pub(crate) fn on_the_map(package: &Compiled, located: &Located) -> Vec<String> {
    let mut remarks = Vec::new();
    let territory = package.info.territory.and_then(|area| package.vocabulary.area(area));
    let name = territory.map_or("het grondgebied van de visie", |area| area.name.as_str());
    match located.in_territory {
        Some(share) if share >= 1.0 => {}
        Some(share) if share > 0.0 => remarks
            .push(format!("Het plan ligt voor een deel buiten {name}. Over dat deel zegt deze visie niets.")),
        Some(_) => remarks.push(format!("Het plan ligt buiten {name}. Deze visie gaat er niet over.")),
        None => remarks
            .push("Er is geen kaart van het grondgebied: of het plan erin ligt, is onbekend.".to_owned()),
    }
    let drawn = |place: &AreaPlace| place.truth.is_yes() && place.kind == Some(Kind::Schets);
    if located.areas.iter().any(drawn) {
        remarks.push(
            "De ligging komt voor een deel van een schetskaart. Die is ongeveer goed en heeft geen juridische waarde."
                .to_owned(),
        );
    }
    remarks
}
