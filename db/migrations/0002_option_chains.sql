CREATE TABLE "core"."option_chains" (
	"symbol" text NOT NULL,
	"as_of" timestamptz(3) NOT NULL,
	"source" text NOT NULL,
	"expiry" date NOT NULL,
	"strike" double precision NOT NULL,
	"opt_right" text NOT NULL,
	"lot_size" integer,
	"bid" double precision,
	"ask" double precision,
	"last" double precision,
	"quoted_at" timestamptz(3),
	"volume" double precision,
	"open_interest" double precision,
	"open_interest_change" double precision,
	"iv" double precision,
	"delta" double precision,
	"gamma" double precision,
	"theta" double precision,
	"vega" double precision,
	"forward" double precision,
	"marks" text[] NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	CONSTRAINT "option_chains_symbol_as_of_source_expiry_strike_opt_right_pk" PRIMARY KEY("symbol","as_of","source","expiry","strike","opt_right")
);
--> statement-breakpoint
CREATE TABLE "core"."option_snapshots" (
	"symbol" text NOT NULL,
	"as_of" timestamptz(3) NOT NULL,
	"source" text NOT NULL,
	"exchange" text NOT NULL,
	"spot" numeric(18,6),
	"priced_from" text NOT NULL,
	"open_interest_unit" text NOT NULL,
	"comparable_volatility" double precision,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	CONSTRAINT "option_snapshots_symbol_as_of_source_pk" PRIMARY KEY("symbol","as_of","source")
);
--> statement-breakpoint
CREATE INDEX "option_chains_contract" ON "core"."option_chains" USING btree ("symbol","expiry","strike");--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON core.option_snapshots, core.option_chains TO parapet_app;
