CREATE TABLE "core"."bars_foreign" (
	"exchange" text NOT NULL,
	"symbol" text NOT NULL,
	"date" date NOT NULL,
	"open" numeric(18,6) NOT NULL,
	"high" numeric(18,6) NOT NULL,
	"low" numeric(18,6) NOT NULL,
	"close" numeric(18,6) NOT NULL,
	"volume" bigint NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "bars_foreign_exchange_symbol_date_pk" PRIMARY KEY("exchange","symbol","date")
);
--> statement-breakpoint
CREATE TABLE "core"."bulk_deals" (
	"fingerprint" text PRIMARY KEY NOT NULL,
	"date" date NOT NULL,
	"kind" text NOT NULL,
	"symbol" text NOT NULL,
	"company" text NOT NULL,
	"client" text NOT NULL,
	"side" text NOT NULL,
	"quantity" bigint NOT NULL,
	"price" numeric(18,6),
	"remarks" text NOT NULL,
	"occurrence" integer NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"source" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."fund_navs" (
	"scheme" text NOT NULL,
	"date" date NOT NULL,
	"isin" text,
	"name" text NOT NULL,
	"nav" numeric(18,6) NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "fund_navs_scheme_date_pk" PRIMARY KEY("scheme","date")
);
--> statement-breakpoint
CREATE TABLE "core"."insider_trades" (
	"fingerprint" text PRIMARY KEY NOT NULL,
	"symbol" text NOT NULL,
	"company" text NOT NULL,
	"person" text NOT NULL,
	"category" text NOT NULL,
	"transaction" text NOT NULL,
	"mode" text NOT NULL,
	"security" text NOT NULL,
	"quantity" double precision NOT NULL,
	"value_rupees" double precision,
	"prior_percent" double precision,
	"held_after" double precision,
	"from_date" date,
	"to_date" date,
	"occurrence" integer NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"source" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."institutional_flows" (
	"date" date NOT NULL,
	"period" text NOT NULL,
	"investor" text NOT NULL,
	"segment" text NOT NULL,
	"sector" text NOT NULL,
	"buy_crore" double precision,
	"sell_crore" double precision,
	"net_crore" double precision NOT NULL,
	"assets_crore" double precision,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "institutional_flows_date_period_investor_segment_sector_source_pk" PRIMARY KEY("date","period","investor","segment","sector","source")
);
--> statement-breakpoint
CREATE TABLE "core"."market_series" (
	"series" text NOT NULL,
	"key" text NOT NULL,
	"date" date NOT NULL,
	"value" double precision NOT NULL,
	"unit" text NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "market_series_series_key_date_pk" PRIMARY KEY("series","key","date")
);
--> statement-breakpoint
CREATE TABLE "core"."participant_positions" (
	"date" date NOT NULL,
	"measure" text NOT NULL,
	"participant" text NOT NULL,
	"instrument" text NOT NULL,
	"long_contracts" bigint NOT NULL,
	"short_contracts" bigint NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "participant_positions_date_measure_participant_instrument_source_pk" PRIMARY KEY("date","measure","participant","instrument","source")
);
--> statement-breakpoint
CREATE TABLE "core"."policy_updates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"institution" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"date" date NOT NULL,
	"event_fingerprint" text NOT NULL,
	"text" text NOT NULL,
	"stance" text,
	"sentiment" text,
	"impacted_sectors" text[],
	"confidence" double precision,
	"model_version" text,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"source" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "core"."events" ADD COLUMN "duplicate_of" uuid;--> statement-breakpoint
ALTER TABLE "core"."feed_health" ADD COLUMN "last_attempt_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "core"."feed_health" ADD COLUMN "not_before" timestamptz(3);--> statement-breakpoint
ALTER TABLE "core"."feed_health" ADD COLUMN "failures_in_a_row" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "core"."feed_health" ADD COLUMN "records" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "bulk_deals_symbol" ON "core"."bulk_deals" USING btree ("symbol","date");--> statement-breakpoint
CREATE INDEX "bulk_deals_known" ON "core"."bulk_deals" USING btree ("known_at");--> statement-breakpoint
CREATE INDEX "insider_trades_symbol" ON "core"."insider_trades" USING btree ("symbol","known_at");--> statement-breakpoint
CREATE INDEX "institutional_flows_date" ON "core"."institutional_flows" USING btree ("date");--> statement-breakpoint
CREATE UNIQUE INDEX "policy_updates_text" ON "core"."policy_updates" USING btree ("institution","title","date");--> statement-breakpoint
CREATE INDEX "policy_updates_source" ON "core"."policy_updates" USING btree ("institution","date");--> statement-breakpoint
CREATE INDEX "policy_updates_event" ON "core"."policy_updates" USING btree ("event_fingerprint");--> statement-breakpoint
CREATE INDEX "events_duplicates" ON "core"."events" USING btree ("duplicate_of");--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON core.institutional_flows, core.participant_positions, core.bulk_deals, core.insider_trades, core.policy_updates, core.fund_navs, core.market_series, core.bars_foreign TO parapet_app;
