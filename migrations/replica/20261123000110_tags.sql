-- Which tickets are filed under what, own unsent changes included. Written with the heads that bear tags; few do.
create table ticket_tags (
    tag text not null,
    ticket_key integer not null,
    primary key (tag, ticket_key)
) without rowid;
create index ticket_tags_ticket on ticket_tags (ticket_key);
create trigger tickets_untagged after delete on tickets begin
    delete from ticket_tags where ticket_key = old.key;
end;
