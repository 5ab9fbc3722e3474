-- Events that hold what a query asks for. Each group is one thing in several phrases, separated by bars; those with all of the telling groups come first and, where
-- these are few, those with any. Groups that `p_common` marks count for the order, and find events only where the query has no others, newest first.
--
-- A group weighs √ln((n + 1) / (h + ½)), where h of the n events looked at hold it: "recall" tells more than "market". Score, 0–1: the groups held, by weight, as a part
-- of all × (0.6 + 0.4 × rank / (rank + 0.5)); the rank is the weight that the title holds, with a tenth for what only the body holds, in groups of mean weight.
--
-- Nothing scores more than a title that holds all groups, and of equal scores the newest come first: where such titles are frequent, going through the newest until
-- `p_limit` are found gives the whole answer. Where few events hold all telling groups, the best beside those that hold a rare group are titles that hold all the
-- others; without a rare group titles that hold all but one are taken. Else, of what holds all groups the newest 600 are ordered, of what holds any the newest 1,200
-- with those that hold a rare one, however old.
CREATE OR REPLACE FUNCTION core.events_by_words(p_groups text[], p_common boolean[], p_symbols text[], p_from timestamptz, p_to timestamptz, p_as_of timestamptz, p_only_every boolean, p_limit int)
RETURNS TABLE (event_id uuid, score float8, known_at timestamptz) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  bound timestamptz := least(p_as_of, core.reading_bound());
  -- The words of the newest 200 and, behind them, of the 200 that were the newest a month earlier.
  sampled tsvector[] := array(SELECT e.words FROM (VALUES (1, bound), (2, bound - interval '30 days')) month(place, until), LATERAL (SELECT s.words FROM core.events s WHERE s.known_at <= until ORDER BY s.known_at DESC LIMIT 200) e ORDER BY place);
  everywhere boolean := p_symbols IS NULL AND p_from IS NULL AND p_to IS NULL;
  groups tsquery[] := '{}'; titled tsquery[] := '{}'; telling boolean[] := '{}'; weights float8[]; held_by bigint[]; rare int[]; stored float8;
  one tsquery; phrase text; parsed tsquery; alike tsquery[]; every_word tsquery; any_word tsquery; every_title tsquery; rest_title tsquery; rare_word tsquery;
  widen boolean; every_often boolean := false; any_often boolean := false; title_part float8 := 0; rest_part float8 := 0;
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
    telling := telling || NOT p_common[i];
  END LOOP;
  IF groups = '{}' THEN RETURN; END IF;
  widen := NOT p_only_every AND cardinality(array_positions(telling, true)) > 1;
  FOR i IN 1 .. cardinality(groups) LOOP
    every_title := CASE WHEN every_title IS NULL THEN titled[i] ELSE every_title && titled[i] END;
    CONTINUE WHEN NOT (telling[i] OR p_only_every OR true <> ALL (telling));
    every_word := CASE WHEN every_word IS NULL THEN groups[i] ELSE every_word && groups[i] END;
    any_word := CASE WHEN any_word IS NULL THEN groups[i] ELSE any_word || groups[i] END;
  END LOOP;

  -- To go past an event costs a fifth of what it costs to fetch one that the index names: n events that make up the part p of all are found sooner by going through the
  -- newest (n / p events) than by the index (p of all events) where p² × all ≥ n / 5. The parts are those among the newest and among those a month older.
  -- What is ordered besides costs more, so titles are gone through from n / 8 on.
  SELECT greatest(reltuples, 1000) INTO stored FROM pg_class WHERE oid = 'core.events'::regclass;
  SELECT array_agg(g.held ORDER BY i), array_agg(sqrt(ln((g.seen + 1) / (g.held + 0.5))) ORDER BY i) INTO held_by, weights FROM (
    SELECT i, cardinality(sampled)::float8 AS seen, (SELECT count(*) FROM unnest(sampled) words WHERE words @@ one_of) AS held FROM unnest(groups) WITH ORDINALITY g(one_of, i)) g;
  IF everywhere THEN
    SELECT min(s.every_held) ^ 2 * stored >= 600 / 5, min(s.any_held) ^ 2 * stored >= 1200 / 5, CASE WHEN avg(s.title_held) ^ 2 * stored >= p_limit / 8.0 THEN avg(s.title_held) ELSE 0 END INTO every_often, any_often, title_part
    FROM (SELECT avg((n.words @@ every_word)::int) AS every_held, avg((n.words @@ any_word)::int) AS any_held, avg((n.words @@ every_title)::int) AS title_held FROM unnest(sampled) WITH ORDINALITY n(words, i) GROUP BY i <= 200) s;
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
    IF widen THEN
      rare := array(SELECT i FROM generate_subscripts(groups, 1) i WHERE held_by[i] * 200 <= cardinality(sampled) AND telling[i]);
      FOREACH one IN ARRAY array(SELECT groups[i] FROM unnest(rare) i) LOOP rare_word := CASE WHEN rare_word IS NULL THEN one ELSE rare_word || one END; END LOOP;
      FOR i IN 1 .. CASE WHEN rare = '{}' THEN cardinality(groups) WHEN cardinality(rare) < cardinality(array_positions(telling, true)) THEN 1 ELSE 0 END LOOP
        EXIT WHEN cardinality(groups) > 6;
        one := NULL;
        FOR j IN 1 .. cardinality(groups) LOOP
          CONTINUE WHEN j = ANY (rare) OR (rare = '{}' AND j = i);
          one := CASE WHEN one IS NULL THEN titled[j] ELSE one && titled[j] END;
        END LOOP;
        rest_title := CASE WHEN rest_title IS NULL THEN one ELSE rest_title || one END;
      END LOOP;
      SELECT coalesce(avg((words @@ rest_title)::int), 0) INTO rest_part FROM unnest(sampled) words;
      IF rest_part ^ 2 * stored < p_limit / 8.0 THEN rest_part := 0; END IF;
    END IF;
  END IF;
  every_by := CASE WHEN every_often THEN often ELSE rarely END;
  any_by := CASE WHEN any_often THEN often ELSE rarely END;
  held := array_to_string(array(SELECT format('(f.words @@ $1[%1$s])::int * $9[%1$s]', i) FROM generate_subscripts(groups, 1) i), ' + ');
  RETURN QUERY EXECUTE format($q$
    WITH every AS MATERIALIZED (
      SELECT e.id, e.words, e.known_at FROM core.events e WHERE %1$s AND e.known_at <= $2 AND e.duplicate_of IS NULL
        AND ($3 IS NULL OR e.symbols && $3) AND ($4 IS NULL OR e.happened_at >= $4) AND ($5 IS NULL OR e.happened_at <= $5)
      ORDER BY %2$s DESC LIMIT 600
    ), rest AS MATERIALIZED (
      SELECT n.id, n.words, n.known_at FROM (
        SELECT e.id, e.known_at, e.words FROM core.events e WHERE $10 > 0 AND (SELECT count(*) FROM every) < 60 AND e.known_at <= $2 AND e.duplicate_of IS NULL
        ORDER BY e.known_at DESC, e.id LIMIT CASE WHEN $10 > 0 THEN 3 * $7 / $10 ELSE 0 END) n
      WHERE n.words @@ %5$L::tsquery ORDER BY n.known_at DESC, n.id LIMIT $7
    ), rare AS MATERIALIZED (
      SELECT e.id, e.words, e.known_at FROM core.events e WHERE (SELECT count(*) FROM every) < 60 AND e.words @@ %6$L::tsquery AND e.known_at <= $2 AND e.duplicate_of IS NULL
      ORDER BY e.known_at + interval '0' DESC LIMIT 1200
    ), any_of AS MATERIALIZED (
      SELECT e.id, e.words, e.known_at FROM core.events e WHERE $6 AND (SELECT count(*) FROM every) < 60 AND (SELECT count(*) FROM rest) < $7 AND %3$s AND e.known_at <= $2 AND e.duplicate_of IS NULL
        AND ($3 IS NULL OR e.symbols && $3) AND ($4 IS NULL OR e.happened_at >= $4) AND ($5 IS NULL OR e.happened_at <= $5)
      ORDER BY %4$s DESC LIMIT 1200
    ), found AS (
      SELECT * FROM every UNION ALL SELECT * FROM rest WHERE id NOT IN (SELECT id FROM every) UNION ALL SELECT * FROM rare WHERE id NOT IN (SELECT id FROM every UNION ALL SELECT id FROM rest)
      UNION ALL SELECT * FROM any_of WHERE id NOT IN (SELECT id FROM every UNION ALL SELECT id FROM rest UNION ALL SELECT id FROM rare)
    )
    SELECT f.id, s.held / $11 * (0.6 + 0.4 * s.rank / (s.rank + 0.5)), f.known_at
    FROM found f, LATERAL (SELECT h.held, (0.9 * (%8$s) + 0.1 * h.held) * cardinality($1) / $11 AS rank FROM (SELECT %7$s AS held OFFSET 0) h OFFSET 0) s ORDER BY 2 DESC, 3 DESC, 1 LIMIT $7
    $q$, format(every_by[1], every_word), every_by[2], format(any_by[1], any_word), any_by[2], rest_title, rare_word, held, replace(held, '$1[', '$8['))
  USING groups, bound, p_symbols, p_from, p_to, widen, p_limit, titled, weights, rest_part, (SELECT sum(w) FROM unnest(weights) w);
END $$;
