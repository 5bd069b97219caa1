//! What is wrong with a specification, found before anything is played.

use std::{error, fmt};

use super::{AgentSpec, CentreSpec, Incident, QueueSpec};

/// A specification that cannot be played; says which part and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecError {
    place: String,
    problem: String,
}

impl fmt::Display for SpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

impl error::Error for SpecError {}

type Checked = Result<(), SpecError>;

fn demand(fits: bool, place: &str, problem: impl fmt::Display) -> Checked {
    if fits {
        return Ok(());
    }
    Err(SpecError {
        place: place.to_owned(),
        problem: problem.to_string(),
    })
}

/// Finds the first problem.
pub(super) fn check(spec: &CentreSpec) -> Checked {
    let (queues, agents) = (spec.queues.len(), spec.agents.len());
    let counted = |count: usize| (1..=usize::from(u16::MAX)).contains(&count);
    demand(
        counted(queues),
        "queues",
        format_args!("must be 1 to 65535, given {queues}"),
    )?;
    demand(
        agents <= usize::from(u16::MAX),
        "agents",
        format_args!("must be at most 65535, given {agents}"),
    )?;
    demand(
        (1..=3660).contains(&spec.days),
        "days",
        format_args!("must be 1 to 3660, given {}", spec.days),
    )?;
    demand(
        (1..=1_000_000).contains(&spec.customers),
        "customers",
        format_args!("must be 1 to 1000000, given {}", spec.customers),
    )?;
    demand_range("absence", "", spec.absence, 0.0, 1.0)?;
    demand_range("day_spread", "", spec.day_spread, 0.0, 2.0)?;
    for queue in &spec.queues {
        check_queue(queue, queues)?;
    }
    for agent in &spec.agents {
        check_agent(agent, queues)?;
    }
    for incident in &spec.incidents {
        check_incident(incident, queues, agents)?;
    }
    Ok(())
}

fn demand_range(place: &str, what: &str, given: f64, min: f64, max: f64) -> Checked {
    let problem = format_args!("{what} must be {min} to {max}, given {given}");
    demand((min..=max).contains(&given), place, problem)
}

fn demand_name(place: &str, name: &str) -> Checked {
    let clean = !name.is_empty() && !name.contains(['|', '\n', '\r']);
    demand(
        clean,
        place,
        format_args!("a name must not be empty or hold `|` or a line break, given {name:?}"),
    )
}

fn demand_known(place: &str, what: &str, index: usize, count: usize) -> Checked {
    demand(
        index < count,
        place,
        format_args!("{what} {index} of {count} does not exist"),
    )
}

fn check_queue(queue: &QueueSpec, queues: usize) -> Checked {
    let place = format!("queue {}", queue.name);
    demand_name(&place, &queue.name)?;
    for hours in queue.hours.iter().flatten() {
        let quarters = hours.from % 15 == 0 && hours.to % 15 == 0;
        let problem = format_args!(
            "hours must be quarters of an hour that rise to at most 1440, given {} to {}",
            hours.from, hours.to
        );
        demand(
            quarters && hours.from < hours.to && hours.to <= 1440,
            &place,
            problem,
        )?;
    }
    for per_hour in queue.calls_per_hour {
        demand_range(&place, "calls per hour", per_hour, 0.0, 100_000.0)?;
    }
    for factor in queue.profile {
        demand_range(&place, "profile", factor, 0.0, 100.0)?;
    }
    demand_range(
        &place,
        "patience in seconds",
        queue.patience_secs,
        1.0,
        86_400.0,
    )?;
    demand_range(&place, "talk in seconds", queue.talk_secs, 1.0, 3_600.0)?;
    demand_range(&place, "talk sigma", queue.talk_sigma, 0.0, 3.0)?;
    demand_range(
        &place,
        "wrap-up in seconds",
        queue.wrap_up_secs.into(),
        0.0,
        3_600.0,
    )?;
    demand_range(
        &place,
        "longest wait in seconds",
        queue.max_wait_secs.into(),
        1.0,
        86_400.0,
    )?;
    demand_range(&place, "chance of a key", queue.key_exit, 0.0, 1.0)?;
    demand_range(&place, "chance of redialling", queue.redial, 0.0, 0.9)?;
    let transfers: f64 = queue.transfers.iter().map(|transfer| transfer.chance).sum();
    demand_range(&place, "chance of a transfer", transfers, 0.0, 1.0)?;
    let targets = queue.transfers.iter().map(|transfer| transfer.to);
    for target in targets.chain(queue.overflow) {
        demand_known(&place, "target queue", target, queues)?;
    }
    Ok(())
}

fn check_agent(agent: &AgentSpec, queues: usize) -> Checked {
    let place = format!("agent {}", agent.name);
    demand_name(&place, &agent.name)?;
    demand(
        !agent.skills.is_empty(),
        &place,
        "must have at least one skill, given none",
    )?;
    for &skill in &agent.skills {
        demand_known(&place, "skill in queue", skill, queues)?;
    }
    demand_range(&place, "pace", agent.pace, 0.1, 10.0)?;
    demand_range(&place, "chance of no answer", agent.no_answer, 0.0, 0.9)?;
    for shift in agent.shifts.iter().flatten() {
        let fits = shift.from < 1440 && shift.from < shift.to && shift.to - shift.from <= 960;
        let problem = format_args!(
            "a shift must begin before 1440 and last 1 to 960 minutes, given {} to {}",
            shift.from, shift.to
        );
        demand(fits, &place, problem)?;
        for pause in &shift.pauses {
            demand_name(&place, &pause.reason)?;
        }
    }
    check_rest(agent, &place)
}

/// Two shifts of one agent must lie apart by more than lateness and a long last call.
fn check_rest(agent: &AgentSpec, place: &str) -> Checked {
    for weekday in 0..7 {
        let next = (weekday + 1) % 7;
        if let (Some(shift), Some(following)) = (&agent.shifts[weekday], &agent.shifts[next]) {
            let rest = i64::from(following.from) + 1440 - i64::from(shift.to);
            let problem =
                format_args!("rest between shifts must be at least 240 minutes, given {rest}");
            demand(rest >= 240, place, problem)?;
        }
    }
    Ok(())
}

fn check_incident(incident: &Incident, queues: usize, agents: usize) -> Checked {
    let place = format!("incident of {}", incident.day);
    demand_range(&place, "volume", incident.volume, 0.0, 100.0)?;
    for &queue in &incident.queues {
        demand_known(&place, "queue", queue, queues)?;
    }
    for &agent in &incident.absent {
        demand_known(&place, "absent agent", agent, agents)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{OpenHours, sample_centre};
    use super::*;

    fn problem(change: impl FnOnce(&mut CentreSpec)) -> String {
        let mut spec = sample_centre();
        change(&mut spec);
        check(&spec).unwrap_err().to_string()
    }

    #[test]
    fn the_sample_is_sound() {
        assert_eq!(check(&sample_centre()), Ok(()));
    }

    #[test]
    fn each_problem_names_its_place() {
        assert_eq!(
            problem(|spec| spec.days = 0),
            "days: must be 1 to 3660, given 0"
        );
        assert_eq!(
            problem(|spec| spec.queues[1].overflow = Some(9)),
            "queue care: target queue 9 of 4 does not exist"
        );
        assert_eq!(
            problem(|spec| spec.queues[0].hours[0] = vec![OpenHours { from: 540, to: 545 }]),
            "queue sales: hours must be quarters of an hour that rise to at most 1440, given 540 to 545"
        );
        assert!(problem(|spec| spec.queues[0].talk_secs = f64::NAN).contains("given NaN"));
        assert!(problem(|spec| spec.agents[0].name = "a|b".into()).contains("must not be empty"));
        assert!(problem(|spec| spec.agents[2].skills.clear()).contains("at least one skill"));
        assert!(problem(|spec| spec.incidents[0].absent = vec![99]).contains("absent agent 99"));
    }

    #[test]
    fn shifts_need_rest_between_them() {
        let found = problem(|spec| {
            let late = super::super::ShiftSpec {
                from: 900,
                to: 1800,
                pauses: vec![],
            };
            let early = super::super::ShiftSpec {
                from: 420,
                to: 800,
                pauses: vec![],
            };
            spec.agents[0].shifts[0] = Some(late);
            spec.agents[0].shifts[1] = Some(early);
        });
        assert!(found.ends_with("rest between shifts must be at least 240 minutes, given 60"));
    }
}
