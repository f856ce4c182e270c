-- What leaves the house by mail: filled in the transaction of its cause, written and sent by a worker afterwards.
-- A row says what is to be told, not in which words: links are made when the mail is written, so that no token lies here.
create table message_outbox (
    id uuid primary key,
    kind text not null,
    -- An address as somebody gave it. Whether an account has it is found out when the mail is written: asking takes as long for every address.
    recipient text not null,
    data jsonb not null default '{}',
    state text not null default 'waiting' check (state in ('waiting', 'sent', 'dropped', 'dead')),
    attempts integer not null default 0,
    -- When it may be taken; while a worker has it, when its lease ends.
    due_at timestamptz not null,
    lease uuid,
    fault text,
    created_at timestamptz not null,
    done_at timestamptz
);
create index message_outbox_due on message_outbox (due_at, id) where state = 'waiting';
create index message_outbox_done on message_outbox (done_at) where state <> 'waiting';
create index message_outbox_recipient on message_outbox (recipient);

-- What the capture carrier would have sent; for development, read at /dev/outbox.
create table captured_mails (
    outbox_id uuid primary key references message_outbox (id) on delete cascade,
    subject text not null,
    body_text text not null,
    body_html text not null,
    raw text not null,
    captured_at timestamptz not null
);

-- Links in mails: single use, short-lived, kept as their SHA-256 only.
create table links (
    token_hash bytea primary key,
    purpose text not null check (purpose in ('confirm', 'sign_in', 'reset')),
    user_id uuid not null references users (id) on delete cascade,
    -- The address it was sent to: another one since then is not confirmed by it.
    email text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index links_user on links (user_id);
create index links_expiry on links (expires_at);

-- Browsers in which a person signed in before: a new one is told by mail.
create table known_browsers (
    user_id uuid not null references users (id) on delete cascade,
    browser bytea not null,
    seen_at timestamptz not null,
    primary key (user_id, browser)
);
create index sessions_expiry on sessions (expires_at);
