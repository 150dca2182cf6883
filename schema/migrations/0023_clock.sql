-- Times of day. A date's column per, which was null, has the time of day that was
-- told with it, in ISO 8601: 06:33, 06:00/06:30, 00:19Z. A time of day alone has
-- neither a first day nor a last.

ALTER TABLE claim DROP CONSTRAINT claim_check1,
    ADD CONSTRAINT claim_check1 CHECK ((kind = 'date') = (unit IS NULL AND name IS NULL AND (date_from IS NOT NULL OR date_to IS NOT NULL OR per IS NOT NULL)));
COMMENT ON COLUMN claim.per IS 'What a rate counts by ("year", "person"), empty for no rate; of a date the time of day, null where none was told.';
COMMENT ON COLUMN position.per IS 'What a rate counts by, empty for no rate; of a date the time of day, null where none was told.';

CREATE FUNCTION report.clock_in_words(clock text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT replace(replace(replace(replace(replace(clock, '/', ' to '), 'Z', ' UTC'), '-', ' UTC-'), '+', ' UTC+'), '?', ' (morning or evening)')
$$;
COMMENT ON FUNCTION report.clock_in_words IS 'A time of day in words: 06:33, 06:00 to 06:30, 00:19 UTC.';

CREATE OR REPLACE FUNCTION report.value_in_words(number numeric, low numeric, high numeric, low_open boolean, high_open boolean, unit text, per text, approximate boolean,
    date_from date, date_to date, name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE
    WHEN unit IS NOT NULL THEN report.quantity_in_words(number, low, high, low_open, high_open, unit, per, approximate)
    WHEN name IS NOT NULL THEN name
    WHEN per IS NULL THEN report.period_in_words(date_from, date_to)
    WHEN date_from IS NULL AND date_to IS NULL THEN report.clock_in_words(per)
    ELSE report.period_in_words(date_from, date_to) || ', ' || report.clock_in_words(per)
END $$;

CREATE OR REPLACE FUNCTION report.is_value(value jsonb, number numeric, low numeric, high numeric, low_open boolean, high_open boolean, unit text, per text,
    approximate boolean, bound boolean, change smallint, date_from date, date_to date, name text, name_type text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT jsonb_typeof(value) = 'object'
   AND (value ->> 'name') IS NOT DISTINCT FROM name
   AND (value ->> 'type') IS NOT DISTINCT FROM name_type
   AND (value ->> 'from')::date IS NOT DISTINCT FROM date_from
   AND (value ->> 'to')::date IS NOT DISTINCT FROM date_to
   AND (value ->> 'number')::numeric IS NOT DISTINCT FROM number
   AND (value ->> 'low')::numeric IS NOT DISTINCT FROM low
   AND (value ->> 'high')::numeric IS NOT DISTINCT FROM high
   AND coalesce(value ->> 'unit', '') = coalesce(unit, '')
   AND coalesce(value ->> 'per', value ->> 'clock', '') = coalesce(per, '')
   AND coalesce((value ->> 'low_open')::boolean, false) = coalesce(low_open, false)
   AND coalesce((value ->> 'high_open')::boolean, false) = coalesce(high_open, false)
   AND coalesce((value ->> 'approximate')::boolean, false) = coalesce(approximate, false)
   AND coalesce((value ->> 'bound')::boolean, false) = coalesce(bound, false)
   AND coalesce((value ->> 'change')::integer, 0) = coalesce(change, 0)
$$;

COMMENT ON COLUMN report.claims.per IS 'What a rate counts by (year, person), empty for no rate; of a date the time of day, null where none was told.';
COMMENT ON COLUMN report.appearances.per IS 'What a rate counts by (year, person), empty for no rate; of a date the time of day, null where none was told.';
COMMENT ON COLUMN report.positions.per IS 'What a rate counts by (year, person), empty for no rate; of a date the time of day, null where none was told.';
