-- The service was given it and did nothing with it, because a reply before it in its ticket had not landed.
alter table outbox add column behind integer not null default 0;
