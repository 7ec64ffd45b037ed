-- What was said in sessions, to find them by it (issue 4). The evidence is the ledger; this is its index.

-- All pairs of neighbouring characters, in lower case. Chinese has no spaces between words, most words
-- have two characters, and an index of triples would not find them.
create function text_pairs(words text) returns text[]
  language sql immutable strict parallel safe
  as $$
    select array(
      select distinct substr(lower(words), at, 2)
      from generate_series(1, char_length(lower(words)) - 1) as at)
  $$;

-- Every version of every line and every objection; spoken_at is that of the line it belongs to.
create table transcript_text (
  session_id text        not null references mediation_session,
  number     int         not null,
  kind       text        not null check (kind in ('line', 'correction', 'objection')),
  spoken_at  timestamptz not null,
  seat_id    text,
  words      text        not null,
  primary key (session_id, number)
);
create index transcript_text_pairs on transcript_text using gin (text_pairs(words));
