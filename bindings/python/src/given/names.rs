//! Names: of intervals, zones, queues, operators.

use std::str::FromStr;

use floorwalker::attendance::{
    AdherenceConvention, ConformanceRule, LedgerKind, ShrinkageKind, ShrinkageRule, Silence,
};
use floorwalker::complaint::{ComplaintKpi, Subject};
use floorwalker::id::QueueId;
use floorwalker::report::Target;
use floorwalker::roster::Ranking;
use floorwalker::service::Kpi;
use floorwalker::time::{Every, Zone};
use pyo3::prelude::*;
use pyo3::types::{PyDelta, PyDeltaAccess, PyString, PyTzInfo};

use super::{Argument, FromText, hint};
use crate::errors::{Failure, Result};

/// A term that is written as text.
pub(crate) struct Named<T>(pub(crate) T);

macro_rules! named {
    ($($kind:ty = $allowed:literal;)*) => {$(
        impl Argument for Named<$kind> {
            #[cfg(feature = "stubs")]
            const HINT: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("builtins", "str");

            const ALLOWED: &'static str = $allowed;

            fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
                let Ok(text) = value.cast::<PyString>() else {
                    return Ok(None);
                };
                Self::from_text(&text.to_cow()?)
            }
        }

        impl FromText for Named<$kind> {
            fn from_text(text: &str) -> Result<Option<Self>> {
                Ok(Some(Self(<$kind>::from_str(text)?)))
            }
        }
    )*};
}

named! {
    Every = "an interval length: '5m', '10m', '15m', '30m', '1h', 'day', 'week' or 'month'";
    Kpi = "the name of an indicator such as 'asa' (kpis() lists all)";
    Subject = "what a policy is about, such as 'complaint'";
    ComplaintKpi = "the name of an indicator of complaints such as 'upheld_rate'";
    AdherenceConvention = "a convention such as 'exception_based' or 'neutral_aware'";
    ConformanceRule = "'total' or 'work'";
    Silence = "'is_unknown' or 'is_absence'";
    ShrinkageRule = "'planned_shrinkage', 'actual_shrinkage' or 'absence_shrinkage'";
    ShrinkageKind = "a kind of shrinkage such as 'holiday'";
    LedgerKind = "the name of a ledger such as 'holiday'";
    Ranking = "'points', 'seniority' or 'first_come'";
    Target = "a target such as '80/20': 80 % within 20 seconds";
}

/// A time zone: its name, or any object of Python that has one.
pub(crate) struct ZoneName(pub(crate) Zone);

impl Argument for ZoneName {
    hint!("Zone");

    const ALLOWED: &'static str = "a time zone: a name such as 'Europe/Rome', an offset such as '+02:00', \
                                   or a tzinfo with one of these";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        if let Ok(name) = value.cast::<PyString>() {
            return Ok(Some(Self(Zone::get(&name.to_cow()?)?)));
        }
        if !value.is_instance_of::<PyTzInfo>() {
            return Ok(None);
        }
        for attribute in ["key", "zone"] {
            let name = value.getattr(attribute).ok();
            if let Some(name) = name.and_then(|name| name.extract::<String>().ok()) {
                return Ok(Some(Self(Zone::get(&name)?)));
            }
        }
        let offset = value.call_method1("utcoffset", (value.py().None(),))?;
        let Ok(offset) = offset.cast::<PyDelta>() else {
            return Ok(None);
        };
        from_offset(offset).map(Some)
    }
}

fn from_offset(offset: &Bound<'_, PyDelta>) -> Result<ZoneName> {
    let seconds = offset.get_days() * 86_400 + offset.get_seconds();
    let (sign, size) = if seconds < 0 {
        ('-', -seconds)
    } else {
        ('+', seconds)
    };
    if size % 60 != 0 {
        let message = format!("an offset must be whole minutes, given {seconds} s");
        return Err(Failure::new("zone.unknown", message));
    }
    let name = format!("{sign}{:02}:{:02}", size / 3600, size / 60 % 60);
    Ok(ZoneName(Zone::get(&name)?))
}

macro_rules! several {
    ($($(#[$docs:meta])* $name:ident of $id:ty = $allowed:literal;)*) => {$(
        $(#[$docs])*
        pub(crate) struct $name(pub(crate) Vec<$id>);

        impl Argument for $name {
            hint!("Names");

            const ALLOWED: &'static str = $allowed;

            fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
                if let Ok(name) = value.cast::<PyString>() {
                    return Ok(Some(Self(vec![<$id>::new(&*name.to_cow()?)?])));
                }
                let Ok(names) = value.extract::<Vec<String>>() else {
                    return Ok(None);
                };
                let ids = names.into_iter().map(<$id>::new);
                Ok(Some(Self(ids.collect::<floorwalker::Result<_>>()?)))
            }
        }
    )*};
}

several! {
    /// One queue or several.
    Queues of QueueId = "the name of a queue, or a list of names";
}
