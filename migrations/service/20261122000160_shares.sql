-- Who was asked to see whose tickets: one ticket, or all of an order. What is seen is decided by ticket_people alone;
-- a row here says why somebody is there, and lets new tickets of the order follow.
create table shares (
    id uuid primary key,
    owner_id uuid not null references users (id) on delete cascade,
    email text not null,
    ticket_id uuid references support_tickets (id) on delete cascade,
    order_id uuid references orders (id) on delete cascade,
    token_hash bytea unique,
    person_id uuid references users (id) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    accepted_at timestamptz,
    check (num_nonnulls(ticket_id, order_id) = 1),
    check ((person_id is null) = (accepted_at is null)),
    unique nulls not distinct (owner_id, email, ticket_id, order_id)
);
create index shares_order on shares (order_id) where accepted_at is not null;
create index shares_person on shares (person_id) where person_id is not null;
create index shares_email on shares (email) where accepted_at is null;
