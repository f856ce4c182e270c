-- One document for each 64 events of a ticket instead of one for each ticket: a message in a conversation of thousands costs no more to index than one in a short one.
drop table search;
drop table search_places;
drop table search_queue;
create virtual table search using fts5 (
    text,
    content = '',
    contentless_delete = 1,
    detail = none,
    prefix = '2 3 4',
    tokenize = "unicode61 remove_diacritics 2"
);
create table search_places (
    place integer primary key,
    ticket_key integer not null,
    chunk integer not null,
    unique (ticket_key, chunk)
);
create table search_queue (
    ticket_key integer not null,
    chunk integer not null,
    primary key (ticket_key, chunk)
) without rowid;
insert into search_queue (ticket_key, chunk)
select key, 0 from tickets union select ticket_key, n / 64 from messages union select ticket_key, n / 64 from notes;
-- An app from before would look for the old tables.
update file set oldest = 2;
