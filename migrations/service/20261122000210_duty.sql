-- Whom what is urgent rings for. `duty_lapsed`: off because no desk of theirs was live, and on again with the next one.
alter table users add column duty text not null default 'off' check (duty in ('on', 'away', 'off'));
alter table users add column duty_until timestamptz;
alter table users add column duty_lapsed boolean not null default false;
create index users_duty on users (id) where duty <> 'off';

-- When a person last had a live desk, at any process.
create table desks_seen (
    user_id uuid primary key references users (id) on delete cascade,
    seen_at timestamptz not null
);
