//! The names and formulas of the indicators.

use floorwalker::service::{AgentKpi, Kpi};

use super::{Language, Locale};

/// The English title, the Italian title and the Italian formula of an indicator; the
/// English formula is the library's own.
// flat table
fn words(kpi: Kpi) -> Option<(&'static str, &'static str, &'static str)> {
    Some(match kpi {
        Kpi::Attempts => (
            "Attempts",
            "Tentativi",
            "offerte dall'esterno + bloccate + fuori orario",
        ),
        Kpi::Offered => (
            "Offered",
            "Offerte",
            "risposte + abbandonate + richiamate chieste + deviate + in attesa o perse",
        ),
        Kpi::Answered => ("Answered", "Risposte", "chiamate con una risposta"),
        Kpi::AnsweredIn => (
            "Answered in time",
            "Risposte entro soglia",
            "risposte con attesa entro la soglia",
        ),
        Kpi::Abandoned => (
            "Abandoned",
            "Abbandonate",
            "chiamate chiuse dal cliente in coda",
        ),
        Kpi::ShortAbandoned => (
            "Short abandons",
            "Abbandoni brevi",
            "abbandonate con attesa non oltre il limite breve",
        ),
        Kpi::CallbackRequested => (
            "Call-backs requested",
            "Richiamate chieste",
            "chiamate che hanno chiesto di essere richiamate",
        ),
        Kpi::FlowOuts => (
            "Flow-outs",
            "Deviate",
            "uscite per instradamento, attesa massima, tasto, coda vuota, comando o guasto",
        ),
        Kpi::Open => (
            "Still waiting",
            "Ancora in attesa",
            "chiamate senza una fine",
        ),
        Kpi::Lost => (
            "Lost",
            "Perse",
            "chiamate senza una fine prima di un riavvio",
        ),
        Kpi::Blocked => ("Blocked", "Bloccate", "chiamate rifiutate"),
        Kpi::Closed => (
            "Out of hours",
            "Fuori orario",
            "chiamate fuori dall'orario di apertura",
        ),
        Kpi::TransferIn => (
            "Transferred in",
            "Trasferite in entrata",
            "offerte arrivate per trasferimento",
        ),
        Kpi::TransferredOut => (
            "Transferred out",
            "Trasferite in uscita",
            "risposte che sono state passate",
        ),
        Kpi::Completed => (
            "Completed",
            "Concluse",
            "risposte con lavoro post-chiamata finito",
        ),
        Kpi::RingNoAnswers => (
            "Rings not taken",
            "Squilli senza risposta",
            "squilli non presi da un operatore",
        ),
        Kpi::CallbackDials => (
            "Call-back dials",
            "Richiamate tentate",
            "chiamate in uscita per richiamare",
        ),
        Kpi::CallbackAnswered => (
            "Call-backs answered",
            "Richiamate risposte",
            "richiamate con risposta",
        ),
        Kpi::OutboundDials => (
            "Outbound dials",
            "Chiamate in uscita",
            "chiamate in uscita iniziate",
        ),
        Kpi::OutboundAnswered => (
            "Outbound answered",
            "Uscite risposte",
            "chiamate in uscita con risposta",
        ),
        Kpi::ServiceLevel => (
            "Service level",
            "Livello di servizio",
            "a favore / (a favore + contro), secondo la regola indicata",
        ),
        Kpi::AnswerRate => (
            "Answer rate",
            "Percentuale di risposta",
            "risposte / offerte",
        ),
        Kpi::AbandonRate => (
            "Abandon rate",
            "Tasso di abbandono",
            "abbandonate / offerte",
        ),
        Kpi::AbandonRateExclShort => (
            "Abandon rate without short ones",
            "Tasso di abbandono senza brevi",
            "(abbandonate - brevi) / (offerte - brevi)",
        ),
        Kpi::TransferRate => (
            "Transfer rate",
            "Tasso di trasferimento",
            "trasferite in uscita / risposte",
        ),
        Kpi::BlockingRate => ("Blocking rate", "Tasso di blocco", "bloccate / tentativi"),
        Kpi::Asa => (
            "Mean wait to answer",
            "Tempo medio di risposta",
            "attesa delle risposte / risposte",
        ),
        Kpi::Ata => (
            "Mean wait to abandon",
            "Tempo medio di abbandono",
            "attesa delle abbandonate / abbandonate",
        ),
        Kpi::Tma => (
            "Mean wait",
            "Tempo medio di attesa",
            "attesa di risposte e abbandonate / risposte e abbandonate",
        ),
        Kpi::Att => (
            "Mean talk",
            "Tempo medio di conversazione",
            "conversazione / concluse",
        ),
        Kpi::AverageHold => (
            "Mean hold",
            "Attesa in linea media",
            "attesa in linea / concluse",
        ),
        Kpi::Acw => (
            "Mean work after call",
            "Lavoro post-chiamata medio",
            "lavoro post-chiamata / concluse",
        ),
        Kpi::Aht => (
            "Mean handling",
            "Tempo medio di gestione",
            "(conversazione + attesa in linea + lavoro post-chiamata) / concluse",
        ),
        Kpi::LongestWait => ("Longest wait", "Attesa massima", "l'attesa più lunga"),
        Kpi::Load => (
            "Load (erlang)",
            "Traffico (erlang)",
            "tempo di lavoro / durata",
        ),
        _ => return None,
    })
}

/// English title, Italian title, English formula, Italian formula.
// flat table
fn operator_words(kpi: AgentKpi) -> Option<[&'static str; 4]> {
    Some(match kpi {
        AgentKpi::Handled => [
            "Handled",
            "Gestite",
            "answered contacts and dials",
            "risposte e chiamate in uscita con risposta",
        ],
        AgentKpi::HandledInbound => [
            "From queues",
            "Dalle code",
            "answered contacts from a queue",
            "risposte da una coda",
        ],
        AgentKpi::HandledCallback => [
            "Call-backs",
            "Richiamate",
            "answered call-back dials",
            "richiamate con risposta",
        ],
        AgentKpi::HandledOutbound => [
            "Outbound",
            "In uscita",
            "answered outbound dials",
            "chiamate in uscita con risposta",
        ],
        AgentKpi::Completed => [
            "Completed",
            "Concluse",
            "handled with finished work after the call",
            "gestite con lavoro post-chiamata finito",
        ],
        AgentKpi::Held => [
            "Held",
            "Con attesa in linea",
            "completed with hold above 0",
            "concluse con attesa in linea",
        ],
        AgentKpi::TransferredOut => [
            "Transferred out",
            "Trasferite",
            "handled and passed on",
            "gestite e passate",
        ],
        AgentKpi::LoggedIn => [
            "Logged in",
            "Connesso",
            "time in any state",
            "tempo in qualsiasi stato",
        ],
        AgentKpi::TransferRate => [
            "Transfer rate",
            "Tasso di trasferimento",
            "transferred out / handled",
            "trasferite / gestite",
        ],
        AgentKpi::Att => [
            "Mean talk",
            "Tempo medio di conversazione",
            "talk / completed",
            "conversazione / concluse",
        ],
        AgentKpi::AverageHold => [
            "Mean hold",
            "Attesa in linea media",
            "hold / completed",
            "attesa in linea / concluse",
        ],
        AgentKpi::Acw => [
            "Mean work after call",
            "Lavoro post-chiamata medio",
            "work after the call / completed",
            "lavoro post-chiamata / concluse",
        ],
        AgentKpi::Aht => [
            "Mean handling",
            "Tempo medio di gestione",
            "(talk + hold + work after the call) / completed",
            "(conversazione + attesa in linea + lavoro post-chiamata) / concluse",
        ],
        AgentKpi::Occupancy => [
            "Occupancy",
            "Occupazione",
            "contact / (contact + ready)",
            "a contatto / (a contatto + disponibile)",
        ],
        AgentKpi::Utilisation => [
            "Utilisation",
            "Utilizzo",
            "contact / logged in",
            "a contatto / connesso",
        ],
        AgentKpi::Availability => [
            "Availability",
            "Disponibilità",
            "(contact + ready) / logged in",
            "(a contatto + disponibile) / connesso",
        ],
        AgentKpi::ContactsPerProductiveHour => [
            "Contacts an hour",
            "Chiamate all'ora",
            "handled / hours ready or with a contact",
            "gestite / ore a contatto o disponibile",
        ],
        _ => return None,
    })
}

impl Locale {
    /// The title of an indicator.
    pub(crate) fn kpi(&self, kpi: Kpi) -> &'static str {
        words(kpi).map_or(kpi.name(), |(english, italian, _)| {
            self.language.pick(english, italian)
        })
    }

    /// The formula of an indicator in words.
    pub(crate) fn formula(&self, kpi: Kpi) -> &'static str {
        match (self.language, words(kpi)) {
            (Language::Italian, Some((_, _, formula))) => formula,
            _ => kpi.formula(),
        }
    }

    /// The title of an operator's indicator.
    pub(crate) fn operator_kpi(&self, kpi: AgentKpi) -> &'static str {
        operator_words(kpi).map_or(kpi.name(), |words| self.language.pick(words[0], words[1]))
    }

    /// The formula of an operator's indicator in words.
    pub(crate) fn operator_formula(&self, kpi: AgentKpi) -> &'static str {
        operator_words(kpi).map_or("", |words| self.language.pick(words[2], words[3]))
    }
}

#[cfg(test)]
mod tests {
    use floorwalker::report::{Figures, OperatorFigures};

    use super::*;

    #[test]
    fn every_indicator_of_a_row_has_words() {
        for &kpi in Figures::KPIS {
            assert!(words(kpi).is_some(), "{kpi}");
        }
        for &kpi in OperatorFigures::KPIS {
            assert!(operator_words(kpi).is_some(), "{kpi}");
        }
    }
}
