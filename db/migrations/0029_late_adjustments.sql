ALTER TABLE "core"."holding_adjustments" ADD COLUMN "action_id" uuid;--> statement-breakpoint
ALTER TABLE "core"."holding_adjustments" ADD COLUMN "basis" text DEFAULT 'PUBLISHED' NOT NULL;--> statement-breakpoint
ALTER TABLE "core"."holding_adjustments" ADD CONSTRAINT "holding_adjustments_action_id_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "core"."actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."holding_adjustments" ADD CONSTRAINT "holding_adjustments_basis" CHECK ("core"."holding_adjustments"."basis" = 'PUBLISHED' or ("core"."holding_adjustments"."basis" = 'GIVEN' and "core"."holding_adjustments"."action_id" is not null));
--> statement-breakpoint
-- An adjustment is what a published action gives, of a position as it stands, and never changes. Before a price of its ex-date has met an
-- order the desk makes it by itself; after that only by the action that was confirmed for exactly that, which may give a ratio where none
-- is published. What was worked in is not worked in again under another date or name.
CREATE OR REPLACE FUNCTION core.check_adjustment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE act jsonb; bought bigint; sold bigint; held bigint;
BEGIN
  IF NEW.happened_at NOT BETWEEN ((NEW.ex_date - 1)::timestamp AT TIME ZONE 'UTC') AND ((NEW.ex_date + 1)::timestamp AT TIME ZONE 'UTC') THEN
    RAISE EXCEPTION 'an adjustment happens on its ex-date' USING ERRCODE = '42501';
  END IF;
  IF NEW.action_id IS NULL THEN
    IF EXISTS (SELECT 1 FROM core.sessions_met m WHERE m.date >= NEW.ex_date) THEN
      RAISE EXCEPTION 'a late adjustment needs the action that was confirmed for it' USING ERRCODE = '42501';
    END IF;
  ELSE
    SELECT a.body::jsonb INTO act FROM core.under_way('{holding_adjustment}') a WHERE a.id = NEW.action_id AND a.account_id = NEW.account_id;
    IF act IS NULL OR (act->>'symbol', act->>'exDate', act->>'of', act->>'basis', (act->>'newShares')::int, (act->>'oldShares')::int, (act->>'quantityBefore')::int, (act->>'quantityAfter')::int, (act->>'cashMinor')::bigint, (act->>'stop')::numeric, (act->>'target')::numeric)
      IS DISTINCT FROM (NEW.symbol, NEW.ex_date::text, NEW.kind, NEW.basis, NEW.new_shares, NEW.old_shares, NEW.quantity_before, NEW.quantity_after, NEW.cash_minor, NEW.stop_after, NEW.target_after) THEN
      RAISE EXCEPTION 'the adjustment is not the one that was confirmed' USING ERRCODE = '42501';
    END IF;
  END IF;
  IF NEW.basis = 'GIVEN' THEN
    IF NEW.kind NOT IN ('SPLIT', 'BONUS') OR EXISTS (SELECT 1 FROM core.corporate_actions c WHERE c.symbol = NEW.symbol AND c.basis = 'published' AND c.kind IN ('SPLIT', 'BONUS') AND c.factor <> 1 AND c.ex_date BETWEEN NEW.ex_date - 3 AND NEW.ex_date + 3) THEN
      RAISE EXCEPTION 'a ratio is given only where none is published' USING ERRCODE = '42501';
    END IF;
  ELSIF NOT EXISTS (SELECT 1 FROM core.corporate_actions c WHERE c.symbol = NEW.symbol AND c.ex_date = NEW.ex_date AND c.kind = NEW.kind AND c.basis = 'published'
    AND ((c.kind IN ('SPLIT', 'BONUS') AND abs(c.factor * NEW.new_shares / NEW.old_shares - 1) < 1e-6) OR (c.kind = 'DIVIDEND' AND NEW.new_shares = 1 AND NEW.old_shares = 1 AND NEW.cash_minor = round(c.amount * NEW.quantity_before * 100)))) THEN
    RAISE EXCEPTION 'no published action gives this adjustment' USING ERRCODE = '42501';
  END IF;
  IF NEW.kind <> 'DIVIDEND' AND EXISTS (SELECT 1 FROM core.holding_adjustments h WHERE h.account_id = NEW.account_id AND h.symbol = NEW.symbol AND h.kind IN ('SPLIT', 'BONUS') AND h.ex_date BETWEEN NEW.ex_date - 3 AND NEW.ex_date + 3
    AND (h.basis = 'GIVEN' OR (h.ex_date <> NEW.ex_date AND h.new_shares * NEW.old_shares = h.old_shares * NEW.new_shares))) THEN
    RAISE EXCEPTION 'it was worked in already' USING ERRCODE = '42501';
  END IF;
  SELECT coalesce(sum(f.quantity) FILTER (WHERE o.side = 'BUY'), 0), coalesce(sum(f.quantity) FILTER (WHERE o.side = 'SELL'), 0) INTO bought, sold FROM core.fills f JOIN core.orders o ON o.id = f.order_id
    WHERE NEW.action_id IS NOT NULL AND f.account_id = NEW.account_id AND o.symbol = NEW.symbol AND f.happened_at >= NEW.happened_at;
  IF NEW.action_id IS NOT NULL AND NEW.kind <> 'DIVIDEND' AND bought + sold > 0 THEN
    RAISE EXCEPTION 'the share was traded since its ex-date' USING ERRCODE = '42501';
  END IF;
  -- A late dividend is on the shares of the ex-date: those held now without what was traded since.
  SELECT coalesce(sum(p.quantity), 0) INTO held FROM core.positions p WHERE p.account_id = NEW.account_id AND p.symbol = NEW.symbol AND p.closed_at IS NULL;
  IF NEW.position_id IS NULL AND NEW.quantity_before <> 0 OR NEW.position_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM core.positions p WHERE p.id = NEW.position_id AND p.account_id = NEW.account_id AND p.symbol = NEW.symbol AND p.cost_minor = NEW.cost_before_minor
      AND CASE WHEN NEW.action_id IS NOT NULL AND NEW.kind = 'DIVIDEND' THEN held - bought + sold = NEW.quantity_before ELSE p.quantity = NEW.quantity_before END) THEN
    RAISE EXCEPTION 'the adjustment is not of what is held' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
