-- Whose order it is: asked for each customer who may be the one that called.
create index orders_customer on orders ("order" ->> '$.customer.id', event_date);
