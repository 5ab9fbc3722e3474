DROP FUNCTION core.events_by_words(text, text[], text[], timestamptz, timestamptz, timestamptz, boolean, int);
--> statement-breakpoint
-- Events that hold what a query asks for. Each group is one thing in several phrases, separated by bars; those with all of the telling groups come first and, where
-- these are few, those with any. Groups that `p_common` marks count for the order, and find events only where the query has no others, newest first.
-- Score, 0–1: the share of the groups that occur × (0.6 + 0.4 × rank / (rank + 0.5)), the title's words before the body's.
CREATE FUNCTION core.events_by_words(p_groups text[], p_common boolean[], p_symbols text[], p_from timestamptz, p_to timestamptz, p_as_of timestamptz, p_only_every boolean, p_limit int)
RETURNS TABLE (event_id uuid, score float8, known_at timestamptz) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  bound timestamptz := least(p_as_of, core.reading_bound());
  groups tsquery[] := '{}'; telling tsquery[] := '{}'; one tsquery; phrase text; parsed tsquery;
  some_words tsquery; every_word tsquery; any_word tsquery;
BEGIN
  FOR i IN 1 .. coalesce(cardinality(p_groups), 0) LOOP
    one := NULL;
    FOREACH phrase IN ARRAY string_to_array(p_groups[i], '|') LOOP
      parsed := phraseto_tsquery('english', phrase);
      IF numnode(parsed) > 0 THEN one := CASE WHEN one IS NULL THEN parsed ELSE one || parsed END; END IF;
    END LOOP;
    IF one IS NOT NULL THEN
      groups := groups || one;
      IF NOT p_common[i] THEN telling := telling || one; END IF;
    END IF;
  END LOOP;
  IF groups = '{}' THEN RETURN; END IF;
  FOREACH one IN ARRAY groups LOOP some_words := CASE WHEN some_words IS NULL THEN one ELSE some_words || one END; END LOOP;
  FOREACH one IN ARRAY CASE WHEN p_only_every OR telling = '{}' THEN groups ELSE telling END LOOP
    every_word := CASE WHEN every_word IS NULL THEN one ELSE every_word && one END;
    any_word := CASE WHEN any_word IS NULL THEN one ELSE any_word || one END;
  END LOOP;
  RETURN QUERY
  WITH every AS MATERIALIZED (
    SELECT e.id, e.words, e.known_at FROM core.events e WHERE e.words @@ every_word AND e.known_at <= bound AND e.duplicate_of IS NULL
      AND (p_symbols IS NULL OR e.symbols && p_symbols) AND (p_from IS NULL OR e.happened_at >= p_from) AND (p_to IS NULL OR e.happened_at <= p_to)
    ORDER BY e.known_at DESC LIMIT 600
  ), any_of AS MATERIALIZED (
    SELECT e.id, e.words, e.known_at FROM core.events e WHERE NOT p_only_every AND cardinality(telling) > 1 AND (SELECT count(*) FROM every) < 60
      AND e.words @@ any_word AND e.known_at <= bound AND e.duplicate_of IS NULL
      AND (p_symbols IS NULL OR e.symbols && p_symbols) AND (p_from IS NULL OR e.happened_at >= p_from) AND (p_to IS NULL OR e.happened_at <= p_to)
    ORDER BY e.known_at DESC LIMIT 1200
  ), found AS (SELECT * FROM every UNION ALL SELECT * FROM any_of o WHERE o.id NOT IN (SELECT id FROM every))
  SELECT f.id, (SELECT count(*) FILTER (WHERE f.words @@ g) FROM unnest(groups) g)::float8 / cardinality(groups) * (0.6 + 0.4 * r.rank / (r.rank + 0.5)), f.known_at
  FROM found f, LATERAL (SELECT ts_rank_cd(f.words, some_words)::float8 AS rank) r ORDER BY 2 DESC, 3 DESC, 1 LIMIT p_limit;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION core.events_by_words(text[], boolean[], text[], timestamptz, timestamptz, timestamptz, boolean, int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION core.events_by_words(text[], boolean[], text[], timestamptz, timestamptz, timestamptz, boolean, int) TO parapet_app;
