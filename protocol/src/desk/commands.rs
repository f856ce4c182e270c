//! Commands between page and core. Each is a struct (its arguments) that names its command and its answer, so that both sides agree by type.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::asked::Calendar;
use super::views::{
    About, Alerts, Boot, Caller, CustomerView, Customers, Dashboard, FilingDraft, Found, Hit, Ledger, MergeChoices,
    Navigation, OrderView, Orders, OutboxItem, PropertyChange, SavedViewCount, SavedViewRow, Settings, SignedIn,
    SyncStatus, TakenBack, Thread, TicketList, TicketQuery, Undone, Written,
};
use crate::alert::{AlertResult, Rule};
use crate::self_test::TestPath;
use crate::session::{Device, ServerInfo};
use crate::sync::FileForm;
use crate::team::{MemberChange, Team, TeamChanged};
use crate::{Code, Company, Duty, FieldError, OpeningHours, Person, QuietHours, Role, Status, Time};

/// A command's arguments, its name and the type of its answer.
pub trait Command: Serialize + DeserializeOwned {
    /// The name under which the core registers it.
    const NAME: &'static str;
    /// What the core answers.
    type Answer: Serialize + DeserializeOwned;
}

/// Why a command was not done: a code to act on, the field it belongs to, figures for the sentence. The page chooses the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandError {
    /// What happened.
    pub code: CommandCode,
    /// The form field it belongs to (`server`, `email`, `password`, `message`, `note`), if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// For [`CommandCode::Invalid`]: the broken rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<FieldError>,
    /// A figure of the sentence: tries left, seconds to wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<u64>,
    /// For a log; never shown.
    #[serde(default)]
    pub detail: String,
}

/// What a page can act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommandCode {
    /// The address does not answer.
    ServerSilent,
    /// Something answers there that is not a Gemilang service.
    NotOurServer,
    /// The service is newer than this app can speak to.
    AppTooOld,
    /// The address cannot be read as one.
    BadAddress,
    /// The service refused, with its own code.
    Refused(Code),
    /// A field breaks a rule of [`crate::validate`].
    Invalid,
    /// Nobody is signed in.
    SignedOut,
    /// Not on this desk.
    NotFound,
    /// The disk is full.
    DiskFull,
    /// The local data is damaged.
    ReplicaDamaged,
    /// A fault of the app's own.
    Unknown,
}

macro_rules! commands {
    ($($(#[$meta:meta])* $name:ident = $word:literal { $($(#[$fmeta:meta])* $field:ident: $type:ty),* $(,)? } -> $answer:ty;)+) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            pub struct $name { $($(#[$fmeta])* pub $field: $type),* }

            impl Command for $name {
                const NAME: &'static str = $word;
                type Answer = $answer;
            }
        )+

        /// Every command's name, for the table of the core and the test that holds it against this list.
        pub const NAMES: &[&str] = &[$($word),+];
    };
}

commands! {
    /// What the page needs to draw its first frame.
    GetBoot = "get_boot" {} -> Boot;
    /// Is there a Gemilang service at this address? (network)
    CheckServer = "check_server" {
        /// As typed; `https://` is assumed where no scheme is given, `http://` on loopback.
        server: String,
    } -> ServerInfo;
    /// Sign in; the address and the email are remembered, the token goes to the keychain. (network)
    SignIn = "sign_in" {
        /// As typed.
        server: String,
        /// As typed.
        email: String,
        /// As typed.
        password: String,
    } -> SignedIn;
    /// Sign out; the replica and its outbox stay. (network, best effort)
    SignOut = "sign_out" {} -> ();
    /// Change a setting; empty fields stay as they are.
    SetSettings = "set_settings" {
        /// The language: `id` or `en`.
        language: Option<String>,
        /// `light`, `dark` or `system`.
        theme: Option<String>,
        /// Whether the system starts the app, hidden, when its person signs in to the computer.
        start_at_login: Option<bool>,
        /// Whether the app goes on when its window is closed.
        keep_running: Option<bool>,
        /// For how many seconds a reply is held back so that its author can take it back.
        undo_seconds: Option<u32>,
        /// Whether lines and texts are stronger than the system asks for.
        contrast: Option<bool>,
        /// Whether less moves than the system asks for.
        reduce_motion: Option<bool>,
        /// The size of everything in percent; one of [`super::views::TEXT_SIZES`].
        text_size: Option<u16>,
    } -> Settings;
    /// What this desk is and keeps.
    GetAbout = "get_about" {} -> About;
    /// Where its person is signed in, the last used first. (network)
    ListSessions = "list_sessions" {} -> Vec<Device>;
    /// End one of its person's sessions; answers those that are left. (network)
    EndSession = "end_session" {
        /// Which.
        session: Uuid,
    } -> Vec<Device>;
    /// End all of its person's sessions but this one; answers it. (network)
    EndOtherSessions = "end_other_sessions" {} -> Vec<Device>;
    /// Everybody of the team, and who was asked to join; for admins. (network)
    ListTeam = "list_team" {} -> Team;
    /// Ask somebody to join the team, by mail. (network)
    InviteMember = "invite_member" {
        /// As typed.
        email: String,
        /// What they will be.
        role: Role,
    } -> Team;
    /// Send an invitation once more. (network)
    ResendInvitation = "resend_invitation" {
        /// Which.
        invitation: Uuid,
    } -> Team;
    /// Take an invitation back. (network)
    WithdrawInvitation = "withdraw_invitation" {
        /// Which.
        invitation: Uuid,
    } -> Team;
    /// Change what somebody may do, or whether they may come in. (network)
    ChangeMember = "change_member" {
        /// Whom.
        person: Uuid,
        /// What is other from now on.
        change: MemberChange,
    } -> TeamChanged;
    /// End all of somebody's sessions. (network)
    EndMemberSessions = "end_member_sessions" {
        /// Whose.
        person: Uuid,
    } -> Team;
    /// When the house is open, if anybody has said so. (network)
    GetHours = "get_hours" {} -> Option<OpeningHours>;
    /// Say when the house is open; for admins. (network)
    SetHours = "set_hours" {
        /// All of it.
        hours: OpeningHours,
    } -> OpeningHours;
    /// Choose a new password; all other sessions end with it. (network)
    ChangePassword = "change_password" {
        /// The one until now, as typed.
        current: String,
        /// The one from now on, as typed.
        new: String,
    } -> ();
    /// End the app; what was being written is kept before this is asked for.
    Quit = "quit" {} -> ();
    /// The counts beside the inbox views.
    GetNavigation = "get_navigation" {} -> Navigation;
    /// The dashboard.
    GetDashboard = "get_dashboard" {} -> Dashboard;
    /// A page of a list.
    ListTickets = "list_tickets" {
        /// What to list.
        query: TicketQuery,
    } -> TicketList;
    /// The place of a ticket in a list, counted from 0; nothing where the list does not hold it, or not among those that are counted.
    FindPlace = "find_place" {
        /// Which list.
        query: TicketQuery,
        /// Which ticket.
        ticket: Uuid,
    } -> Option<u32>;
    /// The saved views there are, personal ones first, by name.
    ListSavedViews = "list_saved_views" {} -> Vec<SavedViewRow>;
    /// How many tickets each saved view shows that can be read here.
    CountSavedViews = "count_saved_views" {
        /// By which days are read.
        calendar: Calendar,
    } -> Vec<SavedViewCount>;
    /// Keep a list under a name: a new view, or another list in the place of this one. Answers which.
    SaveView = "save_view" {
        /// Which view; nothing makes a new one.
        view: Option<Uuid>,
        /// Whether all staff have it; for a new one.
        shared: bool,
        /// As typed.
        name: String,
        /// What it shows; offset, limit and calendar do not matter.
        query: TicketQuery,
    } -> Uuid;
    /// Delete a saved view for everybody who has it.
    DeleteView = "delete_view" {
        /// Which.
        view: Uuid,
    } -> ();
    /// Give up an own change of a saved view that the service refused, or send it again.
    SettleView = "settle_view" {
        /// Which.
        view: Uuid,
        /// Whether it is sent again; else the view is as it was before.
        again: bool,
    } -> ();
    /// The few tickets that are meant by what is typed: number, subject, customer or order. Without words those looked at lately, then the newest.
    FindTickets = "find_tickets" {
        /// As typed.
        q: String,
        /// Looked at lately, the last one first.
        recent: Vec<Uuid>,
    } -> TicketList;
    /// The customers that are meant by what is typed: name, address, number. Without words those who wrote last.
    LookUpCustomers = "look_up_customers" {
        /// As typed.
        q: String,
    } -> Customers;
    /// The orders that are meant by what is typed: number, package, venue, customer. Without words the next weddings.
    LookUpOrders = "look_up_orders" {
        /// As typed.
        q: String,
        /// Weddings before this day are over.
        today: NaiveDate,
    } -> Orders;
    /// A customer with all that is theirs.
    GetCustomer = "get_customer" {
        /// Who.
        customer: Uuid,
    } -> CustomerView;
    /// An order with the tickets about it.
    GetOrder = "get_order" {
        /// Which.
        order: Uuid,
    } -> OrderView;
    /// Shut a customer out of the portal, or let them in again. (network)
    BlockCustomer = "block_customer" {
        /// Whom.
        customer: Uuid,
        /// From now on.
        blocked: bool,
    } -> Person;
    /// Search everything on this desk as one types.
    Search = "search" {
        /// As typed.
        q: String,
        /// By which its days are read.
        calendar: Calendar,
    } -> Found;
    /// Search at the service for conversations that are not on this desk. (network)
    SearchService = "search_service" {
        /// As typed.
        q: String,
        /// By which its days are read.
        calendar: Calendar,
    } -> Vec<Hit>;
    /// One conversation, whole.
    GetThread = "get_thread" {
        /// Which ticket.
        ticket: Uuid,
    } -> Thread;
    /// Fetch the conversation of a ticket that is here by its head alone, and keep it. (network)
    FetchThread = "fetch_thread" {
        /// Which ticket.
        ticket: Uuid,
    } -> ();
    /// The ticket on screen (or none), so that the core knows what its person is looking at.
    Look = "look" {
        /// Which ticket.
        ticket: Option<Uuid>,
    } -> ();
    /// Staff: who can be assigned.
    ListStaff = "list_staff" {} -> Vec<Person>;
    /// Write a reply: stored and queued, the answer says where. It is held back for as long as its author wants, unless the
    /// customer has the page open.
    Reply = "reply" {
        /// Which ticket.
        ticket: Uuid,
        /// The text.
        message: String,
        /// Change the status in the same breath, once the reply is in the queue.
        then: Option<Status>,
    } -> Written;
    /// Take a reply back that was just written: its words are the draft again, before whatever is there.
    UndoSend = "undo_send" {
        /// Which reply.
        op: Uuid,
        /// The change of status that was written in the same breath.
        then: Option<Uuid>,
    } -> Undone;
    /// Write an internal note.
    WriteNote = "write_note" {
        /// Which ticket.
        ticket: Uuid,
        /// The text.
        note: String,
    } -> OutboxItem;
    /// Change properties of one ticket or of many, all of them or none; answers how each that changes was before.
    ChangeProperties = "change_properties" {
        /// What shall be.
        changes: Vec<PropertyChange>,
    } -> Vec<PropertyChange>;
    /// File a ticket for a customer who called.
    FileTicket = "file_ticket" {
        /// What is filed.
        form: FileForm,
    } -> OutboxItem;
    /// Keep what is being filled in; nothing forgets it.
    KeepFiling = "keep_filing" {
        /// As it stands.
        draft: Option<FilingDraft>,
    } -> ();
    /// What was being filled in and is not filed.
    GetFiling = "get_filing" {} -> Option<FilingDraft>;
    /// Customers meant by a name, a number, an address or an order; without words those who wrote last.
    FindCustomers = "find_customers" {
        /// As typed.
        q: String,
    } -> Vec<Caller>;
    /// The tickets that may be merged with one: its customer's others, or of all those that are meant by number, subject or customer.
    FindToMerge = "find_to_merge" {
        /// With which.
        ticket: Uuid,
        /// As typed.
        q: String,
    } -> MergeChoices;
    /// The tags there are, those that most tickets bear first.
    ListTags = "list_tags" {} -> Vec<String>;
    /// Write a reply that the service is to send later.
    SendLater = "send_later" {
        /// Which ticket.
        ticket: Uuid,
        /// The text.
        message: String,
        /// When.
        at: Time,
    } -> OutboxItem;
    /// Do not send such a reply.
    CallOff = "call_off" {
        /// Of which ticket.
        ticket: Uuid,
        /// Which.
        id: Uuid,
        /// Its words are the draft again, before whatever is there.
        edit: bool,
        /// It is sent now instead.
        now: bool,
    } -> OutboxItem;
    /// The customer's messages up to `up_to` were seen.
    MarkRead = "mark_read" {
        /// Which ticket.
        ticket: Uuid,
        /// Up to this `n`.
        up_to: i64,
    } -> ();
    /// Keep what is being written; empty text removes the draft.
    SaveDraft = "save_draft" {
        /// Which ticket.
        ticket: Uuid,
        /// Whether it is a note's draft.
        note: bool,
        /// The text so far.
        text: String,
    } -> ();
    /// Something is being written: colleagues are told, and of a reply the customer, if they can hear it now.
    Typing = "typing" {
        /// Which ticket.
        ticket: Uuid,
        /// Whether it is a note.
        note: bool,
    } -> ();
    /// Who else is there.
    GetCompany = "get_company" {} -> Company;
    /// Everything unsent.
    ListOutbox = "list_outbox" {} -> Vec<OutboxItem>;
    /// What was sent today, newest first.
    ListSent = "list_sent" {} -> Vec<OutboxItem>;
    /// Keep the words being written instead of an item's own, which does not leave meanwhile; without words it is left as it was.
    KeepEdit = "keep_edit" {
        /// Which item.
        op: Uuid,
        /// The words so far.
        text: Option<String>,
    } -> ();
    /// Send a failed item again.
    RetryOp = "retry_op" {
        /// Which item.
        op: Uuid,
    } -> ();
    /// Take an item back. One that may have landed is asked about first; the item says so until then.
    WithdrawOp = "withdraw_op" {
        /// Which item.
        op: Uuid,
    } -> TakenBack;
    /// Send other words in the place of these. What may have landed is asked about first; if it has, the new words wait for a decision.
    EditOp = "edit_op" {
        /// Which item.
        op: Uuid,
        /// The words instead.
        text: String,
    } -> TakenBack;
    /// What rings here, duty and rules.
    GetAlerts = "get_alerts" {} -> Alerts;
    /// A page of the ledger, newest first.
    ListAlerts = "list_alerts" {
        /// Only with this result.
        result: Option<AlertResult>,
        /// Words in number, subject or customer.
        q: String,
        /// Only older than this one.
        before: Option<u64>,
    } -> Ledger;
    /// Whether what is urgent rings for one; told to the service as soon as there is a line.
    SetDuty = "set_duty" {
        /// From now on.
        duty: Duty,
    } -> Alerts;
    /// Change what is wanted of a reason.
    SetRule = "set_rule" {
        /// The reason with what is wanted of it.
        rule: Rule,
    } -> Alerts;
    /// Choose when to be left in peace.
    SetQuiet = "set_quiet" {
        /// From now on.
        quiet: QuietHours,
    } -> Alerts;
    /// Put what rings about a ticket's customer off for ten minutes, on this desk.
    SnoozeAlert = "snooze_alert" {
        /// Which ticket.
        ticket: Uuid,
    } -> ();
    /// Try a way by which alerts come; what is seen comes with [`super::changes::ALERTS`].
    TryAlert = "try_alert" {
        /// Which way.
        path: TestPath,
    } -> ();
    /// Its person says whether they see what only they can see.
    SawAlert = "saw_alert" {
        /// Which way.
        path: TestPath,
        /// Whether they do.
        seen: bool,
    } -> ();
    /// Its person pressed a key or moved the pointer; said now and then while they do.
    Stir = "stir" {} -> ();
    /// Where sync stands.
    GetSyncStatus = "get_sync_status" {} -> SyncStatus;
    /// Try to reach the service now instead of waiting for the next try.
    SyncNow = "sync_now" {} -> ();
}

impl SetSettings {
    /// Nothing is changed.
    pub const AS_IT_IS: Self = Self {
        language: None,
        theme: None,
        start_at_login: None,
        keep_running: None,
        undo_seconds: None,
        contrast: None,
        reduce_motion: None,
        text_size: None,
    };
}
