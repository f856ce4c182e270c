-- Where the next part of the bootstrap begins, and whether there is none any more. What was read before was read from the feed's beginning.
alter table sync add column bootstrap text;
alter table sync add column bootstrapped integer not null default 0;
update sync set bootstrapped = cursor is not null;
