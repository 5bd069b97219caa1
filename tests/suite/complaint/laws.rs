//! The laws of complaints: 25 invariants, each a property test. Their numbers stand in
//! front of the tests; those that are laws of business time are tested here through the
//! clocks of a complaint.

use floorwalker::complaint::*;
use floorwalker::id::CaseId;
use floorwalker::time::Zone;
use floorwalker::time::business::{Calendar, Hours, Timeline};
use floorwalker::time::clock::{Clock, ClockState, Pauses, WaiverCause};
use proptest::prelude::*;

use super::desk::*;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// 2026-05-04, a Monday, 06:00 in Rome.
fn monday_ms() -> i64 {
    ms("2026-05-04T04:00:00Z")
}

/// A history of random legal acts.
fn history(rules: &Rules, seed: u64, length: u64) -> History {
    let mut dice = Dice::new(seed);
    let mut history = opened(rules, monday_ms() + dice.below(1000) as i64 * HOUR_MS);
    let acts = usual(rules);
    let mut now_ms = history.case().last_ms();
    for _ in 0..length {
        now_ms += 1 + dice.below(20) as i64 * HOUR_MS;
        let fitting = rules.procedure().steps_from(history.case().state());
        let wanted = acts
            .iter()
            .find(|act| fitting.contains(&act.step()) && !history.case().has_done(act.step()));
        let others = [
            Act::AttachEvidence(document()),
            Act::AskCustomer(message(Channel::Email)),
            Act::InfoReceived(document()),
            Act::Contest,
            Act::Accept,
            Act::Reopen(Reopening {
                new_evidence: true,
                reason: ReopenReason::NewEvidence,
            }),
            Act::DraftDecision(Decision {
                outcomes: outcomes(&["1"], Outcome::Unfounded),
            }),
            Act::Respond(reply(&["1"])),
            Act::Investigate,
        ];
        let act = match wanted {
            Some(act) if dice.percent(60) => act.clone(),
            _ => others[dice.below(others.len() as u64) as usize].clone(),
        };
        let command = command(now_ms, "anna", act).in_role(label("complaints_unit"));
        let _ = history.carry_out(rules, &command, now_ms, &NoOthers);
    }
    history
}

fn reading(rules: &Rules, case: &Case, name: &str, at_ms: i64) -> ObligationReading {
    let all = rules.obligations(case, at_ms).unwrap();
    all.into_iter()
        .find(|reading| reading.name.as_str() == name)
        .unwrap()
}

fn pauses() -> impl Strategy<Value = Vec<(i64, Option<i64>)>> {
    proptest::collection::vec((0_i64..400, 0_i64..60), 0..6).prop_map(|spans| {
        let span = |(from, length): (i64, i64)| {
            let from_ms = monday_ms() + from * HOUR_MS;
            (from_ms, Some(from_ms + length * HOUR_MS))
        };
        spans.into_iter().map(span).collect()
    })
}

/// The answer clock of the policy on energy.
const ANSWER: &str = "it.arera.tiqv.complaint/answer";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// 1. Folding is deterministic, and a snapshot with the rest equals the whole.
    #[test]
    fn snapshot_and_tail_equal_the_whole(seed: u64, cut in 1_usize..30) {
        let rules = rules();
        let whole = history(&rules, seed, 30);
        let events = whole.events();
        let cut = cut.min(events.len());
        let part = History::replay(&rules, events[..cut].to_vec()).unwrap();
        let snapshot = Snapshot::of(&part);
        let json = serde_json::to_string(&snapshot).unwrap();
        let snapshot: Snapshot = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&snapshot.resume(&rules, &events[cut..]).unwrap(), whole.case());
        let replayed = History::replay(&rules, events.to_vec()).unwrap();
        prop_assert_eq!(replayed.case(), whole.case());
    }

    /// 2. Numbers are dense and the chain is valid, also after a way through JSON.
    #[test]
    fn the_chain_is_dense_and_valid(seed: u64) {
        let rules = rules();
        let whole = history(&rules, seed, 25);
        for (place, event) in whole.events().iter().enumerate() {
            prop_assert_eq!(event.seq(), place as u64);
            prop_assert!(event.is_intact());
        }
        let json = serde_json::to_string(&whole).unwrap();
        let events: Vec<Event> = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&History::replay(&rules, events).unwrap(), &whole);
        whole.prove(&rules).unwrap();
    }

    /// 3, 4, 5. One state of handling; terminal states accept only what may come after;
    /// a reply has registration and a policy before it; closing has cause and outcomes.
    #[test]
    fn states_keep_their_promises(seed: u64) {
        let rules = rules();
        let whole = history(&rules, seed, 40);
        let mut case = None;
        for until in 1..=whole.events().len() {
            let now = History::replay(&rules, whole.events()[..until].to_vec()).unwrap();
            let event = &whole.events()[until - 1];
            if let Some(before) = case.replace(now.case().clone()) {
                let after = [Step::Reopen, Step::ExternalOutcome, Step::Correct, Step::ExecuteRemedy,
                    Step::PayIndemnity, Step::PlanAction, Step::VerifyAction];
                prop_assert!(!before.stage().is_terminal() || after.contains(&event.step()));
            }
            let case = now.case();
            prop_assert_eq!(rules.procedure().stage(case.state()), Some(case.stage()));
            if case.stage() == Stage::Responded {
                prop_assert!(case.has_done(Step::Register) && !case.policies().is_empty());
            }
            if case.stage() == Stage::Closed {
                prop_assert!(case.cause() != CauseState::Open);
                prop_assert!(case.issues().iter().all(|issue| issue.outcome.is_some()));
            }
        }
    }

    /// 6. The time used never falls as the instant of reading rises.
    #[test]
    fn elapsed_never_falls(seed: u64, a in 0_i64..2000, b in 0_i64..2000) {
        let rules = rules();
        let case = history(&rules, seed, 20).case().clone();
        let from_ms = case.last_ms();
        let (a, b) = (from_ms + a.min(b) * HOUR_MS, from_ms + a.max(b) * HOUR_MS);
        for (early, late) in rules.obligations(&case, a).unwrap().iter().zip(&rules.obligations(&case, b).unwrap()) {
            prop_assert!(early.elapsed_ms <= late.elapsed_ms);
        }
    }

    /// 7, 8. Business time adds up, and adding is the mirror of measuring.
    #[test]
    fn business_time_adds_up(a in 0_i64..5000, b in 0_i64..5000, c in 0_i64..5000, amount in 0_i64..400) {
        let office = office();
        let [a, b, c] = [a, b, c].map(|hours| monday_ms() + hours * HOUR_MS);
        prop_assert_eq!(office.elapsed_ms(a, c), office.elapsed_ms(a, b) + office.elapsed_ms(b, c));
        let amount_ms = amount * HOUR_MS / 4;
        let due = office.add_ms(a, amount_ms).unwrap();
        prop_assert_eq!(office.elapsed_ms(a, due.at_ms), amount_ms);
        prop_assert_eq!(office.elapsed_ms(office.sub_ms(a, amount_ms).unwrap(), a), amount_ms);
    }

    /// 9. Breached if and only if more than the target is used, which is after
    /// `reopen_ms`; in time until `at_ms`.
    #[test]
    fn breach_is_more_than_the_target(start in 0_i64..200, target in 1_i64..60, at in 0_i64..2000) {
        let office = office();
        let clock = Clock::new(monday_ms() + start * HOUR_MS, target * HOUR_MS).unwrap();
        let at_ms = clock.start_ms() + at * HOUR_MS / 2;
        let (reading, due) = (clock.reading(&office, at_ms), clock.due(&office).unwrap());
        let breached = reading.state() == ClockState::Breached;
        prop_assert_eq!(breached, reading.elapsed_ms() > target * HOUR_MS);
        prop_assert_eq!(breached, due.reopen_ms.is_some_and(|reopen_ms| at_ms > reopen_ms));
        prop_assert!(at_ms > due.at_ms || !breached);
    }

    /// 10, 11. A pause never makes a deadline earlier, one in closed time changes
    /// nothing; splitting, reordering and joining pauses changes nothing.
    #[test]
    fn pauses_only_delay(pauses in pauses(), extra in 0_i64..400, night in 0_i64..20) {
        let office = office();
        let clock = Clock::new(monday_ms(), 20 * HOUR_MS).unwrap();
        let due = |pauses: Vec<(i64, Option<i64>)>| {
            clock.clone().with_pauses(Pauses::new(pauses).unwrap()).due(&office).unwrap()
        };
        let plain = due(pauses.clone());
        let mut more = pauses.clone();
        let from_ms = monday_ms() + extra * HOUR_MS;
        more.push((from_ms, Some(from_ms + 5 * HOUR_MS)));
        prop_assert!(due(more).at_ms >= plain.at_ms);
        let mut closed = pauses.clone();
        let night_ms = monday_ms() + night * DAY_MS + 15 * HOUR_MS;
        closed.push((night_ms, Some(night_ms + 8 * HOUR_MS)));
        prop_assert_eq!(due(closed), plain);
        let mut split: Vec<_> = pauses.iter().rev().flat_map(|&(from, to)| {
            let middle = from + (to.unwrap() - from) / 2;
            [(middle, to), (from, Some(middle))]
        }).collect();
        let third = split.len() / 3;
        split.rotate_left(third);
        prop_assert_eq!(due(split), plain);
    }

    /// 12. More open hours never make a deadline later.
    #[test]
    fn more_hours_never_delay(start in 0_i64..400, target in 1_i64..80) {
        let zone = Zone::get("Europe/Rome").unwrap();
        let hours = |windows: &[(&str, &str)]| Timeline::new(Calendar::new(zone.clone(), week(windows)).unwrap());
        let clock = Clock::new(monday_ms() + start * HOUR_MS, target * HOUR_MS).unwrap();
        let few = clock.due(&hours(&[("09:00", "13:00")])).unwrap();
        let many = clock.due(&hours(&[("09:00", "13:00"), ("14:00", "18:00")])).unwrap();
        prop_assert!(many.at_ms <= few.at_ms);
    }

    /// 13. A zone without clock changes equals UTC, moved.
    #[test]
    fn a_fixed_zone_is_utc_moved(start in 0_i64..5000, length in 0_i64..900) {
        let of = |zone: &str| {
            Timeline::new(Calendar::new(Zone::get(zone).unwrap(), week(&[("09:00", "17:30")])).unwrap())
        };
        let shift_ms = 9 * HOUR_MS;
        let (from, to) = (monday_ms() + start * HOUR_MS, monday_ms() + (start + length) * HOUR_MS);
        prop_assert_eq!(of("Asia/Tokyo").elapsed_ms(from, to), of("UTC").elapsed_ms(from + shift_ms, to + shift_ms));
    }

    /// 14. A week has the same open time, except where the clock changes: then it
    /// differs by what the windows share with the hour that is skipped or repeated.
    #[test]
    fn a_week_is_a_week(number in 0_i64..52) {
        let zone = Zone::get("Europe/Rome").unwrap();
        let always = Timeline::new(Calendar::always_open(zone.clone()));
        let first = "2026-01-05".parse::<chrono::NaiveDate>().unwrap() + chrono::Days::new(number as u64 * 7);
        let of = |date| zone.start_of_day(date).unwrap();
        let (from, to) = (of(first), of(first + chrono::Days::new(7)));
        let change: chrono::NaiveDate = "2026-03-29".parse().unwrap();
        let back: chrono::NaiveDate = "2026-10-25".parse().unwrap();
        let inside = |date| first <= date && date < first + chrono::Days::new(7);
        let hours = 7 * 24 - i64::from(inside(change)) + i64::from(inside(back));
        prop_assert_eq!(always.elapsed_ms(from, to), hours * HOUR_MS);
        let plain = Timeline::new(Calendar::new(zone.clone(), week(&[("09:00", "17:00")])).unwrap());
        prop_assert_eq!(plain.elapsed_ms(from, to), 40 * HOUR_MS);
    }

    /// 15. Another severity, and back at the same instant, changes nothing.
    #[test]
    fn there_and_back_is_nothing(seed: u64, later in 0_i64..500) {
        let rules = rules();
        let mut history = opened(&rules, monday_ms() + (seed % 400) as i64 * HOUR_MS);
        play(&rules, &mut history, HOUR_MS, usual(&rules).into_iter().take(3 + (seed % 3) as usize));
        let before = history.case().clone();
        let at_ms = history.case().last_ms();
        for severity in [Severity::Critical, before.severity().unwrap()] {
            let again = command(at_ms, "anna", Act::Reassess(Reassessment { severity }));
            history.carry_out(&rules, &again, at_ms, &NoOthers).unwrap();
        }
        let read_ms = at_ms + later * HOUR_MS;
        prop_assert_eq!(rules.obligations(history.case(), read_ms).unwrap(), rules.obligations(&before, read_ms).unwrap());
    }

    /// 16. Other hours from an instant on leave what was used before it untouched.
    #[test]
    fn new_hours_leave_the_past_alone(start in 0_i64..200, change in 0_i64..400, read in 0_i64..800) {
        let zone = Zone::get("Europe/Rome").unwrap();
        let hours = |windows: &[(&str, &str)]| Hours::from(Calendar::new(zone.clone(), week(windows)).unwrap());
        let [start, change, read] = [start, change, read].map(|hours| monday_ms() + hours * HOUR_MS);
        let old = Timeline::new(hours(&[("09:00", "17:00")]));
        let new = Hours::versions(hours(&[("09:00", "17:00")]), [(change, hours(&[("06:00", "22:00")]))]).unwrap();
        let clock = Clock::new(start, HOUR_MS).unwrap();
        let read = read.min(change);
        prop_assert_eq!(clock.elapsed_ms(&Timeline::new(new), read), clock.elapsed_ms(&old, read));
    }

    /// 17. What was met stays met, unless it is opened again or put right.
    #[test]
    fn met_stays_met(seed: u64) {
        let rules = rules();
        let whole = history(&rules, seed, 40);
        let mut before: Vec<ObligationReading> = Vec::new();
        for until in 1..=whole.events().len() {
            let now = History::replay(&rules, whole.events()[..until].to_vec()).unwrap();
            let step = whole.events()[until - 1].step();
            let readings = rules.obligations(now.case(), now.case().last_ms()).unwrap();
            for old in before.iter().filter(|old| old.state == ObligationState::Met) {
                let new = readings.iter().find(|new| new.name == old.name).unwrap();
                let goes_on = matches!(step, Step::Reopen | Step::Contest) && !old.is_legal();
                prop_assert!(goes_on || new.state == ObligationState::Met, "{:?} {:?}", old, new);
                // A clock that goes on counts as it did.
                prop_assert!(!goes_on || new.state == ObligationState::Met || new.elapsed_ms >= old.elapsed_ms);
            }
            let stopped = |reading: &ObligationReading| !(reading.state == ObligationState::Met && step == Step::Contest);
            before = readings.into_iter().filter(stopped).collect();
        }
    }

    /// 18, 25. What is waived is in neither number, and figures of any partition merge
    /// into those of the whole, weighted by what they count.
    #[test]
    fn figures_of_parts_merge(states in proptest::collection::vec((0_usize..5, 0_i64..60, 0_u8..4), 1..60)) {
        let window = floorwalker::time::Span::from_millis(0, 40 * DAY_MS).unwrap();
        let kinds = [ObligationState::Met, ObligationState::Breached, ObligationState::Waived,
            ObligationState::Running, ObligationState::Cancelled];
        let summaries: Vec<CaseSummary> = states.iter().map(|&(kind, day, team)| CaseSummary {
            closed_ms: (day % 3 != 0).then_some((day + 7) * DAY_MS),
            customer: Some(floorwalker::id::CustomerId::new(format!("c{}", day % 7)).unwrap()),
            topics: vec![label("billing")],
            cause: Some(label(&format!("cause {team}"))),
            steps: vec![(label("to_reply"), day * HOUR_MS)],
            standards: vec![(label("reply"), kinds[kind])],
            accrued: vec![Money::new((day * 10).into(), "EUR").unwrap()],
            ..CaseSummary::received(day * DAY_MS)
        }).collect();
        let settings = ComplaintSettings::new(window);
        let whole = ComplaintTally::of(settings.clone(), &summaries);
        let parts = (0..4_u8).map(|team| {
            let mine = states.iter().zip(&summaries).filter(|((.., of), _)| *of == team).map(|(_, summary)| summary);
            ComplaintTally::of(settings.clone(), mine)
        });
        let merged = parts.fold(ComplaintTally::empty(settings.clone()), |all, part| all.merge(&part).unwrap());
        prop_assert_eq!(&merged, &whole);
        let counted: Vec<_> = states.iter().filter(|(_, day, _)| *day < 40).collect();
        let met = counted.iter().filter(|(kind, ..)| *kind == 0).count();
        let breached = counted.iter().filter(|(kind, ..)| *kind == 1).count();
        let share = whole.within_standard("reply");
        prop_assert_eq!(share.numerator(), met as i128);
        prop_assert_eq!(share.denominator(), (met + breached) as u64);
        let json = serde_json::to_string(&whole).unwrap();
        prop_assert_eq!(serde_json::from_str::<ComplaintTally>(&json).unwrap(), whole);
    }

    /// 19. The runs of a clock add up to its total, and the longest is the worst.
    #[test]
    fn runs_add_up(seed: u64, later in 0_i64..400) {
        let mut record = Procedure::iso_10002().record().clone();
        record.clocks[1].on_resume = OnResume::Restart;
        let rules = rules_with(Procedure::new(record).unwrap());
        let whole = history(&rules, seed, 60);
        let case = whole.case();
        let now = reading(&rules, case, "reply", case.last_ms() + later * HOUR_MS);
        prop_assert!(now.worst_elapsed_ms >= now.elapsed_ms && now.total_elapsed_ms >= now.worst_elapsed_ms);
        prop_assert!(now.runs == 1 || now.total_elapsed_ms <= now.worst_elapsed_ms * i64::from(now.runs));
        if now.runs == 1 {
            prop_assert_eq!((now.total_elapsed_ms, now.worst_elapsed_ms), (now.elapsed_ms, now.elapsed_ms));
        }
    }

    /// 20. Levels rise within a cycle, and each is taken once.
    #[test]
    fn levels_rise(seed: u64, days in 1_i64..60) {
        let rules = rules();
        let mut history = opened(&rules, monday_ms());
        play(&rules, &mut history, HOUR_MS, usual(&rules).into_iter().take(3));
        let mut dice = Dice::new(seed);
        let mut taken = Vec::new();
        for day in 0..days {
            let now_ms = history.case().last_ms().max(monday_ms() + day * DAY_MS) + dice.below(9) as i64 * HOUR_MS;
            for command in rules.due_commands(history.case(), now_ms, &actor("timer")).unwrap() {
                history.carry_out(&rules, &command, now_ms, &NoOthers).unwrap();
                taken.push(history.case().level());
            }
            prop_assert_eq!(rules.due_commands(history.case(), now_ms, &actor("timer")).unwrap(), []);
        }
        let mut sorted = taken.clone();
        sorted.dedup();
        prop_assert!(sorted == taken && taken.is_sorted(), "{:?}", taken);
        prop_assert_eq!(history.case().levels_taken() as usize, taken.len());
    }

    /// 21. An indemnity never falls with a later reply, is 0 within the standard, at most
    /// three times the base, and 0 if waived.
    #[test]
    fn indemnities_rise(standard in 1_u32..120, a in 0_u32..500, b in 0_u32..500, base in 0_i64..1000) {
        let base = Money::new(base.into(), "EUR").unwrap();
        let rule = IndemnityRule::Steps { base, most: 3 };
        let (early, late) = (rule.amount(standard, a.min(b)).unwrap(), rule.amount(standard, a.max(b)).unwrap());
        prop_assert!(early.amount() <= late.amount() && late.cents() <= 3 * base.cents());
        prop_assert_eq!(rule.amount(standard, standard).unwrap().cents(), 0);
        prop_assert_eq!(rule.amount(standard, standard + 1).unwrap(), base);
        let mut question = Question::new(ENERGY, "2026-03-02".parse().unwrap(), "2026-12-31".parse().unwrap());
        question.cause = Some(WaiverCause::Customer);
        let book = PolicyBook::built_in();
        let answer = book.answer(&question, &office()).unwrap();
        prop_assert_eq!(answer.indemnity.unwrap().cents(), 0);
    }

    /// 22. Mergers never lead in a circle, also after one was put right.
    #[test]
    fn mergers_never_lead_back(moves in proptest::collection::vec((0_usize..5, 0_usize..5, any::<bool>()), 1..40)) {
        let rules = rules();
        let mut docket = Docket::default();
        let ids: Vec<CaseId> = (0..5).map(|number| case_id(&format!("R-{number}"))).collect();
        for id in &ids {
            let receipt = command(monday_ms(), "desk", receipt(&rules, true));
            docket.receive(&rules, id.clone(), &receipt, monday_ms()).unwrap();
        }
        let mut now_ms = monday_ms();
        for (from, into, undo) in moves {
            now_ms += HOUR_MS;
            let merged = docket.history(&ids[from]).unwrap().events().iter().rfind(|event| event.step() == Step::Merge);
            let act = match merged {
                Some(event) => {
                    let act = Box::new(event.act().clone());
                    let occurred_ms = event.record().occurred_ms;
                    let with = (!undo).then_some(Corrected { act, occurred_ms });
                    Act::Correct(Correction { event: event.seq(), with })
                }
                None => Act::Merge(Merger { into: ids[into].clone() }),
            };
            let _ = docket.carry_out(&rules, &ids[from], &command(now_ms, "anna", act), now_ms);
            for id in &ids {
                let mut next = id;
                for _ in 0..=ids.len() {
                    let Some(into) = docket.history(next).unwrap().case().merged_into() else { break };
                    prop_assert!(into != id, "{} leads back", id);
                    next = into;
                }
            }
        }
    }

    /// 23. What is recorded late, in the same order of occurrence, equals what was
    /// recorded on time.
    #[test]
    fn late_equals_on_time(seed: u64, late in 1_usize..9, delay in 1_i64..90) {
        let rules = rules();
        let mut on_time = opened(&rules, monday_ms());
        let mut acts = usual(&rules);
        // Steps that nothing later depends on may be recorded after all others.
        acts.insert(1 + (seed % 7) as usize, Act::CodeCause(Cause { code: label("early"), party: Party::Unknown }));
        acts.insert(late.min(8), Act::Assign(Assignment { to: actor("bruno") }));
        play(&rules, &mut on_time, HOUR_MS, acts);
        let free = |event: &&Event| matches!(event.step(), Step::Assign | Step::Acknowledge);
        let Some(moved) = on_time.events().iter().filter(free).nth(late % 2) else { return Ok(()) };
        let mut history = opened(&rules, monday_ms());
        let again = |event: &Event| {
            let record = event.record().clone();
            command(record.occurred_ms, record.actor.as_str(), record.act).in_role(label("complaints_unit"))
        };
        for event in on_time.events().iter().skip(1).filter(|event| event.seq() != moved.seq()) {
            let recorded_ms = event.record().occurred_ms;
            history.carry_out(&rules, &again(event), recorded_ms, &NoOthers).unwrap();
        }
        let recorded_ms = history.case().last_ms() + delay * DAY_MS;
        history.carry_out(&rules, &again(moved), recorded_ms, &NoOthers).unwrap();
        prop_assert_eq!(history.case(), on_time.case());
        prop_assert_eq!(
            rules.obligations(history.case(), recorded_ms).unwrap(),
            rules.obligations(on_time.case(), recorded_ms).unwrap()
        );
        let known = history.as_known(&rules, recorded_ms - 1).unwrap().unwrap();
        prop_assert_eq!(known.marks().len() + 1, history.case().marks().len());
    }

    /// 24. The clock of a policy without pauses does not care about waiting.
    #[test]
    fn legal_clocks_do_not_wait(wait in 1_i64..30, later in 0_i64..60) {
        let rules = rules();
        let mut plain = opened(&rules, monday_ms());
        play(&rules, &mut plain, HOUR_MS, usual(&rules).into_iter().take(5));
        let mut waiting = plain.clone();
        let asked = Act::AskCustomer(message(Channel::Email));
        play(&rules, &mut waiting, HOUR_MS, [asked]);
        play(&rules, &mut waiting, wait * DAY_MS, [Act::InfoReceived(document())]);
        let at_ms = waiting.case().last_ms() + later * DAY_MS;
        prop_assert_eq!(reading(&rules, plain.case(), ANSWER, at_ms), reading(&rules, waiting.case(), ANSWER, at_ms));
        let [plain, waiting] = [&plain, &waiting].map(|history| reading(&rules, history.case(), "reply", at_ms).elapsed_ms);
        prop_assert!(waiting <= plain);
    }
}

/// 23, with the sharpest case: a letter that is opened late moves a clock's stop.
#[test]
fn a_letter_opened_late_is_judged_anew() {
    let rules = rules();
    let mut history = opened(&rules, monday_ms());
    play(&rules, &mut history, DAY_MS, usual(&rules));
    let replied_ms = history.case().responded_ms().unwrap();
    let later_ms = replied_ms + 10 * DAY_MS;
    let contest =
        command(replied_ms + DAY_MS, "anna", Act::Contest).in_role(label("complaints_unit"));
    let added = history
        .carry_out(&rules, &contest, later_ms, &NoOthers)
        .unwrap();
    assert_eq!(
        added.iter().map(Event::step).collect::<Vec<_>>(),
        [Step::Contest, Step::Escalate]
    );
    assert_eq!(added[1].record().cause, Some(added[0].seq()));
    assert_eq!(history.case().level(), 1);
    let known = history.as_known(&rules, later_ms - 1).unwrap().unwrap();
    assert_eq!(
        (known.stage(), history.case().stage()),
        (Stage::Responded, Stage::Investigating)
    );
    let before = history.as_of(&rules, replied_ms).unwrap().unwrap();
    assert_eq!(before.stage(), Stage::Responded);
    assert_eq!(history.as_of(&rules, monday_ms() - 1).unwrap(), None);
}

/// A backdated step that makes a later one impossible is refused, and names it.
#[test]
fn contradictions_name_the_later_event() {
    let rules = rules();
    let mut history = opened(&rules, monday_ms());
    play(&rules, &mut history, DAY_MS, usual(&rules));
    let now_ms = history.case().last_ms() + DAY_MS;
    let withdrawn = Act::Withdraw(Withdrawal {
        statement: sealed("never mind"),
    });
    let early = command(monday_ms() + 2 * DAY_MS + HOUR_MS, "anna", withdrawn);
    let refusal = history
        .carry_out(&rules, &early, now_ms, &NoOthers)
        .unwrap_err();
    assert_eq!(refusal.code(), "complaint.contradicts");
    assert!(
        refusal
            .to_string()
            .starts_with("event 3 could not have happened then"),
        "{refusal}"
    );
}

/// An event that was wrong is put right, and revived, without being edited.
#[test]
fn corrections_leave_the_event_in_place() {
    let rules = rules();
    let mut history = opened(&rules, monday_ms());
    play(&rules, &mut history, DAY_MS, usual(&rules));
    let replied = history.events().last().unwrap().clone();
    let now_ms = history.case().last_ms() + DAY_MS;
    let annul = Act::Correct(Correction {
        event: replied.seq(),
        with: None,
    });
    history
        .carry_out(&rules, &command(now_ms, "anna", annul), now_ms, &NoOthers)
        .unwrap();
    assert_eq!(history.case().stage(), Stage::DecisionDrafted);
    assert_eq!(history.case().responded_ms(), None);
    assert_eq!(history.events()[replied.seq() as usize], replied);
    let with = Corrected {
        act: Box::new(replied.act().clone()),
        occurred_ms: now_ms,
    };
    let revive = Act::Correct(Correction {
        event: replied.seq(),
        with: Some(with),
    });
    history
        .carry_out(&rules, &command(now_ms, "anna", revive), now_ms, &NoOthers)
        .unwrap();
    assert_eq!(history.case().responded_ms(), Some(now_ms));
    let of_correction = Act::Correct(Correction {
        event: history.events().len() as u64 - 1,
        with: None,
    });
    let refusal = history
        .carry_out(
            &rules,
            &command(now_ms, "anna", of_correction),
            now_ms,
            &NoOthers,
        )
        .unwrap_err();
    assert_eq!(refusal.code(), "complaint.correction");
}
