-- Log number up to which the account has seen what others did with its gists. Who is here already starts at the end.
alter table account add column seen_seq bigint not null default 0;
update account set seen_seq = (select seq from log_head);

-- Names the account's feed while it has one. A feed's address is this and a keyed hash of it, which is stored nowhere.
alter table account add column feed_id uuid unique;

-- Finds the gists that moved after a log number without going through all of an account's.
create index submission_account_moved on submission (account_id, last_seq);
