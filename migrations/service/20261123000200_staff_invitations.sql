-- Who was asked to join the staff, and as what. Their account is made when they accept.
create table staff_invitations (
    id uuid primary key,
    email text not null unique,
    role text not null check (role in ('agent', 'admin')),
    invited_by uuid not null references users (id),
    created_at timestamptz not null,
    expires_at timestamptz not null
);

-- An invitation may be mailed more than once, and each of its mails opens it, as with shares.
create table staff_invitation_links (
    token_hash bytea primary key,
    invitation_id uuid not null references staff_invitations (id) on delete cascade
);
create index staff_invitation_links_invitation on staff_invitation_links (invitation_id);
