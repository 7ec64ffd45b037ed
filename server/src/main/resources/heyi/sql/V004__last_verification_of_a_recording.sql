-- What the offline verifier said of the evidence package when it was made; null before that.
alter table mediation_session
  add column verified_at       timestamptz,
  add column verified_root     text,
  add column verified_findings int;
