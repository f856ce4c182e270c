-- What a desk knows of the service. Ids are 16 bytes, times whole microseconds since 1970 (UTC).

-- `head` is the service's word; status, priority, assigned_to and unread beside it are what this desk shows, own unsent changes included.
create table tickets (
    key integer primary key,
    id blob not null unique,
    number integer not null,
    n integer not null,
    status text not null,
    priority text not null,
    category text not null,
    assigned_to blob,
    customer_id blob not null,
    order_number text,
    unread integer not null,
    created_at integer not null,
    last_message_at integer not null,
    resolved_at integer,
    closed_at integer,
    -- the customer's messages above this were unread when the thread was last marked read
    read_line integer,
    head text not null
);

-- Every list is a walk along one of these, latest activity first; they carry all that filters ask for.
create index tickets_recent on tickets (last_message_at desc, key desc, status, priority, category, assigned_to);
create index tickets_active on tickets (last_message_at desc, key desc, status, priority, category, assigned_to)
    where status in ('open', 'in_progress', 'waiting_customer');
create index tickets_over on tickets (last_message_at desc, key desc, status, priority, category, assigned_to)
    where status in ('resolved', 'closed');
create index tickets_status on tickets (status, last_message_at desc, key desc, priority, category, assigned_to);
create index tickets_assigned on tickets (assigned_to, last_message_at desc, key desc, status, priority, category)
    where assigned_to is not null;
create index tickets_urgent on tickets (last_message_at desc, key desc, status, category, assigned_to)
    where priority = 'urgent';
-- not unique: a restored service may give a number again
create index tickets_number on tickets (number);
create index tickets_customer on tickets (customer_id, status);
create index tickets_filed on tickets (created_at desc, key desc);
create index tickets_resolved on tickets (resolved_at) where resolved_at is not null;
create index tickets_closed on tickets (closed_at) where closed_at is not null;

-- One row for each combination, so that every count is a short sum however many tickets there are. Nobody is an empty blob.
create table ticket_counts (
    status text not null,
    priority text not null,
    category text not null,
    assigned_to blob not null,
    tickets integer not null,
    primary key (status, priority, category, assigned_to)
) without rowid;

create trigger tickets_counted after insert on tickets begin
    insert into ticket_counts values (new.status, new.priority, new.category, ifnull(new.assigned_to, x''), 1)
    on conflict do update set tickets = tickets + 1;
end;
create trigger tickets_recounted after update of status, priority, category, assigned_to on tickets
when old.status <> new.status or old.priority <> new.priority or old.category <> new.category
    or old.assigned_to is not new.assigned_to
begin
    update ticket_counts set tickets = tickets - 1
    where status = old.status and priority = old.priority and category = old.category
        and assigned_to = ifnull(old.assigned_to, x'');
    insert into ticket_counts values (new.status, new.priority, new.category, ifnull(new.assigned_to, x''), 1)
    on conflict do update set tickets = tickets + 1;
end;
create trigger tickets_uncounted after delete on tickets begin
    update ticket_counts set tickets = tickets - 1
    where status = old.status and priority = old.priority and category = old.category
        and assigned_to = ifnull(old.assigned_to, x'');
end;

create table messages (
    ticket_key integer not null,
    n integer not null,
    id blob not null,
    sender_type text not null,
    sender_id blob,
    sender_name text,
    message text not null,
    is_read integer not null,
    read_at integer,
    written_at integer not null,
    created_at integer not null,
    primary key (ticket_key, n)
) without rowid;
create index messages_unread on messages (ticket_key, n) where is_read = 0 and sender_type = 'customer';

create table notes (
    ticket_key integer not null,
    n integer not null,
    id blob not null,
    author_id blob not null,
    author_name text not null,
    note text not null,
    written_at integer not null,
    created_at integer not null,
    primary key (ticket_key, n)
) without rowid;

-- `event` is kept as it came, a kind that only a newer app knows included.
create table events (
    ticket_key integer not null,
    n integer not null,
    op_id blob,
    kind text not null,
    silent integer not null,
    created_at integer not null,
    event text not null,
    primary key (ticket_key, n)
) without rowid;
create unique index events_op on events (op_id) where op_id is not null;

create table people (
    id blob primary key,
    name text not null,
    staff integer not null,
    person text not null
) without rowid;
create index people_staff on people (name) where staff;

create table orders (
    number text primary key,
    event_date text not null,
    "order" text not null
) without rowid;
