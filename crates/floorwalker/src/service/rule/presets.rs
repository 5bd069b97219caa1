//! The service-level rules of the trade, by name.

use std::str::FromStr;

use chrono::TimeDelta;

use super::level::{ClockStart, Comparison, ServiceLevel, Treatment};
use super::limit::{Limit, parse_duration};
use crate::error::{Error, ErrorKind, nearest};

/// The switches of Genesys Cloud's service-level setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GenesysSwitches {
    /// Legs that left by routing count against.
    pub flow_outs: bool,
    /// Short abandons are left out.
    pub without_short: bool,
    /// Abandons count against.
    pub abandons: bool,
}

impl Default for GenesysSwitches {
    /// As delivered: abandons count, short ones too, flow-outs do not.
    fn default() -> Self {
        Self {
            flow_outs: false,
            without_short: false,
            abandons: true,
        }
    }
}

/// Which of three published formulas a Cisco centre uses for abandoned legs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CiscoAbandons {
    /// Abandons within the threshold are left out.
    Ignored,
    /// Abandons count against.
    Negative,
    /// Abandons within the threshold count for.
    Positive,
}

type Made = Result<ServiceLevel, Error>;

/// The named rules.
///
/// All take the threshold T; waits equal to it are within. All give
/// `value.out_of_range` for a negative threshold or one above 400 days.
impl ServiceLevel {
    /// Ai / A: of the answered, how many in time. Abandons are invisible to it.
    /// Used as "only handled" by Cisco UCCX; Wazo's quality of service and
    /// AltiGen's "since midnight" have the same formula.
    ///
    /// # Errors
    /// See the list above.
    pub fn answered_only(within: TimeDelta) -> Made {
        Ok(Self::base("answered_only", within)?.changed(|rule| {
            rule.abandons = Treatment::Ignored;
            rule.flow_outs = Treatment::Ignored;
            rule.callbacks = Treatment::Ignored;
            rule.unfinished = Treatment::Ignored;
        }))
    }

    /// Ai / N: of all offered, how many were answered in time. Abandons,
    /// flow-outs, call-backs and waiting ones all count against.
    ///
    /// # Errors
    /// See the list above.
    pub fn offered(within: TimeDelta) -> Made {
        Self::base("offered", within)
    }

    /// Ai / (N - Bi): who gave up within the threshold is left out.
    ///
    /// # Errors
    /// See the list above.
    pub fn ignore_within(within: TimeDelta) -> Made {
        Ok(Self::base("ignore_within", within)?
            .changed(|rule| rule.abandons = Treatment::IgnoredWithin))
    }

    /// (Ai + Bi) / N: who gave up within the threshold counts as served.
    ///
    /// # Errors
    /// See the list above.
    pub fn positive(within: TimeDelta) -> Made {
        Ok(Self::base("positive", within)?.changed(|rule| rule.abandons = Treatment::Positive))
    }

    /// Ai / (N - B): no abandon counts.
    ///
    /// # Errors
    /// See the list above.
    pub fn ignore_all(within: TimeDelta) -> Made {
        Ok(Self::base("ignore_all", within)?.changed(|rule| rule.abandons = Treatment::Ignored))
    }

    /// Ai / (N - S): abandons within `short` are left out. The commonest text
    /// of outsourcing contracts (general knowledge, not a cited source).
    ///
    /// # Errors
    /// See the list above.
    pub fn excl_short(within: TimeDelta, short: TimeDelta) -> Made {
        let short = Limit::new(short)?;
        Ok(Self::base("excl_short", within)?.changed(|rule| {
            rule.short = Some(short);
            rule.abandons = Treatment::IgnoredShort;
        }))
    }

    /// Ai / (A + B): flow-outs, call-backs and waiting ones are left out.
    ///
    /// # Errors
    /// See the list above.
    pub fn answered_abandoned(within: TimeDelta) -> Made {
        Ok(Self::base("answered_abandoned", within)?.changed(|rule| {
            rule.flow_outs = Treatment::Ignored;
            rule.callbacks = Treatment::Ignored;
            rule.unfinished = Treatment::Ignored;
        }))
    }

    /// Ai / (A + B - S): the same without short abandons.
    ///
    /// # Errors
    /// See the list above.
    pub fn answered_abandoned_excl_short(within: TimeDelta, short: TimeDelta) -> Made {
        let short = Limit::new(short)?;
        Ok(Self::answered_abandoned(within)?.changed(|rule| {
            rule.name = "answered_abandoned_excl_short".to_owned();
            rule.short = Some(short);
            rule.abandons = Treatment::IgnoredShort;
        }))
    }

    /// (Ai + Bi + Ci) / N: whoever left the queue in time by an answer, by
    /// giving up or by asking for a call-back.
    ///
    /// # Errors
    /// See the list above.
    pub fn removed_from_queue(within: TimeDelta) -> Made {
        Ok(Self::base("removed_from_queue", within)?.changed(|rule| {
            rule.abandons = Treatment::Positive;
            rule.callbacks = Treatment::Positive;
        }))
    }

    /// Ai / (N - D), D being the legs that routing took out of the queue; the
    /// three treatments of abandons apply as elsewhere.
    ///
    /// # Errors
    /// See the list above.
    pub fn dequeued_excluded(within: TimeDelta, abandons: CiscoAbandons) -> Made {
        Ok(Self::base("dequeued_excluded", within)?.changed(|rule| {
            rule.flow_outs = Treatment::Ignored;
            rule.abandons = abandons.into();
        }))
    }

    /// A / N: answered at all, however long it took.
    ///
    /// # Errors
    /// None in practice; the type is that of the other rules.
    pub fn no_threshold() -> Made {
        Ok(Self::base("no_threshold", TimeDelta::zero())?
            .changed(|rule| rule.comparison = Comparison::Any))
    }

    /// Cisco UCCE call types, by the way abandons are set up.
    ///
    /// # Errors
    /// See the list above.
    pub fn ucce(within: TimeDelta, abandons: CiscoAbandons) -> Made {
        let name = match abandons {
            CiscoAbandons::Ignored => "ucce_ignore",
            CiscoAbandons::Negative => "ucce_negative",
            CiscoAbandons::Positive => "ucce_positive",
        };
        Ok(Self::base(name, within)?.changed(|rule| rule.abandons = abandons.into()))
    }

    /// Cisco UCCX, "only handled": [`answered_only`](Self::answered_only).
    ///
    /// # Errors
    /// See the list above.
    pub fn uccx_only_handled(within: TimeDelta) -> Made {
        Ok(Self::answered_only(within)?.changed(|rule| rule.name = "uccx_only_handled".to_owned()))
    }

    /// Genesys Cloud: by default Ai / (A + B); the switches of its setting add
    /// flow-outs or leave abandons out. With `without_short` a limit is needed.
    ///
    /// # Errors
    /// See the list above; `options.conflict` if `without_short` comes without a limit.
    pub fn genesys_cloud(
        within: TimeDelta,
        switches: GenesysSwitches,
        short: Option<TimeDelta>,
    ) -> Made {
        let short = short.map(Limit::new).transpose()?;
        let level = Self::answered_abandoned(within)?.changed(|rule| {
            rule.name = "genesys_cloud".to_owned();
            rule.short = short;
            if switches.flow_outs {
                rule.flow_outs = Treatment::Negative;
            }
        });
        level.with_abandons(match switches {
            GenesysSwitches {
                abandons: false, ..
            } => Treatment::Ignored,
            GenesysSwitches {
                without_short: true,
                ..
            } => Treatment::IgnoredShort,
            _ => Treatment::Negative,
        })
    }

    /// Amazon Connect's `SERVICE_LEVEL`: [`removed_from_queue`](Self::removed_from_queue).
    /// The product lets one choose whether the comparison is strict; see [`strictly`](Self::strictly).
    ///
    /// # Errors
    /// See the list above.
    pub fn amazon_connect(within: TimeDelta) -> Made {
        Ok(Self::removed_from_queue(within)?
            .changed(|rule| rule.name = "amazon_connect".to_owned()))
    }

    /// Avaya BCMS, by VDN: Ai over everything that called, busy and
    /// disconnected ones included.
    ///
    /// # Errors
    /// See the list above.
    pub fn avaya_bcms(within: TimeDelta) -> Made {
        Ok(Self::base("avaya_bcms", within)?.changed(|rule| rule.blocked = Treatment::Negative))
    }

    /// Talkdesk: Ai / N, or Ai / (N - S) where a limit for short abandons is set.
    /// The product starts that limit at the start of the call, not of the queue;
    /// here it is measured like the wait.
    ///
    /// # Errors
    /// See the list above.
    pub fn talkdesk(within: TimeDelta, short: Option<TimeDelta>) -> Made {
        let level = match short {
            Some(short) => Self::excl_short(within, short)?,
            None => Self::offered(within)?,
        };
        Ok(level.changed(|rule| rule.name = "talkdesk".to_owned()))
    }

    /// AltiGen TSL: (Ai + Bi + Oi) / N, overflow within the threshold counting too.
    ///
    /// # Errors
    /// See the list above.
    pub fn altigen_tsl(within: TimeDelta) -> Made {
        Ok(Self::positive(within)?.changed(|rule| {
            rule.name = "altigen_tsl".to_owned();
            rule.flow_outs = Treatment::Positive;
        }))
    }

    /// The share within 20 s of Italian telecom regulation (AGCOM 255/24/CONS):
    /// measured from the choice "operator" in the menu. The target there is at
    /// least 40 %, beside a mean wait of at most 150 s.
    ///
    /// Uncertain: read through summaries, not in the annex; the denominator is
    /// taken as all who asked for an operator.
    ///
    /// # Errors
    /// None in practice; the type is that of the other rules.
    pub fn agcom_255_24() -> Made {
        Ok(Self::base("agcom_255_24", TimeDelta::seconds(20))?
            .changed(|rule| rule.clock = ClockStart::OperatorChoice))
    }

    /// The level of service of Italian energy regulation (ARERA TIQV): of those
    /// who asked for an operator, how many spoke to one; completed call-backs
    /// count as answered.
    ///
    /// Uncertain: from general knowledge, to be checked against the text.
    ///
    /// # Errors
    /// None in practice; the type is that of the other rules.
    pub fn arera_tiqv() -> Made {
        Ok(Self::no_threshold()?.changed(|rule| {
            rule.name = "arera_tiqv".to_owned();
            rule.callbacks = Treatment::PositiveIfDone;
        }))
    }

    /// The names that [`from_str`](Self::from_str) reads.
    pub const NAMES: &'static [&'static str] = &[
        "answered_only",
        "offered",
        "ignore_within",
        "positive",
        "ignore_all",
        "excl_short",
        "answered_abandoned",
        "answered_abandoned_excl_short",
        "removed_from_queue",
        "dequeued_excluded",
        "no_threshold",
        "ucce_ignore",
        "ucce_negative",
        "ucce_positive",
        "uccx_only_handled",
        "genesys_cloud",
        "amazon_connect",
        "avaya_bcms",
        "talkdesk",
        "altigen_tsl",
        "agcom_255_24",
        "arera_tiqv",
    ];
}

impl From<CiscoAbandons> for Treatment {
    fn from(abandons: CiscoAbandons) -> Self {
        match abandons {
            CiscoAbandons::Ignored => Self::IgnoredWithin,
            CiscoAbandons::Negative => Self::Negative,
            CiscoAbandons::Positive => Self::Positive,
        }
    }
}

/// The rule of that name as it comes from its constructor, with these limits.
///
/// Rules that can do without a limit for short abandons take it if it is given.
pub(super) fn by_name(name: &str, within: Limit, short: Option<Limit>) -> Option<ServiceLevel> {
    let t = within.default_limit();
    let s = short
        .as_ref()
        .map_or(TimeDelta::zero(), Limit::default_limit);
    let made = match name {
        "answered_only" => ServiceLevel::answered_only(t),
        "offered" => ServiceLevel::offered(t),
        "ignore_within" => ServiceLevel::ignore_within(t),
        "positive" => ServiceLevel::positive(t),
        "ignore_all" => ServiceLevel::ignore_all(t),
        "excl_short" => ServiceLevel::excl_short(t, s),
        "answered_abandoned" => ServiceLevel::answered_abandoned(t),
        "answered_abandoned_excl_short" => ServiceLevel::answered_abandoned_excl_short(t, s),
        "removed_from_queue" => ServiceLevel::removed_from_queue(t),
        "dequeued_excluded" => ServiceLevel::dequeued_excluded(t, CiscoAbandons::Negative),
        "no_threshold" => ServiceLevel::no_threshold(),
        "ucce_ignore" => ServiceLevel::ucce(t, CiscoAbandons::Ignored),
        "ucce_negative" => ServiceLevel::ucce(t, CiscoAbandons::Negative),
        "ucce_positive" => ServiceLevel::ucce(t, CiscoAbandons::Positive),
        "uccx_only_handled" => ServiceLevel::uccx_only_handled(t),
        "genesys_cloud" => ServiceLevel::genesys_cloud(t, GenesysSwitches::default(), None),
        "amazon_connect" => ServiceLevel::amazon_connect(t),
        "avaya_bcms" => ServiceLevel::avaya_bcms(t),
        "talkdesk" => ServiceLevel::talkdesk(t, short.as_ref().map(|_| s)),
        "altigen_tsl" => ServiceLevel::altigen_tsl(t),
        "agcom_255_24" => ServiceLevel::agcom_255_24(),
        "arera_tiqv" => ServiceLevel::arera_tiqv(),
        _ => return None,
    };
    let level = made.ok()?;
    Some(match short {
        Some(short) => level.with_within(within).with_short(short),
        None => level.with_within(within),
    })
}

impl FromStr for ServiceLevel {
    type Err = Error;

    /// Reads `offered(20s)`, `excl_short(20s, 5s)`, `offered(<20s)` or a name
    /// alone where the rule needs no threshold.
    ///
    /// ```
    /// use floorwalker::service::ServiceLevel;
    ///
    /// let rule: ServiceLevel = "excl_short(20s, 5s)".parse()?;
    /// assert_eq!(rule.to_string(), "excl_short(20s, short 5s)");
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    ///
    /// # Errors
    /// `name.unknown` with the nearest names; `name.invalid` if a limit is
    /// missing or is no duration.
    fn from_str(text: &str) -> Result<Self, Error> {
        let (name, limits) = match text.trim().split_once('(') {
            Some((name, rest)) => (name.trim(), rest.trim_end().trim_end_matches(')')),
            None => (text.trim(), ""),
        };
        if !Self::NAMES.contains(&name) {
            let nearest = nearest(name, Self::NAMES.iter().copied());
            return Err(ErrorKind::Unknown {
                what: "service-level rule",
                given: name.to_owned(),
                nearest,
            }
            .into());
        }
        let mut limits = limits
            .split(',')
            .map(str::trim)
            .filter(|limit| !limit.is_empty());
        let first = limits.next();
        let needs_none = matches!(name, "no_threshold" | "agcom_255_24" | "arera_tiqv");
        let strict = first.is_some_and(|limit| limit.starts_with('<'));
        let within = match first {
            Some(limit) => parse_duration(limit.trim_start_matches('<'))?,
            None if name == "agcom_255_24" => TimeDelta::seconds(20),
            None if needs_none => TimeDelta::zero(),
            None => {
                let why = "a threshold is needed, as in offered(20s)";
                return Err(ErrorKind::Name {
                    what: "service-level rule",
                    given: text.to_owned(),
                    why,
                }
                .into());
            }
        };
        let short = limits
            .next()
            .map(|limit| parse_duration(limit.trim_start_matches("short").trim()))
            .transpose()?;
        let needs_short = name.ends_with("excl_short");
        if needs_short && short.is_none() {
            let why = "a limit for short abandons is needed, as in excl_short(20s, 5s)";
            return Err(ErrorKind::Name {
                what: "service-level rule",
                given: text.to_owned(),
                why,
            }
            .into());
        }
        let short = short.map(Limit::new).transpose()?;
        let level = by_name(name, Limit::new(within)?, short).expect("the name is in the list");
        Ok(if strict { level.strictly() } else { level })
    }
}
