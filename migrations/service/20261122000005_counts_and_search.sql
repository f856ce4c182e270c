-- How much an event changes the count of urgent work (-1, 0 or 1): with it, counts are folded from the feed in any order.
alter table ticket_events add column urgent smallint not null default 0;

-- The pace of a customer: messages a minute, tickets an hour.
create index chat_messages_pace on chat_messages (sender_id, created_at) where sender_type = 'customer';
create index support_tickets_customer on support_tickets (customer_id, created_at desc, id desc);

-- Search by words, newest first; 'simple' because Indonesian and English stand side by side.
create index support_tickets_search on support_tickets using gin (to_tsvector('simple', subject));
create index chat_messages_search on chat_messages using gin (to_tsvector('simple', message));
create index users_search on users using gin (to_tsvector('simple', name));
create index support_tickets_order on support_tickets (order_id) where order_id is not null;
