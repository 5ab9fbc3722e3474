CREATE TABLE "core"."order_messages" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"operation" text NOT NULL,
	CONSTRAINT "order_messages_operation" CHECK ("core"."order_messages"."operation" in ('modify','cancel'))
);
--> statement-breakpoint
CREATE INDEX "order_messages_at" ON "core"."order_messages" USING btree ("at");--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON core.order_messages TO parapet_app;
--> statement-breakpoint
GRANT USAGE ON ALL SEQUENCES IN SCHEMA core TO parapet_app;
