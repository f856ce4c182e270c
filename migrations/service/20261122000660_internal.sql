-- What only staff know of a ticket, as `protocol::internal::Internal`; nothing while there is nothing. No customer's query names it.
alter table support_tickets add column internal jsonb;
-- When the next of it is due: a snooze that ends, a reply that is to be sent.
alter table support_tickets add column due_at timestamptz;
create index support_tickets_due on support_tickets (due_at) where due_at is not null;
