//! How far a layer is, on a terminal.

use crate::show::count;

/// How far a layer is, on a terminal.
pub(super) struct Bar(indicatif::ProgressBar);

impl Bar {
    pub fn new(area: &str) -> Self {
        let bar = indicatif::ProgressBar::new_spinner();
        if let Ok(style) = indicatif::ProgressStyle::with_template("{spinner} {prefix}: {msg}") {
            bar.set_style(style);
        }
        bar.set_prefix(area.to_owned());
        bar.enable_steady_tick(std::time::Duration::from_millis(120));
        Self(bar)
    }

    /// Takes it away.
    pub fn done(&self) {
        self.0.finish_and_clear();
    }
}

impl brink_fetch::Progress for Bar {
    fn expected(&mut self, features: u64) {
        self.0.set_message(format!("{features} vormen verwacht"));
    }

    fn features(&mut self, features: u64, pages: usize) {
        self.0.set_message(format!("{features} vormen, {}", count(pages, "bladzijde", "bladzijden")));
    }

    fn bytes(&mut self, bytes: u64, total: Option<u64>) {
        let read = indicatif::HumanBytes(bytes);
        self.0.set_message(match total {
            Some(total) => format!("{read} van {}", indicatif::HumanBytes(total)),
            None => read.to_string(),
        });
    }

    fn again(&mut self, attempt: u32, wait: std::time::Duration, reason: &str) {
        self.0.set_message(format!("{reason}; poging {attempt} over {:.0} s", wait.as_secs_f64()));
    }
}
