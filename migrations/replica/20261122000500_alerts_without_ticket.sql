-- An alert may be about no ticket: what came in during quiet hours, or a test.
create table alerts_new (
    id integer primary key,
    ticket_id blob,
    raised_at integer not null,
    result text not null,
    text text not null,
    entry text not null
);
insert into alerts_new (id, ticket_id, raised_at, result, text, entry)
    select id, ticket_id, raised_at, result, text, entry from alerts;
drop table alerts;
alter table alerts_new rename to alerts;
create index alerts_raised on alerts (raised_at);
create index alerts_ticket on alerts (ticket_id);
