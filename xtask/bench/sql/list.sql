-- What GET /admin/support/tickets asks: the session, then a page of heads. As in auth/sql.rs and tickets/list/sql.rs.
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
where (t.created_at, t.id) < ('3000-01-01'::timestamptz, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by t.created_at desc, t.id desc limit 51;
