//! The sentence of a finding.

use floorwalker::report::{Finding, FindingKind, Results, ServiceReport};
use floorwalker::service::Comparison;

use super::{Label, Locale};

impl Locale {
    /// The sentence of a finding, without a full stop.
    pub(crate) fn finding(&self, finding: &Finding, report: &ServiceReport) -> String {
        let place = self.place(finding, report);
        let what = self.what(finding, report);
        capitalised(&if place.is_empty() {
            what
        } else {
            format!("{place}: {what}")
        })
    }

    /// When and where: `Monday 23 March, 10:00–12:00, queue sales`.
    fn place(&self, finding: &Finding, report: &ServiceReport) -> String {
        let mut parts = Vec::new();
        if let Some(slot) = finding.slot {
            let weekday = self.weekday(slot.weekday);
            let days = self
                .language
                .pick(format!("{weekday}s"), format!("ogni {weekday}"));
            parts.push(format!(
                "{days} {:02}:00–{:02}:00",
                slot.from_hour, slot.to_hour
            ));
        }
        parts.extend(finding.when.map(|when| self.when(&when)));
        parts.extend(self.queues_of(finding, report));
        parts.join(", ")
    }

    /// `queue sales`, or all queues and which of them were in trouble.
    fn queues_of(&self, finding: &Finding, report: &ServiceReport) -> Option<String> {
        match finding.queues.as_slice() {
            [] if finding.when.is_none() => None,
            [] => Some(self.text(Label::AllQueues).to_owned()),
            [queue] => Some(
                self.language
                    .pick(format!("queue {queue}"), format!("coda {queue}")),
            ),
            many => {
                let pooled = if report.subject.all_queues {
                    Label::AllQueues
                } else {
                    Label::SelectedQueues
                };
                let names: Vec<&str> = many.iter().map(|queue| queue.as_str()).collect();
                let (pooled, names) = (self.text(pooled), names.join(", "));
                let below = self.language.pick("below target", "sotto l'obiettivo");
                Some(format!("{pooled} ({below}: {names})"))
            }
        }
    }

    fn what(&self, finding: &Finding, report: &ServiceReport) -> String {
        let results = finding.results.unwrap_or(report.total);
        let figures = &results.figures;
        let count = finding.count;
        let contacts = self.contacts(count);
        let pick = |english: String, italian: String| self.language.pick(english, italian);
        match finding.kind {
            FindingKind::BelowTarget => self.below(finding, &results, report),
            FindingKind::Recurring => self.recurring(finding, &results, report),
            FindingKind::Abandonment => {
                let rate = self.percent(figures.abandon_rate);
                let usual = self.round_percent(report.limits.abandon_rate);
                let (part, all) = (
                    self.count(figures.abandoned),
                    self.contacts(figures.offered),
                );
                pick(
                    format!("{rate} abandoned ({part} of {all}; usual limit {usual})"),
                    format!("{rate} di abbandoni ({part} su {all}; limite usuale {usual})"),
                )
            }
            FindingKind::Unanswered => pick(
                format!("{contacts}, none answered"),
                format!("{contacts}, nessuna risposta"),
            ),
            FindingKind::LongWait => {
                let wait = figures.longest_wait.unwrap_or(0);
                let wait = self.duration(floorwalker::report::Quotient::whole(wait));
                pick(
                    format!("longest wait {wait}"),
                    format!("attesa massima {wait}"),
                )
            }
            FindingKind::Blocked => {
                let rate = self.percent(figures.blocking_rate);
                pick(
                    format!(
                        "{contacts} refused for lack of a line or of room in the queue ({rate} of the attempts)"
                    ),
                    format!(
                        "{contacts} non accettate per mancanza di linee o di posto in coda ({rate} dei tentativi)"
                    ),
                )
            }
            FindingKind::Closed => pick(
                format!("{contacts} outside opening hours"),
                format!("{contacts} fuori orario"),
            ),
            FindingKind::Source => self.noted(finding),
            _ => self.lacking(finding),
        }
    }

    /// What the data lacks.
    fn lacking(&self, finding: &Finding) -> String {
        let contacts = self.contacts(finding.count);
        let pick = |english: String, italian: String| self.language.pick(english, italian);
        match finding.kind {
            FindingKind::Lost => pick(
                format!("{contacts} lost in a restart of the telephone system"),
                format!("{contacts} perse in un riavvio del centralino"),
            ),
            FindingKind::UnknownWaits => pick(
                format!(
                    "{contacts} left out of the service level, because the source does not tell how long they waited by this rule"
                ),
                format!(
                    "{contacts} escluse dal livello di servizio, perché la fonte non dice quanto hanno atteso secondo questa regola"
                ),
            ),
            FindingKind::NotCounted => pick(
                format!(
                    "{contacts} in the data but in none of these figures: outside the period, or without the instant they are counted by"
                ),
                format!(
                    "{contacts} nei dati ma in nessuno di questi numeri: fuori dal periodo, o senza l'istante di attribuzione"
                ),
            ),
            _ => contacts,
        }
    }

    fn noted(&self, finding: &Finding) -> String {
        let times = self.plural(
            finding.count,
            ("oddity", "oddities"),
            ("anomalia", "anomalie"),
        );
        self.language.pick(
            format!("the reader of the source noted {times}; see the notes on the data"),
            format!("il lettore della fonte ha annotato {times}; vedi le note sui dati"),
        )
    }

    /// `41.2 % within 20 s (target 80 %), 37 contacts short of the target, 22 abandoned`.
    fn below(&self, finding: &Finding, results: &Results, report: &ServiceReport) -> String {
        let level = self.level(finding, results, report);
        let missing = self.short_of_target(results.missing.unwrap_or(0));
        let abandoned = results.figures.abandoned;
        let number = self.count(abandoned);
        let abandoned = match abandoned {
            0 => self.language.pick(
                "none abandoned".to_owned(),
                "nessuna abbandonata".to_owned(),
            ),
            1 => self
                .language
                .pick("1 abandoned".to_owned(), "1 abbandonata".to_owned()),
            _ => self.language.pick(
                format!("{number} abandoned"),
                format!("{number} abbandonate"),
            ),
        };
        format!("{level}, {missing}, {abandoned}")
    }

    fn recurring(&self, finding: &Finding, results: &Results, report: &ServiceReport) -> String {
        let (missed, days) = finding
            .slot
            .map_or((0, 0), |slot| (slot.missed_days, slot.days));
        let level = self.level(finding, results, report);
        let missing = self.short_of_target(results.missing.unwrap_or(0));
        self.language.pick(
            format!("below target on {missed} of {days} days, together {level}, {missing}"),
            format!(
                "sotto l'obiettivo in {missed} giorni su {days}, nell'insieme {level}, {missing}"
            ),
        )
    }

    /// `37 contacts short of the target`.
    pub(crate) fn short_of_target(&self, missing: u64) -> String {
        let contacts = self.contacts(missing);
        let verb = if missing == 1 { "manca" } else { "mancano" };
        self.language.pick(
            format!("{contacts} short of the target"),
            format!("{verb} {contacts} all'obiettivo"),
        )
    }

    /// `41.2 % within 20 s (target 80 %)`.
    fn level(&self, finding: &Finding, results: &Results, report: &ServiceReport) -> String {
        let level = self.percent(results.figures.service_level);
        let target = self.round_percent(results.target);
        let within = self.within(finding, report);
        self.language.pick(
            format!("{level} {within} (target {target})"),
            format!("{level} {within} (obiettivo {target})"),
        )
    }

    /// `within 20 s`, by the threshold of the queues concerned.
    fn within(&self, finding: &Finding, report: &ServiceReport) -> String {
        let rules = &report.rules;
        if rules.comparison == Comparison::Any {
            return self.language.pick("answered", "di risposte").to_owned();
        }
        let concerned = rules
            .limits
            .iter()
            .filter(|limits| finding.queues.len() != 1 || finding.queues.contains(&limits.queue));
        let mut thresholds: Vec<Option<i64>> = concerned.map(|limits| limits.within_ms).collect();
        thresholds.dedup();
        match thresholds.as_slice() {
            [Some(ms)] => {
                let limit = self.limit(ms.unsigned_abs());
                self.language
                    .pick(format!("within {limit}"), format!("entro {limit}"))
            }
            _ => self
                .language
                .pick("within the threshold", "entro la soglia")
                .to_owned(),
        }
    }
}

/// The same text with a capital first letter.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
