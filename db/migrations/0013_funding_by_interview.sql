-- A funding plan is written with the account that it belongs to, or with the mandate that a person confirmed together with it; the one in force ends in the same action.
CREATE FUNCTION core.check_funding_plan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE good boolean;
BEGIN
  IF core.is_owner(TG_RELID) THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    good := OLD.active AND NOT NEW.active AND (to_jsonb(NEW) - 'active') = (to_jsonb(OLD) - 'active')
      AND EXISTS (SELECT 1 FROM core.under_way('{mandate_change}') a WHERE a.account_id = NEW.account_id AND a.body::jsonb ? 'fundingPlan');
  ELSE
    good := (NOT EXISTS (SELECT 1 FROM core.funding_plans p WHERE p.account_id = NEW.account_id)
      AND EXISTS (SELECT 1 FROM core.under_way('{account_open,account_reset}') a JOIN core.accounts n ON n.opened_by = a.id AND n.id = NEW.account_id
        WHERE CASE a.kind WHEN 'account_open' THEN (a.body::jsonb->>'sipAmountMinor')::bigint = NEW.sip_amount_minor AND NEW.lump_sum_amount_minor IS NULL
          ELSE EXISTS (SELECT 1 FROM core.funding_plans p WHERE p.account_id = a.account_id AND p.active AND (p.type, p.sip_amount_minor, p.lump_sum_amount_minor, p.tranche_plan) IS NOT DISTINCT FROM (NEW.type, NEW.sip_amount_minor, NEW.lump_sum_amount_minor, NEW.tranche_plan)) END))
      OR EXISTS (SELECT 1 FROM core.under_way('{mandate_change}') a CROSS JOIN LATERAL (SELECT a.body::jsonb->'fundingPlan' AS plan) b WHERE a.account_id = NEW.account_id AND NEW.active
        AND (b.plan->>'type', (b.plan#>>'{sip,amountMinor}')::bigint, b.plan#>>'{sip,frequency}', (b.plan#>>'{sip,startDate}')::date, (b.plan#>>'{sip,durationMonths}')::int)
          IS NOT DISTINCT FROM (NEW.type, NEW.sip_amount_minor, NEW.sip_frequency, NEW.sip_start_date, NEW.sip_duration_months)
        AND ((b.plan#>>'{lumpSum,amountMinor}')::bigint, (b.plan#>>'{lumpSum,date}')::date, coalesce(b.plan#>'{lumpSum,tranches}', '[]'::jsonb))
          IS NOT DISTINCT FROM (NEW.lump_sum_amount_minor, NEW.lump_sum_date, NEW.tranche_plan)
        AND ((b.plan->>'carryForwardEnabled')::boolean, (b.plan->>'maxCarryForwardPercent')::float8, (b.plan->>'emergencyBufferPercent')::float8)
          IS NOT DISTINCT FROM (NEW.carry_forward_enabled, NEW.max_carry_forward_percent, NEW.emergency_buffer_percent));
  END IF;
  IF NOT coalesce(good, false) THEN RAISE EXCEPTION 'funding_plans may only change by a confirmed action' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
DROP TRIGGER funding_plans_governed ON core.funding_plans;
--> statement-breakpoint
CREATE TRIGGER funding_plans_governed BEFORE INSERT OR UPDATE ON core.funding_plans FOR EACH ROW EXECUTE FUNCTION core.check_funding_plan();
--> statement-breakpoint
ALTER TABLE core.funding_plans ENABLE ALWAYS TRIGGER funding_plans_governed;
--> statement-breakpoint
GRANT UPDATE (active) ON core.funding_plans TO parapet_app;
