-- With whom a ticket was ever shared: an erasure finds by it every ticket that names a person, or holds what they wrote.
create index ticket_events_with on ticket_events ((data->'with'->>'id')) where kind in ('shared', 'unshared');
