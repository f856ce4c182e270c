-- What a ticket is called while an own change of it has not come back; nothing where that is what its head says.
alter table tickets add column subject text;
