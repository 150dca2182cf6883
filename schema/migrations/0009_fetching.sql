-- How pages were last fetched: what to ask with the next time, and when.

CREATE TABLE page (
    address       text PRIMARY KEY CHECK (address <> ''),
    asked         timestamptz NOT NULL,
    status        integer,
    failure       text CHECK (failure <> ''),
    failures      integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    not_before    timestamptz,
    found_at      text NOT NULL DEFAULT '',
    moved         text NOT NULL DEFAULT '',
    etag          text NOT NULL DEFAULT '',
    last_modified text NOT NULL DEFAULT '',
    content_type  text NOT NULL DEFAULT '',
    sha256        bytea CHECK (length(sha256) = 32),
    CHECK ((failure IS NULL) = (failures = 0))
);
COMMENT ON TABLE page IS 'How each page was last fetched. What it brought stands in version.';
COMMENT ON COLUMN page.address IS 'The page''s normalised address, as in document.address.';
COMMENT ON COLUMN page.asked IS 'When it was last asked for.';
COMMENT ON COLUMN page.status IS 'The last answer''s HTTP status; null where there was none.';
COMMENT ON COLUMN page.failure IS 'Why it brought nothing the last time; null where it did.';
COMMENT ON COLUMN page.failures IS 'How often in a row it brought nothing.';
COMMENT ON COLUMN page.not_before IS 'Before when its server asks not to be asked again; null where it does not.';
COMMENT ON COLUMN page.found_at IS 'Where the page was last found: the last of its redirects.';
COMMENT ON COLUMN page.moved IS 'Its new address, where it has moved for good; empty where it has not.';
COMMENT ON COLUMN page.etag IS 'The entity tag that came with the page; empty where none did.';
COMMENT ON COLUMN page.last_modified IS 'When the page was last modified, as its server wrote it; empty where it did not.';
COMMENT ON COLUMN page.content_type IS 'The type of content that came with the page.';
COMMENT ON COLUMN page.sha256 IS 'The bytes that came with these; null where none ever came. Only while the document still has them is the page asked for by whether it changed.';
