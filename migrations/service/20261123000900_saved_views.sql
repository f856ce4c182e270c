-- Lists that staff keep under a name. One that was deleted stays as an empty row, so that no late change brings it back.
create table saved_views (
    id uuid primary key,
    n bigint not null,
    owner_id uuid not null references users (id),
    shared boolean not null,
    name text,
    inbox text,
    sort text,
    q text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check (num_nulls(name, inbox, sort, q) in (0, 4))
);
create index saved_views_owner on saved_views (owner_id) where name is not null;
create index saved_views_shared on saved_views (id) where shared and name is not null;

-- The row of the feed is the answer to the change that a desk asked for, as with tickets.
alter table record_events add column op_id uuid;
create unique index record_events_op on record_events (op_id) where op_id is not null;
alter table record_events drop constraint record_events_kind_check;
alter table record_events add constraint record_events_kind_check
    check (kind in ('person', 'order', 'session', 'saved_view'));
