//! Made-up logs with the quirks of real ones, for the laws.

use proptest::prelude::*;

/// What one caller does, by number.
pub(super) const SCRIPTS: u8 = 22;

/// A log of calls and operators, in the order of stamps.
pub(super) fn logs() -> impl Strategy<Value = Vec<String>> {
    let call = (0..SCRIPTS, 0_i64..900, 0_u8..3, 0_i64..40, 0_i64..90);
    let agent = (0_i64..300, 0_u8..4, 0_i64..600);
    let calls = prop::collection::vec(call, 1..25);
    let agents = prop::collection::vec(agent, 0..6);
    (calls, agents, any::<bool>()).prop_map(|(calls, agents, restart)| {
        let mut lines: Vec<(i64, String)> = Vec::new();
        for (number, &(script, start, queue, wait, talk)) in calls.iter().enumerate() {
            let caller = Caller {
                id: format!("1700000{:03}.{number}", start.min(999)),
                queue: ["sales", "care", "tech"][usize::from(queue)],
                start,
                wait,
                talk,
            };
            caller.play(script, &mut lines);
        }
        for (number, &(start, script, length)) in agents.iter().enumerate() {
            play_agent(
                &format!("Agent {number}"),
                start,
                script,
                length,
                &mut lines,
            );
        }
        if restart {
            lines.push((500, "NONE|NONE|NONE|QUEUESTART|".to_owned()));
        }
        lines.sort_by_key(|&(at, _)| at);
        let stamped = lines.into_iter();
        stamped
            .map(|(at, line)| format!("{}|{line}", 1_700_000_000 + at))
            .collect()
    })
}

struct Caller {
    id: String,
    queue: &'static str,
    start: i64,
    wait: i64,
    talk: i64,
}

impl Caller {
    fn line(&self, out: &mut Vec<(i64, String)>, after: i64, queue: &str, rest: &str) {
        out.push((self.start + after, format!("{}|{queue}|{rest}", self.id)));
    }

    fn play(&self, script: u8, out: &mut Vec<(i64, String)>) {
        let (queue, wait, talk) = (self.queue, self.wait, self.talk);
        let mut at = |after: i64, rest: String| self.line(out, after, queue, &rest);
        let agent = format!("Agent {}", self.wait % 5);
        let enter = "NONE|ENTERQUEUE||0612|1".to_owned();
        let connect = format!("{agent}|CONNECT|{wait}|b.1|2");
        let over = wait + talk;
        match script {
            0..=3 => {
                at(0, enter);
                at(wait, connect);
                at(over, format!("{agent}|COMPLETECALLER|{wait}|{talk}|1"));
            }
            4 | 5 => {
                at(0, enter);
                at(wait, format!("NONE|ABANDON|1|1|{wait}"));
            }
            6 => {
                // Leaves an empty queue, logged twice, and enters it again at once.
                at(0, enter.clone());
                at(wait, format!("NONE|EXITEMPTY|1|1|{wait}"));
                at(wait, format!("NONE|EXITEMPTY|1|1|{wait}"));
                at(wait + 3, enter);
                at(wait + 8, "NONE|ABANDON|1|1|5".to_owned());
            }
            7 => {
                at(0, enter);
                at(wait, format!("NONE|EXITWITHTIMEOUT|1|1|{wait}"));
                self.line(out, wait, "other", "NONE|ENTERQUEUE||0612|1");
                self.line(out, over, "other", &format!("NONE|ABANDON|1|1|{talk}"));
            }
            8 => {
                at(0, enter);
                at(wait, format!("NONE|EXITWITHKEY|5|1|1|{wait}"));
            }
            9 => {
                at(0, enter);
                at(wait, connect);
                at(over, format!("{agent}|BLINDTRANSFER|600|x|{wait}|{talk}|1"));
                self.line(out, over + 4, "other", "NONE|ENTERQUEUE||0612|1");
                self.line(out, over + 9, "other", "NONE|ABANDON|1|1|5");
            }
            10 => {
                at(0, enter);
                at(wait / 2, format!("{agent}|RINGNOANSWER|15000"));
                at(wait, format!("{agent}|RINGNOANSWER|0"));
                at(wait, format!("{agent}|RINGCANCELED|300"));
                at(wait, format!("NONE|ABANDON|1|1|{wait}"));
            }
            // Without an entry, without an answer, without an end.
            11 => at(over, format!("{agent}|COMPLETEAGENT|{wait}|{talk}|1")),
            12 => {
                at(0, enter);
                at(over, format!("{agent}|COMPLETEAGENT|{wait}|{talk}|1"));
            }
            13 => {
                at(0, enter);
                at(wait, connect);
            }
            14 => at(0, enter),
            15 => {
                at(0, enter);
                at(wait, format!("{agent}|AGENTDUMP|"));
                at(wait, format!("{agent}|SYSCOMPAT|"));
                at(wait, format!("NONE|ABANDON|1|1|{wait}"));
            }
            16 => at(0, "NONE|JOINEMPTY|".to_owned()),
            17 => {
                at(0, enter);
                at(wait, connect);
                at(
                    over,
                    format!("{agent}|ATTENDEDTRANSFER|BRIDGE|x|{wait}|{talk}|1"),
                );
                at(over, format!("{agent}|WRAPUPSTART|10"));
            }
            18 => {
                self.line(out, 0, "NONE", &format!("{agent}|OUTDIAL|0700||0|0"));
                let end = format!("{agent}|OUTANSWER|0700|COMPLETEAGENT|{wait}|{talk}");
                self.line(out, over, "NONE", &end);
            }
            19 => {
                at(0, "NONE|DID|0800".to_owned());
                at(0, enter);
                at(wait, "NONE|EXITWITHTIMEOUT|1".to_owned());
            }
            20 => {
                at(0, enter);
                at(wait, format!("NONE|WITHDRAW|1|1|{wait}|moved"));
                at(wait, "NONE|INFO|x".to_owned());
            }
            _ => at(over, format!("{agent}|OUTCALL|ANSWER|{talk}|x")),
        }
    }
}

fn play_agent(name: &str, start: i64, script: u8, length: i64, out: &mut Vec<(i64, String)>) {
    let mut at = |after: i64, callid: &str, queue: &str, rest: &str| {
        out.push((start + after, format!("{callid}|{queue}|{name}|{rest}")));
    };
    match script {
        0 => {
            at(0, "MANAGER", "sales", "ADDMEMBER|");
            at(length / 4, "NONE", "NONE", "PAUSEALL|");
            at(length / 4, "NONE", "sales", "PAUSE|lunch");
            at(length / 2, "NONE", "NONE", "UNPAUSEALL|");
            at(length / 2, "NONE", "sales", "UNPAUSE|");
            at(length, "MANAGER", "sales", "REMOVEMEMBER|");
        }
        1 => {
            at(0, "MANAGER", "sales", "ADDMEMBER|PAUSED");
            at(length / 4, "NONE", "sales", "UNPAUSE|");
            at(length / 2, "NONE", "sales", "PAUSE|coffee");
            at(length / 2 + 5, "NONE", "sales", "UNPAUSE|Auto-Unpause");
            at(length / 2 + 5, "NONE", "sales", "PAUSE|meeting");
            at(length, "MANAGER", "sales", "REMOVEMEMBER|");
        }
        2 => {
            at(0, "NONE", "NONE", "AGENTLOGIN|SIP/1");
            at(length / 2, "NONE", "NONE", "AGENTLOGIN|SIP/1");
            at(
                length,
                "NONE",
                "NONE",
                &format!("AGENTLOGOFF|SIP/1|{}", length / 2),
            );
        }
        _ => at(
            length,
            "NONE",
            "NONE",
            &format!("AGENTLOGOFF|SIP/1|{}", length / 2),
        ),
    }
}
