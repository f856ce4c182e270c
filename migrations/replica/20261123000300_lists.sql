-- Lists in the order of filing, and those of what nobody has read, are walked along an index that carries all that filters ask for, like the others: deep in a long list each look at the row itself counts.
drop index tickets_filed;
create index tickets_filed on tickets (created_at desc, key desc, status, priority, category, assigned_to);
create index tickets_unread on tickets (last_message_at desc, key desc, status, priority, category, assigned_to)
    where unread > 0;
