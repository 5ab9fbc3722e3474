ALTER TABLE "core"."holding_adjustments" ADD COLUMN "sold_since" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "core"."holding_adjustments" ADD COLUMN "restated_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
-- An adjustment is what a published action gives, of a position as it stands, and never changes. Before a price of its ex-date has met an
-- order the desk makes it by itself; after that only by the action that was confirmed for exactly that, which may give a ratio where none
-- is published. What was worked in is not worked in again under another date or name. Of a demerger the desk may say by itself what its price
-- became until the ex-date is over: no price of its own has met the orders before the first one that it is measured by. Its figures are of
-- the shares as the ex-date found them: what is held now and was sold since, in the shares of before what went ex later and is worked in.
CREATE OR REPLACE FUNCTION core.check_adjustment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE act jsonb; bought bigint; sold bigint; sold_cost numeric; held bigint; later record; later_new numeric := 1; later_old numeric := 1;
BEGIN
  IF NEW.happened_at NOT BETWEEN ((NEW.ex_date - 1)::timestamp AT TIME ZONE 'UTC') AND ((NEW.ex_date + 1)::timestamp AT TIME ZONE 'UTC') THEN
    RAISE EXCEPTION 'an adjustment happens on its ex-date' USING ERRCODE = '42501';
  END IF;
  IF NEW.action_id IS NULL THEN
    IF EXISTS (SELECT 1 FROM core.sessions_met m WHERE m.date >= NEW.ex_date + CASE WHEN NEW.kind = 'DEMERGER' THEN 1 ELSE 0 END) THEN
      RAISE EXCEPTION 'a late adjustment needs the action that was confirmed for it' USING ERRCODE = '42501';
    END IF;
  ELSE
    SELECT a.body::jsonb INTO act FROM core.under_way('{holding_adjustment}') a WHERE a.id = NEW.action_id AND a.account_id = NEW.account_id;
    IF act IS NULL OR (act->>'symbol', act->>'exDate', act->>'of', act->>'basis', (act->>'newShares')::int, (act->>'oldShares')::int, (act->>'quantityBefore')::int, (act->>'quantityAfter')::int, (act->>'cashMinor')::bigint, (act->>'stop')::numeric, (act->>'target')::numeric, coalesce((act->>'soldSince')::int, 0), coalesce((act->>'restatedMinor')::bigint, 0))
      IS DISTINCT FROM (NEW.symbol, NEW.ex_date::text, NEW.kind, NEW.basis, NEW.new_shares, NEW.old_shares, NEW.quantity_before, NEW.quantity_after, NEW.cash_minor, NEW.stop_after, NEW.target_after, NEW.sold_since, NEW.restated_minor) THEN
      RAISE EXCEPTION 'the adjustment is not the one that was confirmed' USING ERRCODE = '42501';
    END IF;
  END IF;
  IF NEW.basis = 'GIVEN' THEN
    IF NEW.kind NOT IN ('SPLIT', 'BONUS') OR EXISTS (SELECT 1 FROM core.corporate_actions c WHERE c.symbol = NEW.symbol AND c.basis = 'published' AND c.kind IN ('SPLIT', 'BONUS') AND c.factor <> 1 AND c.ex_date BETWEEN NEW.ex_date - 3 AND NEW.ex_date + 3) THEN
      RAISE EXCEPTION 'a ratio is given only where none is published' USING ERRCODE = '42501';
    END IF;
  ELSIF NOT EXISTS (SELECT 1 FROM core.corporate_actions c WHERE c.symbol = NEW.symbol AND c.ex_date = NEW.ex_date AND c.kind = NEW.kind AND c.basis = 'published'
    AND ((c.kind IN ('SPLIT', 'BONUS') AND abs(c.factor * NEW.new_shares / NEW.old_shares - 1) < 1e-6) OR (c.kind IN ('RIGHTS', 'DEMERGER') AND NEW.new_shares = 1 AND NEW.old_shares = 1 AND (c.factor = 1 OR abs(c.factor / NEW.price_factor::float8 - 1) < 1e-6)) OR (c.kind = 'DIVIDEND' AND NEW.new_shares = 1 AND NEW.old_shares = 1 AND NEW.cash_minor = round(c.amount * NEW.quantity_before * 100)))) THEN
    RAISE EXCEPTION 'no published action gives this adjustment' USING ERRCODE = '42501';
  END IF;
  IF NEW.kind IN ('SPLIT', 'BONUS') AND EXISTS (SELECT 1 FROM core.holding_adjustments h WHERE h.account_id = NEW.account_id AND h.symbol = NEW.symbol AND h.kind IN ('SPLIT', 'BONUS') AND h.ex_date BETWEEN NEW.ex_date - 3 AND NEW.ex_date + 3
    AND (h.basis = 'GIVEN' OR (h.ex_date <> NEW.ex_date AND h.new_shares * NEW.old_shares = h.old_shares * NEW.new_shares))) THEN
    RAISE EXCEPTION 'it was worked in already' USING ERRCODE = '42501';
  END IF;
  IF NEW.kind IN ('RIGHTS', 'DEMERGER') AND EXISTS (SELECT 1 FROM core.holding_adjustments h WHERE h.account_id = NEW.account_id AND h.symbol = NEW.symbol AND h.kind = NEW.kind AND h.ex_date <> NEW.ex_date AND h.ex_date BETWEEN NEW.ex_date - 3 AND NEW.ex_date + 3) THEN
    RAISE EXCEPTION 'it was worked in already' USING ERRCODE = '42501';
  END IF;
  SELECT coalesce(sum(f.quantity) FILTER (WHERE o.side = 'BUY'), 0), coalesce(sum(f.quantity) FILTER (WHERE o.side = 'SELL'), 0), coalesce(sum(round(f.price * f.quantity * 100) - f.realised_minor) FILTER (WHERE o.side = 'SELL'), 0)
    INTO bought, sold, sold_cost FROM core.fills f JOIN core.orders o ON o.id = f.order_id
    WHERE NEW.action_id IS NOT NULL AND f.account_id = NEW.account_id AND o.symbol = NEW.symbol AND f.happened_at >= NEW.happened_at;
  IF NEW.kind = 'DIVIDEND' THEN sold_cost := 0; END IF;
  -- What was sold before the desk knew was of the new shares, and nothing but a published ratio says so.
  IF NEW.action_id IS NOT NULL AND NEW.kind <> 'DIVIDEND' AND (bought > 0 OR sold > 0 AND (NEW.basis <> 'PUBLISHED' OR NEW.quantity_before < sold OR NEW.quantity_after < sold)) THEN
    RAISE EXCEPTION 'the share was traded since its ex-date' USING ERRCODE = '42501';
  END IF;
  IF NEW.sold_since <> (CASE WHEN NEW.kind = 'DIVIDEND' THEN 0 ELSE sold END)
    OR NEW.restated_minor <> (CASE WHEN NEW.sold_since = 0 THEN 0 ELSE sold_cost - (NEW.cost_after_minor - round(NEW.cost_after_minor::numeric * (NEW.quantity_after - NEW.sold_since) / NEW.quantity_after)) END) THEN
    RAISE EXCEPTION 'what was sold since is not restated by its cost' USING ERRCODE = '42501';
  END IF;
  IF NEW.action_id IS NOT NULL THEN
    FOR later IN SELECT h.new_shares, h.old_shares, h.cash_minor FROM core.holding_adjustments h WHERE h.account_id = NEW.account_id AND h.symbol = NEW.symbol AND h.kind IN ('SPLIT', 'BONUS') AND (h.ex_date > NEW.ex_date OR h.ex_date = NEW.ex_date AND NEW.kind = 'DIVIDEND') LOOP
      IF later.cash_minor <> 0 OR bought + sold > 0 THEN RAISE EXCEPTION 'what was held before a later adjustment cannot be counted back' USING ERRCODE = '42501'; END IF;
      later_new := later_new * later.new_shares;
      later_old := later_old * later.old_shares;
    END LOOP;
  END IF;
  IF NEW.kind <> 'DIVIDEND' AND mod(NEW.quantity_after * later_new, later_old) <> 0 THEN
    RAISE EXCEPTION 'a later adjustment would leave a fraction of a share' USING ERRCODE = '42501';
  END IF;
  -- A late dividend is on the shares of the ex-date: those held now without what was traded since.
  SELECT coalesce(sum(p.quantity), 0) INTO held FROM core.positions p WHERE p.account_id = NEW.account_id AND p.symbol = NEW.symbol AND p.closed_at IS NULL;
  IF NEW.position_id IS NULL AND NEW.quantity_before <> 0 OR NEW.position_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM core.positions p WHERE p.id = NEW.position_id AND p.account_id = NEW.account_id AND p.symbol = NEW.symbol AND p.cost_minor + sold_cost = NEW.cost_before_minor
      AND CASE WHEN NEW.action_id IS NOT NULL THEN (held - bought + sold) * later_old = NEW.quantity_before * later_new ELSE p.quantity = NEW.quantity_before END) THEN
    RAISE EXCEPTION 'the adjustment is not of what is held' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- A position as it stood at the moment asked for: now by its row, earlier by its last split, bonus or consolidation, those before it that were worked in
-- after it, and the fills since.
CREATE OR REPLACE VIEW core.sql_positions WITH (security_barrier) AS
  SELECT p.id, p.account_id, p.card_id, p.symbol, p.opened_at, CASE WHEN p.closed_at <= r.as_of THEN p.closed_at END AS closed_at,
    CASE WHEN r.live THEN p.quantity ELSE (coalesce(a.quantity_after, 0) + coalesce((SELECT sum(f.signed) FROM core.sql_fills f WHERE f.account_id = p.account_id AND f.symbol = p.symbol AND f.happened_at >= coalesce(a.happened_at, p.opened_at) AND f.happened_at BETWEEN p.opened_at AND least(r.as_of, p.closed_at)), 0))::int END AS qty,
    CASE WHEN r.live AND p.closed_at IS NULL THEN p.average_price ELSE (
      SELECT round((coalesce(sum(f.quantity * f.price), 0) + coalesce(abs(a.cost_after_minor) / 100.0, 0)) / nullif(coalesce(sum(f.quantity), 0) + coalesce(abs(a.quantity_after), 0), 0), 4) FROM core.sql_fills f WHERE f.account_id = p.account_id AND f.symbol = p.symbol AND f.happened_at >= coalesce(a.happened_at, p.opened_at) AND f.happened_at BETWEEN p.opened_at AND least(r.as_of, p.closed_at)
        AND f.side = (SELECT e.side FROM core.sql_fills e WHERE e.account_id = p.account_id AND e.symbol = p.symbol AND e.happened_at >= p.opened_at ORDER BY e.happened_at, e.id LIMIT 1)) END AS avg_price,
    coalesce((r.marks ->> p.symbol)::numeric, (SELECT b.close FROM core.bars_daily b WHERE b.symbol = p.symbol AND b.known_at <= r.as_of ORDER BY b.date DESC LIMIT 1)) AS mark,
    CASE WHEN r.live THEN p.realised_minor ELSE coalesce((SELECT sum(f.realised_minor) FROM core.sql_fills f WHERE f.account_id = p.account_id AND f.symbol = p.symbol AND f.happened_at BETWEEN p.opened_at AND least(r.as_of, p.closed_at)), 0)
      + coalesce((SELECT sum(h.realised_minor + h.restated_minor) FROM core.holding_adjustments h WHERE h.position_id = p.id AND h.kind <> 'DIVIDEND' AND h.happened_at <= r.as_of), 0) END AS realised_minor,
    CASE WHEN r.live THEN p.fees_minor ELSE coalesce((SELECT sum(f.charges_minor) FROM core.sql_fills f WHERE f.account_id = p.account_id AND f.symbol = p.symbol AND f.happened_at BETWEEN p.opened_at AND least(r.as_of, p.closed_at)), 0) END AS fees_minor,
    CASE WHEN r.live AND p.closed_at IS NULL THEN p.stop_loss END AS stop_loss, CASE WHEN r.live AND p.closed_at IS NULL THEN p.take_profit END AS take_profit
  FROM core.sql_reader r JOIN core.positions p ON p.account_id = ANY (r.accounts) AND p.opened_at <= r.as_of
    LEFT JOIN LATERAL (SELECT trunc(round(h.quantity_after * coalesce(e.ratio, 1), 6)) AS quantity_after, h.cost_after_minor + coalesce(e.cost_minor, 0) AS cost_after_minor, h.happened_at FROM core.holding_adjustments h
      CROSS JOIN LATERAL (SELECT exp(sum(ln(w.quantity_after::numeric / w.quantity_before))) AS ratio, sum(w.cost_after_minor - w.cost_before_minor) AS cost_minor FROM core.holding_adjustments w
        WHERE w.position_id = h.position_id AND w.kind IN ('SPLIT', 'BONUS') AND w.happened_at < h.happened_at AND w.applied_at > h.applied_at AND w.quantity_after <> 0 AND w.quantity_before <> 0) e WHERE h.position_id = p.id AND h.kind IN ('SPLIT', 'BONUS') AND h.happened_at <= r.as_of ORDER BY h.happened_at DESC, h.kind LIMIT 1) a ON true;
