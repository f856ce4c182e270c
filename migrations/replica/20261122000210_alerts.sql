-- The ledger: every alert of 30 days, as `protocol::alert::AlertEntry`. `text` is what it is searched by.
create table alerts (
    id integer primary key,
    ticket_id blob not null,
    raised_at integer not null,
    result text not null,
    text text not null,
    entry text not null
);
create index alerts_raised on alerts (raised_at);
create index alerts_ticket on alerts (ticket_id);

-- What rings: looked for after every change of the outbox and at every start.
create index tickets_untaken on tickets (id)
    where priority = 'urgent' and assigned_to is null and status in ('open', 'in_progress', 'waiting_customer');
