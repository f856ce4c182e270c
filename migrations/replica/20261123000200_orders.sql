-- Orders are looked up by their id and by their day, too. They are written rarely.
create index orders_id on orders ("order" ->> '$.id');
create index orders_date on orders (event_date);
