-- How far this desk has read the feed: written in the transaction that applied the rows.
create table sync (
    id integer primary key check (id = 1),
    cursor text,
    complete_to integer,
    first_sync_done integer not null default 0,
    -- false while a desk has the file open: after a crash it is checked before use
    closed_well integer not null default 1
);
insert into sync (id) values (1);

-- Rows only a newer app knows, kept as they came: the cursor goes on without them.
create table unknown_rows (
    id integer primary key,
    "row" text not null unique
);
