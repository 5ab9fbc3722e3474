CREATE TABLE "core"."turn_spans" (
	"turn" uuid NOT NULL,
	"span_id" text NOT NULL,
	"parent_id" text,
	"trace_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"started_at" timestamptz(3) NOT NULL,
	"duration_ms" double precision NOT NULL,
	"failed" text,
	"attributes" jsonb NOT NULL,
	CONSTRAINT "turn_spans_turn_span_id_pk" PRIMARY KEY("turn","span_id")
);
--> statement-breakpoint
CREATE INDEX "turn_spans_started" ON "core"."turn_spans" USING btree ("started_at");--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON core.turn_spans TO parapet_app;
