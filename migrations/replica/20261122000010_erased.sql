-- Which tickets had something erased is asked before every page.

create index events_erased on events (ticket_key) where kind = 'erased';
