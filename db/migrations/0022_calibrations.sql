CREATE TABLE "core"."calibrations" (
	"version" text PRIMARY KEY NOT NULL,
	"barriers" text NOT NULL,
	"strategies" text NOT NULL,
	"body" jsonb NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL
);

--> statement-breakpoint
GRANT SELECT, INSERT ON core.calibrations TO parapet_app;
