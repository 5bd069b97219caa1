//! The words of closed lists: outcomes, verdicts, policies.

use floorwalker::report::{Reckoned, Severity, Standing, Who};
use floorwalker::service::{Attribution, Class, ClockStart, Comparison, Timing, Verdict};
use floorwalker::team::Granularity;
use floorwalker::time::Every;

use super::{Label, Locale};

impl Locale {
    /// How a figure stands to its target, in a word.
    pub(crate) fn standing(&self, standing: Standing) -> &'static str {
        match standing {
            Standing::Met => self.language.pick("met", "raggiunto"),
            Standing::Near => self.language.pick("just below", "appena sotto"),
            Standing::Missed => self.language.pick("missed", "mancato"),
            Standing::Unjudged => self.language.pick("not judged", "non valutato"),
        }
    }

    /// How much a finding matters, in a word.
    pub(crate) fn severity(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::High => self.language.pick("high", "alta"),
            Severity::Medium => self.language.pick("medium", "media"),
            Severity::Low => self.language.pick("note", "nota"),
        }
    }

    /// What a rule makes of a contact.
    pub(crate) fn verdict(&self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::For => self.language.pick("for", "a favore"),
            Verdict::Against => self.language.pick("against", "contro"),
            Verdict::LeftOut => self.language.pick("left out", "escluse"),
        }
    }

    fn class(&self, class: Class) -> &'static str {
        let (english, italian) = match class {
            Class::Answered => ("answered", "risposte"),
            Class::AbandonedShort => ("short abandons", "abbandoni brevi"),
            Class::Abandoned => ("abandoned", "abbandonate"),
            Class::Callback => ("call-back requested", "richiamata chiesta"),
            Class::CallbackDone => ("call-back requested and done", "richiamata chiesta e fatta"),
            Class::FlowOut => (
                "left by routing, time-out or key",
                "uscite per instradamento, tempo o tasto",
            ),
            Class::Unfinished => ("still waiting or lost", "ancora in attesa o perse"),
            Class::Blocked => ("blocked", "bloccate"),
            Class::Closed => ("outside opening hours", "fuori orario"),
            _ => ("other", "altro"),
        };
        self.language.pick(english, italian)
    }

    /// A kind of contact: `answered within the threshold`.
    pub(crate) fn kind(&self, line: &Reckoned) -> String {
        let timing = match line.timing {
            None => "",
            Some(Timing::Within) => self
                .language
                .pick(" within the threshold", " entro la soglia"),
            Some(Timing::Late) => self
                .language
                .pick(" after the threshold", " oltre la soglia"),
            Some(Timing::Unknown) => self.language.pick(", wait not known", ", attesa non nota"),
        };
        format!("{}{timing}", self.class(line.class))
    }

    /// By which instant contacts are counted.
    pub(crate) fn attribution(&self, attribution: Attribution) -> &'static str {
        let (english, italian) = match attribution {
            Attribution::Arrival => ("entry into the queue", "ingresso in coda"),
            Attribution::QueueExit => ("exit from the queue", "uscita dalla coda"),
            Attribution::Answer => ("answer", "risposta"),
            Attribution::ServiceLevelEvent => (
                "exit from the queue or threshold, the earlier",
                "uscita dalla coda o soglia, la prima delle due",
            ),
            Attribution::Release => ("end of the conversation", "fine della conversazione"),
            Attribution::WrapUpEnd => (
                "end of the work after the call",
                "fine del lavoro post-chiamata",
            ),
            Attribution::Disconnect => ("end of the contact", "fine della chiamata"),
            other => (other.name(), other.name()),
        };
        self.language.pick(english, italian)
    }

    /// From when a wait is measured and how it is compared.
    pub(crate) fn waiting_rule(&self, clock: ClockStart, comparison: Comparison) -> String {
        let (english, italian) = match clock {
            ClockStart::QueueEntry => ("the entry into the queue", "dall'ingresso in coda"),
            ClockStart::CentreEntry => ("the entry into the centre", "dall'ingresso nel centro"),
            ClockStart::OperatorChoice => (
                "the choice of an operator in the menu",
                "dalla scelta dell'operatore nel menu",
            ),
        };
        let (en, it) = match comparison {
            Comparison::AtMost => (
                "; a wait equal to the threshold is within it",
                "; un'attesa pari alla soglia è entro la soglia",
            ),
            Comparison::Below => (
                "; a wait equal to the threshold is late",
                "; un'attesa pari alla soglia è oltre la soglia",
            ),
            Comparison::Any => ("; the rule has no threshold", "; la regola non ha soglia"),
        };
        self.language.pick(
            format!("Waits are measured from {english}{en}."),
            format!("L'attesa si misura {italian}{it}."),
        )
    }

    /// The length of intervals in words.
    pub(crate) fn every(&self, every: Every) -> String {
        let (english, italian) = match every {
            Every::Hour => ("1 hour", "1 ora"),
            Every::Day => ("1 day", "1 giorno"),
            Every::IsoWeek => ("1 week", "1 settimana"),
            Every::Month => ("1 month", "1 mese"),
            _ => {
                let minutes = every.step_ms().unwrap_or(0) / 60_000;
                return self
                    .language
                    .pick(format!("{minutes} minutes"), format!("{minutes} minuti"));
            }
        };
        self.language.pick(english, italian).to_owned()
    }

    /// How closely people are looked at.
    pub(crate) fn granularity(&self, granularity: Granularity) -> &'static str {
        match granularity {
            Granularity::Team => self.language.pick("groups only", "solo gruppi"),
            Granularity::Pseudonym => self
                .language
                .pick("people under numbers", "persone con un numero"),
            Granularity::Person => self.language.pick("people by name", "persone per nome"),
        }
    }

    /// Who a row is about.
    pub(crate) fn who(&self, who: &Who) -> String {
        match who {
            Who::Person(agent) => agent.to_string(),
            Who::Number(number) => format!("{} {number}", self.text(Label::Operator)),
            Who::Team(team) => team.clone(),
            Who::NoTeam => self.text(Label::NoTeam).to_owned(),
        }
    }

    /// `1 contact`, `2 contacts`.
    pub(crate) fn contacts(&self, count: u64) -> String {
        self.plural(count, ("contact", "contacts"), ("chiamata", "chiamate"))
    }

    /// A number and its noun, which is singular only after 1 in both languages.
    pub(crate) fn plural(
        &self,
        count: u64,
        english: (&str, &str),
        italian: (&str, &str),
    ) -> String {
        let (one, many) = self.language.pick(english, italian);
        let noun = if count == 1 { one } else { many };
        format!("{} {noun}", self.count(count))
    }
}
