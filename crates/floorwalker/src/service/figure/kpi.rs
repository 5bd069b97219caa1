//! The indicators of a tally, by name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, nearest};

/// What a figure is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Unit {
    /// A whole number.
    Count,
    /// A share from 0 to 1, never percent.
    Ratio,
    /// Milliseconds.
    Milliseconds,
    /// Erlang: operators busy on average.
    Erlangs,
    /// A number for each hour.
    PerHour,
    /// People on average.
    Heads,
    /// A number for each thousand of something.
    PerThousand,
    /// Money, in the currency that the figure's name ends with; the denominator turns
    /// cents into units.
    Money,
}

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither by itself; it belongs in a band, or gives the context.
    Neither,
}

macro_rules! kpis {
    ($($(#[$docs:meta])* $variant:ident = $name:literal, $unit:ident, $better:ident, $formula:literal;)*) => {
        /// A key performance indicator of queues (indicatore), by its standard name.
        ///
        /// The service level is one of them only for the main rule; ask
        /// [`Tally::service_level`](crate::service::Tally::service_level) for any other.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "&'static str")]
        #[non_exhaustive]
        pub enum Kpi {
            $($(#[$docs])* #[doc = concat!("\n\nFormula: ", $formula, ".")] $variant,)*
        }

        impl Kpi {
            /// All of them, counts first.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it is measured in.
            #[must_use]
            pub fn unit(self) -> Unit {
                match self { $(Self::$variant => Unit::$unit,)* }
            }

            /// Which way is good.
            #[must_use]
            pub fn better(self) -> Better {
                match self { $(Self::$variant => Better::$better,)* }
            }

            /// The formula in words.
            #[must_use]
            pub fn formula(self) -> &'static str {
                match self { $(Self::$variant => $formula,)* }
            }
        }
    };
}

kpis! {
    /// All that reached the number (tentativi), as far as the log knows: without those served by the menu alone.
    Attempts = "attempts", Count, Neither, "offered from outside + blocked + closed";
    /// Legs that entered the queue (offerte).
    Offered = "offered", Count, Neither, "answered + abandoned + call-backs + flow-outs + still waiting or lost";
    /// Offered legs that came from outside.
    OfferedInbound = "offered_inbound", Count, Neither, "offered - transfers in - overflow in";
    /// Offered legs that came by a transfer (trasferimenti in entrata).
    TransferIn = "transfer_in", Count, Neither, "offered legs of kind transfer";
    /// Offered legs that came by overflow.
    OverflowIn = "overflow_in", Count, Neither, "offered legs of kind overflow";
    /// Connected to an operator (risposte).
    Answered = "answered", Count, Neither, "legs with an answer";
    /// Left by the customer while waiting (abbandonate), short ones included.
    Abandoned = "abandoned", Count, Neither, "legs that the customer ended in the queue";
    /// Abandoned within the limit for short abandons (abbandoni brevi).
    ShortAbandoned = "short_abandoned", Count, Neither, "abandoned with a wait of at most the short limit";
    /// Left asking to be called back (richiamate).
    CallbackRequested = "callback_requested", Count, Neither, "legs that asked for a call-back";
    /// Left the queue otherwise: routing, time-out, key, command, empty queue, fault (deviate).
    FlowOuts = "flow_outs", Count, Neither, "overflowed + timed out + by key + empty + withdrawn + failed";
    /// Moved elsewhere by routing.
    Overflowed = "overflowed", Count, Neither, "flow-outs by overflow alone";
    /// Left because the longest allowed wait was over.
    TimedOut = "timed_out", Count, Neither, "flow-outs by time-out";
    /// Left by pressing a key.
    LeftByKey = "left_by_key", Count, Neither, "flow-outs by key";
    /// Left because the queue had no operators.
    LeftEmpty = "left_empty", Count, Neither, "flow-outs from an empty queue";
    /// Taken out by a command.
    Withdrawn = "withdrawn", Count, Neither, "flow-outs by command";
    /// Ended by a technical fault.
    Failed = "failed", Count, Lower, "flow-outs by a fault";
    /// Forgotten in a restart of the telephone system.
    Lost = "lost", Count, Lower, "legs without an end before a restart";
    /// Still waiting when the data ends.
    Open = "open", Count, Neither, "legs without an end";
    /// Refused for lack of a trunk or of queue space (bloccate).
    Blocked = "blocked", Count, Lower, "legs that were refused";
    /// Arrived outside opening hours (fuori orario).
    Closed = "closed", Count, Neither, "legs outside opening hours";
    /// Answered within the threshold of the main rule.
    AnsweredIn = "answered_in", Count, Neither, "answered with a wait within the threshold";
    /// Abandoned within the threshold of the main rule.
    AbandonedIn = "abandoned_in", Count, Neither, "abandoned with a wait within the threshold";
    /// Asked for a call-back within the threshold of the main rule.
    CallbackIn = "callback_in", Count, Neither, "call-back requests with a wait within the threshold";
    /// Left by routing within the threshold of the main rule.
    FlowOutIn = "flow_out_in", Count, Neither, "flow-outs with a wait within the threshold";
    /// Answered legs that ended in a transfer (trasferimenti in uscita).
    TransferredOut = "transferred_out", Count, Neither, "answered legs that were passed on";
    /// Answered legs whose operator had finished.
    Completed = "completed", Count, Neither, "answered and wrapped up";
    /// Completed legs with time on hold.
    Held = "held", Count, Neither, "completed with hold above 0";
    /// Rings that an operator did not take.
    RingNoAnswers = "ring_no_answers", Count, Lower, "rings without answer";
    /// Completed legs with less talk than the limit of short calls.
    ShortAnswers = "short_answers", Count, Neither, "completed with talk below the short limit";
    /// Call-back dials begun.
    CallbackDials = "callback_dials", Count, Neither, "dials of kind call-back";
    /// Call-back dials answered.
    CallbackAnswered = "callback_answered", Count, Neither, "answered dials of kind call-back";
    /// Outbound dials begun.
    OutboundDials = "outbound_dials", Count, Neither, "dials of kind outbound";
    /// Outbound dials answered.
    OutboundAnswered = "outbound_answered", Count, Neither, "answered dials of kind outbound";
    /// Service level of the main rule (livello di servizio).
    ServiceLevel = "service_level", Ratio, Higher, "for / (for + against), by the rule printed with it";
    /// Share of offered legs that were answered (percentuale di risposta).
    AnswerRate = "answer_rate", Ratio, Higher, "answered / offered";
    /// Share of offered legs that were abandoned (tasso di abbandono).
    AbandonRate = "abandon_rate", Ratio, Lower, "abandoned / offered";
    /// The same without short abandons on either side.
    AbandonRateExclShort = "abandon_rate_excl_short", Ratio, Lower, "(abandoned - short) / (offered - short)";
    /// The same with short abandons only in the denominator.
    AbandonRateLong = "abandon_rate_long", Ratio, Lower, "(abandoned - short) / offered";
    /// Share of attempts that were refused.
    BlockingRate = "blocking_rate", Ratio, Lower, "blocked / attempts";
    /// Share of answered legs that were passed on (tasso di trasferimento).
    TransferRate = "transfer_rate", Ratio, Lower, "transferred out / answered";
    /// Share of requested call-backs that were answered.
    CallbackCompletion = "callback_completion", Ratio, Higher, "call-backs done / call-backs requested";
    /// Share of call-back dials that were answered.
    CallbackAnswerRate = "callback_answer_rate", Ratio, Higher, "call-back dials answered / begun";
    /// Share of outbound dials that were answered.
    ConnectRate = "connect_rate", Ratio, Higher, "outbound dials answered / begun";
    /// Average speed of answer (tempo medio di risposta).
    Asa = "asa", Milliseconds, Lower, "wait of answered legs / answered legs";
    /// Average time to abandon (tempo medio di abbandono), short ones included.
    Ata = "ata", Milliseconds, Neither, "wait of abandoned legs / abandoned legs";
    /// Average wait of answered and abandoned legs together (tempo medio di attesa).
    Tma = "tma", Milliseconds, Lower, "wait of answered and abandoned legs / answered and abandoned legs";
    /// Longest wait (attesa massima) of a leg that left the queue.
    LongestWait = "longest_wait", Milliseconds, Lower, "largest wait";
    /// Average talk time (tempo medio di conversazione).
    Att = "att", Milliseconds, Neither, "talk / completed";
    /// Average hold time over all completed legs (attesa in linea).
    AverageHold = "ahold", Milliseconds, Lower, "hold / completed";
    /// Average hold time over the legs that were held.
    AverageHoldOfHeld = "ahold_of_held", Milliseconds, Lower, "hold / held";
    /// Average work after the call (lavoro post-chiamata).
    Acw = "acw", Milliseconds, Neither, "wrap-up / completed";
    /// Average handle time (tempo medio di gestione).
    Aht = "aht", Milliseconds, Neither, "(talk + hold + wrap-up) / completed";
    /// The same without the work after the call, as some products have it.
    AhtWithoutAcw = "aht_without_acw", Milliseconds, Neither, "(talk + hold) / completed";
    /// Operators' time from answer to end of wrap-up, dials included, inside the window.
    Busy = "busy", Milliseconds, Neither, "time of [answer, end of wrap-up) inside the window";
    /// Load (traffico): operators busy on average.
    Load = "load", Erlangs, Neither, "busy / length of the window";
}

impl fmt::Display for Kpi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Kpi {
    type Err = Error;

    /// Reads the stable name.
    fn from_str(given: &str) -> Result<Self, Error> {
        Self::ALL
            .iter()
            .copied()
            .find(|kpi| kpi.name() == given)
            .ok_or_else(|| {
                let nearest = nearest(given, Self::ALL.iter().map(|kpi| kpi.name()));
                ErrorKind::Unknown {
                    what: "indicator",
                    given: given.to_owned(),
                    nearest,
                }
                .into()
            })
    }
}

impl TryFrom<String> for Kpi {
    type Error = Error;
    fn try_from(name: String) -> Result<Self, Error> {
        name.parse()
    }
}

impl From<Kpi> for &'static str {
    fn from(kpi: Kpi) -> Self {
        kpi.name()
    }
}
