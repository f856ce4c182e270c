-- A copy of what the main platform sold; it upserts by number.
create table orders (
    id uuid primary key,
    number text not null unique,
    customer_id uuid not null references users (id),
    package text not null,
    event_date date not null,
    venue text not null default '',
    zone text not null default 'WIB' check (zone in ('WIB', 'WITA', 'WIT')),
    status text not null default 'confirmed' check (status in ('draft', 'confirmed', 'done', 'cancelled')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index orders_customer on orders (customer_id, event_date);
