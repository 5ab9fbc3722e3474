CREATE TABLE "core"."feedback" (
	"id" uuid PRIMARY KEY NOT NULL,
	"thread_id" uuid NOT NULL,
	"turn" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"verdict" text NOT NULL,
	"note" text,
	"said_in" uuid NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "feedback_verdict" CHECK ("core"."feedback"."verdict" in ('GOOD','BAD'))
);
--> statement-breakpoint
ALTER TABLE "core"."feedback" ADD CONSTRAINT "feedback_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "core"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."feedback" ADD CONSTRAINT "feedback_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "core"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "feedback_said_in" ON "core"."feedback" USING btree ("said_in");--> statement-breakpoint
CREATE INDEX "feedback_turn" ON "core"."feedback" USING btree ("turn","person_id");--> statement-breakpoint
GRANT SELECT, INSERT ON core.feedback TO parapet_app;
