-- The file itself. `oldest` is the oldest format of an app that may still open it: a migration that an older app cannot live with raises it.
create table file (
    id integer primary key check (id = 1),
    oldest integer not null,
    -- when it was made anew because the one before was damaged; until everything is here again
    rebuilt_at integer
);
insert into file (id, oldest) values (1, 1);

-- Which event of which ticket a row is that only a newer app knows, as far as this one can tell.
alter table unknown_rows add column ticket_id blob;
alter table unknown_rows add column n integer;
create unique index unknown_rows_event on unknown_rows (ticket_id, n) where ticket_id is not null and n is not null;
