-- One document for each ticket: subject, customer, number, order, messages, notes. Its place is its latest activity, so that walking down the index is newest first.
create virtual table search using fts5 (
    text,
    content = '',
    contentless_delete = 1,
    detail = none,
    prefix = '2 3 4',
    tokenize = "unicode61 remove_diacritics 2"
);
create table search_places (
    ticket_key integer primary key,
    place integer not null unique
);
-- Tickets whose document is behind: written with the rows, worked off right after, so that indexing never holds up an alert.
create table search_queue (
    ticket_key integer primary key
);
