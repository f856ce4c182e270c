-- When a row of the feed was written says which row it is, should another one take its place after files were copied back.
alter table record_events add column created_at timestamptz not null default now();
