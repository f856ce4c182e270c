-- What GET /admin/support/tickets/{id} asks: the session, the head, and all that the ticket's events tell of. As in
-- auth/sql.rs, tickets/list/sql.rs and events/sql.rs.
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
where t.id = :ticket::uuid;
select e.n, e.op_id, e.actor_id, u.name as actor_name, e.actor_type, e.kind, e.data, e.written_at, e.created_at,
       m.id as message_id, m.message, m.is_read, m.read_at, i.id as note_id, i.note
from ticket_events e
left join users u on u.id = e.actor_id
left join chat_messages m on m.ticket_id = e.ticket_id and m.n = e.n and m.n > -500
left join internal_notes i on i.ticket_id = e.ticket_id and i.n = e.n
where e.ticket_id = :ticket::uuid order by e.n;
