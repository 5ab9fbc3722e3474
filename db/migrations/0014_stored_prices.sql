ALTER TABLE "core"."fills" ADD COLUMN "priced_from" text;--> statement-breakpoint
ALTER TABLE "core"."fills" ADD COLUMN "priced_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "core"."option_chains" ADD COLUMN "bid_size" double precision;--> statement-breakpoint
ALTER TABLE "core"."option_chains" ADD COLUMN "ask_size" double precision;--> statement-breakpoint
ALTER TABLE "core"."option_chains" ADD COLUMN "previous_close" double precision;--> statement-breakpoint
ALTER TABLE "core"."option_snapshots" ADD COLUMN "spot_previous_close" numeric(18,6);