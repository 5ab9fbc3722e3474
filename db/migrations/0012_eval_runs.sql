CREATE TABLE "core"."eval_results" (
	"run_id" uuid NOT NULL,
	"suite" text NOT NULL,
	"case_id" text NOT NULL,
	"family" text NOT NULL,
	"safety" boolean NOT NULL,
	"score" double precision NOT NULL,
	"detail" text,
	CONSTRAINT "eval_results_run_id_suite_case_id_pk" PRIMARY KEY("run_id","suite","case_id"),
	CONSTRAINT "eval_results_score" CHECK ("core"."eval_results"."score" between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "core"."eval_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"started_at" timestamptz(3) NOT NULL,
	"label" text NOT NULL,
	"suites" jsonb NOT NULL,
	"safety_failures" integer NOT NULL,
	"duration_ms" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "core"."eval_results" ADD CONSTRAINT "eval_results_run_id_eval_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "core"."eval_runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "eval_runs_started" ON "core"."eval_runs" USING btree ("started_at");--> statement-breakpoint
GRANT SELECT, INSERT ON core.eval_runs, core.eval_results TO parapet_app;
