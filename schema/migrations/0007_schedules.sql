-- Which schedules there are, and what became of each of their times.

CREATE TABLE schedule (
    name  text PRIMARY KEY CHECK (name <> ''),
    cron  text NOT NULL,
    zone  text NOT NULL,
    since timestamptz
);
COMMENT ON TABLE schedule IS 'The schedules of the configuration, as a server last read them.';
COMMENT ON COLUMN schedule.name IS 'Name in the configuration.';
COMMENT ON COLUMN schedule.cron IS 'Cron expression: minute, hour, day of month, month, day of week.';
COMMENT ON COLUMN schedule.zone IS 'Time zone of the expression, as IANA names it.';
COMMENT ON COLUMN schedule.since IS 'Since when its times have been these: no earlier one was missed. Null when it left the configuration.';

CREATE TABLE due_run (
    schedule text NOT NULL REFERENCES schedule (name),
    due      timestamptz NOT NULL,
    state    text NOT NULL CHECK (state IN ('taken', 'skipped', 'asked')),
    run      bigint REFERENCES run (id),
    decided  timestamptz NOT NULL,
    PRIMARY KEY (schedule, due),
    CHECK (state <> 'skipped' OR run IS NULL)
);
CREATE INDEX due_run_run ON due_run (run);
COMMENT ON TABLE due_run IS 'The times at which a run was due. Whoever puts a time in here first has its run, so each is run once, however many servers there are.';
COMMENT ON COLUMN due_run.schedule IS 'Whose time it is.';
COMMENT ON COLUMN due_run.due IS 'The time.';
COMMENT ON COLUMN due_run.state IS 'taken: it was run; skipped: nothing ran at the time, and a later time was run instead; asked: no time of the schedule, somebody asked for a run by hand.';
COMMENT ON COLUMN due_run.run IS 'The run; null for a time that was skipped.';
COMMENT ON COLUMN due_run.decided IS 'When it was taken or skipped.';
