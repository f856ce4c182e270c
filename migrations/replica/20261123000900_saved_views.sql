-- Lists that staff keep under a name, as the service told them; one that was deleted is kept without a list, so that an older page does not bring it back.
create table saved_views (
    id blob primary key,
    n integer not null,
    -- since the place in the feed was taken
    told integer not null,
    view text not null
) without rowid;

-- What their person did to them and the service has not answered: the last change of each.
create table saved_view_changes (
    view blob primary key,
    change text not null,
    -- it was on the wire and may have arrived
    sent integer not null default 0,
    refused text
) without rowid;
