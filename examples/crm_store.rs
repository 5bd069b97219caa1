//! A customer-relations program that keeps the events of complaints in a database.
//!
//! The library decides and folds; the program stores. Each event is one row that is never
//! changed. On reading, the chain of checksums is proved, so a row that somebody edited
//! is found. SQLite is built in; PostgreSQL is used as well if the environment variable
//! `FLOORWALKER_POSTGRES` holds a connection string such as `host=localhost user=crm`.
//!
//! ```text
//! cargo run --example crm_store
//! ```

#![allow(clippy::print_stdout, reason = "an example talks to a terminal")]

use std::error::Error;

use chrono::{DateTime, Utc};
use floorwalker::complaint::{
    Act, Assessment, Assignment, Channel, Command, Complexity, Event, History, HistoryFault,
    Message, NewIssue, NoOthers, Personal, PolicyBook, Procedure, Receipt, Registration, Rules,
    Severity, Snapshot,
};
use floorwalker::id::{ActorId, CalendarId, CaseId, Label};
use floorwalker::time::Zone;
use floorwalker::time::business::{Calendar, Timeline};

type Outcomes<T = ()> = Result<T, Box<dyn Error>>;

/// What the program needs of a database.
trait Store {
    /// Stores new events, all or none. That two clerks wrote at once shows in the numbers
    /// of events, which are unique.
    fn append(&mut self, events: &[Event]) -> Outcomes;
    /// The events of a complaint in their order.
    fn events(&mut self, case: &CaseId) -> Outcomes<Vec<Event>>;
    /// What an intruder does: changes a row.
    fn forge(&mut self, case: &CaseId) -> Outcomes;
}

fn main() -> Outcomes {
    let rules = rules()?;
    let mut sqlite = Sqlite(rusqlite::Connection::open_in_memory()?);
    sqlite.0.execute_batch(TABLE)?;
    work("SQLite", &rules, &mut sqlite)?;

    #[allow(
        clippy::disallowed_methods,
        reason = "a program may read its environment; the library does not"
    )]
    let address = std::env::var("FLOORWALKER_POSTGRES");
    match address.map(|address| postgres::Client::connect(&address, postgres::NoTls)) {
        Err(_) => println!("SKIPPED: PostgreSQL: FLOORWALKER_POSTGRES is not set"),
        Ok(Err(error)) => println!("SKIPPED: PostgreSQL: the server cannot be reached: {error}"),
        Ok(Ok(client)) => {
            let mut store = Postgres(client);
            // A table of this session only, so that nothing stays behind.
            store
                .0
                .batch_execute(&TABLE.replace("CREATE TABLE", "CREATE TEMPORARY TABLE"))?;
            work("PostgreSQL", &rules, &mut store)?;
        }
    }
    Ok(())
}

/// Receives a complaint, works on it, reads it back, and finds a forged row.
fn work(name: &str, rules: &Rules, store: &mut dyn Store) -> Outcomes {
    let id = CaseId::new("R-2026-18")?;
    let mut history = receive(rules, &id)?;
    store.append(history.events())?;
    for (at, act) in acts(rules)? {
        let at: DateTime<Utc> = at.parse()?;
        let command = Command::new(at, ActorId::new("anna")?, act);
        let new = history.carry_out(rules, &command, at.timestamp_millis(), &NoOthers)?;
        store.append(new)?;
    }
    let refused = Command::new(
        "2026-05-05T09:00:00Z".parse()?,
        ActorId::new("anna")?,
        Act::Accept,
    );
    if let Err(refusal) = history.carry_out(rules, &refused, refused.occurred_ms, &NoOthers) {
        println!("{name}: nothing is stored of what is refused: {refusal}");
    }

    let read = History::replay(rules, store.events(&id)?)?;
    read.prove(rules)?;
    println!(
        "{name}: {} events, state {}, equal to memory: {}",
        read.events().len(),
        read.case().state(),
        read == history
    );

    // A snapshot saves reading the first events again.
    let part = History::replay(rules, read.events()[..3].to_vec())?;
    let resumed = Snapshot::of(&part).resume(rules, &read.events()[3..])?;
    println!(
        "{name}: a snapshot and the rest give the same state: {}",
        resumed == *read.case()
    );

    store.forge(&id)?;
    match History::replay(rules, store.events(&id)?) {
        Err(HistoryFault::Chain(fault)) => println!("{name}: the forged row is found: {fault}"),
        other => return Err(format!("the forged row was not found: {other:?}").into()),
    }
    Ok(())
}

const TABLE: &str = "CREATE TABLE complaint_event (
    case_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (case_id, seq)
)";

struct Sqlite(rusqlite::Connection);

impl Store for Sqlite {
    fn append(&mut self, events: &[Event]) -> Outcomes {
        let transaction = self.0.transaction()?;
        for event in events {
            let (case, seq) = (event.record().case.as_str(), i64::try_from(event.seq())?);
            let row = (case, seq, serde_json::to_string(event)?);
            transaction.execute("INSERT INTO complaint_event VALUES (?1, ?2, ?3)", row)?;
        }
        Ok(transaction.commit()?)
    }

    fn events(&mut self, case: &CaseId) -> Outcomes<Vec<Event>> {
        let mut query = self
            .0
            .prepare("SELECT event FROM complaint_event WHERE case_id = ?1 ORDER BY seq")?;
        let rows = query.query_map([case.as_str()], |row| row.get::<_, String>(0))?;
        let mut events = Vec::new();
        for row in rows {
            events.push(serde_json::from_str(&row?)?);
        }
        Ok(events)
    }

    fn forge(&mut self, case: &CaseId) -> Outcomes {
        let forged = "UPDATE complaint_event SET event = replace(event, 'anna', 'nina') WHERE case_id = ?1 AND seq = 2";
        self.0.execute(forged, [case.as_str()])?;
        Ok(())
    }
}

struct Postgres(postgres::Client);

impl Store for Postgres {
    fn append(&mut self, events: &[Event]) -> Outcomes {
        let mut transaction = self.0.transaction()?;
        for event in events {
            let (case, seq) = (event.record().case.as_str(), i64::try_from(event.seq())?);
            let text = serde_json::to_string(event)?;
            transaction.execute(
                "INSERT INTO complaint_event VALUES ($1, $2, $3)",
                &[&case, &seq, &text],
            )?;
        }
        Ok(transaction.commit()?)
    }

    fn events(&mut self, case: &CaseId) -> Outcomes<Vec<Event>> {
        let query = "SELECT event FROM complaint_event WHERE case_id = $1 ORDER BY seq";
        let rows = self.0.query(query, &[&case.as_str()])?;
        let mut events = Vec::new();
        for row in &rows {
            events.push(serde_json::from_str(row.try_get(0)?)?);
        }
        Ok(events)
    }

    fn forge(&mut self, case: &CaseId) -> Outcomes {
        let forged = "UPDATE complaint_event SET event = replace(event, 'anna', 'nina') WHERE case_id = $1 AND seq = 2";
        self.0.execute(forged, &[&case.as_str()])?;
        Ok(())
    }
}

fn rules() -> Outcomes<Rules> {
    let hours = Timeline::new(Calendar::always_open(Zone::get("Europe/Rome")?));
    let hours = [(CalendarId::new("office")?, hours)];
    Ok(Rules::new(
        Procedure::iso_10002(),
        PolicyBook::built_in(),
        hours,
    )?)
}

fn receive(rules: &Rules, id: &CaseId) -> Outcomes<History> {
    let letter = Personal::new(
        "R-2026-18/letter",
        "a random salt 91ba",
        "You have billed me twice",
    )?;
    let receipt = Receipt {
        channel: Channel::Web,
        complainant: Some(letter.seal()),
        customer: None,
        procedure: rules.procedure().reference().clone(),
        subject: None,
        text: letter.seal(),
    };
    let at: DateTime<Utc> = "2026-05-04T08:00:00Z".parse()?;
    let command = Command::new(at, ActorId::new("portal")?, Act::Receive(receipt));
    Ok(History::open(
        rules,
        id.clone(),
        &command,
        at.timestamp_millis(),
    )?)
}

fn acts(rules: &Rules) -> Outcomes<Vec<(&'static str, Act)>> {
    let issue = NewIssue {
        issue: Label::new("1")?,
        topic: Label::new("billing")?,
    };
    let registration = Registration {
        anonymous: false,
        customers: 1,
        issues: vec![issue],
        remedy_sought: None,
    };
    let policy = rules
        .policies()
        .get("it.arera.tiqv.double_billing", "2026-05-04".parse()?)?;
    let assessment = Assessment {
        complexity: Complexity::Simple,
        facts: Vec::new(),
        policies: vec![policy.reference().clone()],
        safety: false,
        severity: Severity::Low,
    };
    Ok(vec![
        ("2026-05-04T08:05:00Z", Act::Register(registration)),
        (
            "2026-05-04T08:06:00Z",
            Act::Acknowledge(Message {
                automatic: true,
                channel: Channel::Web,
                text: None,
            }),
        ),
        ("2026-05-04T10:00:00Z", Act::Assess(assessment)),
        (
            "2026-05-04T10:01:00Z",
            Act::Assign(Assignment {
                to: ActorId::new("anna")?,
            }),
        ),
        ("2026-05-04T10:30:00Z", Act::Investigate),
    ])
}
