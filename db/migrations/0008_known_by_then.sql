-- Point in time, held by the database: a transaction that reads as of a moment sees no row that was known later, whatever it asks.
-- The moment is a row of this transaction's own, that its statements can neither read past nor change; `db/reading.ts` writes it.
CREATE UNLOGGED TABLE core.reading_bounds (transaction_id xid8 PRIMARY KEY, as_of timestamptz NOT NULL);
--> statement-breakpoint
-- Asked again in the same transaction it only narrows.
CREATE FUNCTION core.read_as_of(p_as_of timestamptz) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
  INSERT INTO core.reading_bounds AS b (transaction_id, as_of) VALUES (pg_current_xact_id(), p_as_of)
  ON CONFLICT (transaction_id) DO UPDATE SET as_of = least(b.as_of, excluded.as_of)
$$;
--> statement-breakpoint
CREATE FUNCTION core.reading_bound() RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
  'SELECT as_of FROM core.reading_bounds WHERE transaction_id = pg_current_xact_id_if_assigned()';
--> statement-breakpoint
-- Every role sees what was known by the bound and, without one, nothing. Only the application may read without a bound: it also keeps the facts.
CREATE FUNCTION core.bound_by_known_at(p_table regclass) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', p_table);
  EXECUTE format('CREATE POLICY known_by_then ON %s FOR SELECT USING (known_at <= (SELECT core.reading_bound()))', p_table);
  EXECUTE format('CREATE POLICY kept_by_app ON %s FOR SELECT TO parapet_app USING ((SELECT core.reading_bound()) IS NULL)', p_table);
  EXECUTE format('CREATE POLICY added_by_app ON %s FOR INSERT TO parapet_app WITH CHECK (true)', p_table);
  EXECUTE format('CREATE POLICY changed_by_app ON %s FOR UPDATE TO parapet_app USING (true) WITH CHECK (true)', p_table);
  EXECUTE format('CREATE POLICY removed_by_app ON %s FOR DELETE TO parapet_app USING (true)', p_table);
END $$;
--> statement-breakpoint
-- Bounds every table of facts that is not bounded yet; run after all migrations, so that a new table of facts cannot be forgotten.
CREATE FUNCTION core.bound_all_facts() RETURNS int LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE t regclass; bounded int := 0;
BEGIN
  FOR t IN SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE n.nspname = 'core' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attname = 'known_at' AND NOT a.attisdropped
      -- The desk's own books: whose they are and as of when is asked by their tools.
      AND c.relname NOT IN ('fills', 'ledger_transactions')
      AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'known_by_then') ORDER BY 1::text
  LOOP
    PERFORM core.bound_by_known_at(t);
    bounded := bounded + 1;
  END LOOP;
  RETURN bounded;
END $$;
--> statement-breakpoint
REVOKE ALL ON core.reading_bounds FROM PUBLIC, parapet_app, parapet_press, parapet_gate;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION core.read_as_of(timestamptz), core.bound_by_known_at(regclass), core.bound_all_facts() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION core.read_as_of(timestamptz) TO parapet_app;
--> statement-breakpoint
-- Policies run it as whoever asks.
GRANT EXECUTE ON FUNCTION core.reading_bound() TO PUBLIC;
--> statement-breakpoint
-- A symbol is there from its first listing or its first price on; the sql tool's view says so, too.
CREATE OR REPLACE VIEW desk.instruments WITH (security_barrier) AS
  SELECT s.symbol AS instrument_id, s.symbol, s.name, s.kind, s.exchange, s.sector, s.industry, s.isin, NULL::text AS underlying, NULL::date AS expiry, NULL::numeric AS strike, NULL::text AS opt_right, s.lot_size, s.tick_size, s.listed_on
  FROM core.sql_reader r JOIN core.symbols s ON (s.listed_on IS NULL OR s.listed_on <= r.today) AND (s.known_at <= r.as_of OR EXISTS (SELECT 1 FROM core.bars_daily b WHERE b.symbol = s.symbol AND b.known_at <= r.as_of));
