-- Web push: where a customer's devices are reached, the service's own key, and which replies were announced already.
-- A subscription belongs to a session: who signs out, or is signed out, is told nothing more on that device.
create table push_subscriptions (
    endpoint text primary key,
    session_id uuid not null references sessions (id) on delete cascade,
    user_id uuid not null references users (id) on delete cascade,
    public_key bytea not null,
    secret bytea not null,
    created_at timestamptz not null
);
create index push_subscriptions_user on push_subscriptions (user_id);
create index push_subscriptions_session on push_subscriptions (session_id);

create table push_key (
    only_one boolean primary key default true check (only_one),
    pkcs8 bytea not null
);

-- Several processes hear of a reply; the one that writes it here announces it. Swept after some days.
create table push_announced (
    message_id uuid primary key,
    at timestamptz not null
);
create index push_announced_at on push_announced (at);
