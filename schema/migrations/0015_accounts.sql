-- Who may use the desk. Whatever opens it (password, session, API token, one-time
-- link) is kept as a hash, so that who reads this database cannot open the desk by it.

CREATE TABLE account (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name     text NOT NULL CHECK (name <> ''),
    folded   text NOT NULL UNIQUE,
    role     text NOT NULL CHECK (role IN ('viewer', 'reviewer', 'admin')),
    password text NOT NULL,
    epoch    integer NOT NULL DEFAULT 1,
    made     timestamptz NOT NULL,
    seen     timestamptz,
    disabled timestamptz
);
COMMENT ON TABLE account IS 'People who may use the desk. Accounts are disabled, never deleted, so that the names in act stay theirs.';
COMMENT ON COLUMN account.id IS 'Number of the account.';
COMMENT ON COLUMN account.name IS 'The name by which its owner logs in, and which stands beside what he does.';
COMMENT ON COLUMN account.folded IS 'The name without the difference of capital and small letters: no two accounts have the same.';
COMMENT ON COLUMN account.role IS 'What it may do: viewer (read), reviewer (decide), admin (keep accounts), each with the rights of those before it.';
COMMENT ON COLUMN account.password IS 'Argon2id hash of the password, as a PHC string with its parameters.';
COMMENT ON COLUMN account.epoch IS 'Raised whenever all sessions of the account end; a session of an earlier epoch is not valid.';
COMMENT ON COLUMN account.made IS 'When it was made.';
COMMENT ON COLUMN account.seen IS 'When it was last used, to within a minute; null where it never was.';
COMMENT ON COLUMN account.disabled IS 'Since when it opens nothing; null where it does.';

CREATE TABLE session (
    token    bytea PRIMARY KEY CHECK (octet_length(token) = 32),
    account  bigint REFERENCES account ON DELETE CASCADE,
    epoch    integer NOT NULL,
    deadline timestamptz NOT NULL,
    expires  timestamptz NOT NULL CHECK (expires <= deadline)
);
CREATE INDEX session_account ON session (account);
COMMENT ON TABLE session IS 'Browsers that are logged in.';
COMMENT ON COLUMN session.token IS 'SHA-256 of what the browser''s cookie holds.';
COMMENT ON COLUMN session.account IS 'Whose it is; null for the owner who came by the one-time link, valid while there are no accounts.';
COMMENT ON COLUMN session.epoch IS 'The account''s epoch at login.';
COMMENT ON COLUMN session.deadline IS 'When it ends, however much it is used.';
COMMENT ON COLUMN session.expires IS 'When it ends unless it is used before.';

CREATE TABLE token (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    hash    bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    label   text NOT NULL DEFAULT '',
    made    timestamptz NOT NULL,
    used    timestamptz
);
CREATE INDEX token_account ON token (account);
COMMENT ON TABLE token IS 'Tokens by which programs use the desk with the rights of an account. A revoked one is gone from here.';
COMMENT ON COLUMN token.id IS 'Number of the token, by which it is revoked.';
COMMENT ON COLUMN token.account IS 'In whose name it acts.';
COMMENT ON COLUMN token.hash IS 'SHA-256 of the token, which was shown once.';
COMMENT ON COLUMN token.label IS 'What it is for, in the words of who made it; may be empty.';
COMMENT ON COLUMN token.made IS 'When it was made.';
COMMENT ON COLUMN token.used IS 'When it was last used, to within a minute; null where it never was.';

CREATE TABLE attempt (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL,
    name    bytea NOT NULL CHECK (octet_length(name) = 32),
    address text NOT NULL
);
CREATE INDEX attempt_name ON attempt (name, at);
CREATE INDEX attempt_address ON attempt (address, at);
COMMENT ON TABLE attempt IS 'Logins of the last while that failed, or are being decided: too many, and name or address has to wait.';
COMMENT ON COLUMN attempt.id IS 'Number of the attempt.';
COMMENT ON COLUMN attempt.at IS 'When.';
COMMENT ON COLUMN attempt.name IS 'SHA-256 of the name that was given, folded: people sometimes type a password there.';
COMMENT ON COLUMN attempt.address IS 'From which address; of IPv6 the network of 64 bits.';

CREATE TABLE opening (
    hash    bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    expires timestamptz NOT NULL
);
COMMENT ON TABLE opening IS 'One-time links that open the desk for its owner while there are no accounts. A used one is gone from here.';
COMMENT ON COLUMN opening.hash IS 'SHA-256 of the secret in the link, which was printed once.';
COMMENT ON COLUMN opening.expires IS 'Until when it can be used.';
