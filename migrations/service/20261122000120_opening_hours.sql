-- When the house is open: one weekly table and dated exceptions, shown to customers. One row, because there is one house.
create table opening_hours (
    only_one boolean primary key default true check (only_one),
    zone text not null check (zone in ('WIB', 'WITA', 'WIT')),
    week jsonb not null,
    exceptions jsonb not null,
    changed_at timestamptz not null,
    changed_by uuid references users (id)
);
