-- Documents: who published them, their bytes, and what was read out of those.

CREATE TABLE source (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE CHECK (octet_length(name) BETWEEN 1 AND 2000)
);
COMMENT ON TABLE source IS 'Who publishes. A document whose publisher is not known is a source of its own, under its address.';
COMMENT ON COLUMN source.id IS 'Number of the source.';
COMMENT ON COLUMN source.name IS 'Its name, as the sources file or the document gives it.';

CREATE TABLE document (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    address   text NOT NULL UNIQUE CHECK (octet_length(address) BETWEEN 1 AND 2000),
    given     text NOT NULL,
    source    bigint NOT NULL REFERENCES source,
    title     text NOT NULL DEFAULT '',
    published date,
    retrieved timestamptz
);
CREATE INDEX document_source ON document (source);
COMMENT ON TABLE document IS 'One thing that a source published, at one address.';
COMMENT ON COLUMN document.id IS 'Number of the document.';
COMMENT ON COLUMN document.address IS 'Where it stands: an absolute path with links resolved, or a normalised URL.';
COMMENT ON COLUMN document.given IS 'The path or URL as it was last given on the command line; what results call the document.';
COMMENT ON COLUMN document.source IS 'Who published it.';
COMMENT ON COLUMN document.title IS 'Its title; empty where it has none.';
COMMENT ON COLUMN document.published IS 'The day it was published; null where unknown.';
COMMENT ON COLUMN document.retrieved IS 'When its bytes were fetched, as the sources file says; null where unknown.';

CREATE TABLE content (
    sha256 bytea PRIMARY KEY CHECK (octet_length(sha256) = 32),
    bytes  bytea NOT NULL,
    size   bigint NOT NULL CHECK (size = octet_length(bytes))
);
COMMENT ON TABLE content IS 'The archive: the bytes of every version as retrieved. Documents with the same bytes share one row.';
COMMENT ON COLUMN content.sha256 IS 'SHA-256 of the bytes.';
COMMENT ON COLUMN content.bytes IS 'The bytes, untouched; PostgreSQL compresses them.';
COMMENT ON COLUMN content.size IS 'Number of bytes.';

CREATE TABLE reading (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key          bytea NOT NULL UNIQUE CHECK (octet_length(key) = 32),
    sha256       bytea NOT NULL REFERENCES content,
    hint         text NOT NULL DEFAULT '',
    content_type text NOT NULL DEFAULT '',
    format       text NOT NULL DEFAULT '',
    reader       text NOT NULL DEFAULT '',
    rules        text NOT NULL DEFAULT '',
    encoding     text NOT NULL DEFAULT '',
    invalid      integer NOT NULL DEFAULT 0 CHECK (invalid >= 0),
    language     text NOT NULL DEFAULT '',
    title        text NOT NULL DEFAULT '',
    source       text NOT NULL DEFAULT '',
    published    date,
    text         text,
    failure      text CHECK (failure <> ''),
    CHECK (text IS NOT NULL OR failure IS NOT NULL)
);
CREATE INDEX reading_sha256 ON reading (sha256);
COMMENT ON TABLE reading IS 'What was read out of some bytes: the text, and below it sentences and appearances. Nothing but the bytes and what the key covers decides it, so copies share it.';
COMMENT ON COLUMN reading.id IS 'Number of the reading.';
COMMENT ON COLUMN reading.key IS 'SHA-256 over all that decides the reading: the bytes'' digest, the hint, the declared content type, the publication day and title given from outside, the versions of readers and rules.';
COMMENT ON COLUMN reading.sha256 IS 'The bytes that were read.';
COMMENT ON COLUMN reading.hint IS 'The ending of the file''s name, in lower case, as a hint to the format (".md").';
COMMENT ON COLUMN reading.content_type IS 'The content type declared with the bytes; empty for files.';
COMMENT ON COLUMN reading.format IS 'The format found: text, markdown, html.';
COMMENT ON COLUMN reading.reader IS 'The document reader and its version ("markdown/1"). Offsets point into the text that this reader gives.';
COMMENT ON COLUMN reading.rules IS 'The version of the extraction rules as a whole.';
COMMENT ON COLUMN reading.encoding IS 'The character set that the bytes were decoded from.';
COMMENT ON COLUMN reading.invalid IS 'How many bytes were no text in that character set and were replaced by U+FFFD.';
COMMENT ON COLUMN reading.language IS 'The language found, a BCP 47 tag; empty where the text is too short to tell.';
COMMENT ON COLUMN reading.title IS 'The title that the reading went by: the sources file''s, else the document''s own.';
COMMENT ON COLUMN reading.source IS 'The publisher that the document names, or its site; empty where it names none.';
COMMENT ON COLUMN reading.published IS 'The publication day that the reading went by; null where unknown.';
COMMENT ON COLUMN reading.text IS 'The text that all offsets point into, in UTF-8; null where there is none.';
COMMENT ON COLUMN reading.failure IS 'Why the document could not be read; null where it was.';

CREATE TABLE version (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document   bigint NOT NULL REFERENCES document,
    sha256     bytea NOT NULL REFERENCES content,
    reading    bigint NOT NULL REFERENCES reading,
    current    boolean NOT NULL,
    first_seen timestamptz NOT NULL,
    last_seen  timestamptz NOT NULL,
    UNIQUE (document, sha256),
    CHECK (first_seen <= last_seen)
);
CREATE UNIQUE INDEX version_current ON version (document) WHERE current;
CREATE INDEX version_sha256 ON version (sha256);
CREATE INDEX version_reading ON version (reading);
COMMENT ON TABLE version IS 'The bytes that a document had when it was retrieved. Versions are only ever added.';
COMMENT ON COLUMN version.id IS 'Number of the version.';
COMMENT ON COLUMN version.document IS 'The document.';
COMMENT ON COLUMN version.sha256 IS 'Its bytes.';
COMMENT ON COLUMN version.reading IS 'What was read out of them, by the newest readers and rules that have seen them.';
COMMENT ON COLUMN version.current IS 'Whether the document had these bytes when it was last looked at; true for one version of each document.';
COMMENT ON COLUMN version.first_seen IS 'When a run first met these bytes here.';
COMMENT ON COLUMN version.last_seen IS 'When a run last met these bytes here.';

CREATE TABLE sentence (
    reading    bigint NOT NULL REFERENCES reading ON DELETE CASCADE,
    n          integer NOT NULL CHECK (n >= 0),
    start_byte integer NOT NULL CHECK (start_byte >= 0),
    end_byte   integer NOT NULL CHECK (end_byte >= start_byte),
    role       text NOT NULL,
    text       text NOT NULL,
    PRIMARY KEY (reading, n)
);
COMMENT ON TABLE sentence IS 'A span of a reading''s text that makes one statement.';
COMMENT ON COLUMN sentence.reading IS 'The reading.';
COMMENT ON COLUMN sentence.n IS 'Its place in the reading, counted from 0.';
COMMENT ON COLUMN sentence.start_byte IS 'Where it starts in the text, in bytes of UTF-8.';
COMMENT ON COLUMN sentence.end_byte IS 'The byte after its last.';
COMMENT ON COLUMN sentence.role IS 'The part its block plays: heading, paragraph, list item, table row, front matter, furniture.';
COMMENT ON COLUMN sentence.text IS 'Its words, byte for byte as they stand in the text.';
