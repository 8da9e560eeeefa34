-- Words that wait for the index of search_terms: they are committed with their rows, and indexed off the commit path.
CREATE TABLE search_pending (
    pos      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id       uuid NOT NULL,
    user_key bigint NOT NULL,
    words    text NOT NULL
);
