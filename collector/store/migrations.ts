// The schema, as a list of steps that is only ever added to. A file's `user_version` is the number of steps it has had.

/** Step i takes a file from version i to i + 1. Published steps are never edited. */
export const MIGRATIONS: readonly string[] = [
  `
  -- Resources and scopes repeat on every span of a process: each is kept once.
  CREATE TABLE resources (id INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE scopes (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, UNIQUE (name, version)
  ) STRICT;

  -- What the list of traces needs, kept up to date by every insert so that listing never reads spans.
  -- Revision is the highest spans.id of the trace: it grows whenever the trace does.
  CREATE TABLE traces (
    trace_id TEXT PRIMARY KEY,
    start_unix_nano INTEGER NOT NULL,
    end_unix_nano INTEGER NOT NULL,
    span_count INTEGER NOT NULL,
    revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX traces_by_start ON traces (start_unix_nano DESC, trace_id DESC);

  -- id is the order of arrival. The pair of ids is the key, as an index beside a rowid table: measured 1.4 times
  -- faster to fill than WITHOUT ROWID with kilobytes of body in each row.
  CREATE TABLE spans (
    id INTEGER PRIMARY KEY,
    trace_id TEXT NOT NULL,
    span_id TEXT NOT NULL,
    parent_span_id TEXT,
    name TEXT NOT NULL,
    kind INTEGER NOT NULL,
    start_unix_nano INTEGER NOT NULL,
    end_unix_nano INTEGER NOT NULL,
    status_code INTEGER NOT NULL,
    resource_id INTEGER NOT NULL REFERENCES resources (id),
    scope_id INTEGER NOT NULL REFERENCES scopes (id),
    body TEXT NOT NULL,
    UNIQUE (trace_id, span_id)
  ) STRICT;
  -- A run is found by the id of its root span, or, while that has not arrived, by its children's parent id.
  CREATE INDEX spans_by_span_id ON spans (span_id);
  CREATE INDEX spans_by_parent ON spans (parent_span_id) WHERE parent_span_id IS NOT NULL;
  `,
  `
  -- Bodies become what was received, byte for byte: TEXT is OTLP/JSON, a BLOB is the protobuf message. SQLite cannot change
  -- a column's type, so the tables are written anew; the children go first, and renaming mends what refers to them.
  CREATE TABLE new_resources (
    id INTEGER PRIMARY KEY, body ANY NOT NULL, schema_url TEXT NOT NULL, UNIQUE (body, schema_url)
  ) STRICT;
  INSERT INTO new_resources SELECT id, body, '' FROM resources;

  CREATE TABLE new_scopes (
    id INTEGER PRIMARY KEY, body ANY NOT NULL, schema_url TEXT NOT NULL, UNIQUE (body, schema_url)
  ) STRICT;
  INSERT INTO new_scopes SELECT id, json_object('name', name, 'version', version), '' FROM scopes;

  CREATE TABLE new_spans (
    id INTEGER PRIMARY KEY,
    trace_id TEXT NOT NULL,
    span_id TEXT NOT NULL,
    parent_span_id TEXT,
    name TEXT NOT NULL,
    kind INTEGER NOT NULL,
    start_unix_nano INTEGER NOT NULL,
    end_unix_nano INTEGER NOT NULL,
    status_code INTEGER NOT NULL,
    resource_id INTEGER NOT NULL REFERENCES new_resources (id),
    scope_id INTEGER NOT NULL REFERENCES new_scopes (id),
    body ANY NOT NULL,
    UNIQUE (trace_id, span_id)
  ) STRICT;
  INSERT INTO new_spans SELECT id, trace_id, span_id, parent_span_id, name, kind, start_unix_nano, end_unix_nano,
    status_code, resource_id, scope_id, body FROM spans ORDER BY id;
  DROP TABLE spans;
  DROP TABLE resources;
  DROP TABLE scopes;
  ALTER TABLE new_resources RENAME TO resources;
  ALTER TABLE new_scopes RENAME TO scopes;
  ALTER TABLE new_spans RENAME TO spans;
  CREATE INDEX spans_by_span_id ON spans (span_id);
  CREATE INDEX spans_by_parent ON spans (parent_span_id) WHERE parent_span_id IS NOT NULL;
  -- Retention asks of each resource whether anything still refers to it.
  CREATE INDEX spans_by_resource ON spans (resource_id);

  -- A record has no id of its own: the digest of its bytes and its origin is what tells a retry from a new one.
  -- time_unix_nano is the observed time where the source did not know its own; the body has both as received.
  CREATE TABLE logs (
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    trace_id TEXT,
    span_id TEXT,
    time_unix_nano INTEGER NOT NULL,
    observed_unix_nano INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    event_name TEXT NOT NULL,
    resource_id INTEGER NOT NULL REFERENCES resources (id),
    scope_id INTEGER NOT NULL REFERENCES scopes (id),
    body ANY NOT NULL
  ) STRICT;
  CREATE INDEX logs_by_trace ON logs (trace_id) WHERE trace_id IS NOT NULL;
  CREATE INDEX logs_by_time ON logs (time_unix_nano, id);
  CREATE INDEX logs_by_resource ON logs (resource_id);
  `,
  `
  -- What users said of calls and tools. A word on a tool holds in every trace: its trace_id is empty. Subject is what it is
  -- about, so that a later word takes the place of an earlier one.
  CREATE TABLE overrides (
    id INTEGER PRIMARY KEY,
    trace_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (trace_id, subject)
  ) STRICT;
  `,
  `
  -- Different spans may come under one pair of ids, and both are kept: the first has the variant 0, any other the digest of
  -- what tells it apart (\`write-span.ts\`). A unique constraint cannot be changed, so the table is written anew.
  CREATE TABLE new_spans (
    id INTEGER PRIMARY KEY,
    trace_id TEXT NOT NULL,
    span_id TEXT NOT NULL,
    variant INTEGER NOT NULL DEFAULT 0,
    parent_span_id TEXT,
    name TEXT NOT NULL,
    kind INTEGER NOT NULL,
    start_unix_nano INTEGER NOT NULL,
    end_unix_nano INTEGER NOT NULL,
    status_code INTEGER NOT NULL,
    resource_id INTEGER NOT NULL REFERENCES resources (id),
    scope_id INTEGER NOT NULL REFERENCES scopes (id),
    body ANY NOT NULL,
    UNIQUE (trace_id, span_id, variant)
  ) STRICT;
  INSERT INTO new_spans (id, trace_id, span_id, parent_span_id, name, kind, start_unix_nano, end_unix_nano, status_code,
    resource_id, scope_id, body)
  SELECT id, trace_id, span_id, parent_span_id, name, kind, start_unix_nano, end_unix_nano, status_code,
    resource_id, scope_id, body FROM spans ORDER BY id;
  DROP TABLE spans;
  ALTER TABLE new_spans RENAME TO spans;
  CREATE INDEX spans_by_span_id ON spans (span_id);
  CREATE INDEX spans_by_parent ON spans (parent_span_id) WHERE parent_span_id IS NOT NULL;
  CREATE INDEX spans_by_resource ON spans (resource_id);
  `,
  `
  -- Coding agents log outside of traces: such a record has the id that its conversation has as a trace. A trace whose spans
  -- name a conversation takes the records of its time.
  ALTER TABLE logs ADD COLUMN conversation_id TEXT;
  CREATE INDEX logs_by_conversation ON logs (conversation_id, time_unix_nano) WHERE conversation_id IS NOT NULL;
  CREATE TABLE conversations (
    conversation_id TEXT NOT NULL, trace_id TEXT NOT NULL, PRIMARY KEY (conversation_id, trace_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX conversations_by_trace ON conversations (trace_id);
  `,
  `
  -- The process of a trace that is one span without a parent, and may be a piece of a run: null for any other trace. The
  -- index alone is enough to find the pieces of one process that stand near each other in time.
  ALTER TABLE traces ADD COLUMN lone_resource_id INTEGER;
  UPDATE traces SET lone_resource_id =
    (SELECT resource_id FROM spans WHERE spans.trace_id = traces.trace_id AND parent_span_id IS NULL)
  WHERE span_count = 1;
  CREATE INDEX traces_of_lone_spans ON traces (lone_resource_id, start_unix_nano, trace_id, end_unix_nano)
    WHERE lone_resource_id IS NOT NULL;
  `,
]
