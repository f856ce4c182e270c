-- How many active tickets are about a wedding, whoever filed them. Only what is active stands in it, so it stays small.
create index tickets_wedding on tickets (order_number, status)
    where order_number is not null and status in ('open', 'in_progress', 'waiting_customer');
