-- An order to open sealed recordings may be taken back before its time is over (issue 4).
alter table unsealing_order add column revoked_by text references user_account;
alter table unsealing_order add column revoked_role text;
alter table unsealing_order add column revoked_at timestamptz;
alter table unsealing_order drop constraint unsealing_order_state_check;
alter table unsealing_order add constraint unsealing_order_state_check
  check (state in ('REQUESTED', 'DECLINED', 'APPROVED', 'REVOKED'));
-- what was revoked had been agreed to, and says who revoked it
alter table unsealing_order add constraint unsealing_order_revoked_check
  check (state <> 'REVOKED' or (decided_by is not null and revoked_by is not null
    and revoked_role is not null and revoked_at is not null));
