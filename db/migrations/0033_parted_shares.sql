CREATE TABLE "core"."parted_shares" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"symbol" text NOT NULL,
	"ex_date" date NOT NULL,
	"into_symbol" text,
	"new_shares" integer NOT NULL,
	"old_shares" integer NOT NULL,
	"quantity_then" integer NOT NULL,
	"quantity" integer NOT NULL,
	"since" timestamptz(3) NOT NULL,
	"cost_minor" bigint NOT NULL,
	"cost_basis" text,
	"parted_percent" numeric(9, 6),
	"position_id" uuid,
	"position_quantity" integer NOT NULL,
	"position_cost_minor" bigint NOT NULL,
	"into_position_id" uuid,
	"into_quantity" integer NOT NULL,
	"into_cost_minor" bigint NOT NULL,
	"expected_minor" bigint NOT NULL,
	"action_id" uuid NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"applied_at" timestamptz(3) NOT NULL,
	CONSTRAINT "parted_shares_terms" CHECK ("core"."parted_shares"."new_shares" > 0 and "core"."parted_shares"."old_shares" > 0 and case when "core"."parted_shares"."into_symbol" is null then "core"."parted_shares"."quantity" = 0 and "core"."parted_shares"."cost_minor" = 0 and "core"."parted_shares"."cost_basis" is null and "core"."parted_shares"."position_id" is null and "core"."parted_shares"."into_position_id" is null
    else "core"."parted_shares"."quantity" > 0 and "core"."parted_shares"."quantity" = trunc("core"."parted_shares"."quantity_then"::numeric * "core"."parted_shares"."new_shares" / "core"."parted_shares"."old_shares") and "core"."parted_shares"."cost_minor" > 0 and "core"."parted_shares"."position_cost_minor" > 0 and "core"."parted_shares"."cost_basis" in ('GIVEN', 'PRICES') and "core"."parted_shares"."into_symbol" <> "core"."parted_shares"."symbol" and "core"."parted_shares"."position_id" is not null and "core"."parted_shares"."into_position_id" is not null end)
);
--> statement-breakpoint
ALTER TABLE "core"."parted_shares" ADD CONSTRAINT "parted_shares_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "core"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."parted_shares" ADD CONSTRAINT "parted_shares_position_id_positions_id_fk" FOREIGN KEY ("position_id") REFERENCES "core"."positions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."parted_shares" ADD CONSTRAINT "parted_shares_into_position_id_positions_id_fk" FOREIGN KEY ("into_position_id") REFERENCES "core"."positions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."parted_shares" ADD CONSTRAINT "parted_shares_action_id_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "core"."actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "parted_shares_once" ON "core"."parted_shares" USING btree ("account_id","symbol","ex_date");--> statement-breakpoint
CREATE INDEX "parted_shares_into" ON "core"."parted_shares" USING btree ("into_position_id");--> statement-breakpoint
GRANT SELECT, INSERT ON core.parted_shares TO parapet_app;
--> statement-breakpoint
-- What came of a demerger is put down once, by the action that was confirmed for exactly that, after both positions: the cost has moved from
-- the one to the other, and the securities of the account are what they cost in the ledger. Of what was sold since nobody could say the cost.
CREATE FUNCTION core.check_parted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE act jsonb; measured record;
BEGIN
  SELECT a.body::jsonb INTO act FROM core.under_way('{parted_shares}') a WHERE a.id = NEW.action_id AND a.account_id = NEW.account_id;
  IF act IS NULL OR (act->>'symbol', act->>'exDate', act->>'into', (act->>'newShares')::int, (act->>'oldShares')::int, (act->>'quantityThen')::int, (act->>'quantity')::int, (act->>'costMinor')::bigint, act->>'costBasis', (act->>'partedPercent')::numeric, (act->>'expectedMinor')::bigint)
    IS DISTINCT FROM (NEW.symbol, NEW.ex_date::text, NEW.into_symbol, NEW.new_shares, NEW.old_shares, NEW.quantity_then, NEW.quantity, NEW.cost_minor, NEW.cost_basis, NEW.parted_percent, NEW.expected_minor) THEN
    RAISE EXCEPTION 'the shares are not those that were confirmed' USING ERRCODE = '42501';
  END IF;
  IF NEW.since NOT BETWEEN ((NEW.ex_date - 1)::timestamp AT TIME ZONE 'UTC') AND ((NEW.ex_date + 1)::timestamp AT TIME ZONE 'UTC') OR NEW.happened_at < NEW.since THEN
    RAISE EXCEPTION 'a demerger is credited from its ex-date on' USING ERRCODE = '42501';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM core.corporate_actions c WHERE c.symbol = NEW.symbol AND c.ex_date = NEW.ex_date AND c.kind = 'DEMERGER' AND c.basis = 'published') THEN
    RAISE EXCEPTION 'no published demerger gives these shares' USING ERRCODE = '42501';
  END IF;
  IF EXISTS (SELECT 1 FROM core.parted_shares s WHERE s.account_id = NEW.account_id AND s.symbol = NEW.symbol AND s.ex_date BETWEEN NEW.ex_date - 3 AND NEW.ex_date + 3) THEN
    RAISE EXCEPTION 'the demerger was credited already' USING ERRCODE = '42501';
  END IF;
  SELECT sum(h.parted_minor) AS worth, max(h.quantity_before) AS quantity INTO measured FROM core.holding_adjustments h WHERE h.account_id = NEW.account_id AND h.symbol = NEW.symbol AND h.kind = 'DEMERGER' AND h.ex_date BETWEEN NEW.ex_date - 3 AND NEW.ex_date + 3;
  IF NEW.expected_minor <> coalesce(measured.worth, 0) OR NEW.quantity_then <> coalesce(measured.quantity, NEW.position_quantity, NEW.quantity_then) THEN
    RAISE EXCEPTION 'the shares are not of what was held on the ex-date' USING ERRCODE = '42501';
  END IF;
  IF NEW.into_symbol IS NULL THEN RETURN NEW; END IF;
  IF EXISTS (SELECT 1 FROM core.fills f JOIN core.orders o ON o.id = f.order_id WHERE f.account_id = NEW.account_id AND o.symbol = NEW.symbol AND o.side = 'SELL' AND f.happened_at >= NEW.since) THEN
    RAISE EXCEPTION 'the share was sold since its ex-date' USING ERRCODE = '42501';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM core.positions p WHERE p.id = NEW.position_id AND p.account_id = NEW.account_id AND p.symbol = NEW.symbol AND p.closed_at IS NULL AND p.opened_at < NEW.since AND p.quantity = NEW.position_quantity AND p.cost_minor = NEW.position_cost_minor)
    OR NOT EXISTS (SELECT 1 FROM core.positions p WHERE p.id = NEW.into_position_id AND p.account_id = NEW.account_id AND p.symbol = NEW.into_symbol AND p.closed_at IS NULL AND p.quantity = NEW.into_quantity AND p.cost_minor = NEW.into_cost_minor)
    OR (SELECT coalesce(sum(p.cost_minor), 0) FROM core.positions p WHERE p.account_id = NEW.account_id AND p.closed_at IS NULL) <> (SELECT coalesce(sum(e.amount_minor), 0) FROM core.ledger_entries e WHERE e.account_id = NEW.account_id AND e.ledger = 'securities') THEN
    RAISE EXCEPTION 'the cost has not moved as it was confirmed' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER parted_shares_confirmed BEFORE INSERT ON core.parted_shares FOR EACH ROW EXECUTE FUNCTION core.check_parted();
--> statement-breakpoint
ALTER TABLE core.parted_shares ENABLE ALWAYS TRIGGER parted_shares_confirmed;
--> statement-breakpoint
-- Shares of a symbol that demergers brought into an account, or into one position of it, as the splits of after make them.
CREATE FUNCTION core.credited_quantity(p_account uuid, p_symbol text, p_position uuid DEFAULT NULL) RETURNS bigint LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE credit record; a record; quantity bigint; total bigint := 0;
BEGIN
  FOR credit IN SELECT s.quantity, s.happened_at FROM core.parted_shares s WHERE s.account_id = p_account AND s.into_symbol = p_symbol AND (p_position IS NULL OR s.into_position_id = p_position) LOOP
    quantity := credit.quantity;
    FOR a IN SELECT h.new_shares, h.old_shares FROM core.holding_adjustments h WHERE h.account_id = p_account AND h.symbol = p_symbol AND h.happened_at > credit.happened_at ORDER BY h.happened_at, h.kind DESC LOOP
      quantity := ceil(quantity::numeric * a.new_shares / a.old_shares);
    END LOOP;
    total := total + quantity;
  END LOOP;
  RETURN total;
END $$;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION core.credited_quantity(uuid, text, uuid) TO parapet_app;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION core.check_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE i core.order_intents; terms jsonb; cleared bigint; child boolean;
BEGIN
  child := NEW.category IN ('STOP_LOSS', 'TAKE_PROFIT', 'TRAIL');
  IF TG_OP = 'UPDATE' AND (NEW.id, NEW.intent_id, NEW.clearance_id, NEW.action_id, NEW.account_id, NEW.symbol, NEW.exchange, NEW.client_order_id, NEW.side, NEW.category, NEW.type, NEW.product)
    IS DISTINCT FROM (OLD.id, OLD.intent_id, OLD.clearance_id, OLD.action_id, OLD.account_id, OLD.symbol, OLD.exchange, OLD.client_order_id, OLD.side, OLD.category, OLD.type, OLD.product) THEN
    RAISE EXCEPTION 'what an order is cannot change' USING ERRCODE = '42501';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.superseded_by IS NOT NULL AND NEW.superseded_by IS DISTINCT FROM OLD.superseded_by THEN
    RAISE EXCEPTION 'an order of before an ex-date stays one' USING ERRCODE = '42501';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.quantity = OLD.quantity THEN RETURN NEW; END IF;
  SELECT * INTO i FROM core.order_intents WHERE id = NEW.intent_id;
  IF NOT FOUND OR NOT EXISTS (SELECT 1 FROM core.clearances c WHERE c.id = i.clearance_id AND c.consumed_at IS NOT NULL)
    OR (i.clearance_id, i.account_id, i.action_id) IS DISTINCT FROM (NEW.clearance_id, NEW.account_id, NEW.action_id) OR (NOT child AND i.client_order_id IS DISTINCT FROM NEW.client_order_id) THEN
    RAISE EXCEPTION 'an order needs a clearance' USING ERRCODE = '42501';
  END IF;
  terms := i.spec::jsonb;
  IF (terms->>'operation', terms->>'symbol', terms->>'exchange', terms->>'side', terms->>'product') IS DISTINCT FROM ('submit', NEW.symbol, NEW.exchange, NEW.side, NEW.product)
    OR NOT coalesce(terms->>'category' = NEW.category OR (terms->>'category' = 'STOP_LOSS' AND NEW.category = 'TRAIL'), false)
    OR (TG_OP = 'INSERT' AND NOT child AND (terms->>'type', (terms->>'limitPrice')::numeric) IS DISTINCT FROM (NEW.type, NEW.limit_price)) THEN
    RAISE EXCEPTION 'the order is not the one that was cleared' USING ERRCODE = '42501';
  END IF;
  -- A stop or target covers the whole position, so it may reach what all entries of this symbol together were cleared for, in today's shares, and what demergers brought.
  IF child THEN
    SELECT sum(core.adjusted_quantity(o.id, (o.spec::jsonb->>'quantity')::bigint)) INTO cleared FROM core.order_intents o JOIN core.clearances c ON c.id = o.clearance_id
      WHERE o.account_id = NEW.account_id AND c.consumed_at IS NOT NULL AND o.spec::jsonb->>'operation' = 'submit'
        AND o.spec::jsonb->>'symbol' = NEW.symbol AND o.spec::jsonb->>'side' = NEW.side AND o.spec::jsonb->>'category' = terms->>'category';
    IF NEW.side = 'SELL' THEN cleared := cleared + core.credited_quantity(NEW.account_id, NEW.symbol); END IF;
  ELSE cleared := (terms->>'quantity')::bigint;
  END IF;
  IF NOT coalesce(NEW.quantity BETWEEN 1 AND cleared, false) THEN RAISE EXCEPTION 'the order is larger than what was cleared' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- A position as it stood at the moment asked for: now by its row, earlier by its last split, bonus, consolidation or credit of a demerger, those before it that were worked in
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
    LEFT JOIN LATERAL (SELECT trunc(round(h.quantity_after * coalesce(e.ratio, 1), 6)) AS quantity_after, h.cost_after_minor + coalesce(e.cost_minor, 0) AS cost_after_minor, h.happened_at FROM (
        SELECT n.position_id, n.quantity_after, n.cost_after_minor, n.happened_at, n.applied_at, n.kind FROM core.holding_adjustments n WHERE n.position_id = p.id AND n.kind IN ('SPLIT', 'BONUS')
        UNION ALL SELECT p.id, s.position_quantity, s.position_cost_minor, s.happened_at, s.applied_at, 'SPLIT' FROM core.parted_shares s WHERE s.position_id = p.id
        UNION ALL SELECT p.id, s.into_quantity, s.into_cost_minor, s.happened_at, s.applied_at, 'SPLIT' FROM core.parted_shares s WHERE s.into_position_id = p.id) h
      CROSS JOIN LATERAL (SELECT exp(sum(ln(w.quantity_after::numeric / w.quantity_before))) AS ratio, sum(w.cost_after_minor - w.cost_before_minor) AS cost_minor FROM core.holding_adjustments w
        WHERE w.position_id = h.position_id AND w.kind IN ('SPLIT', 'BONUS') AND w.happened_at < h.happened_at AND w.applied_at > h.applied_at AND w.quantity_after <> 0 AND w.quantity_before <> 0) e WHERE h.happened_at <= r.as_of ORDER BY h.happened_at DESC, h.kind LIMIT 1) a ON true;
