-- What POST /customer/support/tickets asks: the session (which a service knows by heart after the first time), where the
-- customer stands, and the ticket with its rows. As in auth/sql.rs and tickets/sql.rs.
\set n random(0, :customers - 1)
select s.id, s.kind, s.scopes, s.last_seen_at, s.expires_at, u.id as user_id, u.name, u.email, u.phone,
       u.role, u.language, u.zone, u.active, u.created_at
from sessions s join users u on u.id = s.user_id
where s.token_hash = decode(:hash::text, 'hex');
select gen_random_uuid() as ticket, ('be000000-0000-0000-0000-' || lpad(to_hex(:n::int), 12, '0'))::uuid as customer \gset
select (select op_hash from ticket_events where op_id = :ticket::uuid) as op_hash,
       exists (select from support_tickets where id = :ticket::uuid) as exists,
       (select id from orders where number = null and customer_id = :customer::uuid) as order_id,
       (select t.number from support_tickets t join ticket_people p on p.ticket_id = t.id
        where t.id = null and p.user_id = :customer::uuid) as follows_number,
       (select count(*) from support_tickets where customer_id = :customer::uuid and created_at > now() - interval '1 hour') as in_hour,
       (select min(created_at) from support_tickets where customer_id = :customer::uuid and created_at > now() - interval '1 hour') as oldest,
       (select count(*) from support_tickets
        where customer_id = :customer::uuid and created_at > now() - interval '1 day' and priority = 'urgent') as urgent;
with ticket as (
    insert into support_tickets (id, subject, category, priority, customer_id, order_id, follows_id, last_n, unread_staff,
        last_message_text, last_message_sender_type, last_message_sender_id, created_at, updated_at, last_message_at)
    values (:ticket::uuid, 'Menu prasmanan 450 tamu, ada 30 vegetarian', 'vendor', 'medium', :customer::uuid, null, null, 1, 1,
        'Horas! Dari 450 tamu ada 30 yang vegetarian, kebanyakan keluarga dari kantor. Apakah katering bisa membuat meja tersendiri, lengkap dengan penandanya?',
        'customer', :customer::uuid, now(), now(), now())
    returning id, number
), person as (
    insert into ticket_people (ticket_id, user_id, added_at) select id, :customer::uuid, now() from ticket
), message as (
    insert into chat_messages (id, ticket_id, n, sender_type, sender_id, message, written_at, created_at)
    select id, id, 1, 'customer', :customer::uuid,
        'Horas! Dari 450 tamu ada 30 yang vegetarian, kebanyakan keluarga dari kantor. Apakah katering bisa membuat meja tersendiri, lengkap dengan penandanya?',
        now(), now() from ticket
), event as (
    insert into ticket_events (ticket_id, n, op_id, op_hash, actor_id, actor_type, kind, data, urgent, written_at, created_at, generation)
    select id, 1, id, decode(:hash::text, 'hex'), :customer::uuid, 'customer', 'created',
        jsonb_build_object('message', id, 'follows', null), 0::smallint, now(), now(), :generation::int from ticket
)
select t.number, u.name from ticket t, users u where u.id = :customer::uuid;
