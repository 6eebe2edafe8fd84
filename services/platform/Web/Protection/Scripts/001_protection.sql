-- The keys that protect cookies and forms. All copies of a service share them; they outlive its processes.
CREATE TABLE protection_keys (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    xml text NOT NULL
);
