-- An account that is disabled stays, for the record names its person; nobody signs in with it (R18).
alter table user_account add column disabled_at timestamptz;
