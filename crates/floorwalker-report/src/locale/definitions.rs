//! The names and formulas of the indicators.

use floorwalker::service::{AgentKpi, Kpi};

use super::Locale;

/// English title, Italian title, English formula, Italian formula.
// flat table
fn words(kpi: Kpi) -> Option<[&'static str; 4]> {
    Some(match kpi {
        Kpi::Attempts => [
            "Attempts",
            "Tentativi",
            "offered from outside + blocked + closed",
            "offerte dall'esterno + bloccate + fuori orario",
        ],
        Kpi::Offered => [
            "Offered",
            "Offerte",
            "answered + abandoned + call-backs + flow-outs + still waiting or lost",
            "risposte + abbandonate + richiamate chieste + deviate + in attesa o perse",
        ],
        Kpi::Answered => [
            "Answered",
            "Risposte",
            "contacts with an answer",
            "chiamate con una risposta",
        ],
        Kpi::AnsweredIn => [
            "Answered in time",
            "Risposte entro soglia",
            "answered with a wait within the threshold",
            "risposte con attesa entro la soglia",
        ],
        Kpi::Abandoned => [
            "Abandoned",
            "Abbandonate",
            "contacts that the customer ended in the queue",
            "chiamate chiuse dal cliente in coda",
        ],
        Kpi::ShortAbandoned => [
            "Short abandons",
            "Abbandoni brevi",
            "abandoned with a wait of at most the short limit",
            "abbandonate con attesa non oltre il limite breve",
        ],
        Kpi::CallbackRequested => [
            "Call-backs requested",
            "Richiamate chieste",
            "contacts that asked for a call-back",
            "chiamate che hanno chiesto di essere richiamate",
        ],
        Kpi::FlowOuts => [
            "Flow-outs",
            "Deviate",
            "overflowed + timed out + by key + empty + withdrawn + failed",
            "uscite per instradamento, attesa massima, tasto, coda vuota, comando o guasto",
        ],
        Kpi::Open => [
            "Still waiting",
            "Ancora in attesa",
            "contacts without an end",
            "chiamate senza una fine",
        ],
        Kpi::Lost => [
            "Lost",
            "Perse",
            "contacts without an end before a restart",
            "chiamate senza una fine prima di un riavvio",
        ],
        Kpi::Blocked => [
            "Blocked",
            "Bloccate",
            "contacts that were refused",
            "chiamate rifiutate",
        ],
        Kpi::Closed => [
            "Out of hours",
            "Fuori orario",
            "contacts outside opening hours",
            "chiamate fuori dall'orario di apertura",
        ],
        Kpi::TransferIn => [
            "Transferred in",
            "Trasferite in entrata",
            "offered contacts of kind transfer",
            "offerte arrivate per trasferimento",
        ],
        Kpi::TransferredOut => [
            "Transferred out",
            "Trasferite in uscita",
            "answered contacts that were passed on",
            "risposte che sono state passate",
        ],
        Kpi::Completed => [
            "Completed",
            "Concluse",
            "answered and wrapped up",
            "risposte con lavoro post-chiamata finito",
        ],
        Kpi::RingNoAnswers => [
            "Rings not taken",
            "Squilli senza risposta",
            "rings without answer",
            "squilli non presi da un operatore",
        ],
        Kpi::CallbackDials => [
            "Call-back dials",
            "Richiamate tentate",
            "dials of kind call-back",
            "chiamate in uscita per richiamare",
        ],
        Kpi::CallbackAnswered => [
            "Call-backs answered",
            "Richiamate risposte",
            "answered dials of kind call-back",
            "richiamate con risposta",
        ],
        Kpi::OutboundDials => [
            "Outbound dials",
            "Chiamate in uscita",
            "dials of kind outbound",
            "chiamate in uscita iniziate",
        ],
        Kpi::OutboundAnswered => [
            "Outbound answered",
            "Uscite risposte",
            "answered dials of kind outbound",
            "chiamate in uscita con risposta",
        ],
        Kpi::ServiceLevel => [
            "Service level",
            "Livello di servizio",
            "for / (for + against), by the rule of the report",
            "a favore / (a favore + contro), secondo la regola indicata",
        ],
        Kpi::AnswerRate => [
            "Answer rate",
            "Percentuale di risposta",
            "answered / offered",
            "risposte / offerte",
        ],
        Kpi::AbandonRate => [
            "Abandon rate",
            "Tasso di abbandono",
            "abandoned / offered",
            "abbandonate / offerte",
        ],
        Kpi::AbandonRateExclShort => [
            "Abandon rate without short ones",
            "Tasso di abbandono senza brevi",
            "(abandoned - short) / (offered - short)",
            "(abbandonate - brevi) / (offerte - brevi)",
        ],
        Kpi::TransferRate => [
            "Transfer rate",
            "Tasso di trasferimento",
            "transferred out / answered",
            "trasferite in uscita / risposte",
        ],
        Kpi::BlockingRate => [
            "Blocking rate",
            "Tasso di blocco",
            "blocked / attempts",
            "bloccate / tentativi",
        ],
        Kpi::Asa => [
            "Mean wait to answer",
            "Tempo medio di risposta",
            "wait of answered contacts / answered contacts",
            "attesa delle risposte / risposte",
        ],
        Kpi::Ata => [
            "Mean wait to abandon",
            "Tempo medio di abbandono",
            "wait of abandoned contacts / abandoned contacts",
            "attesa delle abbandonate / abbandonate",
        ],
        Kpi::Tma => [
            "Mean wait",
            "Tempo medio di attesa",
            "wait of answered and abandoned contacts / answered and abandoned contacts",
            "attesa di risposte e abbandonate / risposte e abbandonate",
        ],
        Kpi::Att => [
            "Mean talk",
            "Tempo medio di conversazione",
            "talk / completed",
            "conversazione / concluse",
        ],
        Kpi::AverageHold => [
            "Mean hold",
            "Attesa in linea media",
            "hold / completed",
            "attesa in linea / concluse",
        ],
        Kpi::Acw => [
            "Mean work after call",
            "Lavoro post-chiamata medio",
            "wrap-up / completed",
            "lavoro post-chiamata / concluse",
        ],
        Kpi::Aht => [
            "Mean handling",
            "Tempo medio di gestione",
            "(talk + hold + wrap-up) / completed",
            "(conversazione + attesa in linea + lavoro post-chiamata) / concluse",
        ],
        Kpi::LongestWait => [
            "Longest wait",
            "Attesa massima",
            "the longest wait",
            "l'attesa più lunga",
        ],
        Kpi::Load => [
            "Load (erlang)",
            "Traffico (erlang)",
            "busy / length of the window",
            "tempo di lavoro / durata",
        ],
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
        words(kpi).map_or(kpi.name(), |words| self.language.pick(words[0], words[1]))
    }

    /// The formula of an indicator in words.
    pub(crate) fn formula(&self, kpi: Kpi) -> &'static str {
        words(kpi).map_or(kpi.formula(), |words| {
            self.language.pick(words[2], words[3])
        })
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
