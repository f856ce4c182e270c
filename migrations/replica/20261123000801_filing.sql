-- What is being filled in for a customer who called, or for a message that is split off, as `protocol::desk::views::FilingDraft`; nothing while there is nothing.
create table filing (
    id integer primary key check (id = 1),
    draft text not null
);
