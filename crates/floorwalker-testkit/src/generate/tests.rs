//! What must hold for every centre played.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use chrono::{DateTime, NaiveDate};
use flate2::read::GzDecoder;

use super::bench_log::bench_centre;
use super::*;

fn sample() -> CentreHistory {
    generate(&sample_centre(), SAMPLE_SEED).unwrap()
}

/// Histories of different shape: the sample, other seeds, an overloaded week with the
/// change to winter time, a small busy centre, a centre without agents.
fn histories() -> Vec<CentreHistory> {
    let mut specs: Vec<(CentreSpec, u64)> = (0..4).map(|seed| (sample_centre(), seed)).collect();
    let mut overloaded = sample_centre();
    overloaded.first_day = "2026-10-19".parse().unwrap();
    overloaded.days = 7;
    overloaded.agents.truncate(14);
    overloaded.incidents.clear();
    specs.push((overloaded, 5));
    let mut small = sample_centre();
    small.agents.truncate(8);
    small.incidents.clear();
    small
        .agents
        .iter_mut()
        .for_each(|agent| agent.no_answer = 0.5);
    small.days = 3;
    specs.push((small, 6));
    let mut deserted = sample_centre();
    deserted.agents.clear();
    deserted.incidents.clear();
    deserted.days = 1;
    specs.push((deserted, 7));
    let mut large = bench_centre();
    large.days = 1;
    specs.push((large, 8));
    let mut played: Vec<CentreHistory> = specs
        .iter()
        .map(|(spec, seed)| generate(spec, *seed).unwrap())
        .collect();
    played.push(sample());
    played
}

fn text(history: &CentreHistory) -> String {
    let mut bytes = Vec::new();
    write_queue_log(history, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn left_ms(visit: &Visit) -> i64 {
    match visit.end {
        VisitEnd::Answered { connected_ms, .. } => connected_ms,
        VisitEnd::Abandoned { at_ms }
        | VisitEnd::TimedOut { at_ms }
        | VisitEnd::LeftByKey { at_ms } => at_ms,
    }
}

#[test]
fn the_same_seed_gives_the_same_log() {
    assert_eq!(text(&sample()), text(&sample()));
    let other = generate(&sample_centre(), SAMPLE_SEED + 1).unwrap();
    assert_ne!(text(&sample()), text(&other));
}

/// A change to one queue leaves the plan of the others as it was.
#[test]
fn parts_draw_from_streams_of_their_own() {
    let mut busier = sample_centre();
    busier.queues[0].calls_per_hour = [40.0; 7];
    let planned = |spec: &CentreSpec| {
        let mut arrivals = plan::Plan::new(spec, 1).arrivals(3);
        arrivals.retain(|arrival| arrival.queue == 3);
        arrivals
            .iter()
            .map(|arrival| arrival.dial_ms)
            .collect::<Vec<_>>()
    };
    assert_eq!(planned(&sample_centre()), planned(&busier));
    assert!(!planned(&busier).is_empty());
}

#[test]
fn every_visit_has_one_end() {
    for history in histories() {
        let mut offered = 0;
        for day in truth(&history).values() {
            let ends = day.answered + day.abandoned + day.timed_out + day.left_by_key;
            assert_eq!(day.offered, ends);
            offered += day.offered;
        }
        assert_eq!(offered, history.visits().len() as u64);
        let entries = history.events().iter();
        let entries = entries
            .filter(|event| matches!(event.what, What::Enter { .. }))
            .count();
        assert_eq!(entries, history.visits().len());
    }
}

/// From the first ring to the end of the conversation an agent belongs to one call, and
/// only while signed on and not in a pause.
#[test]
fn an_agent_is_in_one_place_at_a_time() {
    for history in histories() {
        let mut spans: BTreeMap<u16, Vec<(i64, i64)>> = BTreeMap::new();
        for visit in history.visits() {
            for ring in &visit.rings {
                spans
                    .entry(ring.agent)
                    .or_default()
                    .push((ring.from_ms, ring.to_ms));
            }
            if let VisitEnd::Answered {
                agent,
                connected_ms,
                ended_ms,
                ..
            } = visit.end
            {
                spans
                    .entry(agent)
                    .or_default()
                    .push((connected_ms, ended_ms));
            }
        }
        let mut worked: BTreeMap<u16, Vec<(i64, i64)>> = BTreeMap::new();
        for shift in history.shifts() {
            worked
                .entry(shift.agent)
                .or_default()
                .push((shift.from_ms, shift.to_ms));
            let pauses = shift
                .pauses
                .iter()
                .map(|pause| (pause.from_ms, pause.to_ms));
            spans.entry(shift.agent).or_default().extend(pauses);
        }
        for (agent, mut taken) in spans {
            taken.sort_unstable();
            assert!(taken.windows(2).all(|pair| pair[0].1 <= pair[1].0));
            let shifts = worked.get(&agent).unwrap();
            let inside = |span: &(i64, i64)| {
                shifts
                    .iter()
                    .any(|shift| shift.0 <= span.0 && span.1 <= shift.1)
            };
            assert!(taken.iter().all(inside));
        }
    }
}

/// Whoever is rung for a caller, no caller of the same queue who came earlier waits
/// unserved at that moment; and callers are tried only by agents with the skill.
#[test]
fn first_come_first_served_within_a_queue() {
    for history in histories() {
        for queue in 0..history.names().queues.len() {
            let visits = history.visits().iter();
            let visits: Vec<_> = visits
                .filter(|visit| usize::from(visit.queue) == queue)
                .collect();
            for (place, visit) in visits.iter().enumerate() {
                let earlier = &visits[place.saturating_sub(150)..place];
                for ring in &visit.rings {
                    let at_ms = ring.from_ms;
                    let passed_over = earlier.iter().find(|other| {
                        let rings = |r: &Ring| r.from_ms <= at_ms && at_ms <= r.to_ms;
                        left_ms(other) > at_ms && !other.rings.iter().any(rings)
                    });
                    assert_eq!(passed_over, None, "passed over for {visit:?}");
                }
            }
        }
    }
}

#[test]
fn agents_are_rung_only_for_their_skills() {
    let spec = sample_centre();
    for visit in sample().visits() {
        for ring in &visit.rings {
            let skills = &spec.agents[usize::from(ring.agent)].skills;
            assert!(skills.contains(&usize::from(visit.queue)));
        }
    }
}

type Span = (i64, i64);

/// When each agent was certainly free for a call: signed on and neither ringing, talking,
/// finishing up nor in a pause. After a missed ring the time away is not logged, so
/// the longest possible one is taken out.
fn free_spans(history: &CentreHistory, spec: &CentreSpec) -> Vec<Vec<Span>> {
    let mut taken: Vec<Vec<Span>> = vec![Vec::new(); spec.agents.len()];
    for visit in history.visits() {
        for ring in &visit.rings {
            let away_ms = if ring.end == RingEnd::NoAnswer {
                75_000
            } else {
                0
            };
            taken[usize::from(ring.agent)].push((ring.from_ms, ring.to_ms + away_ms));
        }
        if let VisitEnd::Answered {
            agent,
            connected_ms,
            ended_ms,
            ..
        } = visit.end
        {
            let wrap_up = i64::from(spec.queues[usize::from(visit.queue)].wrap_up_secs);
            taken[usize::from(agent)].push((connected_ms, ended_ms + 1000 * wrap_up));
        }
    }
    let mut free: Vec<Vec<Span>> = vec![Vec::new(); spec.agents.len()];
    for shift in history.shifts() {
        let agent = usize::from(shift.agent);
        taken[agent].extend(
            shift
                .pauses
                .iter()
                .map(|pause| (pause.from_ms, pause.to_ms)),
        );
        taken[agent].sort_unstable();
        let mut from_ms = shift.from_ms;
        for span in &taken[agent] {
            if span.0 < shift.to_ms && span.1 > shift.from_ms {
                free[agent].push((from_ms, span.0));
                from_ms = from_ms.max(span.1);
            }
        }
        free[agent].push((from_ms, shift.to_ms));
    }
    free
}

/// Nobody waits while an agent with the skill is free: the waits are those of the play.
#[test]
fn callers_wait_only_for_busy_agents() {
    let spec = sample_centre();
    let history = sample();
    let free = free_spans(&history, &spec);
    let idle: i64 = free
        .iter()
        .flatten()
        .map(|span| (span.1 - span.0).max(0))
        .sum();
    assert!(idle > 100 * 3_600_000, "the check has spans to look at");
    let mut waited = 0;
    for visit in history.visits() {
        let until_ms = visit
            .rings
            .first()
            .map_or(left_ms(visit), |ring| ring.from_ms);
        waited += usize::from(until_ms > visit.entered_ms);
        for (agent, spans) in spec.agents.iter().zip(&free) {
            let skilled = agent.skills.contains(&usize::from(visit.queue));
            let meets = |span: &Span| span.0.max(visit.entered_ms) < span.1.min(until_ms);
            assert!(
                !skilled || !spans.iter().any(meets),
                "{} and {visit:?}",
                agent.name
            );
        }
    }
    assert!(waited > 1_000, "{waited}");
}

#[test]
fn lines_are_in_order_and_well_formed() {
    for history in histories() {
        let log = text(&history);
        let mut last = 0;
        for line in log.lines() {
            let fields: Vec<&str> = line.split('|').collect();
            let stamp: i64 = fields[0].parse().unwrap();
            assert!(stamp >= last, "{line}");
            last = stamp;
            assert!(fields.len() >= 6, "{line}");
            if let Some((epoch, number)) = fields[1].split_once('.') {
                assert!(epoch.parse::<i64>().unwrap() <= stamp, "{line}");
                assert!(number.parse::<u64>().unwrap() > 0, "{line}");
            }
        }
        assert_eq!(log.matches("|QUEUESTART|").count(), 1);
        assert_eq!(log.lines().count(), history.events().len());
    }
}

/// Counts a log with nothing but text splitting and a fixed rule for the local day, so
/// that neither the play nor the zone table is trusted.
fn count_log(
    log: &str,
) -> (
    BTreeMap<(String, NaiveDate), QueueDay>,
    BTreeMap<String, AgentTruth>,
) {
    let mut days: BTreeMap<(String, NaiveDate), QueueDay> = BTreeMap::new();
    let mut agents: BTreeMap<String, AgentTruth> = BTreeMap::new();
    let mut entered: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    let mut queues_of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for line in log.lines() {
        let f: Vec<&str> = line.split('|').collect();
        let (stamp, call, queue, agent, event) = (f[0], f[1], f[2], f[3], f[4]);
        let stamp: i64 = stamp.parse().unwrap();
        let number = |index: usize| f[index].parse::<i64>().unwrap();
        if event == "ENTERQUEUE" {
            entered.insert((call, queue), stamp);
        }
        let entry = entered.get(&(call, queue)).copied();
        let mut day = QueueDay::default();
        let found = days.entry((queue.to_owned(), local_day(entry.unwrap_or(0))));
        let day = if entry.is_some() {
            found.or_default()
        } else {
            &mut day
        };
        let person = agents.entry(agent.to_owned()).or_default();
        match event {
            "ENTERQUEUE" => day.offered += 1,
            "CONNECT" => {
                assert_eq!(Some(stamp - number(5)), entry);
                assert!(number(7) <= number(5));
                day.answered += 1;
                day.answered_within_20 += u64::from(number(5) <= 20);
                day.answered_wait_secs += number(5);
                person.answered += 1;
            }
            "COMPLETEAGENT" | "COMPLETECALLER" => {
                assert_eq!(Some(stamp - number(5) - number(6)), entry);
                day.talk_secs += number(6);
                person.talk_secs += number(6);
            }
            "BLINDTRANSFER" => {
                assert_eq!(Some(stamp - number(7) - number(8)), entry);
                day.transferred += 1;
                day.talk_secs += number(8);
                person.talk_secs += number(8);
            }
            "ABANDON" | "EXITWITHTIMEOUT" => {
                assert_eq!(Some(stamp - number(7)), entry);
                let counter = if event == "ABANDON" {
                    &mut day.abandoned
                } else {
                    &mut day.timed_out
                };
                *counter += 1;
            }
            "EXITWITHKEY" => {
                assert_eq!(Some(stamp - number(8)), entry);
                day.left_by_key += 1;
            }
            "RINGNOANSWER" => person.no_answer += 1,
            "PAUSEALL" => person.paused_secs -= stamp,
            "UNPAUSEALL" => person.paused_secs += stamp,
            "ADDMEMBER" => {
                let queues = queues_of.entry(agent).or_default();
                if queues.is_empty() {
                    person.signed_on_secs -= stamp;
                }
                assert!(queues.insert(queue));
            }
            "REMOVEMEMBER" => {
                let queues = queues_of.get_mut(agent).unwrap();
                assert!(queues.remove(queue));
                if queues.is_empty() {
                    person.signed_on_secs += stamp;
                }
            }
            _ => {}
        }
    }
    agents.retain(|name, found| name != "NONE" && *found != AgentTruth::default());
    (days, agents)
}

/// Europe/Rome in 2026, written down a second time.
fn local_day(stamp: i64) -> NaiveDate {
    let instant = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().timestamp();
    let summer = instant("2026-03-29T01:00:00Z")..instant("2026-10-25T01:00:00Z");
    let offset = if summer.contains(&stamp) { 7200 } else { 3600 };
    DateTime::from_timestamp(stamp + offset, 0)
        .unwrap()
        .date_naive()
}

#[test]
fn the_truth_is_what_the_log_says() {
    for history in histories() {
        let (days, agents) = count_log(&text(&history));
        let days: BTreeMap<_, _> = days.into_iter().filter(|day| day.1.offered > 0).collect();
        assert_eq!(days, truth(&history));
        assert_eq!(agents, agent_truth(&history));
    }
}

#[test]
fn pauses_are_logged_for_every_queue_of_the_agent() {
    let log = text(&sample());
    let count = |verb: &str| log.matches(&format!("|{verb}|")).count();
    assert!(count("PAUSEALL") > 300);
    assert_eq!(count("PAUSEALL"), count("UNPAUSEALL"));
    assert!(count("PAUSE") > count("PAUSEALL"));
    assert_eq!(count("PAUSE"), count("UNPAUSE"));
    assert_eq!(count("ADDMEMBER"), count("REMOVEMEMBER"));
    assert_eq!(count("CONFIGRELOAD"), 2);
    let answered = count("CONNECT");
    assert_eq!(answered, count("WRAPUPSTART"));
    let ended = count("COMPLETEAGENT") + count("COMPLETECALLER") + count("BLINDTRANSFER");
    assert_eq!(answered, ended);
    assert!(log.contains("|RINGCANCELED|") && log.contains("|EXITWITHKEY|1|"));
}

/// The promises of the README of the sample.
#[test]
fn the_sample_looks_like_a_working_centre() {
    let history = sample();
    let spec = sample_centre();
    assert_eq!((spec.queues.len(), spec.agents.len()), (4, 30));
    assert!((8_000..14_000).contains(&history.visits().len()));
    let mut days: BTreeMap<NaiveDate, (u64, u64)> = BTreeMap::new();
    for ((_, day), found) in truth(&history) {
        let sums = days.entry(day).or_default();
        sums.0 += found.offered;
        sums.1 += found.answered_within_20;
    }
    assert_eq!(days.len(), 14);
    let bad_monday: NaiveDate = "2026-03-23".parse().unwrap();
    for (day, (offered, within)) in &days {
        let level = *within as f64 / *offered as f64;
        println!("{day}: {offered} offered, service level {level:.3}");
        let expected = if *day == bad_monday {
            0.40..0.50
        } else {
            0.75..0.93
        };
        assert!(expected.contains(&level), "{day}: {level}");
    }
    let sunday = days[&"2026-03-29".parse().unwrap()].0;
    let busiest = days[&bad_monday].0;
    assert!(sunday * 5 < busiest, "{sunday} {busiest}");
}

/// On the night of the change the wall clock jumps from 2 to 3, and calls came on both
/// sides of the gap.
#[test]
fn the_short_night_has_calls() {
    let history = sample();
    let change = 1_774_746_000_000;
    let hour = 3_600_000;
    let entered = |from: i64, to: i64| {
        let visits = history.visits().iter();
        visits
            .filter(|visit| (from..to).contains(&visit.entered_ms))
            .count()
    };
    assert!(entered(change - 2 * hour, change) > 0);
    assert!(entered(change, change + 2 * hour) > 0);
    let first = history.visits().first().unwrap().entered_ms;
    let last = history.events().last().unwrap().at_ms;
    assert_eq!(history.day(first).to_string(), "2026-03-16");
    assert_eq!(history.day(last).to_string(), "2026-03-29");
}

#[test]
fn the_committed_sample_is_what_the_generator_writes() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/data/sample.queue_log.gz");
    let packed = std::fs::read(&path).unwrap();
    assert!(packed.len() < 600_000);
    assert_eq!(
        packed[4..8],
        [0; 4],
        "a packed file without a time of packing"
    );
    let mut unpacked = String::new();
    GzDecoder::new(&packed[..])
        .read_to_string(&mut unpacked)
        .unwrap();
    let fresh = text(&sample());
    let differ = unpacked
        .lines()
        .zip(fresh.lines())
        .position(|(old, new)| old != new);
    assert_eq!(differ, None, "first line that differs");
    assert!(unpacked == fresh);
}

/// The table in the README of the sample holds true figures.
#[test]
fn the_readme_of_the_sample_tells_the_truth() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/data/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let mut days: BTreeMap<String, [u64; 4]> = BTreeMap::new();
    for ((_, day), found) in truth(&sample()) {
        let counts = [
            found.offered,
            found.answered,
            found.abandoned,
            found.answered_within_20,
        ];
        for key in [day.format("%Y-%m-%d | %a").to_string(), "all |".to_owned()] {
            let sums = days.entry(key).or_default();
            sums.iter_mut()
                .zip(counts)
                .for_each(|(sum, count)| *sum += count);
        }
    }
    for (day, [offered, answered, abandoned, within]) in days {
        let level = 100.0 * within as f64 / offered as f64;
        let row = format!("| {day} | {offered} | {answered} | {abandoned} | {level:.1} % |");
        assert!(readme.contains(&row), "{row}");
    }
    assert!(readme.contains(&format!("{SAMPLE_SEED}")));
}

#[test]
fn a_long_log_has_exactly_the_calls_asked_for() {
    let mut bytes = Vec::new();
    let lines = bench_log(30_000, 9, &mut bytes).unwrap();
    let log = String::from_utf8(bytes).unwrap();
    assert_eq!(log.lines().count() as u64, lines);
    let calls: BTreeSet<&str> = log
        .lines()
        .filter(|line| line.contains("|ENTERQUEUE|"))
        .filter_map(|line| line.split('|').nth(1))
        .collect();
    assert_eq!(calls.len(), 30_000);
    let per_call = lines as f64 / 30_000.0;
    assert!((5.0..7.0).contains(&per_call), "{per_call}");
    let (days, _) = count_log(&log);
    let sum = |part: fn(&QueueDay) -> u64| days.values().map(part).sum::<u64>();
    let ends =
        sum(|d| d.answered) + sum(|d| d.abandoned) + sum(|d| d.timed_out) + sum(|d| d.left_by_key);
    assert_eq!(sum(|d| d.offered), ends);
    let level = sum(|d| d.answered_within_20) as f64 / sum(|d| d.offered) as f64;
    println!("lines per call {per_call}, service level {level}");
    assert!((0.4..0.95).contains(&level), "{level}");
}

#[test]
fn shuffled_legs_are_the_sorted_ones() {
    type Row = (i64, u16, u16, i32, u8, (i32, i32, i32));
    let rows = |legs: &BenchLegs| -> Vec<Row> {
        let row = |i: usize| {
            let times = (legs.talk_ms[i], legs.hold_ms[i], legs.wrap_ms[i]);
            let who = (legs.queue[i], legs.agent[i]);
            (
                legs.arrived_ms[i],
                who.0,
                who.1,
                legs.wait_ms[i],
                legs.outcome[i],
                times,
            )
        };
        (0..legs.arrived_ms.len()).map(row).collect()
    };
    let sorted = bench_legs(20_000, 4, true);
    let shuffled = bench_legs(20_000, 4, false);
    assert!(sorted.arrived_ms.is_sorted() && !shuffled.arrived_ms.is_sorted());
    let (mut left, mut right) = (rows(&sorted), rows(&shuffled));
    assert_eq!(left.len(), 20_000);
    left.sort_unstable();
    right.sort_unstable();
    assert_eq!(left, right);
}

#[test]
fn legs_are_plausible() {
    let legs = bench_legs(50_000, 4, true);
    let share =
        |outcome: u8| legs.outcome.iter().filter(|&&o| o == outcome).count() as f64 / 50_000.0;
    assert!((0.8..0.95).contains(&share(0)), "{}", share(0));
    assert!((0.04..0.2).contains(&share(1)), "{}", share(1));
    assert!(share(2) > 0.0005, "{}", share(2));
    for place in 0..legs.queue.len() {
        let answered = legs.outcome[place] == 0;
        assert_eq!(answered, legs.agent[place] != u16::MAX);
        assert_eq!(answered, legs.talk_ms[place] > 0);
        assert!(answered || (legs.hold_ms[place], legs.wrap_ms[place]) == (0, 0));
        assert!((0..=240_000).contains(&legs.wait_ms[place]));
        assert!(legs.queue[place] < 20 && (legs.agent[place] < 200 || !answered));
    }
    let rome = ZoneTable::rome_2026();
    let days: BTreeSet<NaiveDate> = legs.arrived_ms.iter().map(|&at| rome.day(at)).collect();
    assert_eq!(days.len(), 365);
    assert_eq!(bench_legs(0, 1, false), BenchLegs::default());
}
