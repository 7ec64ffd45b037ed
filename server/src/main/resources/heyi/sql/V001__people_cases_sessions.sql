-- People who sign in, cases, sessions, seats, documents and recordings (issue 2).
-- Secrets are kept only as SHA-256: sign-in cookies, invitation tokens, seat tokens.

create table user_account (
  user_id       text primary key,
  login         text        not null unique,
  display_name  text        not null,
  password_hash text        not null,
  roles         text[]      not null,
  created_at    timestamptz not null
);

create table login_session (
  token_hash bytea primary key,
  user_id    text        not null references user_account,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index login_session_expiry on login_session (expires_at);

create table case_file (
  case_id     text primary key,
  number      text        not null unique,
  title       text        not null,
  status      text        not null,
  mediator_id text        not null references user_account,
  created_at  timestamptz not null,
  updated_at  timestamptz not null
);
create sequence case_number;

create table party (
  party_id     text primary key,
  case_id      text not null references case_file,
  ordinal      int  not null,
  role         text not null,
  display_name text not null,
  unique (case_id, ordinal)
);

create table mediation_session (
  session_id   text primary key,
  case_id      text        not null references case_file,
  state        text        not null,
  created_at   timestamptz not null,
  started_at   timestamptz,
  ended_at     timestamptz,
  recording_id text,
  recording_start timestamptz,
  recording_ms bigint,
  root_hash    text,
  failure      text
);
create index mediation_session_case on mediation_session (case_id, created_at);

create table invitation (
  token_hash  bytea primary key,
  session_id  text        not null references mediation_session,
  party_id    text        not null references party,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  revoked_at  timestamptz,
  redemptions int         not null default 0
);
create index invitation_party on invitation (session_id, party_id);

create table seat_token (
  token_hash bytea primary key,
  session_id text        not null references mediation_session,
  seat_id    text        not null,
  invitation bytea references invitation,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table case_document (
  document_id text primary key,
  case_id     text        not null references case_file,
  session_id  text        not null references mediation_session,
  title       text        not null,
  kind        text        not null,
  sha256      text        not null,
  signed      boolean     not null,
  content     bytea       not null,
  wording     jsonb       not null,
  created_at  timestamptz not null
);
create index case_document_case on case_document (case_id, created_at);

create table recording_track (
  session_id   text   not null references mediation_session,
  track_id     text   not null,
  seat_id      text   not null,
  label        text   not null,
  kind         text   not null,
  object_key   text   not null,
  content_type text   not null,
  size_bytes   bigint not null,
  sha256       text   not null,
  offset_ms    bigint not null,
  duration_ms  bigint not null,
  width        int,
  height       int,
  primary key (session_id, track_id)
);

-- What happened in a session, as the auditor reads it. The evidence is the ledger of the recording;
-- this table is its index.
create table session_event (
  session_id text        not null references mediation_session,
  seq        bigint generated always as identity,
  at         timestamptz not null,
  type       text        not null,
  seat_id    text,
  data       jsonb       not null,
  primary key (session_id, seq)
);

-- Who opened what. Never updated, never deleted.
create table audit_entry (
  audit_id   bigint generated always as identity primary key,
  at         timestamptz not null,
  user_id    text        not null references user_account,
  action     text        not null,
  session_id text references mediation_session,
  detail     jsonb       not null
);
create index audit_entry_session on audit_entry (session_id, at);
