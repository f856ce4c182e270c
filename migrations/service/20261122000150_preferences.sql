-- Which happenings a customer is told of, by which way. No row means nobody has chosen: the defaults are the service's.
create table user_preferences (
    user_id uuid primary key references users (id) on delete cascade,
    email text[] not null,
    sms text[] not null,
    whatsapp text[] not null,
    quiet_nights boolean not null,
    updated_at timestamptz not null
);
