-- People, their sessions, and the counter behind sign-in throttling.
create table users (
    id uuid primary key,
    name text not null check (char_length(name) between 1 and 120),
    email text not null,
    phone text,
    password_hash text,
    role text not null check (role in ('customer', 'agent', 'admin')),
    language text not null default 'id' check (language in ('id', 'en')),
    zone text not null default 'WIB' check (zone in ('WIB', 'WITA', 'WIT')),
    active boolean not null default true,
    email_confirmed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create unique index users_email_key on users (lower(email));
create index users_staff on users (role) where role <> 'customer';

-- A token is kept as its SHA-256 only. `kind` keeps a customer's cookie from opening the staff door.
create table sessions (
    id uuid primary key,
    token_hash bytea not null unique,
    user_id uuid not null references users (id) on delete cascade,
    kind text not null check (kind in ('portal', 'staff', 'machine')),
    scopes text[] not null default '{}',
    name text not null default '',
    created_at timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    expires_at timestamptz not null
);
create index sessions_user on sessions (user_id);

-- Failed sign-ins, by account and by address; old rows are swept.
create table sign_in_failures (
    key text not null,
    at timestamptz not null default now()
);
create index sign_in_failures_key on sign_in_failures (key, at);
