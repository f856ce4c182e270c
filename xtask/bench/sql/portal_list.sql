-- What GET /customer/support/tickets asks: the session, a page of own heads, the orders for the card.
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
join ticket_people p on p.ticket_id = t.id and p.user_id = :customer::text::uuid
order by t.created_at desc, t.id desc limit 16;
select o.id, o.number, o.customer_id, u.name as customer_name, o.package, o.event_date, o.venue, o.zone, o.status
from orders o join users u on u.id = o.customer_id
where o.customer_id = :customer::text::uuid and u.email_confirmed_at is not null order by o.event_date limit 200;
