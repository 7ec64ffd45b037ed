-- How everybody's network fared, as his page measured it every few seconds. No evidence: reports may
-- be missing.
create table session_quality (
  session_id text        not null references mediation_session,
  seq        bigint generated always as identity,
  at         timestamptz not null,
  seat_id    text        not null,
  level      text        not null,
  sources    jsonb       not null,
  primary key (session_id, seq)
);
