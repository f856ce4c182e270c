-- What was to be withdrawn, and turned out to have been sent.
alter table sent add column wish text;
