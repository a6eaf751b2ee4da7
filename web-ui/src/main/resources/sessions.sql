CREATE TABLE IF NOT EXISTS spring_session (
    primary_id CHAR(36) NOT NULL PRIMARY KEY,
    session_id CHAR(36) NOT NULL,
    creation_time BIGINT NOT NULL,
    last_access_time BIGINT NOT NULL,
    max_inactive_interval INT NOT NULL,
    expiry_time BIGINT NOT NULL,
    principal_name VARCHAR(255)
);
CREATE UNIQUE INDEX IF NOT EXISTS spring_session_id ON spring_session (session_id);
CREATE INDEX IF NOT EXISTS spring_session_expiry ON spring_session (expiry_time);
CREATE INDEX IF NOT EXISTS spring_session_principal ON spring_session (principal_name);
CREATE TABLE IF NOT EXISTS spring_session_attributes (
    session_primary_id CHAR(36) NOT NULL REFERENCES spring_session (primary_id) ON DELETE CASCADE,
    attribute_name VARCHAR(200) NOT NULL,
    attribute_bytes BYTEA NOT NULL,
    PRIMARY KEY (session_primary_id, attribute_name)
);
-- which logins a session rests on: of whoever signed in, and of the person whom they help in it; gone with the session
CREATE TABLE IF NOT EXISTS login_of_session (
    session CHAR(36) NOT NULL REFERENCES spring_session (primary_id) ON DELETE CASCADE,
    issuer VARCHAR(1000) NOT NULL,
    login VARCHAR(80) NOT NULL,
    sid VARCHAR(1000),
    helped BOOLEAN NOT NULL DEFAULT FALSE
);
-- of a portal that knew one login of each session
ALTER TABLE login_of_session ADD COLUMN IF NOT EXISTS helped BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE login_of_session DROP CONSTRAINT IF EXISTS login_of_session_pkey;
CREATE UNIQUE INDEX IF NOT EXISTS login_of_session_once ON login_of_session (session, helped, issuer, login);
CREATE INDEX IF NOT EXISTS login_of_session_login ON login_of_session (login);
CREATE INDEX IF NOT EXISTS login_of_session_sid ON login_of_session (sid);
-- logout tokens that were used, so that none is used again
CREATE TABLE IF NOT EXISTS logout_token (
    token VARCHAR(64) NOT NULL PRIMARY KEY,
    used_at TIMESTAMPTZ NOT NULL
);
