-- Requests counted, for all processes of the site together. The columns are those of the package that counts,
-- rate-limiter-flexible, which fills them by their order.

create table rate_limit (
  -- The limit's name, and an account's key or a keyed hash of an address.
  key varchar(255) primary key,
  points integer not null default 0,
  -- When the window ends, in milliseconds since 1970; rows are deleted an hour after that.
  expire bigint
);
create index rate_limit_expire on rate_limit (expire);
