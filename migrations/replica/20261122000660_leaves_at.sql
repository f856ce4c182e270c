-- A reply does not leave before this time, so that its author can take it back.
alter table outbox add column leaves_at integer;
