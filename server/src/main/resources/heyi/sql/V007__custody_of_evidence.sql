-- What keeps evidence and what ends it (issue 4): until when, holds on cases, disposals by two people.

-- Fixed when the session is sealed; a setting that is shortened later does not shorten it.
alter table mediation_session add column retain_until timestamptz;

create table legal_hold (
  hold_id     text primary key,
  case_id     text        not null references case_file,
  reason      text        not null,
  placed_by   text        not null references user_account,
  placed_at   timestamptz not null,
  lifted_by   text references user_account,
  lifted_at   timestamptz,
  lift_reason text,
  check ((lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lift_reason is null))
);
create index legal_hold_case on legal_hold (case_id);

-- Which sessions' recordings a hold has reached: their access ledgers, and the store's own lock.
create table legal_hold_reach (
  hold_id    text        not null references legal_hold,
  session_id text        not null references mediation_session,
  placed_at  timestamptz not null,
  lifted_at  timestamptz,
  primary key (hold_id, session_id)
);

create table disposal (
  disposal_id    text primary key,
  session_id     text        not null references mediation_session,
  reason         text        not null,
  requested_by   text        not null references user_account,
  requested_role text        not null,
  requested_at   timestamptz not null,
  state          text        not null,
  decided_by     text references user_account,
  decided_role   text,
  decided_at     timestamptz,
  begun_at       timestamptz,
  done_at        timestamptz,
  failure        text,
  -- nothing goes by the will of one person, whatever the program says
  check (state in ('REQUESTED', 'DECLINED')
    or (decided_at is not null and decided_by is not null and decided_role is not null
      and decided_by <> requested_by and decided_role <> requested_role))
);
create unique index disposal_open on disposal (session_id) where state <> 'DECLINED';
