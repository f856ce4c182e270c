-- The words by which customers and orders are found, as `words.rs` parts them, each after a blank; the figures of a number among them. Walked along an index that holds nothing else: the records are ten times as long.
alter table people add column sought text not null default '';
alter table orders add column sought text not null default '';
update people set sought = ' ' || lower(replace(replace(replace(replace(replace(replace(
    name || ' ' || ifnull(person ->> '$.email', '') || ' ' || ifnull(person ->> '$.phone', ''),
    '.', ' '), '@', ' '), '-', ' '), '_', ' '), '''', ' '), '+', ' '));
update orders set sought = ' ' || lower(replace(replace(replace(replace(replace(
    number || ' ' || ("order" ->> '$.package') || ' ' || ("order" ->> '$.venue') || ' ' || ("order" ->> '$.customer.name'),
    '-', ' '), ', ', ' '), '.', ' '), ',', ' '), '''', ' '));
create index people_sought on people (name, id, sought) where not staff;
drop index orders_date;
create index orders_sought on orders (event_date, number, sought);
