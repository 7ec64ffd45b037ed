-- Films of sealed recordings (issue 4): composites, and clips of them that two people decided on.
-- A film is a version beside the recording; its file is in the object store and stays there.
create table export (
  export_id    text primary key,
  session_id   text        not null references mediation_session,
  parent_id    text references export,
  layout       text        not null,
  watermark    text,
  from_ms      bigint      not null,
  to_ms        bigint      not null,
  reason       text,
  state        text        not null,
  requested_by text        not null references user_account,
  requested_at timestamptz not null,
  decided_by   text references user_account,
  decided_at   timestamptz,
  failure      text,
  object_key   text,
  size_bytes   bigint,
  sha256       text,
  duration_ms  bigint,
  finished_at  timestamptz,
  check (from_ms >= 0 and to_ms > from_ms),
  check (parent_id is null or reason is not null),
  check (decided_by is null or decided_by <> requested_by),
  check (parent_id is null or decided_by is not null
    or state in ('WAITING', 'CANCELLED'))
);
create index export_session on export (session_id, requested_at);
create index export_open on export (state) where state in ('WAITING', 'QUEUED', 'RUNNING');
