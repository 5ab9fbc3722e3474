-- Events that hold what a query asks for, as before, in less than half the time. Each group is one thing in several phrases, separated by bars; those with all of the
-- telling groups come first and, where these are few, those with any. Groups that `p_common` marks count for the order, and find events only where the query has no
-- others, newest first. Score, 0–1: the share of the groups that occur × (0.6 + 0.4 × rank / (rank + 0.5)), the rank is the number of groups that the
-- title holds, with a tenth for each that only the body holds.
--
-- Nothing scores more than a title that holds all groups, and of equal scores the newest come first: where such titles are frequent, going through the newest until
-- `p_limit` are found gives the whole answer. Where few events hold all telling groups, titles that hold all groups but one are the next best in the same way.
-- Else, of what holds all groups the newest 600 are ordered, of what holds any the newest 600.
CREATE OR REPLACE FUNCTION core.events_by_words(p_groups text[], p_common boolean[], p_symbols text[], p_from timestamptz, p_to timestamptz, p_as_of timestamptz, p_only_every boolean, p_limit int)
RETURNS TABLE (event_id uuid, score float8, known_at timestamptz) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  bound timestamptz := least(p_as_of, core.reading_bound());
  groups tsquery[] := '{}'; titled tsquery[] := '{}'; telling tsquery[] := '{}'; one tsquery; phrase text; parsed tsquery; alike tsquery[];
  every_word tsquery; any_word tsquery; every_title tsquery; almost_title tsquery;
  widen boolean; every_often boolean := false; any_often boolean := false; title_part float8 := 0; almost_part float8 := 0;
  -- As a function the match is out of the index's reach, so events are gone through from the newest; by a reckoned moment they can only be sorted.
  often text[] := ARRAY['ts_match_vq(e.words, %L::tsquery)', 'e.known_at'];
  rarely text[] := ARRAY['e.words @@ %L::tsquery', 'e.known_at + interval ''0'''];
  every_by text[]; any_by text[]; held text; ids uuid[]; moments timestamptz[];
BEGIN
  FOR i IN 1 .. coalesce(cardinality(p_groups), 0) LOOP
    one := NULL; alike := '{}';
    FOREACH phrase IN ARRAY string_to_array(p_groups[i], '|') LOOP
      parsed := phraseto_tsquery('english', phrase);
      CONTINUE WHEN numnode(parsed) = 0 OR parsed = ANY (alike);
      one := CASE WHEN one IS NULL THEN parsed ELSE one || parsed END;
      alike := alike || parsed;
    END LOOP;
    CONTINUE WHEN one IS NULL;
    groups := groups || one;
    -- The same in a title: every word with the title's weight.
    titled := titled || regexp_replace(one::text, '''((?:[^'']|'''')*)''', '''\1'':A', 'g')::tsquery;
    IF NOT p_common[i] THEN telling := telling || one; END IF;
  END LOOP;
  IF groups = '{}' THEN RETURN; END IF;
  FOREACH one IN ARRAY CASE WHEN p_only_every OR telling = '{}' THEN groups ELSE telling END LOOP
    every_word := CASE WHEN every_word IS NULL THEN one ELSE every_word && one END;
    any_word := CASE WHEN any_word IS NULL THEN one ELSE any_word || one END;
  END LOOP;
  FOREACH one IN ARRAY titled LOOP every_title := CASE WHEN every_title IS NULL THEN one ELSE every_title && one END; END LOOP;
  widen := NOT p_only_every AND cardinality(telling) > 1;
  IF widen AND cardinality(titled) <= 6 THEN
    FOR i IN 1 .. cardinality(titled) LOOP
      one := NULL;
      FOR j IN 1 .. cardinality(titled) LOOP
        CONTINUE WHEN j = i;
        one := CASE WHEN one IS NULL THEN titled[j] ELSE one && titled[j] END;
      END LOOP;
      almost_title := CASE WHEN almost_title IS NULL THEN one ELSE almost_title || one END;
    END LOOP;
  END IF;
  IF p_symbols IS NULL AND p_from IS NULL AND p_to IS NULL THEN
    -- To go past an event costs a fifth of what it costs to fetch one that the index names: n events that make up the part p of all are found sooner by going through the
    -- newest (n / p events) than by the index (p of all events) where p² × all ≥ n / 5. The parts are those among the newest and among those a month older.
    SELECT min(s.every_held) ^ 2 * c.stored >= 600 / 5, min(s.any_held) ^ 2 * c.stored >= 600 / 5,
      CASE WHEN avg(s.title_held) ^ 2 * c.stored >= p_limit / 5.0 THEN avg(s.title_held) ELSE 0 END, CASE WHEN avg(s.almost_held) ^ 2 * c.stored >= p_limit / 5.0 THEN avg(s.almost_held) ELSE 0 END
      INTO every_often, any_often, title_part, almost_part
    FROM (SELECT greatest(reltuples, 1000) AS stored FROM pg_class WHERE oid = 'core.events'::regclass) c, (VALUES (bound), (bound - interval '30 days')) sample(until), LATERAL (
      SELECT count(*) FILTER (WHERE n.words @@ every_word) / 300.0 AS every_held, count(*) FILTER (WHERE n.words @@ any_word) / 300.0 AS any_held,
        count(*) FILTER (WHERE n.words @@ every_title) / 300.0 AS title_held, count(*) FILTER (WHERE n.words @@ almost_title) / 300.0 AS almost_held
      FROM (SELECT e.words FROM core.events e WHERE e.known_at <= sample.until ORDER BY e.known_at DESC LIMIT 300) n) s GROUP BY c.stored;
    IF title_part > 0 THEN
      -- Three times as far as that should take, no further.
      SELECT array_agg(f.id), array_agg(f.known_at) INTO ids, moments FROM (
        SELECT n.id, n.known_at FROM (SELECT e.id, e.known_at, e.words FROM core.events e WHERE e.known_at <= bound AND e.duplicate_of IS NULL ORDER BY e.known_at DESC, e.id LIMIT 3 * p_limit / title_part) n
        WHERE n.words @@ every_title ORDER BY n.known_at DESC, n.id LIMIT p_limit) f;
      IF cardinality(ids) = p_limit THEN
        RETURN QUERY SELECT f.id, 0.6 + 0.4 * cardinality(groups)::float8 / (cardinality(groups) + 0.5), f.moment FROM unnest(ids, moments) f(id, moment) ORDER BY 3 DESC, 1;
        RETURN;
      END IF;
    END IF;
  END IF;
  every_by := CASE WHEN every_often THEN often ELSE rarely END;
  any_by := CASE WHEN any_often THEN often ELSE rarely END;
  held := array_to_string(array(SELECT format('(f.words @@ $1[%s])::int', i) FROM generate_subscripts(groups, 1) i), ' + ');
  RETURN QUERY EXECUTE format($q$
    WITH every AS MATERIALIZED (
      SELECT e.id, e.words, e.known_at FROM core.events e WHERE %1$s AND e.known_at <= $2 AND e.duplicate_of IS NULL
        AND ($3 IS NULL OR e.symbols && $3) AND ($4 IS NULL OR e.happened_at >= $4) AND ($5 IS NULL OR e.happened_at <= $5)
      ORDER BY %2$s DESC LIMIT 600
    ), almost AS MATERIALIZED (
      SELECT n.id, n.words, n.known_at FROM (
        SELECT e.id, e.known_at, e.words FROM core.events e WHERE $9 > 0 AND (SELECT count(*) FROM every) < 60 AND e.known_at <= $2 AND e.duplicate_of IS NULL
        ORDER BY e.known_at DESC, e.id LIMIT CASE WHEN $9 > 0 THEN 3 * $7 / $9 ELSE 0 END) n
      WHERE n.words @@ %5$L::tsquery ORDER BY n.known_at DESC, n.id LIMIT $7
    ), any_of AS MATERIALIZED (
      SELECT e.id, e.words, e.known_at FROM core.events e WHERE $6 AND (SELECT count(*) FROM every) < 60 AND (SELECT count(*) FROM almost) < $7 AND %3$s AND e.known_at <= $2 AND e.duplicate_of IS NULL
        AND ($3 IS NULL OR e.symbols && $3) AND ($4 IS NULL OR e.happened_at >= $4) AND ($5 IS NULL OR e.happened_at <= $5)
      ORDER BY %4$s DESC LIMIT 600
    ), found AS (
      SELECT * FROM every UNION ALL SELECT * FROM almost WHERE id NOT IN (SELECT id FROM every)
      UNION ALL SELECT * FROM any_of WHERE id NOT IN (SELECT id FROM every UNION ALL SELECT id FROM almost)
    )
    SELECT f.id, s.held / cardinality($1) * (0.6 + 0.4 * s.rank / (s.rank + 0.5)), f.known_at
    FROM found f, LATERAL (SELECT h.held, 0.9 * (%7$s) + 0.1 * h.held AS rank FROM (SELECT (%6$s)::float8 AS held OFFSET 0) h OFFSET 0) s ORDER BY 2 DESC, 3 DESC, 1 LIMIT $7
    $q$, format(every_by[1], every_word), every_by[2], format(any_by[1], any_word), any_by[2], almost_title, held, replace(held, '$1', '$8'))
  USING groups, bound, p_symbols, p_from, p_to, widen, p_limit, titled, almost_part;
END $$;
