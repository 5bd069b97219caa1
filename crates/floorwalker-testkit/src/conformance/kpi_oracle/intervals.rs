//! `interval_15|30|60.csv` and `day.csv`: every column.

use std::path::Path;

use floorwalker::id::QueueId;
use floorwalker::service::{
    Attribution, Figure, IntervalTally, KeepWaits, Kpi, Percentile, ServiceLevel, Tally,
    TallySettings, WaitClass, WaitingLine,
};
use floorwalker::time::{Every, Grid, Span};

use super::super::Case;
use super::super::table::{Actual, Row, Table, compare};
use super::input::Input;

const TABLES: [(&str, Every); 4] = [
    ("interval_15.csv", Every::Minutes15),
    ("interval_30.csv", Every::Minutes30),
    ("interval_60.csv", Every::Hour),
    ("day.csv", Every::Day),
];

/// The columns that say which row it is; they were used to find it.
const IDENTITY: [&str; 4] = ["queue", "day", "interval_start", "interval_start_local"];

pub(super) fn run(folder: &Path, input: &Input) -> Vec<Case> {
    let mut cases = Vec::new();
    let present = |file: &str| folder.join("expected").join(file).exists();
    for (file, every) in TABLES.into_iter().filter(|(file, _)| present(file)) {
        let path = folder.join("expected").join(file);
        match (Table::read(&path), Counted::new(input, every)) {
            (Ok(table), Ok(counted)) => {
                cases.extend(table.rows().map(|row| counted.case(file, row)))
            }
            (Err(error), _) => cases.push((file.to_owned(), Err(error))),
            (_, Err(error)) => cases.push((file.to_owned(), Err(error.to_string()))),
        }
    }
    cases
}

/// The same legs counted by each attribution that the columns ask for.
struct Counted<'a> {
    input: &'a Input,
    arrival: IntervalTally,
    exit: IntervalTally,
    event: IntervalTally,
    wrap_up: IntervalTally,
    line: WaitingLine,
    strict: ServiceLevel,
}

/// The rules behind the `sl_` columns.
fn rules(input: &Input) -> Result<Vec<(&'static str, ServiceLevel)>, floorwalker::Error> {
    let (t, s) = (input.within.default_limit(), input.short.default_limit());
    let rules = [
        ("sl_offered", ServiceLevel::offered(t)?),
        ("sl_answered", ServiceLevel::answered_only(t)?),
        ("sl_ignore_in", ServiceLevel::ignore_within(t)?),
        ("sl_positive", ServiceLevel::positive(t)?),
        ("sl_ignore_all", ServiceLevel::ignore_all(t)?),
        ("sl_excl_short", ServiceLevel::excl_short(t, s)?),
        (
            "sl_answered_abandoned",
            ServiceLevel::answered_abandoned(t)?,
        ),
        (
            "sl_answered_abandoned_excl_short",
            ServiceLevel::answered_abandoned_excl_short(t, s)?,
        ),
        (
            "sl_removed_from_queue",
            ServiceLevel::removed_from_queue(t)?,
        ),
        ("sl_offered_strict", ServiceLevel::offered(t)?.strictly()),
    ];
    Ok(rules
        .map(|(column, rule)| (column, limits_of(input, rule)))
        .into())
}

fn limits_of(input: &Input, rule: ServiceLevel) -> ServiceLevel {
    let short = rule.short().is_some();
    let rule = rule.with_within(input.within.clone());
    if short {
        rule.with_short(input.short.clone())
    } else {
        rule
    }
}

impl<'a> Counted<'a> {
    fn new(input: &'a Input, every: Every) -> Result<Self, floorwalker::Error> {
        let mut rules = rules(input)?.into_iter().map(|(_, rule)| rule);
        let grid = Grid::new(input.zone.clone(), every);
        let main = rules.next().expect("there are ten rules");
        let mut settings = TallySettings::new(grid, main)
            .with_short_abandons(input.short.clone())
            .with_waits(KeepWaits::Exact)
            .with_window(input.window)
            .with_as_of(input.cutoff);
        for rule in rules {
            settings = settings.with_rule(rule);
        }
        let columns = input.legs.columns();
        let count = |attribution| {
            IntervalTally::count(&columns, settings.clone().with_attribution(attribution))
        };
        Ok(Self {
            input,
            arrival: count(Attribution::Arrival)?,
            exit: count(Attribution::QueueExit)?,
            event: count(Attribution::ServiceLevelEvent)?,
            wrap_up: count(Attribution::WrapUpEnd)?,
            line: WaitingLine::of(std::slice::from_ref(&columns)),
            strict: limits_of(
                input,
                ServiceLevel::offered(input.within.default_limit())?.strictly(),
            ),
        })
    }

    fn case(&self, file: &str, row: Row<'_>) -> Case {
        let place = [row.get("queue"), row.get("day"), row.get("interval_start")].join(" ");
        (format!("{file} {}", place.trim_end()), self.check(row))
    }

    fn check(&self, row: Row<'_>) -> Result<(), String> {
        let span = self.span(row)?;
        let queues = match row.get("queue") {
            "ALL" => self.input.queues.clone(),
            name => vec![QueueId::new(name).map_err(|error| error.to_string())?],
        };
        let over = |tally: &IntervalTally| {
            tally
                .pooled_over(&queues, span)
                .map_err(|error| error.to_string())
        };
        let line = Some(&queues[0]).filter(|_| queues.len() == 1);
        let place = Place {
            counted: self,
            line,
            span,
            arrival: over(&self.arrival)?,
            exit: over(&self.exit)?,
            event: over(&self.event)?,
            wrap_up: over(&self.wrap_up)?,
        };
        let wrong: Vec<String> = row
            .cells()
            .into_iter()
            .filter(|(column, _)| !IDENTITY.contains(column))
            .filter_map(|(column, cell)| {
                let result = place
                    .column(column)
                    .and_then(|actual| compare(cell, &actual));
                result.err().map(|error| format!("{column}: {error}"))
            })
            .collect();
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(wrong.join("; "))
        }
    }

    /// The interval, day or whole window of a row.
    fn span(&self, row: Row<'_>) -> Result<Span, String> {
        let (day, start) = (row.get("day"), row.get("interval_start"));
        if day == "TOTAL" {
            return Ok(self.input.window);
        }
        if start.is_empty() {
            let day = day
                .parse()
                .map_err(|error| format!("day {day:?}: {error}"))?;
            return self
                .input
                .zone
                .day(day)
                .ok_or_else(|| format!("{day} does not exist"));
        }
        let start: chrono::DateTime<chrono::Utc> = start
            .parse()
            .map_err(|error| format!("{start:?}: {error}"))?;
        let intervals = self.arrival.intervals();
        let at = intervals
            .index_of_ms(start.timestamp_millis())
            .ok_or("outside the window")?;
        let interval = intervals.get(at).ok_or("outside the window")?;
        let label = row.get("interval_start_local");
        if interval.span().start() != start || interval.label() != label {
            return Err(format!("interval is {} and not {label}", interval.label()));
        }
        Ok(interval.span())
    }
}

/// One row's queue (or all) and time, counted by every attribution.
struct Place<'a> {
    counted: &'a Counted<'a>,
    line: Option<&'a QueueId>,
    span: Span,
    arrival: Tally,
    exit: Tally,
    event: Tally,
    wrap_up: Tally,
}

fn count(figure: Figure) -> Actual {
    Actual::Count(figure.exact().map_or(0, |exact| {
        u64::try_from(exact.numerator()).unwrap_or(u64::MAX)
    }))
}

impl Place<'_> {
    // flat table
    fn column(&self, column: &str) -> Result<Actual, String> {
        let text = |error: floorwalker::Error| error.to_string();
        let ratio = |figure: Figure| Actual::Number(figure.exact(), 10);
        let ms = |figure: Figure| Actual::Number(figure.exact(), 6);
        let whole = |figure: Figure| Actual::Number(figure.exact(), 0);
        let arrival = |kpi| self.arrival.figure(kpi);
        Ok(match column {
            "hours" => Actual::Count(self.span.millis().unsigned_abs() / 3_600_000),
            "sl_answered"
            | "sl_offered"
            | "sl_ignore_in"
            | "sl_positive"
            | "sl_ignore_all"
            | "sl_excl_short"
            | "sl_answered_abandoned"
            | "sl_answered_abandoned_excl_short"
            | "sl_removed_from_queue"
            | "sl_offered_strict" => self.level(column)?,
            "answered_lt" => {
                let level = self
                    .arrival
                    .service_level(&self.counted.strict)
                    .map_err(text)?;
                Actual::Count(u64::try_from(level.numerator()).unwrap_or(u64::MAX))
            }
            "overflowed_in" => count(arrival(Kpi::FlowOutIn)),
            "answer_rate" => ratio(arrival(Kpi::AnswerRate)),
            "abandon_rate" => ratio(arrival(Kpi::AbandonRate)),
            "abandon_rate_excl_short" => ratio(arrival(Kpi::AbandonRateExclShort)),
            "transfer_rate" => ratio(arrival(Kpi::TransferRate)),
            "asa_ms" => ms(arrival(Kpi::Asa)),
            "ata_ms" => ms(arrival(Kpi::Ata)),
            "tma_ms" => ms(arrival(Kpi::Tma)),
            "longest_wait_ms" => whole(arrival(Kpi::LongestWait)),
            "wait_p50_nr_ms" => whole(self.rank(50.0)?),
            "wait_p80_nr_ms" => whole(self.rank(80.0)?),
            "wait_p90_nr_ms" => whole(self.rank(90.0)?),
            "wait_p95_nr_ms" => whole(self.rank(95.0)?),
            "wait_p90_lin_ms" => {
                let percentile = Percentile::linear(90.0).map_err(text)?;
                ms(self.arrival.percentile(WaitClass::Answered, percentile))
            }
            "att_ms" => ms(arrival(Kpi::Att)),
            "ahold_ms" => ms(arrival(Kpi::AverageHold)),
            "acw_ms" => ms(arrival(Kpi::Acw)),
            "aht_ms" => ms(arrival(Kpi::Aht)),
            "waiting_at_start" => Actual::Count(
                self.counted
                    .line
                    .at(self.line, self.span.start())
                    .map_err(text)?,
            ),
            "waiting_max" => {
                Actual::Count(self.counted.line.most(self.line, self.span).map_err(text)?)
            }
            "busy_ms" => count(arrival(Kpi::Busy)),
            "load_erlang" => ratio(arrival(Kpi::Load)),
            "x_exits" => count(self.exit.figure(Kpi::Offered)),
            "x_answered" => count(self.exit.figure(Kpi::Answered)),
            "x_abandoned" => count(self.exit.figure(Kpi::Abandoned)),
            "x_answered_in" => count(self.exit.figure(Kpi::AnsweredIn)),
            "x_sl_offered" => ratio(self.exit.figure(Kpi::ServiceLevel)),
            "e_offered" => count(self.event.figure(Kpi::Offered)),
            "e_answered_in" => count(self.event.figure(Kpi::AnsweredIn)),
            "e_abandoned_in" => count(self.event.figure(Kpi::AbandonedIn)),
            "e_sl_ignore_in" => {
                let within = self.counted.input.within.clone();
                let rule = ServiceLevel::ignore_within(within.default_limit())
                    .map_err(text)?
                    .with_within(within);
                ratio(self.event.service_level(&rule).map_err(text)?)
            }
            "h_handled" => count(self.wrap_up.figure(Kpi::Completed)),
            "h_aht_ms" => ms(self.wrap_up.figure(Kpi::Aht)),
            named => count(arrival(named.parse().map_err(text)?)),
        })
    }

    fn level(&self, column: &str) -> Result<Actual, String> {
        let text = |error: floorwalker::Error| error.to_string();
        let rules = rules(self.counted.input).map_err(text)?;
        let (_, rule) = rules
            .iter()
            .find(|(name, _)| *name == column)
            .ok_or("no such rule")?;
        Ok(Actual::Number(
            self.arrival.service_level(rule).map_err(text)?.exact(),
            10,
        ))
    }

    fn rank(&self, percent: f64) -> Result<Figure, String> {
        let percentile = Percentile::nearest_rank(percent).map_err(|error| error.to_string())?;
        Ok(self.arrival.percentile(WaitClass::Answered, percentile))
    }
}
