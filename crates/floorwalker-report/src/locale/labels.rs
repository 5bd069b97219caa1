//! The words of the reports, one table for all languages.

use super::Language;

macro_rules! labels {
    ($($name:ident = $english:literal, $italian:literal;)*) => {
        /// A heading, a column title or a short note.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the words are beside the names")]
        #[non_exhaustive]
        pub enum Label { $($name,)* }

        impl Label {
            /// All of them.
            #[cfg(test)]
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The words in a language.
            #[must_use]
            pub fn text(self, language: Language) -> &'static str {
                match self { $(Self::$name => language.pick($english, $italian),)* }
            }
        }
    };
}

labels! {
    Title = "Service level report", "Rapporto sul livello di servizio";
    Skip = "Skip to the findings", "Vai ai punti da guardare";
    Contents = "Contents", "Indice";
    Subject = "What this report is about", "Di che cosa tratta il rapporto";
    Period = "Period", "Periodo";
    Zone = "Time zone", "Fuso orario";
    ZoneRules = "zone rules", "regole dei fusi";
    Queues = "Queues", "Code";
    Queue = "Queue", "Coda";
    AllQueues = "all queues", "tutte le code";
    SelectedQueues = "selected queues", "code selezionate";
    AllPooled = "All queues", "Tutte le code";
    SelectedPooled = "Selected queues", "Code selezionate";
    Intervals = "Intervals", "Intervalli";
    CountedBy = "Counted by", "Attribuzione";
    Rule = "Rule", "Regola";
    Target = "Target", "Obiettivo";
    Threshold = "Threshold", "Soglia";
    ShortLimit = "Short abandon up to", "Abbandono breve fino a";
    ExtractedAt = "Data extracted", "Dati estratti";
    Summary = "At a glance", "In sintesi";
    Findings = "What to look at first", "Che cosa guardare per primo";
    FindingsNote = "In order of cost: contacts that missed the target, were abandoned above the usual share or were refused. Costs that overlap in time are not to be added up.",
        "In ordine di costo: chiamate mancate all'obiettivo, abbandonate oltre la quota usuale o rifiutate. I costi che si sovrappongono nel tempo non si sommano.";
    NoFindings = "Nothing out of the ordinary, by the limits of this report.",
        "Nulla fuori dall'ordinario, secondo i limiti di questo rapporto.";
    NoData = "There were no contacts in this period.", "In questo periodo non ci sono state chiamate.";
    ByDay = "Day by day", "Giorno per giorno";
    ByTimeOfDay = "Through the day", "Durante la giornata";
    ByWeekdayHour = "Through the week", "Durante la settimana";
    ByInterval = "Every interval", "Ogni intervallo";
    Waits = "How long contacts waited", "Quanto si è atteso";
    Percentiles = "Percentiles of the waits", "Percentili delle attese";
    ByQueue = "By queue", "Per coda";
    Outcomes = "How contacts ended", "Come sono finite le chiamate";
    ByQueueDay = "Service level by queue and day", "Livello di servizio per coda e giorno";
    Exceptions = "Exceptions", "Eccezioni";
    DaysBelow = "Days below target", "Giorni sotto l'obiettivo";
    StretchesBelow = "Stretches below target", "Fasce sotto l'obiettivo";
    HighAbandonment = "High abandonment", "Abbandoni elevati";
    Unanswered = "Stretches without an answer", "Fasce senza risposta";
    LongestWaits = "Longest waits", "Attese più lunghe";
    Refused = "Refused or out of hours", "Rifiutate o fuori orario";
    Operators = "Operators", "Operatori";
    Operator = "Operator", "Operatore";
    Team = "Team", "Gruppo";
    People = "People", "Persone";
    Everybody = "Everybody", "Tutti";
    NoTeam = "in no team", "in nessun gruppo";
    OtherRules = "Other definitions on the same contacts", "Altre definizioni sulle stesse chiamate";
    OtherRulesNote = "There is no single service level. The report judges by the rule marked; the others are what other products and contracts would call the service level of the same contacts.",
        "Non esiste un unico livello di servizio. Il rapporto giudica con la regola indicata; le altre sono ciò che altri prodotti e contratti chiamerebbero livello di servizio delle stesse chiamate.";
    Reckoning = "What counted", "Che cosa è contato";
    ReckoningNote = "Every contact of the report by what the rule made of it.",
        "Ogni chiamata del rapporto secondo ciò che la regola ne ha fatto.";
    Definitions = "Definitions used", "Definizioni usate";
    Limits = "Thresholds and targets", "Soglie e obiettivi";
    Conventions = "Conventions", "Convenzioni";
    Day = "Day", "Giorno";
    Time = "Time", "Ora";
    Weekday = "Weekday", "Giorno";
    Hour = "Hour", "Ora";
    When = "When", "Quando";
    Wait = "Wait", "Attesa";
    Share = "Share of answered", "Quota delle risposte";
    Cumulative = "Answered so far", "Risposte cumulate";
    Otherwise = "Left otherwise", "Uscite altrimenti";
    Percentile = "Percentile", "Percentile";
    Verdict = "Target", "Obiettivo";
    Missing = "Short of target", "Mancanti";
    MostWaiting = "Most waiting", "Massimo in coda";
    Indicator = "Indicator", "Indicatore";
    Formula = "Formula", "Formula";
    Difference = "Difference", "Differenza";
    Contacts = "Contacts", "Chiamate";
    Kind = "Contacts by outcome", "Chiamate per esito";
    Counts = "Counts", "Conta";
    MainRule = "this report", "questo rapporto";
    ServiceLevel = "Service level", "Livello di servizio";
    TargetLine = "target", "obiettivo";
    Volume = "Contacts offered", "Chiamate offerte";
    AnsweredInTime = "answered in time", "risposte entro soglia";
    AnsweredLate = "answered late", "risposte oltre soglia";
    Abandoned = "abandoned", "abbandonate";
    Answered = "answered", "risposte";
    OtherOutcomes = "other", "altro";
    ThresholdMark = "threshold", "soglia";
    DataTable = "The numbers of this chart", "I numeri di questo grafico";
    NotExisting = "no such hour (clock put forward)", "ora inesistente (orologio avanti)";
    Nothing = "nothing", "nulla";
    Closed = "no contacts", "nessuna chiamata";
    UndefinedNote = "A dash means that the figure is undefined, because there is nothing to divide by.",
        "Un trattino indica che il dato non è definito, perché non c'è nulla per cui dividere.";
    RoundingNote = "Counts and times are exact whole numbers; shares are rounded to a tenth of a percent and times to a second, a half to the even digit, after adding up.",
        "Conteggi e tempi sono numeri interi esatti; le quote sono arrotondate al decimo di punto e i tempi al secondo, il mezzo alla cifra pari, dopo le somme.";
    SymbolsNote = "A answered, B abandoned, C call-back requested, C' call-back answered, D left by routing, K blocked, N offered, S short abandons; i: within the threshold.",
        "A risposte, B abbandonate, C richiamata chiesta, C' richiamata fatta, D deviate, K bloccate, N offerte, S abbandoni brevi; i: entro la soglia.";
    CountingNote = "A contact that moves from one queue to another counts once in each.",
        "Una chiamata che passa da una coda a un'altra conta una volta in ciascuna.";
    Purpose = "Purpose", "Finalità";
    LegalBasis = "Legal basis", "Base giuridica";
    Granularity = "Shown", "Livello di dettaglio";
    MinGroup = "Smallest group", "Gruppo minimo";
    Retention = "Kept for", "Conservazione";
    OperatorsNote = "In the order of names or numbers, not of results. Over all queues.",
        "In ordine di nome o di numero, non di risultato. Su tutte le code.";
    DataNotes = "Notes on the data", "Note sui dati";
    Complete = "Nothing was left out.", "Nulla è stato escluso.";
    HoursTwice = "hour that came twice", "ora ripetuta";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_has_words_in_every_language() {
        for label in Label::ALL {
            for language in Language::ALL {
                let text = label.text(*language);
                assert_eq!(text.trim(), text);
                assert!(!text.is_empty(), "{label:?}");
            }
        }
    }
}
