-- The feed has told of it: a part of a bootstrap may have been read before that, and changes it no more.
alter table people add column told integer not null default 0;
alter table orders add column told integer not null default 0;
