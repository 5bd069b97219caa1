//! Service-level rules by name.

mod limit;
mod text;

use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::TimeDelta;
use floorwalker::id::QueueId;
use floorwalker::service::{GenesysSwitches, ServiceLevel};
use pyo3::prelude::*;
use pyo3::types::PyString;

pub(crate) use limit::{AsLimit, PyLimit, timedelta};
pub(crate) use text::quoted;

use crate::errors::Result;
use crate::given::{
    Argument, Cisco, Clock, Duration, Given, Treated, Words, convert, hint, optional,
};

/// A service-level rule: which contacts count for it, which against it, which are left out.
///
/// There is no single "service level". More than ten formulas are in use, which differ by
/// tens of points on the same calls; each is a method here. With A answered, B abandoned,
/// S short abandons, N offered, and a trailing i for "within the threshold":
///
/// ================================ ===========================
/// ``answered_only``                Ai / A
/// ``offered``                      Ai / N
/// ``ignore_within``                Ai / (N - Bi)
/// ``positive``                     (Ai + Bi) / N
/// ``ignore_all``                   Ai / (N - B)
/// ``excl_short``                   Ai / (N - S)
/// ``answered_abandoned``           Ai / (A + B)
/// ``answered_abandoned_excl_short`` Ai / (A + B - S)
/// ``removed_from_queue``           (Ai + Bi + Ci) / N
/// ``dequeued_excluded``            Ai / (N - flow-outs)
/// ``no_threshold``                 A / N
/// ================================ ===========================
///
/// Rules of products bear the name of the product. A rule is also made from its text:
///
/// >>> import floorwalker as fw
/// >>> fw.ServiceLevel("excl_short(20s, 5s)")
/// ServiceLevel('excl_short(20s, 5s)')
/// >>> print(fw.ServiceLevel.offered("20s").with_flow_outs("ignored"))
/// offered(20s) with flow-outs ignored
#[pyclass(frozen, name = "ServiceLevel", module = "floorwalker")]
pub(crate) struct PyServiceLevel(pub(crate) ServiceLevel);

type Made = PyResult<PyServiceLevel>;

/// A rule with this limit, exceptions by queue included.
fn within(
    given: &Given<'_, AsLimit>,
    make: impl FnOnce(TimeDelta) -> floorwalker::Result<ServiceLevel>,
) -> Made {
    let AsLimit(limit) = given.read("within")?;
    let rule = make(limit.default_limit()).map_err(crate::errors::Failure::from)?;
    Ok(PyServiceLevel(rule.with_within(limit)))
}

/// A rule with both limits, exceptions by queue included.
fn within_and_short(
    given: &Given<'_, AsLimit>,
    short: &Given<'_, AsLimit>,
    make: impl FnOnce(TimeDelta, TimeDelta) -> floorwalker::Result<ServiceLevel>,
) -> Made {
    let AsLimit(short) = short.read("short")?;
    let PyServiceLevel(rule) = within(given, |within| make(within, short.default_limit()))?;
    Ok(PyServiceLevel(rule.with_short(short)))
}

#[pymethods]
impl PyServiceLevel {
    /// Reads a rule from its text, such as ``offered(20s)`` or ``excl_short(20s, 5s)``.
    #[new]
    #[pyo3(signature = (text, /))]
    fn new(text: Given<'_, RuleText>) -> Made {
        Ok(Self(text.read("text")?.0))
    }

    /// Ai / A: of the answered, how many in time. Abandons are invisible to it.
    #[staticmethod]
    #[pyo3(name = "answered_only")]
    fn answered_only(within: Given<'_, AsLimit>) -> Made {
        self::within(&within, ServiceLevel::answered_only)
    }

    /// Ai / N: of all offered, how many were answered in time.
    #[staticmethod]
    fn offered(within: Given<'_, AsLimit>) -> Made {
        self::within(&within, ServiceLevel::offered)
    }

    /// Ai / (N - Bi): who gave up within the threshold is left out.
    #[staticmethod]
    fn ignore_within(within: Given<'_, AsLimit>) -> Made {
        self::within(&within, ServiceLevel::ignore_within)
    }

    /// (Ai + Bi) / N: who gave up within the threshold counts as served.
    #[staticmethod]
    fn positive(within: Given<'_, AsLimit>) -> Made {
        self::within(&within, ServiceLevel::positive)
    }

    /// Ai / (N - B): no abandon counts.
    #[staticmethod]
    fn ignore_all(within: Given<'_, AsLimit>) -> Made {
        self::within(&within, ServiceLevel::ignore_all)
    }

    /// Ai / (N - S): abandons within ``short`` are left out.
    #[staticmethod]
    fn excl_short(within: Given<'_, AsLimit>, short: Given<'_, AsLimit>) -> Made {
        within_and_short(&within, &short, ServiceLevel::excl_short)
    }

    /// Ai / (A + B): flow-outs, call-backs and waiting ones are left out.
    #[staticmethod]
    fn answered_abandoned(within: Given<'_, AsLimit>) -> Made {
        self::within(&within, ServiceLevel::answered_abandoned)
    }

    /// Ai / (A + B - S): the same without abandons within ``short``.
    #[staticmethod]
    fn answered_abandoned_excl_short(
        within: Given<'_, AsLimit>,
        short: Given<'_, AsLimit>,
    ) -> Made {
        within_and_short(&within, &short, ServiceLevel::answered_abandoned_excl_short)
    }

    /// (Ai + Bi + Ci) / N: whoever left the queue in time by an answer, by giving up or by
    /// asking for a call-back.
    #[staticmethod]
    fn removed_from_queue(within: Given<'_, AsLimit>) -> Made {
        self::within(&within, ServiceLevel::removed_from_queue)
    }

    /// Ai / (N - D), D being the contacts that routing took out of the queue.
    ///
    /// ``abandons`` is ``"ignored"`` (within the threshold), ``"negative"`` or ``"positive"``.
    #[staticmethod]
    #[pyo3(signature = (within, abandons))]
    fn dequeued_excluded(within: Given<'_, AsLimit>, abandons: Given<'_, Cisco>) -> Made {
        let Cisco(abandons) = abandons.read("abandons")?;
        self::within(&within, |within| {
            ServiceLevel::dequeued_excluded(within, abandons)
        })
    }

    /// A / N: answered at all, however long it took.
    #[staticmethod]
    fn no_threshold() -> Made {
        plain(ServiceLevel::no_threshold())
    }

    /// Cisco UCCE call types; ``abandons`` is ``"ignored"`` (within the threshold),
    /// ``"negative"`` or ``"positive"``, as the product is set up.
    #[staticmethod]
    fn ucce(within: Given<'_, AsLimit>, abandons: Given<'_, Cisco>) -> Made {
        let Cisco(abandons) = abandons.read("abandons")?;
        self::within(&within, |within| ServiceLevel::ucce(within, abandons))
    }

    /// Cisco UCCX, "only handled": as ``answered_only``.
    #[staticmethod]
    fn uccx_only_handled(within: Given<'_, AsLimit>) -> Made {
        self::within(&within, ServiceLevel::uccx_only_handled)
    }

    /// Genesys Cloud: Ai / (A + B) as delivered. The switches of its setting count flow-outs
    /// against, leave out abandons within ``short``, or leave out all abandons.
    #[staticmethod]
    #[pyo3(signature = (within, *, flow_outs = false, without_short = false, abandons = true, short = None))]
    fn genesys_cloud(
        within: Given<'_, AsLimit>,
        flow_outs: bool,
        without_short: bool,
        abandons: bool,
        short: Option<Given<'_, Duration>>,
    ) -> Made {
        let switches = GenesysSwitches {
            flow_outs,
            without_short,
            abandons,
        };
        let short = optional("short", short.as_ref())?.map(|Duration(short)| short);
        self::within(&within, |within| {
            ServiceLevel::genesys_cloud(within, switches, short)
        })
    }

    /// Amazon Connect: as ``removed_from_queue``. The product lets one choose whether a wait
    /// equal to the threshold is within; see ``strictly``.
    #[staticmethod]
    fn amazon_connect(within: Given<'_, AsLimit>) -> Made {
        self::within(&within, ServiceLevel::amazon_connect)
    }

    /// Avaya BCMS, by VDN: Ai over everything that called, busy ones included.
    #[staticmethod]
    fn avaya_bcms(within: Given<'_, AsLimit>) -> Made {
        self::within(&within, ServiceLevel::avaya_bcms)
    }

    /// Talkdesk: Ai / N, or Ai / (N - S) where ``short`` is given.
    #[staticmethod]
    #[pyo3(signature = (within, short = None))]
    fn talkdesk(within: Given<'_, AsLimit>, short: Option<Given<'_, Duration>>) -> Made {
        let short = optional("short", short.as_ref())?.map(|Duration(short)| short);
        self::within(&within, |within| ServiceLevel::talkdesk(within, short))
    }

    /// AltiGen TSL: (Ai + Bi + Oi) / N, overflow within the threshold counting too.
    #[staticmethod]
    fn altigen_tsl(within: Given<'_, AsLimit>) -> Made {
        self::within(&within, ServiceLevel::altigen_tsl)
    }

    /// The share within 20 s of Italian telecom regulation (AGCOM 255/24/CONS), from the
    /// choice of an operator in the menu. Uncertain: read through summaries.
    #[staticmethod]
    fn agcom_255_24() -> Made {
        plain(ServiceLevel::agcom_255_24())
    }

    /// The level of service of Italian energy regulation (ARERA TIQV): of those who asked for
    /// an operator, how many spoke to one. Uncertain: from general knowledge.
    #[staticmethod]
    fn arera_tiqv() -> Made {
        plain(ServiceLevel::arera_tiqv())
    }

    /// The same rule with another threshold for ``queue``.
    ///
    /// >>> import floorwalker as fw
    /// >>> print(fw.ServiceLevel.offered("20s").for_queue("care", "30s"))
    /// offered(20s; care=30s)
    fn for_queue(&self, queue: Given<'_, Words>, within: Given<'_, Duration>) -> Made {
        let Duration(within) = within.read("within")?;
        let Words(queue) = queue.read("queue")?;
        let queue = QueueId::new(queue).map_err(crate::errors::Failure::from)?;
        plain(self.0.clone().for_queue(queue, within))
    }

    /// The same rule with other thresholds.
    fn with_within(&self, within: Given<'_, AsLimit>) -> Made {
        let AsLimit(within) = within.read("within")?;
        Ok(Self(self.0.clone().with_within(within)))
    }

    /// The same rule with a limit for short abandons.
    fn with_short(&self, short: Given<'_, AsLimit>) -> Made {
        let AsLimit(short) = short.read("short")?;
        Ok(Self(self.0.clone().with_short(short)))
    }

    /// The same rule with a wait equal to the threshold taken as late.
    fn strictly(&self) -> Self {
        Self(self.0.clone().strictly())
    }

    /// The same rule with waits measured from another instant: ``"queue_entry"``,
    /// ``"centre_entry"`` or ``"operator_choice"``.
    fn with_clock(&self, clock: Given<'_, Clock>) -> Made {
        let Clock(clock) = clock.read("clock")?;
        Ok(Self(self.0.clone().with_clock(clock)))
    }

    /// The same rule over contacts that came from outside only.
    fn without_transfers_in(&self) -> Self {
        Self(self.0.clone().without_transfers_in())
    }

    /// The same rule with another treatment of abandoned contacts: ``"negative"``,
    /// ``"ignored"``, ``"ignored_within"``, ``"ignored_short"`` or ``"positive"``.
    fn with_abandons(&self, treatment: Given<'_, Treated>) -> Made {
        plain(self.0.clone().with_abandons(treatment.read("treatment")?.0))
    }

    /// The same rule with another treatment of contacts that routing took away:
    /// ``"negative"``, ``"ignored"``, ``"ignored_within"`` or ``"positive"``.
    fn with_flow_outs(&self, treatment: Given<'_, Treated>) -> Made {
        plain(
            self.0
                .clone()
                .with_flow_outs(treatment.read("treatment")?.0),
        )
    }

    /// The same rule with another treatment of requested call-backs: ``"negative"``,
    /// ``"ignored"``, ``"ignored_within"``, ``"positive"`` or ``"positive_if_done"``.
    fn with_callbacks(&self, treatment: Given<'_, Treated>) -> Made {
        plain(
            self.0
                .clone()
                .with_callbacks(treatment.read("treatment")?.0),
        )
    }

    /// The same rule with another treatment of contacts that are still waiting:
    /// ``"negative"`` or ``"ignored"``.
    fn with_unfinished(&self, treatment: Given<'_, Treated>) -> Made {
        plain(
            self.0
                .clone()
                .with_unfinished(treatment.read("treatment")?.0),
        )
    }

    /// The same rule with another treatment of blocked contacts: ``"negative"`` or ``"ignored"``.
    fn with_blocked(&self, treatment: Given<'_, Treated>) -> Made {
        plain(self.0.clone().with_blocked(treatment.read("treatment")?.0))
    }

    /// The same rule with another treatment of contacts outside opening hours:
    /// ``"negative"`` or ``"ignored"``.
    fn with_closed(&self, treatment: Given<'_, Treated>) -> Made {
        plain(self.0.clone().with_closed(treatment.read("treatment")?.0))
    }

    /// The name of the rule it started from, such as ``offered``.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// The threshold.
    #[getter]
    fn within(&self) -> PyLimit {
        PyLimit(self.0.within().clone())
    }

    /// The limit for short abandons, if the rule has one.
    #[getter]
    fn short(&self) -> Option<PyLimit> {
        self.0.short().cloned().map(PyLimit)
    }

    /// The rule as JSON, the same in every language.
    fn to_json(&self) -> PyResult<String> {
        Ok(text::json(&self.0)?)
    }

    /// The rule of a JSON text that ``to_json`` made.
    #[staticmethod]
    fn from_json(text: Given<'_, Words>) -> Made {
        let Words(text) = text.read("text")?;
        Ok(Self(text::from_json(&text)?))
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> PyResult<String> {
        Ok(text::repr(&self.0)?)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.get().0 == self.0)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.0.hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((
            slf.get_type().getattr("from_json")?,
            (slf.get().to_json()?,),
        ))
    }
}

fn plain(made: floorwalker::Result<ServiceLevel>) -> Made {
    Ok(PyServiceLevel(made.map_err(crate::errors::Failure::from)?))
}

/// The text of a rule.
pub(crate) struct RuleText(ServiceLevel);

impl Argument for RuleText {
    #[cfg(feature = "stubs")]
    const HINT: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("builtins", "str");

    const ALLOWED: &'static str = "the text of a rule, such as 'offered(20s)'";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let Ok(text) = value.cast::<PyString>() else {
            return Ok(None);
        };
        Ok(Some(Self(text.to_cow()?.parse()?)))
    }
}

/// A rule: itself, or its text.
pub(crate) struct Rule(pub(crate) ServiceLevel);

impl Argument for Rule {
    hint!("Rule");

    const ALLOWED: &'static str = "a ServiceLevel or its text, such as 'offered(20s)'";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        if let Ok(rule) = value.cast::<PyServiceLevel>() {
            return Ok(Some(Self(rule.get().0.clone())));
        }
        Ok(RuleText::read(value)?.map(|RuleText(rule)| Self(rule)))
    }
}

/// One rule or several; the first is the main one.
pub(crate) struct Rules(pub(crate) Vec<ServiceLevel>);

impl Argument for Rules {
    hint!("Rules");

    const ALLOWED: &'static str =
        "a ServiceLevel or its text, such as 'offered(20s)', or a list of these";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        if let Some(Rule(rule)) = Rule::read(value)? {
            return Ok(Some(Self(vec![rule])));
        }
        let Ok(values) = value.extract::<Vec<Bound<'_, PyAny>>>() else {
            return Ok(None);
        };
        let rules = values.iter().enumerate();
        let rules = rules.map(|(at, value)| Ok(convert::<Rule>(&format!("rules[{at}]"), value)?.0));
        let rules: Vec<ServiceLevel> = rules.collect::<Result<_>>()?;
        if rules.is_empty() {
            return Ok(None);
        }
        Ok(Some(Self(rules)))
    }
}
