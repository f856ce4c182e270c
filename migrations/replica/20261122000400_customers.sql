-- Written anew with every message while it held the status, which the head has as well: a customer's tickets are few.
drop index tickets_customer;
create index tickets_customer on tickets (customer_id);
