CREATE TABLE "paper"."taken_sizes" (
	"symbol" text NOT NULL,
	"side" text NOT NULL,
	"quoted_at" timestamptz(3) NOT NULL,
	"quantity" bigint NOT NULL,
	CONSTRAINT "taken_sizes_symbol_side_pk" PRIMARY KEY("symbol","side")
);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON paper.taken_sizes TO parapet_app;
