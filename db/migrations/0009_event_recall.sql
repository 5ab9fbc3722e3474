CREATE TABLE "core"."embeddings" (
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"dimension" integer NOT NULL,
	"text_digest" text NOT NULL,
	"embedding" vector NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "embeddings_kind_model_subject_id_pk" PRIMARY KEY("kind","model","subject_id")
);
--> statement-breakpoint
DROP INDEX "core"."events_text";--> statement-breakpoint
ALTER TABLE "core"."event_tags" ADD COLUMN "entities" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "core"."event_tags" ADD COLUMN "tickers" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "core"."event_tags" ADD COLUMN "known_at" timestamptz(3) NOT NULL;--> statement-breakpoint
ALTER TABLE "core"."events" ADD COLUMN "words" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', left(body, 100000)), 'D')) STORED;--> statement-breakpoint
CREATE INDEX "embeddings_subject" ON "core"."embeddings" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "events_words" ON "core"."events" USING gin ("words");
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON core.embeddings TO parapet_app;
--> statement-breakpoint
-- The types and operators of pgvector live there; nothing else that the application could reach does.
GRANT USAGE ON SCHEMA public TO parapet_app;
--> statement-breakpoint
-- Search runs with the owner's rights, since the operators of words, arrays and vectors may not be asked under row-level security; so it keeps to the
-- reading's moment by itself.
--
-- Events that hold words of a query: those with all of its telling words and, where these are few, those with any. `p_common` are words that nearly every
-- filing holds: they count for the order, and find events only where the query has no others, newest first. Score, 0–1: the share of the query's words that
-- occur × (0.6 + 0.4 × rank / (rank + 0.5)), the title's words before the body's.
CREATE FUNCTION core.events_by_words(p_query text, p_common text[], p_symbols text[], p_from timestamptz, p_to timestamptz, p_as_of timestamptz, p_only_every boolean, p_limit int)
RETURNS TABLE (event_id uuid, score float8, known_at timestamptz) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  bound timestamptz := least(p_as_of, core.reading_bound());
  lexemes text[] := tsvector_to_array(to_tsvector('english', p_query));
  telling text[] := array(SELECT l FROM unnest(lexemes) l WHERE l <> ALL (p_common));
  quoted text[] := array(SELECT quote_literal(l) FROM unnest(lexemes) l);
  finding text[] := array(SELECT quote_literal(l) FROM unnest(CASE WHEN telling = '{}' THEN lexemes ELSE telling END) l);
  some_words tsquery := array_to_string(quoted, ' | ')::tsquery;
  every_word tsquery := array_to_string(CASE WHEN p_only_every THEN quoted ELSE finding END, ' & ')::tsquery;
  any_word tsquery := array_to_string(finding, ' | ')::tsquery;
BEGIN
  IF lexemes = '{}' THEN RETURN; END IF;
  RETURN QUERY
  WITH every AS MATERIALIZED (
    SELECT e.id, e.words, e.known_at FROM core.events e WHERE e.words @@ every_word AND e.known_at <= bound AND e.duplicate_of IS NULL
      AND (p_symbols IS NULL OR e.symbols && p_symbols) AND (p_from IS NULL OR e.happened_at >= p_from) AND (p_to IS NULL OR e.happened_at <= p_to)
    ORDER BY e.known_at DESC LIMIT 600
  ), any_of AS MATERIALIZED (
    SELECT e.id, e.words, e.known_at FROM core.events e WHERE NOT p_only_every AND cardinality(finding) > 1 AND telling <> '{}' AND (SELECT count(*) FROM every) < 60
      AND e.words @@ any_word AND e.known_at <= bound AND e.duplicate_of IS NULL
      AND (p_symbols IS NULL OR e.symbols && p_symbols) AND (p_from IS NULL OR e.happened_at >= p_from) AND (p_to IS NULL OR e.happened_at <= p_to)
    ORDER BY e.known_at DESC LIMIT 1200
  ), found AS (SELECT * FROM every UNION ALL SELECT * FROM any_of o WHERE o.id NOT IN (SELECT id FROM every))
  SELECT f.id, (SELECT count(*) FILTER (WHERE f.words @@ q::tsquery) FROM unnest(quoted) q)::float8 / cardinality(quoted) * (0.6 + 0.4 * r.rank / (r.rank + 0.5)), f.known_at
  FROM found f, LATERAL (SELECT ts_rank_cd(f.words, some_words)::float8 AS rank) r ORDER BY 2 DESC, 3 DESC, 1 LIMIT p_limit;
END $$;
--> statement-breakpoint
-- Events whose vector by `p_model` is nearest to `p_vector`, with the cosine of the angle between them. Filters are applied before, so that few events are compared
-- exactly; without any, the index of that model serves where there is one.
CREATE FUNCTION core.events_by_vector(p_model text, p_vector text, p_dimension int, p_symbols text[], p_from timestamptz, p_to timestamptz, p_as_of timestamptz, p_least float8, p_limit int)
RETURNS TABLE (event_id uuid, similarity float8, known_at timestamptz) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET hnsw.ef_search = 160 SET hnsw.iterative_scan = 'strict_order' AS $$
DECLARE
  bound timestamptz := least(p_as_of, core.reading_bound());
  near text := format('(v.embedding::public.vector(%s) OPERATOR(public.<=>) $1::public.vector(%s))', p_dimension, p_dimension);
  base text := format('kind = ''event'' AND v.model = %L AND v.dimension = %s', p_model, p_dimension);
BEGIN
  RETURN QUERY EXECUTE format('SELECT subject_id, 1 - distance, known_at FROM (%s) n WHERE 1 - distance >= $6 ORDER BY distance, known_at DESC, subject_id',
    CASE WHEN p_symbols IS NULL AND p_from IS NULL AND p_to IS NULL
      THEN format('SELECT v.subject_id, %s AS distance, v.known_at FROM core.embeddings v WHERE v.%s AND v.known_at <= $2 ORDER BY %s LIMIT $7', near, base, near)
      ELSE format('SELECT v.subject_id, %s AS distance, v.known_at FROM core.embeddings v JOIN core.events e ON e.id = v.subject_id WHERE v.%s AND v.known_at <= $2 AND e.known_at <= $2
        AND ($3 IS NULL OR e.symbols && $3) AND ($4 IS NULL OR e.happened_at >= $4) AND ($5 IS NULL OR e.happened_at <= $5) ORDER BY %s + 0 LIMIT $7', near, base, near) END)
    USING p_vector, bound, p_symbols, p_from, p_to, p_least, p_limit;
END $$;
--> statement-breakpoint
-- Events of the named companies, newest first.
CREATE FUNCTION core.events_of_symbols(p_symbols text[], p_from timestamptz, p_to timestamptz, p_as_of timestamptz, p_limit int)
RETURNS TABLE (event_id uuid, known_at timestamptz) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT e.id, e.known_at FROM core.events e WHERE e.symbols && p_symbols AND e.known_at <= least(p_as_of, core.reading_bound()) AND e.duplicate_of IS NULL
    AND (p_from IS NULL OR e.happened_at >= p_from) AND (p_to IS NULL OR e.happened_at <= p_to) ORDER BY e.known_at DESC, e.id LIMIT p_limit
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION core.events_by_words(text, text[], text[], timestamptz, timestamptz, timestamptz, boolean, int), core.events_by_vector(text, text, int, text[], timestamptz, timestamptz, timestamptz, float8, int), core.events_of_symbols(text[], timestamptz, timestamptz, timestamptz, int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION core.events_by_words(text, text[], text[], timestamptz, timestamptz, timestamptz, boolean, int), core.events_by_vector(text, text, int, text[], timestamptz, timestamptz, timestamptz, float8, int), core.events_of_symbols(text[], timestamptz, timestamptz, timestamptz, int) TO parapet_app;
--> statement-breakpoint
-- The sql tool's view of events gets their vector, by whichever model was asked last.
CREATE OR REPLACE VIEW desk.events WITH (security_barrier) AS
  SELECT e.id AS event_id, e.source, e.symbols[1] AS symbol, e.symbols, e.event_type, e.priority, e.title, e.body,
    (CASE coalesce(t.stance, e.stance) WHEN 'BULLISH' THEN 1 WHEN 'BEARISH' THEN -1 WHEN 'NEUTRAL' THEN 0 END * coalesce(t.confidence, 1))::float8 AS sentiment, coalesce(t.stance, e.stance) AS stance, e.happened_at AS published_at, e.known_at,
    (SELECT v.embedding FROM core.embeddings v WHERE v.subject_id = e.id AND v.kind = 'event' ORDER BY v.at DESC LIMIT 1) AS embedding
  FROM core.sql_reader r JOIN core.events e ON e.known_at <= r.as_of LEFT JOIN core.event_tags t ON t.event_id = e.id;
