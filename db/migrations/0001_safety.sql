-- What the database itself refuses, whatever the program does: see docs/safety.md.
CREATE EXTENSION IF NOT EXISTS vector;
--> statement-breakpoint
CREATE SCHEMA IF NOT EXISTS graph;
--> statement-breakpoint
DO $$
DECLARE r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['parapet_app', 'parapet_press', 'parapet_gate'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', r);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    EXECUTE format('GRANT %I TO current_user', r);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON SCHEMA public FROM PUBLIC;
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
--> statement-breakpoint
-- The wall clock, behind one function: expiry, confirmations, clearances and the audit read it.
CREATE FUNCTION core.wall_now() RETURNS timestamptz LANGUAGE sql VOLATILE SET search_path = pg_catalog AS 'SELECT date_trunc(''milliseconds'', clock_timestamp())';
--> statement-breakpoint
CREATE FUNCTION core.instant_text(moment timestamptz) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
  AS 'SELECT to_char(moment AT TIME ZONE ''UTC'', ''YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'')';
--> statement-breakpoint
CREATE FUNCTION core.digest_text(body text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
  AS 'SELECT encode(sha256(convert_to(body, ''UTF8'')), ''hex'')';
--> statement-breakpoint
INSERT INTO core.audit_head (one, sequence, hash) VALUES (1, 0, repeat('0', 64));
--> statement-breakpoint
-- Appends under the locked head row, in the caller's transaction. The hash covers exactly the text that is stored.
CREATE FUNCTION core.audit_write(p_kind text, p_subject text, p_actor text, p_payload text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE head core.audit_head; stamp text; next_hash text;
BEGIN
  IF p_kind ~ E'\n' OR p_subject ~ E'\n' OR p_actor ~ E'\n' THEN RAISE EXCEPTION 'an audit field must be one line' USING ERRCODE = '22023'; END IF;
  SELECT * INTO STRICT head FROM core.audit_head WHERE one = 1 FOR UPDATE;
  stamp := core.instant_text(core.wall_now());
  next_hash := core.digest_text(concat_ws(E'\n', head.hash, (head.sequence + 1)::text, stamp, p_kind, p_subject, p_actor, p_payload));
  INSERT INTO core.audit_log (sequence, at, kind, subject, actor, payload, previous_hash, hash)
    VALUES (head.sequence + 1, stamp, p_kind, p_subject, p_actor, p_payload, head.hash, next_hash);
  UPDATE core.audit_head SET sequence = head.sequence + 1, hash = next_hash WHERE one = 1;
  RETURN head.sequence + 1;
END $$;
--> statement-breakpoint
-- What the application may append. Presses and the steps of an action are recorded by the functions that make them, by nobody else.
CREATE FUNCTION core.audit_append(p_kind text, p_subject text, p_actor text, p_payload text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF p_kind ~ '^(action|press)\.' THEN RAISE EXCEPTION '% is recorded by the step itself', p_kind USING ERRCODE = '42501'; END IF;
  RETURN core.audit_write(p_kind, p_subject, p_actor, p_payload);
END $$;
--> statement-breakpoint
CREATE FUNCTION core.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = '42501'; END $$;
--> statement-breakpoint
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON core.audit_log FOR EACH ROW EXECUTE FUNCTION core.refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON core.audit_log FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
--> statement-breakpoint
ALTER TABLE core.audit_log ENABLE ALWAYS TRIGGER audit_append_only, ENABLE ALWAYS TRIGGER audit_no_truncate;
--> statement-breakpoint
-- The life of an action (desk/actions/life.ts); a test holds the two together.
CREATE TABLE core.legal_transitions (from_state text NOT NULL, to_state text NOT NULL, PRIMARY KEY (from_state, to_state));
--> statement-breakpoint
INSERT INTO core.legal_transitions VALUES
  ('proposed','gated'), ('proposed','blocked'), ('proposed','failed'),
  ('gated','awaiting_confirmation'), ('gated','cleared'), ('gated','blocked'), ('gated','expired'), ('gated','failed'),
  ('awaiting_confirmation','confirmed'), ('awaiting_confirmation','rejected'), ('awaiting_confirmation','expired'), ('awaiting_confirmation','blocked'),
  ('confirmed','cleared'), ('confirmed','blocked'), ('confirmed','expired'), ('confirmed','failed'),
  ('cleared','executing'), ('cleared','expired'), ('cleared','failed'),
  ('executing','done'), ('executing','failed'), ('executing','unknown'), ('unknown','done'), ('unknown','failed');
--> statement-breakpoint
-- Which kinds a person's own explicit command confirms (desk/actions/policy.ts); a test holds the two together.
CREATE TABLE core.explicit_kinds (kind text PRIMARY KEY);
--> statement-breakpoint
INSERT INTO core.explicit_kinds VALUES ('pause'), ('kill_switch_trip'), ('cancel'), ('watchlist_edit'), ('run_cycle'), ('trigger_eval'), ('disarm_live');
--> statement-breakpoint
CREATE FUNCTION core.step_action(p_id uuid, p_from text, p_to text, p_reason text, p_actor text, p_payload text) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE entry bigint;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM core.legal_transitions WHERE from_state = p_from AND to_state = p_to) THEN
    RAISE EXCEPTION 'an action cannot go from % to %', p_from, p_to USING ERRCODE = '23514';
  END IF;
  UPDATE core.actions SET state = p_to, reason = coalesce(p_reason, reason), updated_at = core.wall_now() WHERE id = p_id AND state = p_from;
  IF NOT FOUND THEN RETURN false; END IF;
  entry := core.audit_write('action.' || p_to, p_id::text, p_actor, p_payload);
  INSERT INTO core.action_transitions (action_id, from_state, to_state, at, reason, audit_sequence) VALUES (p_id, p_from, p_to, core.wall_now(), p_reason, entry);
  RETURN true;
END $$;
--> statement-breakpoint
CREATE FUNCTION core.action_create(p jsonb, p_payload text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE entry bigint;
BEGIN
  IF core.digest_text(p->>'body') <> p->>'digest' THEN RAISE EXCEPTION 'the digest is not that of the action' USING ERRCODE = '23514'; END IF;
  IF (p->>'body')::jsonb->>'kind' IS DISTINCT FROM p->>'kind' OR (p->>'body')::jsonb->>'accountId' IS DISTINCT FROM p->>'accountId' THEN
    RAISE EXCEPTION 'kind and account must be those of the body' USING ERRCODE = '23514';
  END IF;
  INSERT INTO core.actions (id, kind, account_id, body, digest, state, proposer_kind, proposer, on_behalf_of, channel, thread_id, turn, revises, world_label, created_at, updated_at, market_time)
  VALUES ((p->>'id')::uuid, p->>'kind', (p->>'accountId')::uuid, p->>'body', p->>'digest', 'proposed', p->>'proposerKind', p->>'proposer', (p->>'onBehalfOf')::uuid, p->>'channel',
    (p->>'threadId')::uuid, (p->>'turn')::uuid, (p->>'revises')::uuid, p->>'worldLabel', core.wall_now(), core.wall_now(), (p->>'marketTime')::timestamptz);
  entry := core.audit_write('action.proposed', p->>'id', p->>'proposer', p_payload);
  INSERT INTO core.action_transitions (action_id, from_state, to_state, at, audit_sequence) VALUES ((p->>'id')::uuid, NULL, 'proposed', core.wall_now(), entry);
END $$;
--> statement-breakpoint
-- Every step but the guarded ones. The outbox row is written in the same transaction.
CREATE FUNCTION core.action_move(p_id uuid, p_from text, p_to text, p_reason text, p_actor text, p_payload text, p_topic text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF p_to IN ('awaiting_confirmation', 'confirmed', 'cleared') THEN RAISE EXCEPTION 'only a confirmation or a clearance leads to %', p_to USING ERRCODE = '42501'; END IF;
  IF p_from = 'proposed' AND p_to = 'gated' AND NOT EXISTS (SELECT 1 FROM core.gate_reports r WHERE r.action_id = p_id AND r.phase = 'propose' AND r.verdict = 'PASS') THEN
    RAISE EXCEPTION 'no passing gate report' USING ERRCODE = '42501';
  END IF;
  IF NOT core.step_action(p_id, p_from, p_to, p_reason, p_actor, p_payload) THEN RETURN false; END IF;
  IF p_topic IS NOT NULL THEN INSERT INTO core.outbox (topic, action_id, payload, created_at) VALUES (p_topic, p_id, p_payload, core.wall_now()); END IF;
  RETURN true;
END $$;
--> statement-breakpoint
CREATE FUNCTION core.check_gate_report() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF core.digest_text(NEW.body) <> NEW.digest THEN RAISE EXCEPTION 'the digest is not that of the report' USING ERRCODE = '23514'; END IF;
  IF NEW.body::jsonb->>'verdict' IS DISTINCT FROM NEW.verdict OR NEW.body::jsonb->>'snapshotDigest' IS DISTINCT FROM NEW.snapshot_digest
    OR NEW.body::jsonb->>'actionDigest' IS DISTINCT FROM (SELECT digest FROM core.actions WHERE id = NEW.action_id) THEN
    RAISE EXCEPTION 'the report is not about this action and snapshot' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER gate_reports_checked BEFORE INSERT ON core.gate_reports FOR EACH ROW EXECUTE FUNCTION core.check_gate_report();
--> statement-breakpoint
CREATE FUNCTION core.check_snapshot() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF core.digest_text(NEW.body) <> NEW.digest THEN RAISE EXCEPTION 'the digest is not that of the snapshot' USING ERRCODE = '23514'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER snapshots_checked BEFORE INSERT ON core.snapshots FOR EACH ROW EXECUTE FUNCTION core.check_snapshot();
--> statement-breakpoint
CREATE FUNCTION core.may_confirm(p_person uuid, p_account uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT CASE WHEN p_account IS NULL THEN EXISTS (SELECT 1 FROM core.people WHERE id = p_person AND role = 'owner')
    ELSE EXISTS (SELECT 1 FROM core.account_rights WHERE person_id = p_person AND account_id = p_account AND can_confirm) END
$$;
--> statement-breakpoint
CREATE FUNCTION core.confirmation_open(p jsonb, p_actor text, p_payload text) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE act core.actions; rep core.gate_reports; ends timestamptz; person uuid; allowed uuid[];
BEGIN
  SELECT * INTO STRICT act FROM core.actions WHERE id = (p->>'actionId')::uuid FOR UPDATE;
  SELECT * INTO STRICT rep FROM core.gate_reports WHERE id = (p->>'reportId')::uuid AND action_id = act.id AND phase = 'propose';
  IF rep.verdict <> 'PASS' THEN RAISE EXCEPTION 'a blocked action cannot be confirmed' USING ERRCODE = '42501'; END IF;
  SELECT array_agg(value::uuid) INTO allowed FROM jsonb_array_elements_text(p->'eligible');
  FOREACH person IN ARRAY coalesce(allowed, '{}') LOOP
    IF NOT core.may_confirm(person, act.account_id) THEN RAISE EXCEPTION 'somebody without the right is on the list' USING ERRCODE = '42501'; END IF;
  END LOOP;
  IF coalesce(cardinality(allowed), 0) < greatest((p->>'approvalsNeeded')::int, 1) THEN RAISE EXCEPTION 'too few people may confirm this' USING ERRCODE = '42501'; END IF;
  IF NOT coalesce((p->>'seconds')::float8 BETWEEN 1 AND 3600, false) THEN RAISE EXCEPTION 'a question stays open for a second to an hour' USING ERRCODE = '42501'; END IF;
  ends := core.wall_now() + make_interval(secs => (p->>'seconds')::float8);
  INSERT INTO core.confirmations (id, action_id, action_digest, report_digest, account_id, eligible, approvals_needed, thread_id, shown_at, expires_at, reference_price, drift_percent, rendering_digest, status)
  VALUES ((p->>'id')::uuid, act.id, act.digest, rep.digest, act.account_id, allowed, greatest((p->>'approvalsNeeded')::int, 1), (p->>'threadId')::uuid, core.wall_now(), ends,
    (p->>'referencePrice')::numeric, (p->>'driftPercent')::float8, p->>'renderingDigest', 'pending');
  IF NOT core.step_action(act.id, 'gated', 'awaiting_confirmation', NULL, p_actor, p_payload) THEN RAISE EXCEPTION 'the action is not waiting for this' USING ERRCODE = '40001'; END IF;
  RETURN ends;
END $$;
--> statement-breakpoint
-- The press: one statement, one winner. Returns what a second presser is told.
CREATE FUNCTION core.confirmation_decide(p_id uuid, p_digest text, p_person uuid, p_channel text, p_choice text, p_reason text, p_payload text)
RETURNS TABLE (outcome text, action_id uuid, status text, decided_by uuid, decided_at timestamptz, decided_in text, expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE c core.confirmations; verdict text; given int;
BEGIN
  SELECT * INTO c FROM core.confirmations WHERE id = p_id FOR UPDATE;
  IF NOT FOUND THEN RETURN QUERY SELECT 'not_found'::text, NULL::uuid, NULL::text, NULL::uuid, NULL::timestamptz, NULL::text, NULL::timestamptz; RETURN; END IF;
  IF NOT (p_person = ANY (c.eligible)) OR NOT core.may_confirm(p_person, c.account_id) THEN
    verdict := 'not_eligible';
    PERFORM core.audit_write('press.refused', c.action_id::text, p_person::text, p_payload);
  ELSIF c.status <> 'pending' THEN verdict := 'already';
  ELSIF p_digest IS DISTINCT FROM c.action_digest THEN
    verdict := 'other_content';
    PERFORM core.audit_write('press.refused', c.action_id::text, p_person::text, p_payload);
  ELSIF c.expires_at <= core.wall_now() THEN
    verdict := 'expired';
    UPDATE core.confirmations SET status = 'expired', decided_at = core.wall_now() WHERE id = p_id;
    PERFORM core.step_action(c.action_id, 'awaiting_confirmation', 'expired', 'expired before the press', p_person::text, p_payload);
    INSERT INTO core.outbox (topic, action_id, payload, created_at) VALUES ('action.expired', c.action_id, p_payload, core.wall_now());
  ELSIF p_choice = 'reject' THEN
    verdict := 'rejected';
    UPDATE core.confirmations SET status = 'rejected', decided_by = p_person, decided_at = core.wall_now(), decided_in = p_channel, reason = p_reason WHERE id = p_id;
    PERFORM core.step_action(c.action_id, 'awaiting_confirmation', 'rejected', p_reason, p_person::text, p_payload);
    INSERT INTO core.outbox (topic, action_id, payload, created_at) VALUES ('action.rejected', c.action_id, p_payload, core.wall_now());
  ELSIF p_choice = 'confirm' THEN
    INSERT INTO core.approvals (id, confirmation_id, person_id, channel, at) VALUES (gen_random_uuid(), p_id, p_person, p_channel, core.wall_now()) ON CONFLICT DO NOTHING;
    -- Whoever said yes first must still have the right when the second one does.
    SELECT count(*) INTO given FROM core.approvals g WHERE g.confirmation_id = p_id AND core.may_confirm(g.person_id, c.account_id);
    IF given < c.approvals_needed THEN
      verdict := 'needs_another';
      PERFORM core.audit_write('press.first_of_two', c.action_id::text, p_person::text, p_payload);
    ELSE
      verdict := 'won';
      UPDATE core.confirmations SET status = 'confirmed', decided_by = p_person, decided_at = core.wall_now(), decided_in = p_channel WHERE id = p_id;
      IF NOT core.step_action(c.action_id, 'awaiting_confirmation', 'confirmed', NULL, p_person::text, p_payload) THEN RAISE EXCEPTION 'the action moved on' USING ERRCODE = '40001'; END IF;
      INSERT INTO core.outbox (topic, action_id, payload, created_at) VALUES ('action.confirmed', c.action_id, p_payload, core.wall_now());
    END IF;
  ELSE RAISE EXCEPTION 'confirm or reject, not %', p_choice USING ERRCODE = '22023';
  END IF;
  RETURN QUERY SELECT verdict, n.action_id, n.status, n.decided_by, n.decided_at, n.decided_in, n.expires_at FROM core.confirmations n WHERE n.id = p_id;
END $$;
--> statement-breakpoint
-- Closing without a yes only makes the desk safer, so the application may do it.
CREATE FUNCTION core.confirmation_close(p_id uuid, p_status text, p_reason text, p_actor text, p_payload text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE c core.confirmations;
BEGIN
  IF p_status NOT IN ('expired', 'superseded') THEN RAISE EXCEPTION 'only expired or superseded' USING ERRCODE = '42501'; END IF;
  UPDATE core.confirmations SET status = p_status, decided_at = core.wall_now(), reason = p_reason WHERE id = p_id AND status = 'pending' RETURNING * INTO c;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM core.step_action(c.action_id, 'awaiting_confirmation', 'expired', p_reason, p_actor, p_payload);
  INSERT INTO core.outbox (topic, action_id, payload, created_at) VALUES ('action.expired', c.action_id, p_payload, core.wall_now());
  RETURN true;
END $$;
--> statement-breakpoint
CREATE FUNCTION core.clearance_issue(p jsonb, p_actor text, p_payload text) RETURNS void
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
    IF act.proposer_kind <> 'person' OR NOT EXISTS (SELECT 1 FROM core.explicit_kinds k WHERE k.kind = act.kind) OR p->>'confirmationId' IS NOT NULL THEN
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
-- A clearance is consumed once, by the executor, before its first send.
CREATE FUNCTION core.clearance_consume(p_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  UPDATE core.clearances SET consumed_at = core.wall_now() WHERE id = p_id AND consumed_at IS NULL AND expires_at > core.wall_now();
  RETURN FOUND;
END $$;
--> statement-breakpoint
-- An order is the image of an intent of a consumed clearance; nothing else can be an order. A comparison with a missing
-- value must refuse, so everything is compared by IS DISTINCT FROM.
CREATE FUNCTION core.check_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE i core.order_intents; terms jsonb; cleared bigint; child boolean;
BEGIN
  child := NEW.category IN ('STOP_LOSS', 'TAKE_PROFIT', 'TRAIL');
  IF TG_OP = 'UPDATE' AND (NEW.id, NEW.intent_id, NEW.clearance_id, NEW.action_id, NEW.account_id, NEW.symbol, NEW.exchange, NEW.client_order_id, NEW.side, NEW.category, NEW.type, NEW.product)
    IS DISTINCT FROM (OLD.id, OLD.intent_id, OLD.clearance_id, OLD.action_id, OLD.account_id, OLD.symbol, OLD.exchange, OLD.client_order_id, OLD.side, OLD.category, OLD.type, OLD.product) THEN
    RAISE EXCEPTION 'what an order is cannot change' USING ERRCODE = '42501';
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
  -- A stop or target covers the whole position, so it may reach what all entries of this symbol together were cleared for.
  IF child THEN
    SELECT sum((o.spec::jsonb->>'quantity')::bigint) INTO cleared FROM core.order_intents o JOIN core.clearances c ON c.id = o.clearance_id
      WHERE o.account_id = NEW.account_id AND c.consumed_at IS NOT NULL AND o.spec::jsonb->>'operation' = 'submit'
        AND o.spec::jsonb->>'symbol' = NEW.symbol AND o.spec::jsonb->>'side' = NEW.side AND o.spec::jsonb->>'category' = terms->>'category';
  ELSE cleared := (terms->>'quantity')::bigint;
  END IF;
  IF NOT coalesce(NEW.quantity BETWEEN 1 AND cleared, false) THEN RAISE EXCEPTION 'the order is larger than what was cleared' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER orders_cleared BEFORE INSERT OR UPDATE ON core.orders FOR EACH ROW EXECUTE FUNCTION core.check_order();
--> statement-breakpoint
ALTER TABLE core.orders ENABLE ALWAYS TRIGGER orders_cleared;
--> statement-breakpoint
-- What has gone to the broker is never ready again: a second sending of the same leg starts here or nowhere.
CREATE FUNCTION core.check_intent_step() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.state = OLD.state OR (OLD.state IN ('WAITING', 'READY') AND NEW.state IN ('READY', 'SENDING', 'VOID')) OR (OLD.state IN ('SENDING', 'UNKNOWN') AND NEW.state IN ('UNKNOWN', 'SENT', 'DONE', 'VOID'))
    OR (OLD.state = 'SENT' AND NEW.state = 'DONE') OR (OLD.leg IN ('stop', 'target') AND OLD.state IN ('SENT', 'DONE', 'VOID') AND NEW.state = 'SENDING') THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'an intent cannot go from % to %', OLD.state, NEW.state USING ERRCODE = '42501';
END $$;
--> statement-breakpoint
CREATE TRIGGER order_intents_step BEFORE UPDATE ON core.order_intents FOR EACH ROW EXECUTE FUNCTION core.check_intent_step();
--> statement-breakpoint
ALTER TABLE core.order_intents ENABLE ALWAYS TRIGGER order_intents_step;
--> statement-breakpoint
CREATE FUNCTION core.check_fill() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE o core.orders; already bigint;
BEGIN
  SELECT * INTO STRICT o FROM core.orders WHERE id = NEW.order_id FOR UPDATE;
  SELECT coalesce(sum(quantity), 0) INTO already FROM core.fills WHERE order_id = NEW.order_id;
  IF o.account_id <> NEW.account_id OR already + NEW.quantity > o.quantity OR NEW.quantity <= 0 THEN
    RAISE EXCEPTION 'fills of % would exceed the order (% of %)', NEW.order_id, already + NEW.quantity, o.quantity USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER fills_checked BEFORE INSERT ON core.fills FOR EACH ROW EXECUTE FUNCTION core.check_fill();
--> statement-breakpoint
ALTER TABLE core.fills ENABLE ALWAYS TRIGGER fills_checked;
--> statement-breakpoint
-- Double entry: when the transaction ends, every ledger transaction sums to zero, and moves what its cause says and nothing else.
CREATE FUNCTION core.check_balanced() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
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
    amount := (act.body::jsonb->>'amountMinor')::bigint;
    SELECT count(*) INTO elsewhere FROM core.ledger_entries e WHERE e.transaction_id = t.id
      AND (abs(e.amount_minor) IS DISTINCT FROM amount OR (e.account_id IS DISTINCT FROM act.account_id AND e.account_id::text IS DISTINCT FROM act.body::jsonb->>'toAccountId'));
    IF amount IS NOT NULL AND elsewhere > 0 THEN RAISE EXCEPTION 'ledger transaction % is not what was confirmed', t.id USING ERRCODE = '23514'; END IF;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Entries come with their transaction; nothing is ever added to an older one.
CREATE FUNCTION core.check_entry_is_new() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM core.ledger_transactions t WHERE t.id = NEW.transaction_id AND t.xmin = pg_current_xact_id()::xid) THEN
    RAISE EXCEPTION 'a ledger entry comes with its transaction' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_entries_new BEFORE INSERT ON core.ledger_entries FOR EACH ROW EXECUTE FUNCTION core.check_entry_is_new();
--> statement-breakpoint
ALTER TABLE core.ledger_entries ENABLE ALWAYS TRIGGER ledger_entries_new;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_balanced AFTER INSERT ON core.ledger_entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION core.check_balanced();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_has_entries AFTER INSERT ON core.ledger_transactions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION core.check_balanced();
--> statement-breakpoint
ALTER TABLE core.ledger_entries ENABLE ALWAYS TRIGGER ledger_balanced;
--> statement-breakpoint
ALTER TABLE core.ledger_transactions ENABLE ALWAYS TRIGGER ledger_has_entries;
--> statement-breakpoint
-- Whether the statement runs with the rights of the table's owner: migrations and the first set-up do, the application never.
CREATE FUNCTION core.is_owner(p_table oid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog AS
  'SELECT pg_has_role(current_user, c.relowner, ''USAGE'') FROM pg_class c WHERE c.oid = p_table';
--> statement-breakpoint
-- A ledger row that a clearance caused needs one that was consumed, of a kind that moves cash, used for one transaction.
-- Opening balances are the first set-up's, and a correction needs the reconciliation record in the audit that it is for.
CREATE FUNCTION core.check_ledger_cause() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.clearance_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM core.clearances c JOIN core.actions a ON a.id = c.action_id
    WHERE c.id = NEW.clearance_id AND c.consumed_at IS NOT NULL AND a.kind IN ('transfer_cash', 'deposit', 'withdrawal', 'funding_release', 'account_open', 'account_reset')
      AND NOT EXISTS (SELECT 1 FROM core.ledger_transactions l WHERE l.clearance_id = c.id)) THEN
    RAISE EXCEPTION 'a ledger row needs its cause' USING ERRCODE = '42501';
  END IF;
  IF NEW.opening IS NOT NULL AND NOT core.is_owner(TG_RELID) THEN RAISE EXCEPTION 'an account is opened once, at its set-up' USING ERRCODE = '42501'; END IF;
  IF NEW.reconciliation IS NOT NULL AND NOT EXISTS (SELECT 1 FROM core.audit_log l WHERE l.sequence::text = NEW.reconciliation AND l.kind LIKE 'reconcile.%') THEN
    RAISE EXCEPTION 'a correction names the reconciliation record in the audit' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_caused BEFORE INSERT ON core.ledger_transactions FOR EACH ROW EXECUTE FUNCTION core.check_ledger_cause();
--> statement-breakpoint
ALTER TABLE core.ledger_transactions ENABLE ALWAYS TRIGGER ledger_caused;
--> statement-breakpoint
-- Actions that are being carried out now, with their clearance used up.
CREATE FUNCTION core.under_way(p_kinds text[]) RETURNS SETOF core.actions LANGUAGE sql STABLE SET search_path = pg_catalog AS
  'SELECT a.* FROM core.actions a JOIN core.clearances c ON c.action_id = a.id WHERE a.state = ''executing'' AND a.kind = ANY (p_kinds) AND c.consumed_at IS NOT NULL';
--> statement-breakpoint
-- Rights, rules, modes and the way back to ACTIVE change only by the action that was confirmed for exactly that; the first
-- set-up, which runs as the owner, is exempt. What only makes the desk stricter is free.
CREATE FUNCTION core.check_governed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE ladder text[] := ARRAY['ACTIVE', 'REDUCING', 'HALTED']; good boolean := false;
BEGIN
  IF core.is_owner(TG_RELID) THEN RETURN NEW; END IF;
  CASE TG_TABLE_NAME
  WHEN 'trading_states' THEN
    IF NEW.scope IS DISTINCT FROM coalesce(NEW.account_id::text, 'desk') OR (TG_OP = 'UPDATE' AND (NEW.scope, NEW.account_id) IS DISTINCT FROM (OLD.scope, OLD.account_id)) THEN
      RAISE EXCEPTION 'a trading state stays where it is' USING ERRCODE = '42501';
    END IF;
    IF TG_OP = 'INSERT' THEN good := NEW.state <> 'ACTIVE'; ELSE good := array_position(ladder, NEW.state) >= array_position(ladder, OLD.state); END IF;
    good := good OR EXISTS (SELECT 1 FROM core.under_way('{resume,kill_switch_reset}') a WHERE a.id = NEW.action_id AND a.account_id IS NOT DISTINCT FROM NEW.account_id)
      OR (TG_OP = 'INSERT' AND EXISTS (SELECT 1 FROM core.under_way('{account_open}') a WHERE a.id = NEW.action_id));
  WHEN 'mandates' THEN
    IF TG_OP = 'UPDATE' THEN good := NOT NEW.active AND (to_jsonb(NEW) - 'active') = (to_jsonb(OLD) - 'active');
    ELSE
      good := EXISTS (SELECT 1 FROM core.under_way('{mandate_change}') a WHERE a.id = NEW.action_id AND a.account_id = NEW.account_id AND a.body::jsonb->'terms' = NEW.terms)
        OR (EXISTS (SELECT 1 FROM core.under_way('{account_open}') a WHERE a.id = NEW.action_id) AND NOT EXISTS (SELECT 1 FROM core.mandates m WHERE m.account_id = NEW.account_id));
    END IF;
  WHEN 'accounts' THEN
    IF TG_OP = 'INSERT' THEN
      good := NEW.mode = 'paper' AND NEW.live_armed_until IS NULL AND EXISTS (SELECT 1 FROM core.under_way('{account_open}') a WHERE a.body::jsonb->>'name' = NEW.name AND a.body::jsonb->>'type' = NEW.type);
    ELSE
      good := (NEW.id, NEW.owner_id, NEW.type, NEW.base_currency, NEW.opened_at) IS NOT DISTINCT FROM (OLD.id, OLD.owner_id, OLD.type, OLD.base_currency, OLD.opened_at)
        AND ((NEW.mode, NEW.broker) IS NOT DISTINCT FROM (OLD.mode, OLD.broker)
          OR EXISTS (SELECT 1 FROM core.under_way('{account_mode}') a WHERE a.account_id = NEW.id AND (a.body::jsonb->>'mode', a.body::jsonb->>'broker') = (NEW.mode, NEW.broker)))
        AND (NEW.live_armed_until IS NULL OR NEW.live_armed_until IS NOT DISTINCT FROM OLD.live_armed_until
          OR EXISTS (SELECT 1 FROM core.under_way('{arm_live}') a WHERE a.account_id = NEW.id AND (a.body::jsonb->>'until')::timestamptz >= NEW.live_armed_until))
        AND (NEW.status <> 'ACTIVE' OR OLD.status = 'ACTIVE' OR EXISTS (SELECT 1 FROM core.under_way('{resume,account_reset}') a WHERE a.account_id = NEW.id))
        AND (NEW.deleted_at IS NOT DISTINCT FROM OLD.deleted_at OR OLD.deleted_at IS NULL);
    END IF;
  WHEN 'people' THEN
    IF TG_OP = 'INSERT' THEN good := EXISTS (SELECT 1 FROM core.under_way('{person_add}') a WHERE a.body::jsonb->>'name' = NEW.name AND a.body::jsonb->>'role' = NEW.role);
    ELSE good := (to_jsonb(NEW) - 'last_account_id') = (to_jsonb(OLD) - 'last_account_id'); END IF;
  WHEN 'account_rights' THEN
    good := EXISTS (SELECT 1 FROM core.under_way('{rights_change}') a WHERE a.account_id = NEW.account_id AND a.body::jsonb->>'personId' = NEW.person_id::text
        AND (a.body::jsonb->'canView', a.body::jsonb->'canPropose', a.body::jsonb->'canConfirm') = (to_jsonb(NEW.can_view), to_jsonb(NEW.can_propose), to_jsonb(NEW.can_confirm)))
      OR (TG_OP = 'INSERT' AND EXISTS (SELECT 1 FROM core.under_way('{account_open}') a WHERE a.proposer = NEW.person_id::text OR a.on_behalf_of = NEW.person_id)
        AND NOT EXISTS (SELECT 1 FROM core.account_rights r WHERE r.account_id = NEW.account_id));
  WHEN 'identities' THEN
    IF TG_OP = 'INSERT' THEN
      good := EXISTS (SELECT 1 FROM core.under_way('{identity_link}') a WHERE (a.body::jsonb->>'personId', a.body::jsonb->>'channel', a.body::jsonb->>'externalId') = (NEW.person_id::text, NEW.channel, NEW.external_id));
    ELSE good := NEW.unlinked_at IS NOT NULL AND (to_jsonb(NEW) - 'unlinked_at') = (to_jsonb(OLD) - 'unlinked_at'); END IF;
  END CASE;
  IF NOT coalesce(good, false) THEN RAISE EXCEPTION '% may only change by a confirmed action', TG_TABLE_NAME USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['trading_states', 'mandates', 'accounts', 'people', 'account_rights', 'identities'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE INSERT OR UPDATE ON core.%I FOR EACH ROW EXECUTE FUNCTION core.check_governed()', t || '_governed', t);
    EXECUTE format('ALTER TABLE core.%I ENABLE ALWAYS TRIGGER %I', t, t || '_governed');
  END LOOP;
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA core, paper, graph TO parapet_app, parapet_press, parapet_gate;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA core, paper TO parapet_app;
--> statement-breakpoint
GRANT USAGE ON ALL SEQUENCES IN SCHEMA core, paper TO parapet_app;
--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE ON core.audit_log, core.audit_head, core.actions, core.action_transitions, core.confirmations, core.approvals, core.clearances, core.legal_transitions, core.explicit_kinds FROM parapet_app;
--> statement-breakpoint
REVOKE UPDATE, DELETE ON core.gate_reports, core.snapshots, core.fills, core.ledger_transactions, core.ledger_entries FROM parapet_app;
--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE ON core.order_intents, core.funding_plans FROM parapet_app;
--> statement-breakpoint
GRANT UPDATE (state, message, attempts, updated_at) ON core.order_intents TO parapet_app;
--> statement-breakpoint
REVOKE DELETE ON core.identities, core.account_rights, core.order_intents, core.orders, core.positions, core.mandates, core.trading_states, core.accounts, core.people FROM parapet_app;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION core.wall_now(), core.instant_text(timestamptz), core.digest_text(text), core.is_owner(oid), core.under_way(text[]), core.audit_append(text, text, text, text), core.action_create(jsonb, text),
  core.action_move(uuid, text, text, text, text, text, text), core.confirmation_open(jsonb, text, text), core.confirmation_close(uuid, text, text, text, text), core.clearance_consume(uuid) TO parapet_app;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION core.confirmation_decide(uuid, text, uuid, text, text, text, text), core.instant_text(timestamptz) TO parapet_press;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION core.clearance_issue(jsonb, text, text) TO parapet_gate;
