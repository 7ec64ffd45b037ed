-- When a track was heard to speak, for the lanes of the replay (issue 4): from, to, from, to … on the session clock.
alter table recording_track add column speech_ms bigint[] not null default '{}';
