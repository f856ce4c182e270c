-- Up to which event of a ticket the customer's messages have reached a desk. Beside the ticket and not on it: written after
-- the fact, by whoever's desk was first, and no change of the ticket.
create table ticket_deliveries (
    ticket_id uuid primary key references support_tickets (id) on delete cascade,
    up_to bigint not null
);
