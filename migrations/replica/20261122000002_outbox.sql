-- What a person wrote and the service has not confirmed through the feed yet, in the order written.
create table outbox (
    ord integer primary key autoincrement,
    op_id blob not null unique,
    ticket_id blob not null,
    kind text not null,
    act text not null,
    seen_n integer not null,
    written_at integer not null,
    state text not null check (state in ('queued', 'sending', 'held', 'failed', 'sent')),
    tries integer not null default 0,
    -- when it was first put on the wire: from then on it may have landed
    frozen_at integer,
    reason text,
    winner text,
    unseen text,
    -- for `sent`: the event's number, until the feed brings it
    landed_n integer
);
create index outbox_ticket on outbox (ticket_id, ord);

-- A draft per ticket and kind; nobody else's change touches it.
create table drafts (
    ticket_id blob not null,
    kind text not null check (kind in ('reply', 'note')),
    text text not null,
    saved_at integer not null,
    primary key (ticket_id, kind)
) without rowid;
