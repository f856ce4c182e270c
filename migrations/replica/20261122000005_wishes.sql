-- What an author wants of an op that may have landed; done once the service has said that it has not.
alter table outbox add column wish text check (wish in ('withdraw', 'edit'));
-- For an edit: the words instead, and the id they will be sent under, because the old one is void for ever.
alter table outbox add column edited_act text;
alter table outbox add column edited_id blob;
