-- What a person wants of alerts, as `protocol::alert::AlertChoices`; nothing while all is as at first.
alter table users add column alerts jsonb;
