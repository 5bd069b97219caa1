//! The names of events.

/// What a line tells, by the name of its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Event {
    /// The telephone system started: calls that were open are lost.
    Restart,
    /// Nothing that matters here.
    Harmless,
    Enter,
    Connect,
    CompleteAgent,
    CompleteCaller,
    Abandon,
    Timeout,
    Key,
    Empty,
    /// Wazo's word for leaving an empty queue, without fields.
    LeaveEmpty,
    Withdraw,
    Transfer,
    BlindTransfer,
    AttendedTransfer,
    RingNoAnswer,
    RingCanceled,
    AgentDump,
    Incompatible,
    WrapUpStart,
    /// The number that was called.
    Did,
    /// Refused before the queue for lack of places or operators.
    Blocked,
    /// Refused outside opening hours.
    Closed,
    OutDial,
    OutAnswer,
    OutNoAnswer,
    OutCall,
    AddMember,
    RemoveMember,
    Pause,
    Unpause,
    PauseAll,
    UnpauseAll,
    Login,
    Logoff,
    Unknown,
}

/// Who an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Call,
    Agent,
    System,
    Unknown,
}

impl Event {
    /// The event of a name. Names are upper case in every known dialect.
    // flat table
    pub(crate) fn of(name: &[u8]) -> Self {
        match name {
            b"ENTERQUEUE" => Self::Enter,
            b"CONNECT" => Self::Connect,
            b"RINGNOANSWER" => Self::RingNoAnswer,
            b"COMPLETECALLER" => Self::CompleteCaller,
            b"COMPLETEAGENT" => Self::CompleteAgent,
            b"ABANDON" => Self::Abandon,
            b"RINGCANCELED" => Self::RingCanceled,
            b"EXITWITHTIMEOUT" => Self::Timeout,
            b"EXITWITHKEY" => Self::Key,
            b"EXITEMPTY" => Self::Empty,
            b"LEAVEEMPTY" => Self::LeaveEmpty,
            b"WITHDRAW" => Self::Withdraw,
            b"TRANSFER" => Self::Transfer,
            b"BLINDTRANSFER" => Self::BlindTransfer,
            b"ATTENDEDTRANSFER" => Self::AttendedTransfer,
            b"AGENTDUMP" => Self::AgentDump,
            b"SYSCOMPAT" => Self::Incompatible,
            b"WRAPUPSTART" => Self::WrapUpStart,
            b"DID" => Self::Did,
            b"FULL" | b"JOINEMPTY" | b"JOINUNAVAIL" => Self::Blocked,
            b"DIVERT_CA_RATIO" | b"DIVERT_HOLDTIME" => Self::Blocked,
            b"CLOSED" => Self::Closed,
            b"OUTDIAL" => Self::OutDial,
            b"OUTANSWER" => Self::OutAnswer,
            b"OUTCANCEL" | b"OUTCHANUNAVAIL" | b"OUTCONGESTION" => Self::OutNoAnswer,
            b"OUTNOANSWER" | b"OUTBUSY" => Self::OutNoAnswer,
            b"OUTCALL" => Self::OutCall,
            b"ADDMEMBER" => Self::AddMember,
            b"REMOVEMEMBER" => Self::RemoveMember,
            b"PAUSE" => Self::Pause,
            b"UNPAUSE" => Self::Unpause,
            b"PAUSEALL" => Self::PauseAll,
            b"UNPAUSEALL" => Self::UnpauseAll,
            b"AGENTLOGIN" | b"AGENTCALLBACKLOGIN" => Self::Login,
            b"AGENTLOGOFF" | b"AGENTCALLBACKLOGOFF" => Self::Logoff,
            b"QUEUESTART" => Self::Restart,
            b"CONFIGRELOAD" | b"PENALTY" | b"RINGINUSE" => Self::Harmless,
            _ => Self::Unknown,
        }
    }

    /// How long its name is, for those that are read quickly.
    pub(crate) fn length(self) -> usize {
        match self {
            Self::Connect | Self::Abandon => 7,
            Self::Enter => 10,
            Self::WrapUpStart => 11,
            Self::RingNoAnswer | Self::RingCanceled => 12,
            Self::CompleteAgent => 13,
            Self::CompleteCaller => 14,
            _ => 0,
        }
    }

    /// Whether it tells of a dial that names no queue.
    pub(crate) fn is_dial(self) -> bool {
        matches!(self, Self::OutDial | Self::OutAnswer | Self::OutNoAnswer)
    }

    /// Whether the operator it names matters: those that end a wait may name one who
    /// was just being connected.
    pub(crate) fn names_agent(self) -> bool {
        !matches!(
            self,
            Self::Enter
                | Self::Abandon
                | Self::Timeout
                | Self::Key
                | Self::Empty
                | Self::LeaveEmpty
                | Self::Withdraw
                | Self::Did
                | Self::Blocked
                | Self::Closed
        )
    }

    /// Who it is about.
    pub(crate) fn subject(self) -> Subject {
        match self {
            Self::Restart | Self::Harmless => Subject::System,
            Self::Unknown => Subject::Unknown,
            Self::AddMember
            | Self::RemoveMember
            | Self::Pause
            | Self::Unpause
            | Self::PauseAll
            | Self::UnpauseAll
            | Self::Login
            | Self::Logoff => Subject::Agent,
            _ => Subject::Call,
        }
    }
}
