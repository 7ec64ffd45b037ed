-- Who may open the recordings of a session's caucuses, why and for how long (issue 4).
create table unsealing_order (
  order_id       text primary key,
  session_id     text        not null references mediation_session,
  reason         text        not null,
  hours          int         not null check (hours between 1 and 168),
  requested_by   text        not null references user_account,
  requested_role text        not null,
  requested_at   timestamptz not null,
  state          text        not null check (state in ('REQUESTED', 'DECLINED', 'APPROVED')),
  decided_by     text references user_account,
  decided_role   text,
  decided_at     timestamptz,
  -- nothing opens by the will of one person, whatever the program says
  check (state <> 'APPROVED'
    or (decided_at is not null and decided_by is not null and decided_role is not null
      and decided_by <> requested_by and decided_role <> requested_role))
);
create index unsealing_order_session on unsealing_order (session_id, requested_at);
