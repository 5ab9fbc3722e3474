CREATE TABLE "core"."holding_adjustments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"symbol" text NOT NULL,
	"ex_date" date NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"new_shares" integer NOT NULL,
	"old_shares" integer NOT NULL,
	"position_id" uuid,
	"quantity_before" integer NOT NULL,
	"quantity_after" integer NOT NULL,
	"cost_before_minor" bigint NOT NULL,
	"cost_after_minor" bigint NOT NULL,
	"cash_minor" bigint NOT NULL,
	"realised_minor" bigint NOT NULL,
	"stop_before" numeric(18,6),
	"stop_after" numeric(18,6),
	"target_before" numeric(18,6),
	"target_after" numeric(18,6),
	"covered_intents" uuid[] NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"applied_at" timestamptz(3) NOT NULL,
	CONSTRAINT "holding_adjustments_terms" CHECK ("core"."holding_adjustments"."new_shares" between 1 and 1000 and "core"."holding_adjustments"."old_shares" between 1 and 1000 and "core"."holding_adjustments"."quantity_after" = trunc("core"."holding_adjustments"."quantity_before"::numeric * "core"."holding_adjustments"."new_shares" / "core"."holding_adjustments"."old_shares")),
	CONSTRAINT "holding_adjustments_cost" CHECK ("core"."holding_adjustments"."cost_before_minor" - "core"."holding_adjustments"."cost_after_minor" = "core"."holding_adjustments"."cash_minor" - "core"."holding_adjustments"."realised_minor")
);
--> statement-breakpoint
CREATE TABLE "core"."sessions_met" (
	"date" date PRIMARY KEY NOT NULL,
	"met_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
ALTER TABLE "core"."orders" ADD COLUMN "superseded_by" uuid;--> statement-breakpoint
ALTER TABLE "core"."holding_adjustments" ADD CONSTRAINT "holding_adjustments_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "core"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."holding_adjustments" ADD CONSTRAINT "holding_adjustments_position_id_positions_id_fk" FOREIGN KEY ("position_id") REFERENCES "core"."positions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "holding_adjustments_once" ON "core"."holding_adjustments" USING btree ("account_id","symbol","ex_date","kind");--> statement-breakpoint
ALTER TABLE "core"."orders" ADD CONSTRAINT "orders_superseded_by_holding_adjustments_id_fk" FOREIGN KEY ("superseded_by") REFERENCES "core"."holding_adjustments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
GRANT SELECT, INSERT ON core.holding_adjustments, core.sessions_met TO parapet_app;
--> statement-breakpoint
-- What a home held until now met the prices of every ex-date as it stood.
INSERT INTO core.sessions_met (date, met_at) SELECT max((market_time AT TIME ZONE 'Asia/Kolkata')::date), now() FROM core.orders HAVING count(*) > 0;
--> statement-breakpoint
-- An adjustment is what a published action gives, of a position of that account and symbol as it stands, and never changes.
CREATE FUNCTION core.check_adjustment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM core.corporate_actions c WHERE c.symbol = NEW.symbol AND c.ex_date = NEW.ex_date AND c.kind = NEW.kind AND c.basis = 'published'
    AND ((c.kind IN ('SPLIT', 'BONUS') AND abs(c.factor * NEW.new_shares / NEW.old_shares - 1) < 1e-6) OR (c.kind = 'DIVIDEND' AND NEW.new_shares = 1 AND NEW.old_shares = 1 AND NEW.cash_minor = round(c.amount * NEW.quantity_before * 100)))) THEN
    RAISE EXCEPTION 'no published action gives this adjustment' USING ERRCODE = '42501';
  END IF;
  IF NEW.position_id IS NULL AND NEW.quantity_before <> 0 OR NEW.position_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM core.positions p WHERE p.id = NEW.position_id AND p.account_id = NEW.account_id AND p.symbol = NEW.symbol AND p.quantity = NEW.quantity_before AND p.cost_minor = NEW.cost_before_minor) THEN
    RAISE EXCEPTION 'the adjustment is not of what is held' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER holding_adjustments_published BEFORE INSERT ON core.holding_adjustments FOR EACH ROW EXECUTE FUNCTION core.check_adjustment();
--> statement-breakpoint
ALTER TABLE core.holding_adjustments ENABLE ALWAYS TRIGGER holding_adjustments_published;
--> statement-breakpoint
-- What a cleared quantity is in the shares after the adjustments that came after its clearance.
CREATE FUNCTION core.adjusted_quantity(p_intent uuid, p_quantity bigint) RETURNS bigint LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE a record; quantity bigint := p_quantity;
BEGIN
  FOR a IN SELECT h.new_shares, h.old_shares FROM core.holding_adjustments h WHERE p_intent = ANY (h.covered_intents) ORDER BY h.happened_at, h.kind DESC LOOP
    quantity := ceil(quantity::numeric * a.new_shares / a.old_shares);
  END LOOP;
  RETURN quantity;
END $$;
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
  -- A stop or target covers the whole position, so it may reach what all entries of this symbol together were cleared for, in today's shares.
  IF child THEN
    SELECT sum(core.adjusted_quantity(o.id, (o.spec::jsonb->>'quantity')::bigint)) INTO cleared FROM core.order_intents o JOIN core.clearances c ON c.id = o.clearance_id
      WHERE o.account_id = NEW.account_id AND c.consumed_at IS NOT NULL AND o.spec::jsonb->>'operation' = 'submit'
        AND o.spec::jsonb->>'symbol' = NEW.symbol AND o.spec::jsonb->>'side' = NEW.side AND o.spec::jsonb->>'category' = terms->>'category';
  ELSE cleared := (terms->>'quantity')::bigint;
  END IF;
  IF NOT coalesce(NEW.quantity BETWEEN 1 AND cleared, false) THEN RAISE EXCEPTION 'the order is larger than what was cleared' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- A position as it stood at the moment asked for: now by its row, earlier by its last split, bonus or consolidation and the fills since.
CREATE OR REPLACE VIEW core.sql_positions WITH (security_barrier) AS
  SELECT p.id, p.account_id, p.card_id, p.symbol, p.opened_at, CASE WHEN p.closed_at <= r.as_of THEN p.closed_at END AS closed_at,
    CASE WHEN r.live THEN p.quantity ELSE (coalesce(a.quantity_after, 0) + coalesce((SELECT sum(f.signed) FROM core.sql_fills f WHERE f.account_id = p.account_id AND f.symbol = p.symbol AND f.happened_at >= coalesce(a.happened_at, p.opened_at) AND f.happened_at BETWEEN p.opened_at AND least(r.as_of, p.closed_at)), 0))::int END AS qty,
    CASE WHEN r.live AND p.closed_at IS NULL THEN p.average_price ELSE (
      SELECT round((coalesce(sum(f.quantity * f.price), 0) + coalesce(abs(a.cost_after_minor) / 100.0, 0)) / nullif(coalesce(sum(f.quantity), 0) + coalesce(abs(a.quantity_after), 0), 0), 4) FROM core.sql_fills f WHERE f.account_id = p.account_id AND f.symbol = p.symbol AND f.happened_at >= coalesce(a.happened_at, p.opened_at) AND f.happened_at BETWEEN p.opened_at AND least(r.as_of, p.closed_at)
        AND f.side = (SELECT e.side FROM core.sql_fills e WHERE e.account_id = p.account_id AND e.symbol = p.symbol AND e.happened_at >= p.opened_at ORDER BY e.happened_at, e.id LIMIT 1)) END AS avg_price,
    coalesce((r.marks ->> p.symbol)::numeric, (SELECT b.close FROM core.bars_daily b WHERE b.symbol = p.symbol AND b.known_at <= r.as_of ORDER BY b.date DESC LIMIT 1)) AS mark,
    CASE WHEN r.live THEN p.realised_minor ELSE coalesce((SELECT sum(f.realised_minor) FROM core.sql_fills f WHERE f.account_id = p.account_id AND f.symbol = p.symbol AND f.happened_at BETWEEN p.opened_at AND least(r.as_of, p.closed_at)), 0)
      + coalesce((SELECT sum(h.realised_minor) FROM core.holding_adjustments h WHERE h.position_id = p.id AND h.kind <> 'DIVIDEND' AND h.happened_at <= r.as_of), 0) END AS realised_minor,
    CASE WHEN r.live THEN p.fees_minor ELSE coalesce((SELECT sum(f.charges_minor) FROM core.sql_fills f WHERE f.account_id = p.account_id AND f.symbol = p.symbol AND f.happened_at BETWEEN p.opened_at AND least(r.as_of, p.closed_at)), 0) END AS fees_minor,
    CASE WHEN r.live AND p.closed_at IS NULL THEN p.stop_loss END AS stop_loss, CASE WHEN r.live AND p.closed_at IS NULL THEN p.take_profit END AS take_profit
  FROM core.sql_reader r JOIN core.positions p ON p.account_id = ANY (r.accounts) AND p.opened_at <= r.as_of
    LEFT JOIN LATERAL (SELECT h.quantity_after, h.cost_after_minor, h.happened_at FROM core.holding_adjustments h WHERE h.position_id = p.id AND h.kind <> 'DIVIDEND' AND h.happened_at <= r.as_of ORDER BY h.happened_at DESC, h.kind LIMIT 1) a ON true;
