ALTER TABLE "core"."eval_runs" ADD COLUMN "tries" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "core"."eval_runs" ADD COLUMN "model" text;--> statement-breakpoint
ALTER TABLE "core"."eval_runs" ADD CONSTRAINT "eval_runs_tries" CHECK ("core"."eval_runs"."tries" >= 1);