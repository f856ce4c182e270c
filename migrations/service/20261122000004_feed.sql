-- The feed: every row has a place (generation, xid, seq). See ARCHITECTURE.md, "Nothing is skipped".
create sequence feed_seq;

create table feed_generations (
    generation integer primary key,
    system_identifier text not null,
    started_at timestamptz not null default now()
);

-- Audit trail, timeline and sync feed are this one table. `op_id` is unique for ever: the row is the stored answer.
create table ticket_events (
    ticket_id uuid not null references support_tickets (id) on delete cascade,
    n bigint not null,
    op_id uuid unique,
    op_hash bytea,
    actor_id uuid references users (id),
    actor_type text not null check (actor_type in ('customer', 'admin', 'system')),
    kind text not null,
    data jsonb not null default '{}',
    written_at timestamptz not null,
    created_at timestamptz not null default now(),
    generation integer not null,
    xid bigint not null default (pg_current_xact_id()::text::bigint),
    seq bigint not null default nextval('feed_seq'),
    primary key (ticket_id, n)
);
create unique index ticket_events_place on ticket_events (generation, xid, seq);

-- People and orders change too, and desks must hear of it; same places, no history.
create table record_events (
    kind text not null check (kind in ('person', 'order')),
    record_id uuid not null,
    generation integer not null,
    xid bigint not null default (pg_current_xact_id()::text::bigint),
    seq bigint not null default nextval('feed_seq'),
    primary key (generation, xid, seq)
);
