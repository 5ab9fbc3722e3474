CREATE TABLE "core"."playbooks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"playbook_id" text NOT NULL,
	"version" integer NOT NULL,
	"active" boolean NOT NULL,
	"terms" jsonb NOT NULL,
	"summary" text NOT NULL,
	"action_id" uuid,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "playbooks_first" CHECK ("core"."playbooks"."version" >= 1)
);
--> statement-breakpoint
CREATE UNIQUE INDEX "playbooks_version" ON "core"."playbooks" USING btree ("playbook_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "playbooks_active" ON "core"."playbooks" USING btree ("playbook_id") WHERE "core"."playbooks"."active";--> statement-breakpoint
-- A playbook decides how events are traded: its later versions come from the action that was confirmed for exactly those terms.
CREATE FUNCTION core.check_playbook() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE good boolean := false;
BEGIN
  IF core.is_owner(TG_RELID) THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    good := NOT NEW.active AND (to_jsonb(NEW) - 'active') = (to_jsonb(OLD) - 'active')
      AND EXISTS (SELECT 1 FROM core.under_way('{playbook_change}') a WHERE a.body::jsonb->>'playbookId' = OLD.playbook_id);
  ELSE
    good := EXISTS (SELECT 1 FROM core.under_way('{playbook_change}') a WHERE a.id = NEW.action_id AND a.body::jsonb->>'playbookId' = NEW.playbook_id AND a.body::jsonb->'terms' = NEW.terms);
  END IF;
  IF NOT coalesce(good, false) THEN RAISE EXCEPTION 'playbooks may only change by a confirmed action' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER playbooks_governed BEFORE INSERT OR UPDATE ON core.playbooks FOR EACH ROW EXECUTE FUNCTION core.check_playbook();
--> statement-breakpoint
ALTER TABLE core.playbooks ENABLE ALWAYS TRIGGER playbooks_governed;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON core.playbooks TO parapet_app;
--> statement-breakpoint
REVOKE DELETE ON core.playbooks FROM parapet_app;
