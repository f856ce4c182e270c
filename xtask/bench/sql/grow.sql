insert into support_tickets (id, subject, category, priority, status, customer_id, assigned_to, order_id, last_n, unread_staff,
    unread_customer, last_message_text, last_message_sender_type, last_message_sender_id, created_at, updated_at, last_message_at,
    first_responded_at, resolved_at, closed_at)
select md5(id::text || $1::int)::uuid, subject, category, priority, status, customer_id, assigned_to, order_id, last_n, unread_staff,
    unread_customer, last_message_text, last_message_sender_type, last_message_sender_id, created_at - $1::int * interval '11 minutes',
    updated_at, last_message_at, first_responded_at, resolved_at, closed_at
from first_support_tickets order by created_at;
insert into ticket_people (ticket_id, user_id) select md5(id::text || $1::int)::uuid, customer_id from first_support_tickets;
insert into chat_messages (id, ticket_id, n, sender_type, sender_id, message, is_read, read_at, written_at, created_at)
select md5(id::text || $1::int)::uuid, md5(ticket_id::text || $1::int)::uuid, n, sender_type, sender_id, replace(message, ' :rare', ''),
    is_read, read_at, written_at, created_at
from first_chat_messages;
insert into ticket_events (ticket_id, n, actor_id, actor_type, kind, data, urgent, written_at, created_at, generation)
select md5(ticket_id::text || $1::int)::uuid, n, actor_id, actor_type, kind, data, urgent, written_at, created_at, generation
from first_ticket_events;
