-- What staff know of a ticket with own unsent changes laid over, as `protocol::Internal`; nothing while there are none.
alter table tickets add column internal text;

-- Who does not want to see which ticket, and till when (microseconds; far away until the customer writes). Kept by the triggers below from what is shown.
create table snoozes (
    person text not null,
    ticket_key integer not null,
    until integer not null,
    primary key (person, ticket_key)
) without rowid;
create index snoozes_ticket on snoozes (ticket_key);

create trigger tickets_snoozed after insert on tickets when new.head ->> '$.internal.snoozes' is not null begin
    insert into snoozes select s.value ->> '$.person.id', new.key,
        ifnull(cast(unixepoch(s.value ->> '$.until', 'subsec') * 1000000 as integer), 9000000000000000)
    from json_each(new.head, '$.internal.snoozes') s;
end;
create trigger tickets_snoozed_again after update of head, internal on tickets
when ifnull(new.internal ->> '$.snoozes', new.head ->> '$.internal.snoozes') is not null
    or exists (select 1 from snoozes s where s.ticket_key = new.key)
begin
    delete from snoozes where ticket_key = new.key;
    insert into snoozes select s.value ->> '$.person.id', new.key,
        ifnull(cast(unixepoch(s.value ->> '$.until', 'subsec') * 1000000 as integer), 9000000000000000)
    from json_each(ifnull(new.internal, new.head ->> '$.internal'), '$.snoozes') s;
end;
create trigger tickets_gone after delete on tickets begin
    delete from snoozes where ticket_key = old.key;
end;

-- Whose file it is, as `protocol::PersonRef`: what they put off is theirs. Written with the first they do.
create table own (
    id integer primary key check (id = 1),
    person text not null
);
