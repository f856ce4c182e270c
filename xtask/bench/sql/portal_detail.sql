-- What GET /customer/support/tickets/{id} asks: the session, the head, its latest messages, the list beside them, orders,
-- and in one statement what happened, what has arrived, and who looks after it.
select s.id, s.kind, s.scopes, s.last_seen_at, s.expires_at, u.id as user_id, u.name, u.email, u.phone,
       u.role, u.language, u.zone, u.active, u.created_at
from sessions s join users u on u.id = s.user_id
where s.token_hash = decode(:hash::text, 'hex');
select t.id, t.number, t.subject, t.category, t.priority, t.status, t.customer_id, c.name as customer_name,
       t.assigned_to, o.number as order_number, t.unread_staff, t.unread_customer,
       t.created_at, t.updated_at, t.last_message_at, t.first_responded_at, t.resolved_at, t.closed_at, t.last_n,
       t.last_message_text, t.last_message_sender_type, t.last_message_sender_id,
       s.name as last_message_sender_name, f.number as follows_number
from support_tickets t
join users c on c.id = t.customer_id
left join orders o on o.id = t.order_id
left join users s on s.id = t.last_message_sender_id
left join support_tickets f on f.id = t.follows_id
where t.id = :ticket::text::uuid
  and exists (select from ticket_people p where p.ticket_id = t.id and p.user_id = :customer::text::uuid);
select m.id, m.n, m.message, m.sender_type, m.sender_id, u.name, m.is_read, m.read_at, m.written_at, m.created_at
from chat_messages m left join users u on u.id = m.sender_id
where m.ticket_id = :ticket::text::uuid and m.n < 9223372036854775807 order by m.n desc limit 51;
select t.id, t.number, t.subject, t.category, t.priority, t.status, t.customer_id, c.name as customer_name,
       t.assigned_to, o.number as order_number, t.unread_staff, t.unread_customer,
       t.created_at, t.updated_at, t.last_message_at, t.first_responded_at, t.resolved_at, t.closed_at, t.last_n,
       t.last_message_text, t.last_message_sender_type, t.last_message_sender_id,
       s.name as last_message_sender_name, f.number as follows_number
from support_tickets t
join users c on c.id = t.customer_id
left join orders o on o.id = t.order_id
left join users s on s.id = t.last_message_sender_id
left join support_tickets f on f.id = t.follows_id
join ticket_people p on p.ticket_id = t.id and p.user_id = :customer::text::uuid
order by t.created_at desc, t.id desc limit 16;
select o.id, o.number, o.customer_id, u.name as customer_name, o.package, o.event_date, o.venue, o.zone, o.status
from orders o join users u on u.id = o.customer_id
where o.customer_id = :customer::text::uuid and u.email_confirmed_at is not null order by o.event_date limit 200;
select e.n, e.op_id, e.actor_id, u.name, e.actor_type, e.kind, e.data, e.written_at, e.created_at,
       (select d.up_to from ticket_deliveries d where d.ticket_id = :ticket::text::uuid) as delivered,
       (select a.name from support_tickets t join users a on a.id = t.assigned_to where t.id = :ticket::text::uuid) as assignee
from ticket_events e left join users u on u.id = e.actor_id
where e.ticket_id = :ticket::text::uuid
  and e.kind = any (array['created', 'status', 'assigned', 'priority', 'category', 'subject', 'order', 'shared', 'unshared', 'erased'])
order by e.n;
