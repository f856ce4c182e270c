-- What was sent lately: after a restore of the service it is held against what the service still has.
create table sent (
    op_id blob primary key,
    ticket_id blob not null,
    kind text not null,
    act text not null,
    written_at integer not null
) without rowid;
create index sent_written on sent (written_at);

-- The service was restored, and what was sent has not been held against it yet.
alter table sync add column restored integer not null default 0;
