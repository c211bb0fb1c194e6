#[cfg(test)]
mod tests {
    use crate::judge::Bench;
    use crate::*;
    use brink_policy::*;
    use std::time::Instant;
    #[test]
    fn probe() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/drenthe-2022");
        let package = load(&read_folder(&folder).unwrap(), Depth::Use).compiled.unwrap();
        let plan = Plan::from_value(&serde_json::json!({
            "activiteit": "intensieve-veehouderij-uitbreiden",
            "gebieden": { "binnen": ["robuust-landbouwgebied", "veenkolonien", "gemeente-emmen", "arch-w3-essen", "landelijk-gebied"] },
            "gegevens": {
                "bestaand-bedrijf": true, "bouwvlak-huidig-ha": 1.5, "bouwvlak-na-uitbreiding-ha": 2.5,
                "landschappelijk-ingepast": true, "verbetering-dierenwelzijn": true, "verbetering-milieukwaliteit": false,
                "vermindering-stikstofdepositie": false, "aantal-bouwlagen": 1, "bodemingreep": true, "geitenhouderij": false,
            },
        }), &package).unwrap();
        let bench = Bench {
            package: &package,
            activity: plan.activity,
        };
        let mut known = crate::situation::known(&plan, &package, 20000.into());
        let t = Instant::now();
        let ids = package.norms_for(plan.activity);
        let mut rows = vec![];
        let mut cands = vec![];
        for id in ids {
            let n = package.norm(*id).unwrap();
            let j = bench.judge(n, &known);
            if j.applies.is_no() {
                continue;
            }
            let t = Instant::now();
            let c = bench.analyse(n, &mut known);
            let p = t.elapsed();
            let t = Instant::now();
            let l = bench.live(&c, &known);
            rows.push((
                p + t.elapsed(),
                p,
                t.elapsed(),
                n.id.clone(),
                n.repeated.iter().filter(|v| !known.knows(**v)).count(),
                l.len(),
                n.switched_off_by.len(),
            ));
            cands.push(c);
        }
        println!(
            "norms {} candidates {} total {:?}",
            ids.len(),
            cands.len(),
            t.elapsed()
        );
        let t = Instant::now();
        let _ = bench.range(&cands.iter().collect::<Vec<_>>(), &mut known);
        println!("range {:?}", t.elapsed());
        rows.sort();
        rows.reverse();
        for r in rows.iter().take(25) {
            println!("{r:?}");
        }
        let t = Instant::now();
        for _ in 0..100 {
            crate::situation::known(&plan, &package, 20000.into());
        }
        println!("situation {:?}", t.elapsed() / 100);
        let o = Options {
            today: "2026-11-25".into(),
            all: false,
        };
        let t = Instant::now();
        for _ in 0..100 {
            assess(&package, &plan, &o);
        }
        println!("assess {:?}", t.elapsed() / 100);
    }
}
