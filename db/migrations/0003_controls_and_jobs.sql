CREATE TABLE "core"."funding_releases" (
	"account_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"tranche" integer NOT NULL,
	"kind" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"released_on" date NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"action_id" uuid,
	CONSTRAINT "funding_releases_plan_id_tranche_pk" PRIMARY KEY("plan_id","tranche"),
	CONSTRAINT "funding_releases_kind" CHECK ("core"."funding_releases"."kind" in ('INSTALMENT','TRANCHE'))
);
--> statement-breakpoint
CREATE TABLE "core"."jobs" (
	"name" text PRIMARY KEY NOT NULL,
	"last_started_at" timestamptz(3),
	"last_finished_at" timestamptz(3),
	"last_ok" boolean,
	"last_message" text,
	"last_duration_ms" integer,
	"runs" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamptz(3),
	"lease_by" text
);
--> statement-breakpoint
CREATE TABLE "core"."kill_switches" (
	"scope" text NOT NULL,
	"type" text NOT NULL,
	"account_id" uuid,
	"threshold" double precision NOT NULL,
	"threshold_type" text NOT NULL,
	"on_trigger" jsonb NOT NULL,
	"auto_reset_minutes" integer,
	"active" boolean NOT NULL,
	"since" timestamptz(3) NOT NULL,
	"action_id" uuid,
	CONSTRAINT "kill_switches_scope_type_pk" PRIMARY KEY("scope","type"),
	CONSTRAINT "kill_switches_threshold_type" CHECK ("core"."kill_switches"."threshold_type" in ('ABSOLUTE','PERCENTAGE'))
);
--> statement-breakpoint
CREATE TABLE "core"."limit_settings" (
	"scope" text NOT NULL,
	"setting" text NOT NULL,
	"account_id" uuid,
	"value" jsonb NOT NULL,
	"since" timestamptz(3) NOT NULL,
	"action_id" uuid NOT NULL,
	CONSTRAINT "limit_settings_scope_setting_pk" PRIMARY KEY("scope","setting")
);
--> statement-breakpoint
CREATE TABLE "core"."portfolio_snapshots" (
	"account_id" uuid NOT NULL,
	"day" date NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"market_time" timestamptz(3) NOT NULL,
	"cash_minor" bigint,
	"equity_minor" bigint,
	"external_minor" bigint,
	"pnl_minor" bigint,
	"positions" jsonb NOT NULL,
	"missing" jsonb NOT NULL,
	CONSTRAINT "portfolio_snapshots_account_id_day_pk" PRIMARY KEY("account_id","day")
);
--> statement-breakpoint
CREATE TABLE "core"."risk_snapshots" (
	"id" uuid PRIMARY KEY NOT NULL,
	"scope" text NOT NULL,
	"account_id" uuid,
	"at" timestamptz(3) NOT NULL,
	"market_time" timestamptz(3) NOT NULL,
	"day" date NOT NULL,
	"currency" text,
	"equity_minor" bigint,
	"pnl_minor" bigint,
	"day_start_pnl_minor" bigint,
	"day_start_equity_minor" bigint,
	"peak_pnl_minor" bigint,
	"total_open_risk_minor" bigint,
	"unrealised_minor" bigint,
	"open_positions" integer NOT NULL,
	"daily_new_risk_minor" bigint,
	"daily_realised_minor" bigint,
	"drawdown_minor" bigint,
	"drawdown_percent" double precision,
	"daily_max_drawdown_minor" bigint,
	"volatility_percent" double precision,
	"volatility_target_percent" double precision,
	"sector_exposures" jsonb NOT NULL,
	"switches_active" jsonb NOT NULL,
	"missing" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."trading_holds" (
	"scope" text NOT NULL,
	"cause" text NOT NULL,
	"account_id" uuid,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"measured" double precision,
	"threshold" double precision,
	"since" timestamptz(3) NOT NULL,
	"resets_at" timestamptz(3),
	"action_id" uuid,
	CONSTRAINT "trading_holds_scope_cause_pk" PRIMARY KEY("scope","cause"),
	CONSTRAINT "trading_holds_state" CHECK ("core"."trading_holds"."state" in ('ACTIVE','REDUCING','HALTED'))
);
--> statement-breakpoint
ALTER TABLE "core"."accounts" ADD COLUMN "opened_by" uuid;--> statement-breakpoint
ALTER TABLE "core"."funding_releases" ADD CONSTRAINT "funding_releases_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "core"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."funding_releases" ADD CONSTRAINT "funding_releases_plan_id_funding_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "core"."funding_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."kill_switches" ADD CONSTRAINT "kill_switches_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "core"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."limit_settings" ADD CONSTRAINT "limit_settings_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "core"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "funding_releases_account" ON "core"."funding_releases" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "risk_snapshots_scope" ON "core"."risk_snapshots" USING btree ("scope","at");--> statement-breakpoint
-- What follows is written by hand: what the database itself refuses of the tables above, and the rules that they change.
GRANT SELECT, INSERT, UPDATE, DELETE ON core.trading_holds, core.jobs, core.risk_snapshots TO parapet_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON core.limit_settings, core.kill_switches, core.portfolio_snapshots TO parapet_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON core.funding_releases TO parapet_app;
--> statement-breakpoint
GRANT INSERT ON core.funding_plans TO parapet_app;
--> statement-breakpoint
-- Homes from before: what is restricted is held until a person resumes, and the first instalment of a plan came with the opening balance.
INSERT INTO core.trading_holds (scope, cause, account_id, state, reason, since, action_id)
  SELECT scope, 'PAUSE', account_id, state, coalesce(reason, 'no reason was given'), since, action_id FROM core.trading_states WHERE state <> 'ACTIVE';
--> statement-breakpoint
INSERT INTO core.funding_releases (account_id, plan_id, tranche, kind, amount_minor, released_on, at)
  SELECT p.account_id, p.id, CASE WHEN p.lump_sum_amount_minor IS NULL THEN 0 ELSE jsonb_array_length(p.tranche_plan) END, 'INSTALMENT', p.sip_amount_minor, p.sip_start_date, core.wall_now()
  FROM core.funding_plans p WHERE p.active AND p.sip_amount_minor IS NOT NULL AND p.sip_start_date IS NOT NULL;
--> statement-breakpoint
-- What a rule of the desk may carry out unasked (desk/actions/policy.ts, `automatic`), and only while its condition holds.
CREATE FUNCTION core.automatic_holds(act core.actions) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE b jsonb := act.body::jsonb; p core.funding_plans; halves int; n int;
BEGIN
  IF act.proposer_kind <> 'desk' THEN RETURN false; END IF;
  CASE act.kind
  WHEN 'kill_switch_trip' THEN RETURN act.proposer = 'tripped_switch';
  WHEN 'cancel' THEN
    RETURN act.proposer = 'halted_entries'
      AND EXISTS (SELECT 1 FROM core.orders o WHERE o.id = (b->>'orderId')::uuid AND o.account_id = act.account_id AND o.category = 'ENTRY')
      AND EXISTS (SELECT 1 FROM core.trading_states s WHERE s.state = 'HALTED' AND (s.scope = 'desk' OR s.account_id = act.account_id));
  WHEN 'kill_switch_reset' THEN
    RETURN act.proposer = 'timed_switch_reset' AND b->>'switchType' IN ('STALE_DATA', 'ORDER_RATE')
      AND EXISTS (SELECT 1 FROM core.trading_holds h WHERE h.account_id IS NOT DISTINCT FROM act.account_id AND h.cause = b->>'switchType' AND h.resets_at <= core.wall_now());
  WHEN 'funding_release' THEN
    SELECT * INTO p FROM core.funding_plans f WHERE f.account_id = act.account_id AND f.active;
    IF NOT FOUND OR act.proposer <> 'confirmed_funding_plan' THEN RETURN false; END IF;
    halves := CASE WHEN p.lump_sum_amount_minor IS NULL THEN 0 ELSE jsonb_array_length(p.tranche_plan) END;
    n := (b->>'tranche')::int;
    IF EXISTS (SELECT 1 FROM core.funding_releases r WHERE r.plan_id = p.id AND r.tranche = n) THEN RETURN false; END IF;
    IF n < halves THEN RETURN coalesce(abs((b->>'amountMinor')::numeric - p.lump_sum_amount_minor * (p.tranche_plan->n->>'percent')::numeric / 100) <= 1, false); END IF;
    RETURN coalesce((b->>'amountMinor')::bigint = p.sip_amount_minor AND (act.market_time AT TIME ZONE 'Asia/Kolkata')::date + 1
      >= CASE p.sip_frequency WHEN 'WEEKLY' THEN p.sip_start_date + 7 * (n - halves) ELSE (p.sip_start_date + make_interval(months => n - halves))::date END, false);
  ELSE RETURN false;
  END CASE;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION core.clearance_issue(p jsonb, p_actor text, p_payload text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE act core.actions; rep core.gate_reports; con core.confirmations; body jsonb; intent jsonb;
BEGIN
  SELECT * INTO STRICT act FROM core.actions WHERE id = (p->>'actionId')::uuid FOR UPDATE;
  body := (p->>'body')::jsonb;
  SELECT * INTO STRICT rep FROM core.gate_reports WHERE id = (p->>'reportId')::uuid AND action_id = act.id;
  IF rep.verdict <> 'PASS' THEN RAISE EXCEPTION 'the gates did not pass' USING ERRCODE = '42501'; END IF;
  IF body->>'actionId' IS DISTINCT FROM act.id::text OR body->>'actionDigest' IS DISTINCT FROM act.digest OR body->>'reportDigest' IS DISTINCT FROM rep.digest THEN
    RAISE EXCEPTION 'the clearance is not about this action and report' USING ERRCODE = '42501';
  END IF;
  IF act.state = 'confirmed' THEN
    IF rep.phase <> 'confirm' THEN RAISE EXCEPTION 'the gates must run again after the press' USING ERRCODE = '42501'; END IF;
    SELECT * INTO STRICT con FROM core.confirmations c WHERE c.id = (p->>'confirmationId')::uuid AND c.action_id = act.id AND c.status = 'confirmed' AND c.action_digest = act.digest;
    IF body->>'confirmationId' IS DISTINCT FROM con.id::text THEN RAISE EXCEPTION 'the clearance names another confirmation' USING ERRCODE = '42501'; END IF;
    IF rep.at < con.decided_at THEN RAISE EXCEPTION 'the verdict is older than the press' USING ERRCODE = '42501'; END IF;
  ELSIF act.state = 'gated' THEN
    IF p->>'confirmationId' IS NOT NULL OR NOT ((act.proposer_kind = 'person' AND EXISTS (SELECT 1 FROM core.explicit_kinds k WHERE k.kind = act.kind)) OR core.automatic_holds(act)) THEN
      RAISE EXCEPTION 'this needs a confirmation' USING ERRCODE = '42501';
    END IF;
  ELSE RAISE EXCEPTION 'an action that is % cannot be cleared', act.state USING ERRCODE = '42501';
  END IF;
  IF NOT coalesce((body->>'expiresAt')::timestamptz BETWEEN core.wall_now() AND core.wall_now() + interval '1 day', false) THEN RAISE EXCEPTION 'a clearance lives for a day at most' USING ERRCODE = '42501'; END IF;
  IF jsonb_array_length(p->'intents') IS DISTINCT FROM jsonb_array_length(body->'intents') OR EXISTS (
    SELECT 1 FROM jsonb_array_elements(p->'intents') given WHERE NOT EXISTS (
      SELECT 1 FROM jsonb_array_elements(body->'intents') listed
      WHERE listed->>'leg' = given->>'leg' AND listed->>'clientOrderId' = given->>'clientOrderId' AND listed->'spec' = (given->>'spec')::jsonb)) THEN
    RAISE EXCEPTION 'the intents are not those that were signed' USING ERRCODE = '42501';
  END IF;
  INSERT INTO core.clearances (id, action_id, confirmation_id, report_id, body, signature, key_id, issued_at, expires_at)
  VALUES ((p->>'id')::uuid, act.id, con.id, rep.id, p->>'body', p->>'signature', p->>'keyId', core.wall_now(), (body->>'expiresAt')::timestamptz);
  FOR intent IN SELECT * FROM jsonb_array_elements(p->'intents') LOOP
    INSERT INTO core.order_intents (id, clearance_id, action_id, account_id, leg, client_order_id, spec, state, created_at, updated_at)
    VALUES ((intent->>'id')::uuid, (p->>'id')::uuid, act.id, act.account_id, intent->>'leg', intent->>'clientOrderId', intent->>'spec', intent->>'state', core.wall_now(), core.wall_now());
  END LOOP;
  IF NOT core.step_action(act.id, act.state, 'cleared', NULL, p_actor, p_payload) THEN RAISE EXCEPTION 'the action moved on' USING ERRCODE = '40001'; END IF;
  INSERT INTO core.outbox (topic, action_id, payload, created_at) VALUES ('action.cleared', act.id, p_payload, core.wall_now());
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION core.check_balanced() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE t core.ledger_transactions; f core.fills; o core.orders; total bigint; entries int; cash bigint; charges bigint; realised bigint; elsewhere int; amount bigint; act core.actions;
BEGIN
  IF TG_TABLE_NAME = 'ledger_entries' THEN SELECT * INTO STRICT t FROM core.ledger_transactions WHERE id = NEW.transaction_id; ELSE t := NEW; END IF;
  SELECT coalesce(sum(e.amount_minor), 0), count(*), coalesce(sum(e.amount_minor) FILTER (WHERE e.ledger = 'cash'), 0), coalesce(sum(e.amount_minor) FILTER (WHERE e.ledger = 'charges'), 0), coalesce(sum(e.amount_minor) FILTER (WHERE e.ledger = 'realised_pnl'), 0)
    INTO total, entries, cash, charges, realised FROM core.ledger_entries e WHERE e.transaction_id = t.id;
  IF total <> 0 OR entries < 2 THEN RAISE EXCEPTION 'ledger transaction % does not balance (sum %, % entries)', t.id, total, entries USING ERRCODE = '23514'; END IF;
  IF t.fill_id IS NOT NULL THEN
    SELECT * INTO STRICT f FROM core.fills WHERE id = t.fill_id;
    SELECT * INTO STRICT o FROM core.orders WHERE id = f.order_id;
    SELECT count(*) INTO elsewhere FROM core.ledger_entries e WHERE e.transaction_id = t.id AND e.account_id <> f.account_id;
    -- The price is stored to six decimals; the money was counted before that.
    IF elsewhere > 0 OR charges <> f.charges_minor OR realised <> -f.realised_minor
      OR abs(cash + f.charges_minor + (CASE o.side WHEN 'BUY' THEN 1 ELSE -1 END) * round(f.price * f.quantity * 100)) > 1 + f.quantity / 10000 THEN
      RAISE EXCEPTION 'ledger transaction % is not what its fill moved', t.id USING ERRCODE = '23514';
    END IF;
  ELSIF t.clearance_id IS NOT NULL THEN
    SELECT a.* INTO STRICT act FROM core.clearances c JOIN core.actions a ON a.id = c.action_id WHERE c.id = t.clearance_id;
    amount := coalesce(act.body::jsonb->>'amountMinor', CASE WHEN act.kind = 'account_open' OR (act.kind = 'account_reset' AND t.kind = 'DEPOSIT') THEN act.body::jsonb->>'openingBalanceMinor' END)::bigint;
    -- What is closed is emptied to the last paisa; what starts over goes on in an account of its own.
    IF act.kind IN ('account_close', 'account_reset') AND t.kind = 'WITHDRAWAL' THEN
      IF EXISTS (SELECT 1 FROM core.ledger_entries e WHERE e.transaction_id = t.id AND (e.account_id IS DISTINCT FROM act.account_id OR e.ledger NOT IN ('cash', 'external')))
        OR (SELECT coalesce(sum(e.amount_minor), 0) FROM core.ledger_entries e WHERE e.account_id = act.account_id AND e.ledger = 'cash') <> 0 THEN
        RAISE EXCEPTION 'ledger transaction % does not empty the account', t.id USING ERRCODE = '23514';
      END IF;
      RETURN NULL;
    END IF;
    IF act.kind IN ('account_open', 'account_reset') THEN
      IF EXISTS (SELECT 1 FROM core.ledger_entries e JOIN core.accounts a ON a.id = e.account_id WHERE e.transaction_id = t.id AND (abs(e.amount_minor) IS DISTINCT FROM amount OR e.ledger NOT IN ('cash', 'external') OR a.opened_by IS DISTINCT FROM act.id)) THEN
        RAISE EXCEPTION 'ledger transaction % is not the confirmed opening balance', t.id USING ERRCODE = '23514';
      END IF;
      RETURN NULL;
    END IF;
    SELECT count(*) INTO elsewhere FROM core.ledger_entries e WHERE e.transaction_id = t.id
      AND (abs(e.amount_minor) IS DISTINCT FROM amount OR (e.account_id IS DISTINCT FROM act.account_id AND e.account_id::text IS DISTINCT FROM act.body::jsonb->>'toAccountId'));
    IF amount IS NOT NULL AND elsewhere > 0 THEN RAISE EXCEPTION 'ledger transaction % is not what was confirmed', t.id USING ERRCODE = '23514'; END IF;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION core.check_ledger_cause() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.clearance_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM core.clearances c JOIN core.actions a ON a.id = c.action_id
    WHERE c.id = NEW.clearance_id AND c.consumed_at IS NOT NULL AND a.kind IN ('transfer_cash', 'deposit', 'withdrawal', 'funding_release', 'account_open', 'account_close', 'account_reset')
      -- A reset empties one account and opens another; everything else moves money once.
      AND NOT EXISTS (SELECT 1 FROM core.ledger_transactions l WHERE l.clearance_id = c.id AND (a.kind <> 'account_reset' OR l.kind = NEW.kind))
      AND (a.kind <> 'account_reset' OR NEW.kind IN ('WITHDRAWAL', 'DEPOSIT'))
      -- A tranche only lets money be used that is there already; an instalment brings it in.
      AND (a.kind <> 'funding_release' OR EXISTS (SELECT 1 FROM core.funding_releases r WHERE r.action_id = a.id AND r.kind = 'INSTALMENT'))) THEN
    RAISE EXCEPTION 'a ledger row needs its cause' USING ERRCODE = '42501';
  END IF;
  IF NEW.opening IS NOT NULL AND NOT core.is_owner(TG_RELID) THEN RAISE EXCEPTION 'an account is opened once, at its set-up' USING ERRCODE = '42501'; END IF;
  IF NEW.reconciliation IS NOT NULL AND NOT EXISTS (SELECT 1 FROM core.audit_log l WHERE l.sequence::text = NEW.reconciliation AND l.kind LIKE 'reconcile.%') THEN
    RAISE EXCEPTION 'a correction names the reconciliation record in the audit' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION core.check_governed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE ladder text[] := ARRAY['ACTIVE', 'REDUCING', 'HALTED']; good boolean := false;
BEGIN
  IF core.is_owner(TG_RELID) THEN RETURN NEW; END IF;
  CASE TG_TABLE_NAME
  WHEN 'trading_states' THEN
    IF NEW.scope IS DISTINCT FROM coalesce(NEW.account_id::text, 'desk') OR (TG_OP = 'UPDATE' AND (NEW.scope, NEW.account_id) IS DISTINCT FROM (OLD.scope, OLD.account_id)) THEN
      RAISE EXCEPTION 'a trading state stays where it is' USING ERRCODE = '42501';
    END IF;
    IF TG_OP = 'INSERT' THEN good := NEW.state <> 'ACTIVE'; ELSE good := array_position(ladder, NEW.state) >= array_position(ladder, OLD.state); END IF;
    -- What is lifted leaves the strictest of what still holds.
    good := good OR (EXISTS (SELECT 1 FROM core.under_way('{resume,kill_switch_reset}') a WHERE a.id = NEW.action_id AND a.account_id IS NOT DISTINCT FROM NEW.account_id)
        AND NOT EXISTS (SELECT 1 FROM core.trading_holds h WHERE h.scope = NEW.scope AND array_position(ladder, h.state) > array_position(ladder, NEW.state)))
      OR (TG_OP = 'INSERT' AND EXISTS (SELECT 1 FROM core.under_way('{account_open}') a WHERE a.id = NEW.action_id));
  WHEN 'mandates' THEN
    IF TG_OP = 'UPDATE' THEN good := NOT NEW.active AND (to_jsonb(NEW) - 'active') = (to_jsonb(OLD) - 'active');
    ELSE
      good := EXISTS (SELECT 1 FROM core.under_way('{mandate_change}') a WHERE a.id = NEW.action_id AND a.account_id = NEW.account_id AND a.body::jsonb->'terms' = NEW.terms)
        OR (NOT EXISTS (SELECT 1 FROM core.mandates m WHERE m.account_id = NEW.account_id) AND EXISTS (
          SELECT 1 FROM core.under_way('{account_open,account_reset}') a JOIN core.accounts n ON n.opened_by = a.id AND n.id = NEW.account_id WHERE a.id = NEW.action_id
            AND (a.kind = 'account_open' OR EXISTS (SELECT 1 FROM core.mandates m WHERE m.account_id = a.account_id AND m.active AND m.terms = NEW.terms))));
    END IF;
  WHEN 'accounts' THEN
    IF TG_OP = 'INSERT' THEN
      good := NEW.mode = 'paper' AND NEW.live_armed_until IS NULL AND EXISTS (SELECT 1 FROM core.under_way('{account_open,account_reset}') a WHERE a.id = NEW.opened_by
        AND NOT EXISTS (SELECT 1 FROM core.accounts o WHERE o.opened_by = a.id)
        AND CASE a.kind WHEN 'account_open' THEN (a.body::jsonb->>'name', a.body::jsonb->>'type', a.body::jsonb->>'baseCurrency') = (NEW.name, NEW.type, NEW.base_currency)
          ELSE EXISTS (SELECT 1 FROM core.accounts o WHERE o.id = a.account_id AND o.deleted_at IS NOT NULL AND (o.owner_id, o.type, o.base_currency) = (NEW.owner_id, NEW.type, NEW.base_currency)) END);
    ELSE
      good := (NEW.id, NEW.owner_id, NEW.type, NEW.base_currency, NEW.opened_at, NEW.opened_by) IS NOT DISTINCT FROM (OLD.id, OLD.owner_id, OLD.type, OLD.base_currency, OLD.opened_at, OLD.opened_by)
        AND (NEW.name = OLD.name OR EXISTS (SELECT 1 FROM core.under_way('{account_edit,account_close,account_reset}') a WHERE a.account_id = NEW.id AND (a.kind <> 'account_edit' OR a.body::jsonb->>'name' = NEW.name)))
        AND ((NEW.mode, NEW.broker) IS NOT DISTINCT FROM (OLD.mode, OLD.broker)
          OR EXISTS (SELECT 1 FROM core.under_way('{account_mode}') a WHERE a.account_id = NEW.id AND (a.body::jsonb->>'mode', a.body::jsonb->>'broker') = (NEW.mode, NEW.broker)))
        AND (NEW.live_armed_until IS NULL OR NEW.live_armed_until IS NOT DISTINCT FROM OLD.live_armed_until
          OR EXISTS (SELECT 1 FROM core.under_way('{arm_live}') a WHERE a.account_id = NEW.id AND (a.body::jsonb->>'until')::timestamptz >= NEW.live_armed_until))
        AND (NEW.status <> 'ACTIVE' OR OLD.status = 'ACTIVE' OR EXISTS (SELECT 1 FROM core.under_way('{resume,account_reset}') a WHERE a.account_id = NEW.id))
        AND (NEW.deleted_at IS NOT DISTINCT FROM OLD.deleted_at OR (OLD.deleted_at IS NULL AND NEW.status = 'CLOSED' AND EXISTS (SELECT 1 FROM core.under_way('{account_close,account_reset}') a WHERE a.account_id = NEW.id)));
    END IF;
  WHEN 'people' THEN
    IF TG_OP = 'INSERT' THEN good := EXISTS (SELECT 1 FROM core.under_way('{person_add}') a WHERE a.body::jsonb->>'name' = NEW.name AND a.body::jsonb->>'role' = NEW.role);
    ELSE good := (to_jsonb(NEW) - 'last_account_id') = (to_jsonb(OLD) - 'last_account_id'); END IF;
  WHEN 'account_rights' THEN
    good := EXISTS (SELECT 1 FROM core.under_way('{rights_change}') a WHERE a.account_id = NEW.account_id AND a.body::jsonb->>'personId' = NEW.person_id::text
        AND (a.body::jsonb->'canView', a.body::jsonb->'canPropose', a.body::jsonb->'canConfirm') = (to_jsonb(NEW.can_view), to_jsonb(NEW.can_propose), to_jsonb(NEW.can_confirm)))
      OR (TG_OP = 'INSERT' AND EXISTS (SELECT 1 FROM core.under_way('{account_open,account_reset}') a JOIN core.accounts n ON n.opened_by = a.id AND n.id = NEW.account_id
        WHERE CASE a.kind WHEN 'account_open' THEN (a.proposer = NEW.person_id::text OR a.on_behalf_of = NEW.person_id) AND NOT EXISTS (SELECT 1 FROM core.account_rights r WHERE r.account_id = NEW.account_id)
          ELSE EXISTS (SELECT 1 FROM core.account_rights r WHERE r.account_id = a.account_id AND (r.person_id, r.can_view, r.can_propose, r.can_confirm) = (NEW.person_id, NEW.can_view, NEW.can_propose, NEW.can_confirm)) END));
  WHEN 'identities' THEN
    IF TG_OP = 'INSERT' THEN
      good := EXISTS (SELECT 1 FROM core.under_way('{identity_link}') a WHERE (a.body::jsonb->>'personId', a.body::jsonb->>'channel', a.body::jsonb->>'externalId') = (NEW.person_id::text, NEW.channel, NEW.external_id));
    ELSE good := NEW.unlinked_at IS NOT NULL AND (to_jsonb(NEW) - 'unlinked_at') = (to_jsonb(OLD) - 'unlinked_at'); END IF;
  WHEN 'limit_settings' THEN
    good := NEW.scope = coalesce(NEW.account_id::text, 'desk') AND EXISTS (SELECT 1 FROM core.under_way('{limit_change}') a WHERE a.id = NEW.action_id AND a.account_id IS NOT DISTINCT FROM NEW.account_id
      AND (a.body::jsonb->>'setting', a.body::jsonb->'value') = (NEW.setting, NEW.value));
  WHEN 'kill_switches' THEN
    good := NEW.scope = coalesce(NEW.account_id::text, 'desk') AND (EXISTS (SELECT 1 FROM core.under_way('{kill_switch_set}') a WHERE a.id = NEW.action_id AND a.account_id IS NOT DISTINCT FROM NEW.account_id
        AND (a.body::jsonb->>'switchType', (a.body::jsonb->>'threshold')::float8, a.body::jsonb->>'thresholdType', a.body::jsonb->'onTrigger', a.body::jsonb->'autoResetMinutes', a.body::jsonb->'active')
          = (NEW.type, NEW.threshold, NEW.threshold_type, NEW.on_trigger, coalesce(to_jsonb(NEW.auto_reset_minutes), 'null'::jsonb), to_jsonb(NEW.active)))
      OR (TG_OP = 'INSERT' AND NEW.account_id IS NOT NULL AND EXISTS (SELECT 1 FROM core.under_way('{account_open,account_reset}') a JOIN core.accounts n ON n.opened_by = a.id AND n.id = NEW.account_id WHERE a.id = NEW.action_id)));
  WHEN 'funding_releases' THEN
    good := EXISTS (SELECT 1 FROM core.under_way('{funding_release}') a JOIN core.funding_plans p ON p.id = NEW.plan_id AND p.account_id = a.account_id WHERE a.id = NEW.action_id AND a.account_id = NEW.account_id
        AND ((a.body::jsonb->>'tranche')::int, (a.body::jsonb->>'amountMinor')::bigint) = (NEW.tranche, NEW.amount_minor)
        AND NEW.kind = CASE WHEN p.lump_sum_amount_minor IS NOT NULL AND NEW.tranche < jsonb_array_length(p.tranche_plan) THEN 'TRANCHE' ELSE 'INSTALMENT' END)
      OR EXISTS (SELECT 1 FROM core.under_way('{account_open,account_reset}') a JOIN core.accounts n ON n.opened_by = a.id AND n.id = NEW.account_id WHERE a.id = NEW.action_id);
  WHEN 'funding_plans' THEN
    good := TG_OP = 'INSERT' AND NOT EXISTS (SELECT 1 FROM core.funding_plans p WHERE p.account_id = NEW.account_id)
      AND EXISTS (SELECT 1 FROM core.under_way('{account_open,account_reset}') a JOIN core.accounts n ON n.opened_by = a.id AND n.id = NEW.account_id
        WHERE CASE a.kind WHEN 'account_open' THEN (a.body::jsonb->>'sipAmountMinor')::bigint = NEW.sip_amount_minor AND NEW.lump_sum_amount_minor IS NULL
          ELSE EXISTS (SELECT 1 FROM core.funding_plans p WHERE p.account_id = a.account_id AND p.active AND (p.type, p.sip_amount_minor, p.lump_sum_amount_minor, p.tranche_plan) IS NOT DISTINCT FROM (NEW.type, NEW.sip_amount_minor, NEW.lump_sum_amount_minor, NEW.tranche_plan)) END);
  END CASE;
  IF NOT coalesce(good, false) THEN RAISE EXCEPTION '% may only change by a confirmed action', TG_TABLE_NAME USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['limit_settings', 'kill_switches', 'funding_releases', 'funding_plans'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE INSERT OR UPDATE ON core.%I FOR EACH ROW EXECUTE FUNCTION core.check_governed()', t || '_governed', t);
    EXECUTE format('ALTER TABLE core.%I ENABLE ALWAYS TRIGGER %I', t, t || '_governed');
  END LOOP;
END $$;
--> statement-breakpoint
-- A hold may come and get stricter at any time; it goes only by the action that a person confirmed, or a timed reset.
CREATE FUNCTION core.check_hold() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE ladder text[] := ARRAY['ACTIVE', 'REDUCING', 'HALTED'];
BEGIN
  IF core.is_owner(TG_RELID) THEN RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END; END IF;
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT 1 FROM core.under_way('{resume}') a WHERE a.account_id IS NOT DISTINCT FROM OLD.account_id)
      OR EXISTS (SELECT 1 FROM core.under_way('{kill_switch_reset}') a WHERE a.account_id IS NOT DISTINCT FROM OLD.account_id AND a.body::jsonb->>'switchType' = OLD.cause) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'a hold is lifted by a confirmed action alone' USING ERRCODE = '42501';
  END IF;
  IF NEW.scope IS DISTINCT FROM coalesce(NEW.account_id::text, 'desk') OR (TG_OP = 'UPDATE' AND ((NEW.scope, NEW.cause) IS DISTINCT FROM (OLD.scope, OLD.cause)
    OR array_position(ladder, NEW.state) < array_position(ladder, OLD.state) OR (OLD.resets_at IS NULL AND NEW.resets_at IS NOT NULL) OR NEW.resets_at < OLD.resets_at)) THEN
    RAISE EXCEPTION 'a hold only gets stricter' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER trading_holds_checked BEFORE INSERT OR UPDATE OR DELETE ON core.trading_holds FOR EACH ROW EXECUTE FUNCTION core.check_hold();
--> statement-breakpoint
ALTER TABLE core.trading_holds ENABLE ALWAYS TRIGGER trading_holds_checked;
--> statement-breakpoint
-- A key for programs is made by the action that a person confirmed for exactly that key; what was revoked stays so.
CREATE FUNCTION core.check_token() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF core.is_owner(TG_RELID) THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.person_id, NEW.kind, NEW.hash, NEW.created_at, NEW.expires_at) IS DISTINCT FROM (OLD.id, OLD.person_id, OLD.kind, OLD.hash, OLD.created_at, OLD.expires_at)
      OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at) OR (OLD.used_at IS NOT NULL AND NEW.used_at IS DISTINCT FROM OLD.used_at) THEN
      RAISE EXCEPTION 'a token can be used up or revoked, not changed' USING ERRCODE = '42501';
    END IF;
  ELSIF NEW.kind = 'api_key' AND NOT EXISTS (SELECT 1 FROM core.under_way('{api_key_create}') a WHERE (a.body::jsonb->>'personId', a.body::jsonb->>'keyHash', a.body::jsonb->>'label') = (NEW.person_id::text, NEW.hash, NEW.label)) THEN
    RAISE EXCEPTION 'an API key is made by a confirmed action alone' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER access_tokens_checked BEFORE INSERT OR UPDATE ON core.access_tokens FOR EACH ROW EXECUTE FUNCTION core.check_token();
--> statement-breakpoint
ALTER TABLE core.access_tokens ENABLE ALWAYS TRIGGER access_tokens_checked;
