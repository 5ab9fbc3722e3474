CREATE TABLE "core"."alert_deliveries" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"alert_id" uuid NOT NULL,
	"route" text NOT NULL,
	"round" integer NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamptz(3) NOT NULL,
	"error" text,
	"created_at" timestamptz(3) NOT NULL,
	"sent_at" timestamptz(3),
	CONSTRAINT "alert_deliveries_state" CHECK ("core"."alert_deliveries"."state" in ('waiting','digest','sent','failed','dropped'))
);
--> statement-breakpoint
CREATE TABLE "core"."alerts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"severity" text NOT NULL,
	"key" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"account_id" uuid,
	"count" integer NOT NULL,
	"first_at" timestamptz(3) NOT NULL,
	"last_at" timestamptz(3) NOT NULL,
	"acknowledged_at" timestamptz(3),
	"acknowledged_by" uuid,
	"escalations" integer DEFAULT 0 NOT NULL,
	"escalated_at" timestamptz(3),
	CONSTRAINT "alerts_severity" CHECK ("core"."alerts"."severity" in ('INFO','WARNING','CRITICAL'))
);
--> statement-breakpoint
CREATE TABLE "core"."card_views" (
	"action_id" uuid NOT NULL,
	"thread_id" uuid NOT NULL,
	"turn" uuid NOT NULL,
	CONSTRAINT "card_views_action_id_thread_id_pk" PRIMARY KEY("action_id","thread_id")
);
--> statement-breakpoint
CREATE TABLE "core"."chat_buttons" (
	"id" text PRIMARY KEY NOT NULL,
	"bot" text NOT NULL,
	"chat" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."chat_rooms" (
	"thread_id" uuid PRIMARY KEY NOT NULL,
	"bot" text NOT NULL,
	"chat" text NOT NULL,
	"kind" text NOT NULL,
	"queued_sequence" integer NOT NULL,
	CONSTRAINT "chat_rooms_kind" CHECK ("core"."chat_rooms"."kind" in ('private','group'))
);
--> statement-breakpoint
CREATE TABLE "core"."link_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"made_in" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3) NOT NULL,
	"used_at" timestamptz(3),
	CONSTRAINT "link_codes_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "core"."link_failures" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"external_id" text NOT NULL,
	"at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."outbound_messages" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"bot" text NOT NULL,
	"chat" text NOT NULL,
	"key" text NOT NULL,
	"subject" text,
	"body" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamptz(3) NOT NULL,
	"external_id" text,
	"error" text,
	"created_at" timestamptz(3) NOT NULL,
	"sent_at" timestamptz(3),
	CONSTRAINT "outbound_messages_state" CHECK ("core"."outbound_messages"."state" in ('waiting','sent','skipped','failed'))
);
--> statement-breakpoint
ALTER TABLE "core"."alert_deliveries" ADD CONSTRAINT "alert_deliveries_alert_id_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "core"."alerts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."card_views" ADD CONSTRAINT "card_views_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "core"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."chat_rooms" ADD CONSTRAINT "chat_rooms_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "core"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."link_codes" ADD CONSTRAINT "link_codes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "core"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "alert_deliveries_once" ON "core"."alert_deliveries" USING btree ("alert_id","route","round");--> statement-breakpoint
CREATE INDEX "alert_deliveries_due" ON "core"."alert_deliveries" USING btree ("state","not_before");--> statement-breakpoint
CREATE INDEX "alerts_key" ON "core"."alerts" USING btree ("key","last_at");--> statement-breakpoint
CREATE INDEX "alerts_last" ON "core"."alerts" USING btree ("last_at");--> statement-breakpoint
CREATE INDEX "chat_rooms_bot" ON "core"."chat_rooms" USING btree ("bot");--> statement-breakpoint
CREATE INDEX "link_failures_who" ON "core"."link_failures" USING btree ("channel","external_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "outbound_messages_key" ON "core"."outbound_messages" USING btree ("bot","chat","key");--> statement-breakpoint
CREATE INDEX "outbound_messages_waiting" ON "core"."outbound_messages" USING btree ("bot","sequence") WHERE "core"."outbound_messages"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "outbound_messages_subject" ON "core"."outbound_messages" USING btree ("bot","chat","subject");--> statement-breakpoint
-- Ending a link makes the desk safer and is undone by linking again, so a person's own command is enough.
INSERT INTO core.explicit_kinds VALUES ('identity_unlink');
--> statement-breakpoint
-- A code that ties a chat to a person: made where they are signed in, good for ten minutes, one at a time.
CREATE FUNCTION core.link_code_open(p_id uuid, p_person uuid, p_hash text, p_channel text) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE ends timestamptz := core.wall_now() + interval '10 minutes';
BEGIN
  UPDATE core.link_codes SET expires_at = core.wall_now() WHERE person_id = p_person AND used_at IS NULL AND expires_at > core.wall_now();
  INSERT INTO core.link_codes (id, person_id, hash, made_in, created_at, expires_at) VALUES (p_id, p_person, p_hash, p_channel, core.wall_now(), ends);
  PERFORM core.audit_write('identity.code', p_person::text, p_person::text, jsonb_build_object('channel', p_channel)::text);
  RETURN ends;
END $$;
--> statement-breakpoint
-- Uses a code up and links whoever sent it, by the channel's own immutable id. Three wrong codes in ten minutes, and nothing is looked up.
CREATE FUNCTION core.link_code_redeem(p_id uuid, p_hash text, p_channel text, p_external text) RETURNS TABLE (outcome text, person_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE c core.link_codes; holder uuid;
BEGIN
  -- One try of a sender at a time, so that many at once are counted like many one after another.
  PERFORM pg_advisory_xact_lock(hashtextextended('link ' || p_channel || ' ' || p_external, 727));
  IF (SELECT count(*) FROM core.link_failures f WHERE f.channel = p_channel AND f.external_id = p_external AND f.at > core.wall_now() - interval '10 minutes') >= 3 THEN
    RETURN QUERY SELECT 'locked'::text, NULL::uuid; RETURN;
  END IF;
  SELECT * INTO c FROM core.link_codes k WHERE k.hash = p_hash AND k.used_at IS NULL AND k.expires_at > core.wall_now() FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO core.link_failures (channel, external_id, at) VALUES (p_channel, p_external, core.wall_now());
    PERFORM core.audit_write('identity.refused', p_channel || ':' || p_external, p_channel || ':' || p_external, '{"reason":"wrong code"}');
    RETURN QUERY SELECT 'wrong'::text, NULL::uuid; RETURN;
  END IF;
  SELECT i.person_id INTO holder FROM core.identities i WHERE i.channel = p_channel AND i.external_id = p_external AND i.unlinked_at IS NULL;
  IF holder IS NOT NULL THEN
    RETURN QUERY SELECT CASE WHEN holder = c.person_id THEN 'already' ELSE 'taken' END, holder; RETURN;
  END IF;
  UPDATE core.link_codes SET used_at = core.wall_now() WHERE id = c.id;
  INSERT INTO core.identities (id, person_id, channel, external_id, linked_at) VALUES (p_id, c.person_id, p_channel, p_external, core.wall_now());
  PERFORM core.audit_write('identity.linked', c.person_id::text, c.person_id::text, jsonb_build_object('channel', p_channel, 'externalId', p_external, 'codeFrom', c.made_in)::text);
  RETURN QUERY SELECT 'linked'::text, c.person_id;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON core.chat_rooms, core.card_views, core.outbound_messages, core.chat_buttons, core.alerts, core.alert_deliveries TO parapet_app;
--> statement-breakpoint
GRANT SELECT ON core.link_codes, core.link_failures TO parapet_app;
--> statement-breakpoint
GRANT USAGE ON ALL SEQUENCES IN SCHEMA core TO parapet_app;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION core.link_code_open(uuid, uuid, text, text), core.link_code_redeem(uuid, text, text, text) TO parapet_app;
