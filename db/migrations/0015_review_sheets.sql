CREATE TABLE "core"."review_sheets" (
	"week" date PRIMARY KEY NOT NULL,
	"drawn_at" timestamptz(3) NOT NULL,
	"decisions" integer NOT NULL,
	"action_ids" jsonb NOT NULL
);--> statement-breakpoint
GRANT SELECT, INSERT ON core.review_sheets TO parapet_app;
