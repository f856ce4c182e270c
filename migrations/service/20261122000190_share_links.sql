-- An invitation may be mailed more than once: asked again, or because nobody heard that it had arrived. Each of these
-- mails opens it, because nobody knows which of them its reader keeps.
create table share_links (
    token_hash bytea primary key,
    share_id uuid not null references shares (id) on delete cascade
);
create index share_links_share on share_links (share_id);
insert into share_links (token_hash, share_id)
select token_hash, id from shares where token_hash is not null and accepted_at is null;
alter table shares drop column token_hash;
