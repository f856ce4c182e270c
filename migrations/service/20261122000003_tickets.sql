-- Tickets with what lists and counters need on the row itself.
create sequence ticket_number start 1001;

create table support_tickets (
    id uuid primary key,
    number bigint not null unique default nextval('ticket_number'),
    subject text not null check (char_length(subject) between 1 and 255),
    category text not null check (category in ('general', 'order', 'payment', 'vendor', 'schedule', 'technical', 'complaint', 'other')),
    priority text not null default 'medium' check (priority in ('low', 'medium', 'high', 'urgent')),
    status text not null default 'open' check (status in ('open', 'in_progress', 'waiting_customer', 'resolved', 'closed')),
    customer_id uuid not null references users (id),
    assigned_to uuid references users (id),
    order_id uuid references orders (id),
    follows_id uuid references support_tickets (id),
    last_n bigint not null default 1,
    unread_staff integer not null default 0,
    unread_customer integer not null default 0,
    last_message_text text not null default '',
    last_message_sender_type text not null default 'customer' check (last_message_sender_type in ('customer', 'admin', 'system')),
    last_message_sender_id uuid references users (id),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    last_message_at timestamptz not null default now(),
    first_responded_at timestamptz,
    resolved_at timestamptz,
    closed_at timestamptz
);
create index support_tickets_recent on support_tickets (created_at desc, id desc);
create index support_tickets_status on support_tickets (status, created_at desc, id desc);
create index support_tickets_assigned on support_tickets (assigned_to, created_at desc, id desc) where assigned_to is not null;
create index support_tickets_unassigned on support_tickets (created_at desc, id desc) where assigned_to is null;

-- Who may see a ticket: one table, from the start, because couples share a case.
create table ticket_people (
    ticket_id uuid not null references support_tickets (id) on delete cascade,
    user_id uuid not null references users (id) on delete cascade,
    added_at timestamptz not null default now(),
    primary key (user_id, ticket_id)
);
create index ticket_people_ticket on ticket_people (ticket_id);

create table chat_messages (
    id uuid primary key,
    ticket_id uuid not null references support_tickets (id) on delete cascade,
    n bigint not null,
    sender_type text not null check (sender_type in ('customer', 'admin', 'system')),
    sender_id uuid references users (id),
    message text not null,
    is_read boolean not null default false,
    read_at timestamptz,
    written_at timestamptz not null,
    created_at timestamptz not null default now(),
    unique (ticket_id, n)
);

-- A type of their own, not a flag on a message: no customer's query can select one by mistake.
create table internal_notes (
    id uuid primary key,
    ticket_id uuid not null references support_tickets (id) on delete cascade,
    n bigint not null,
    author_id uuid not null references users (id),
    note text not null,
    written_at timestamptz not null,
    created_at timestamptz not null default now(),
    unique (ticket_id, n)
);
