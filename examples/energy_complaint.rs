//! A complaint against a seller of energy, from receipt to indemnity.
//!
//! A customer writes on 2 March 2026 that a bill is wrong. The reply takes 62 days, more
//! than twice the 30 that the policy allows, so an indemnity of twice the base is due.
//!
//! ```text
//! cargo run --example energy_complaint
//! ```

#![allow(clippy::print_stdout, reason = "an example talks to a terminal")]

use std::error::Error;

use chrono::{DateTime, Utc};
use floorwalker::complaint::{
    Act, Assessment, Cause, Channel, Command, Complexity, Decision, Document, History,
    IssueOutcome, Message, NewIssue, NoOthers, Opened, Outcome, Party, Payment, Personal,
    PolicyBook, Procedure, Question, Receipt, Registration, Reply, Rules, Severity, Vault,
};
use floorwalker::id::{ActorId, CalendarId, CaseId, CustomerId, Label};
use floorwalker::time::Zone;
use floorwalker::time::business::{Calendar, DayWindow, Timeline, WeekHours, italy};

type Outcomes = Result<(), Box<dyn Error>>;

const POLICY: &str = "it.arera.tiqv.complaint";

fn main() -> Outcomes {
    let rules = rules()?;
    let mut vault = Vault::default();
    let mut history = receive(&rules, &mut vault)?;
    show("received", &rules, &history)?;
    take_in(&rules, &mut history)?;
    look_into(&rules, &mut history)?;
    reply_late(&rules, &mut history)?;
    pay_what_is_due(&rules, &mut history, "2026-05-20T09:00:00Z")?;
    carry_out(&rules, &mut history, "2026-05-21T09:00:00Z", Act::Accept)?;
    show("paid and closed", &rules, &history)?;

    history.prove(&rules)?;
    let (count, tip) = (history.events().len(), history.tip());
    println!("{count} events prove themselves; the last checksum is {tip}");
    erase(&history, &mut vault)
}

/// Registration, acknowledgement, assessment.
fn take_in(rules: &Rules, history: &mut History) -> Outcomes {
    let acts = [
        ("2026-03-02T10:00:00Z", Act::Register(registration()?)),
        ("2026-03-02T10:01:00Z", Act::Acknowledge(message(true))),
        ("2026-03-03T08:30:00Z", Act::Assess(assessment(rules)?)),
    ];
    for (at, act) in acts {
        carry_out(rules, history, at, act)?;
    }
    show("assessed: the policy is bound", rules, history)
}

/// The distributor has the meter's data, and takes its time.
fn look_into(rules: &Rules, history: &mut History) -> Outcomes {
    carry_out(rules, history, "2026-03-03T09:00:00Z", Act::Investigate)?;
    let asked = Act::AskThirdParty(message(false));
    carry_out(rules, history, "2026-03-04T09:00:00Z", asked)?;
    show("the distributor is asked for data", rules, history)?;
    escalate_by_time(rules, history, "2026-04-10T08:00:00Z")?;
    show("the data have not come", rules, history)
}

/// The cause, the decision, the reply on day 62.
fn reply_late(rules: &Rules, history: &mut History) -> Outcomes {
    let data = Document {
        document: Label::new("meter data of 28 April")?,
    };
    let cause = Cause {
        code: Label::new("estimate instead of a reading")?,
        party: Party::Company,
    };
    let outcomes = vec![IssueOutcome {
        issue: Label::new("1")?,
        outcome: Outcome::Founded,
    }];
    let decision = Decision { outcomes };
    let acts = [
        ("2026-04-28T08:00:00Z", Act::InfoReceived(data)),
        ("2026-04-28T09:00:00Z", Act::CodeCause(cause)),
        ("2026-05-02T09:00:00Z", Act::DraftDecision(decision)),
        ("2026-05-03T09:00:00Z", Act::Respond(reply()?)),
    ];
    for (at, act) in acts {
        carry_out(rules, history, at, act)?;
    }
    show("replied on day 62", rules, history)
}

fn message(automatic: bool) -> Message {
    Message {
        automatic,
        channel: Channel::Email,
        text: None,
    }
}

fn rules() -> Result<Rules, Box<dyn Error>> {
    let office = [
        DayWindow::new("09:00", "13:00")?,
        DayWindow::new("14:00", "18:00")?,
    ];
    let week = WeekHours::monday_to_friday(&office)?;
    let calendar = Calendar::new(Zone::get("Europe/Rome")?, week)?.with_holidays(italy::national());
    let hours = [(CalendarId::new("office")?, Timeline::new(calendar))];
    Ok(Rules::new(
        Procedure::iso_10002(),
        PolicyBook::built_in(),
        hours,
    )?)
}

fn receive(rules: &Rules, vault: &mut Vault) -> Result<History, Box<dyn Error>> {
    let name = Personal::new("R-2026-17/name", "a random salt 7c1e", "Anna Bianchi")?;
    let letter = Personal::new(
        "R-2026-17/letter",
        "a random salt 20d4",
        "My bill of February is wrong ..",
    )?;
    let receipt = Receipt {
        channel: Channel::Email,
        complainant: Some(name.seal()),
        customer: Some(CustomerId::new("c-4711")?),
        procedure: rules.procedure().reference().clone(),
        subject: None,
        text: letter.seal(),
    };
    vault.keep(name)?;
    vault.keep(letter)?;
    let at: DateTime<Utc> = "2026-03-02T09:12:00Z".parse()?;
    let command = Command::new(at, ActorId::new("mail gateway")?, Act::Receive(receipt));
    Ok(History::open(
        rules,
        CaseId::new("R-2026-17")?,
        &command,
        at.timestamp_millis(),
    )?)
}

fn carry_out(rules: &Rules, history: &mut History, at: &str, act: Act) -> Outcomes {
    let at: DateTime<Utc> = at.parse()?;
    let command =
        Command::new(at, ActorId::new("carla")?, act).in_role(Label::new("complaints_unit")?);
    history.carry_out(rules, &command, at.timestamp_millis(), &NoOthers)?;
    Ok(())
}

/// What the host's timer does: it wakes when it was told to, and carries out what is due.
fn escalate_by_time(rules: &Rules, history: &mut History, until: &str) -> Outcomes {
    let until_ms = until.parse::<DateTime<Utc>>()?.timestamp_millis();
    let mut now_ms = history.case().last_ms();
    while let Some(wake_ms) = rules
        .next_wake_ms(history.case(), now_ms)?
        .filter(|wake| *wake <= until_ms)
    {
        for command in rules.due_commands(history.case(), wake_ms, &ActorId::new("timer")?)? {
            history.carry_out(rules, &command, wake_ms, &NoOthers)?;
        }
        now_ms = wake_ms;
    }
    Ok(())
}

fn registration() -> Result<Registration, Box<dyn Error>> {
    let issue = NewIssue {
        issue: Label::new("1")?,
        topic: Label::new("billing")?,
    };
    let remedy_sought = Some(Label::new("corrected bill")?);
    Ok(Registration {
        anonymous: false,
        customers: 1,
        issues: vec![issue],
        remedy_sought,
    })
}

fn assessment(rules: &Rules) -> Result<Assessment, Box<dyn Error>> {
    let policy = rules.policies().get(POLICY, "2026-03-02".parse()?)?;
    Ok(Assessment {
        complexity: Complexity::Normal,
        facts: Vec::new(),
        policies: vec![policy.reference().clone()],
        safety: false,
        severity: Severity::Medium,
    })
}

fn reply() -> Result<Reply, Box<dyn Error>> {
    let (answered, recourse) = (
        vec![Label::new("1")?],
        vec![Label::new("conciliation service")?],
    );
    Ok(Reply {
        answered,
        channel: Channel::Email,
        recourse,
        text: None,
    })
}

fn pay_what_is_due(rules: &Rules, history: &mut History, at: &str) -> Outcomes {
    let at_ms = at.parse::<DateTime<Utc>>()?.timestamp_millis();
    for (policy, amount) in rules.indemnities(history.case(), at_ms)? {
        let reference = Label::new("bill 2026/3")?;
        carry_out(
            rules,
            history,
            at,
            Act::PayIndemnity(Payment {
                amount,
                policy,
                reference,
            }),
        )?;
    }
    Ok(())
}

/// Shows the clocks, and what the policy asks for next.
fn show(what: &str, rules: &Rules, history: &History) -> Outcomes {
    let case = history.case();
    let now = DateTime::from_timestamp_millis(case.last_ms()).ok_or("an instant out of range")?;
    println!(
        "{}  {what}: {}, level {}",
        now.format("%Y-%m-%d"),
        case.state(),
        case.level()
    );
    for reading in rules.obligations(case, case.last_ms())? {
        let used = reading.used().map_or("?".to_owned(), |used| {
            used.times(100).to_decimal(0).to_string()
        });
        println!(
            "    {:<36} {:<9} {used:>4} % used",
            reading.name, reading.state
        );
    }
    let answered = case
        .responded_ms()
        .and_then(DateTime::from_timestamp_millis)
        .map(|at| at.date_naive());
    let paid = case.payments().next().is_some();
    let question = Question {
        answered,
        paid,
        ..Question::new(POLICY, "2026-03-02".parse()?, now.date_naive())
    };
    let hours = rules
        .hours(&CalendarId::new("office")?)
        .ok_or("the office has no hours")?;
    let answer = rules.policies().answer(&question, hours)?;
    if let (Some(deadline), Some(next)) = (answer.deadline, answer.next) {
        let due = answer.indemnity.map_or("no indemnity".to_owned(), |money| {
            format!("indemnity {money}")
        });
        let (by, sure) = (
            next.by.map_or("?".to_owned(), |by| by.to_string()),
            answer.indemnity_certainty,
        );
        println!(
            "    last day {}, next {:?} by {by}, {due} (certainty {sure})",
            deadline.last_day(),
            next.kind
        );
    }
    Ok(())
}

/// Personal data goes when it must; the chain stays whole.
fn erase(history: &History, vault: &mut Vault) -> Outcomes {
    let Act::Receive(receipt) = history.events()[0].act() else {
        return Err("no receipt".into());
    };
    let name = receipt
        .complainant
        .as_ref()
        .ok_or("an anonymous complaint")?;
    vault.erase(&name.key);
    let erased = vault.open(name) == Opened::Erased;
    println!("the name is erased: {erased}; the events are untouched");
    Ok(())
}
