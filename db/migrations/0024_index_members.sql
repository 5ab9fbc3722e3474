CREATE TABLE "core"."index_members" (
	"index" text NOT NULL,
	"listed_on" date NOT NULL,
	"symbol" text NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "index_members_index_listed_on_symbol_pk" PRIMARY KEY("index","listed_on","symbol")
);

--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON core.index_members TO parapet_app;
