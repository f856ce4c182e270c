-- Erasure: what a customer wrote becomes an empty text. A subject may therefore be empty.
alter table support_tickets drop constraint support_tickets_subject_check;
alter table support_tickets add constraint support_tickets_subject_check check (char_length(subject) <= 255);

-- Who asked for it. The account is gone at once; the tickets follow one by one, and whoever finds a row unfinished goes on.
create table erasures (
    user_id uuid primary key references users (id),
    asked_at timestamptz not null,
    done_at timestamptz
);
create index erasures_open on erasures (asked_at) where done_at is null;
