CREATE SCHEMA "core";
--> statement-breakpoint
CREATE SCHEMA "paper";
--> statement-breakpoint
CREATE TABLE "core"."accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"status" text NOT NULL,
	"base_currency" text NOT NULL,
	"broker" text NOT NULL,
	"mode" text NOT NULL,
	"opened_at" timestamptz(3) NOT NULL,
	"deleted_at" timestamptz(3),
	"live_armed_until" timestamptz(3),
	CONSTRAINT "accounts_type" CHECK ("core"."accounts"."type" in ('SIP','LUMP_SUM','EVENT_TACTICAL')),
	CONSTRAINT "accounts_status" CHECK ("core"."accounts"."status" in ('ACTIVE','PAUSED','CLOSED')),
	CONSTRAINT "accounts_mode" CHECK ("core"."accounts"."mode" in ('paper','live'))
);
--> statement-breakpoint
CREATE TABLE "core"."funding_plans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"active" boolean NOT NULL,
	"type" text NOT NULL,
	"sip_amount_minor" bigint,
	"sip_frequency" text,
	"sip_start_date" date,
	"sip_duration_months" integer,
	"lump_sum_amount_minor" bigint,
	"lump_sum_date" date,
	"tranche_plan" jsonb NOT NULL,
	"carry_forward_enabled" boolean NOT NULL,
	"max_carry_forward_percent" double precision NOT NULL,
	"emergency_buffer_percent" double precision NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "funding_plans_type" CHECK ("core"."funding_plans"."type" in ('SIP','LUMP_SUM','HYBRID'))
);
--> statement-breakpoint
CREATE TABLE "core"."mandates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"active" boolean NOT NULL,
	"terms" jsonb NOT NULL,
	"assumption_log" jsonb NOT NULL,
	"summary" text NOT NULL,
	"action_id" uuid,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."trading_states" (
	"scope" text PRIMARY KEY NOT NULL,
	"account_id" uuid,
	"state" text NOT NULL,
	"reason" text,
	"since" timestamptz(3) NOT NULL,
	"action_id" uuid,
	CONSTRAINT "trading_states_state" CHECK ("core"."trading_states"."state" in ('ACTIVE','REDUCING','HALTED'))
);
--> statement-breakpoint
CREATE TABLE "core"."watchlist" (
	"symbol" text PRIMARY KEY NOT NULL,
	"added_by" text NOT NULL,
	"reason" text,
	"added_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."world" (
	"one" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"kind" text NOT NULL,
	"label" text NOT NULL,
	"seed" integer,
	"started_at" timestamptz(3) NOT NULL,
	"market_now" timestamptz(3),
	"feed_state" text,
	CONSTRAINT "world_one" CHECK ("core"."world"."one" = 1),
	CONSTRAINT "world_kind" CHECK ("core"."world"."kind" in ('sim','replay','live'))
);
--> statement-breakpoint
CREATE TABLE "core"."action_transitions" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"action_id" uuid NOT NULL,
	"from_state" text,
	"to_state" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"reason" text,
	"audit_sequence" bigint
);
--> statement-breakpoint
CREATE TABLE "core"."actions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"account_id" uuid,
	"body" text NOT NULL,
	"digest" text NOT NULL,
	"state" text NOT NULL,
	"proposer_kind" text NOT NULL,
	"proposer" text NOT NULL,
	"on_behalf_of" uuid,
	"channel" text NOT NULL,
	"thread_id" uuid,
	"turn" uuid,
	"revises" uuid,
	"world_label" text NOT NULL,
	"reason" text,
	"created_at" timestamptz(3) NOT NULL,
	"updated_at" timestamptz(3) NOT NULL,
	"market_time" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."approvals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"confirmation_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."clearances" (
	"id" uuid PRIMARY KEY NOT NULL,
	"action_id" uuid NOT NULL,
	"confirmation_id" uuid,
	"report_id" uuid NOT NULL,
	"body" text NOT NULL,
	"signature" text NOT NULL,
	"key_id" text NOT NULL,
	"issued_at" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3) NOT NULL,
	"consumed_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "core"."confirmations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"action_id" uuid NOT NULL,
	"action_digest" text NOT NULL,
	"report_digest" text NOT NULL,
	"account_id" uuid,
	"eligible" uuid[] NOT NULL,
	"approvals_needed" integer NOT NULL,
	"thread_id" uuid,
	"shown_at" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3) NOT NULL,
	"reference_price" numeric(18,6),
	"drift_percent" double precision,
	"rendering_digest" text NOT NULL,
	"status" text NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamptz(3),
	"decided_in" text,
	"reason" text,
	CONSTRAINT "confirmations_status" CHECK ("core"."confirmations"."status" in ('pending','confirmed','rejected','expired','superseded'))
);
--> statement-breakpoint
CREATE TABLE "core"."fill_cursors" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"broker_fill_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."fills" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"broker_fill_id" text NOT NULL,
	"account_id" uuid NOT NULL,
	"quantity" integer NOT NULL,
	"price" numeric(18,6) NOT NULL,
	"charges_minor" bigint NOT NULL,
	"charges" jsonb NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"realised_minor" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."gate_reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"action_id" uuid NOT NULL,
	"phase" text NOT NULL,
	"digest" text NOT NULL,
	"body" text NOT NULL,
	"snapshot_digest" text NOT NULL,
	"verdict" text NOT NULL,
	"policy_version" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "gate_reports_phase" CHECK ("core"."gate_reports"."phase" in ('propose','confirm','tranche'))
);
--> statement-breakpoint
CREATE TABLE "core"."ledger_entries" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"transaction_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"ledger" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"happened_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."ledger_transactions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"clearance_id" uuid,
	"fill_id" uuid,
	"corporate_action" text,
	"reconciliation" text,
	"opening" text,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	CONSTRAINT "ledger_exactly_one_cause" CHECK (num_nonnulls("core"."ledger_transactions"."clearance_id", "core"."ledger_transactions"."fill_id", "core"."ledger_transactions"."corporate_action", "core"."ledger_transactions"."reconciliation", "core"."ledger_transactions"."opening") = 1)
);
--> statement-breakpoint
CREATE TABLE "core"."order_intents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clearance_id" uuid NOT NULL,
	"action_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"leg" text NOT NULL,
	"client_order_id" text NOT NULL,
	"spec" text NOT NULL,
	"state" text NOT NULL,
	"message" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"updated_at" timestamptz(3) NOT NULL,
	CONSTRAINT "order_intents_client_order_id_unique" UNIQUE("client_order_id"),
	CONSTRAINT "order_intents_state_values" CHECK ("core"."order_intents"."state" in ('WAITING','READY','SENDING','SENT','UNKNOWN','DONE','VOID'))
);
--> statement-breakpoint
CREATE TABLE "core"."orders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"intent_id" uuid NOT NULL,
	"clearance_id" uuid NOT NULL,
	"action_id" uuid NOT NULL,
	"card_id" uuid,
	"account_id" uuid NOT NULL,
	"symbol" text NOT NULL,
	"exchange" text NOT NULL,
	"client_order_id" text NOT NULL,
	"broker_order_id" text,
	"parent_client_order_id" text,
	"oco_group" text,
	"category" text NOT NULL,
	"type" text NOT NULL,
	"side" text NOT NULL,
	"product" text NOT NULL,
	"quantity" integer NOT NULL,
	"limit_price" numeric(18,6),
	"trigger_price" numeric(18,6),
	"status" text NOT NULL,
	"message" text,
	"filled_quantity" integer NOT NULL,
	"average_price" numeric(18,6),
	"created_at" timestamptz(3) NOT NULL,
	"updated_at" timestamptz(3) NOT NULL,
	"market_time" timestamptz(3) NOT NULL,
	CONSTRAINT "orders_client_order_id_unique" UNIQUE("client_order_id")
);
--> statement-breakpoint
CREATE TABLE "core"."outbox" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"topic" text NOT NULL,
	"action_id" uuid,
	"payload" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamptz(3),
	"done_at" timestamptz(3),
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "core"."positions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"action_id" uuid NOT NULL,
	"card_id" uuid,
	"symbol" text NOT NULL,
	"exchange" text NOT NULL,
	"quantity" integer NOT NULL,
	"average_price" numeric(18,6) NOT NULL,
	"cost_minor" bigint NOT NULL,
	"basis_quantity" integer NOT NULL,
	"basis_cost_minor" bigint NOT NULL,
	"best_price" numeric(18,6),
	"stop_loss" numeric(18,6),
	"take_profit" numeric(18,6),
	"trailing" jsonb,
	"realised_minor" bigint NOT NULL,
	"fees_minor" bigint NOT NULL,
	"opened_at" timestamptz(3) NOT NULL,
	"closed_at" timestamptz(3),
	"updated_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."snapshots" (
	"digest" text PRIMARY KEY NOT NULL,
	"body" text NOT NULL,
	"taken_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."trade_cards" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" serial NOT NULL,
	"action_id" uuid NOT NULL,
	"account_id" uuid,
	"symbol" text,
	"exchange" text,
	"direction" text,
	"strategy" text NOT NULL,
	"status" text NOT NULL,
	"priority" text NOT NULL,
	"entry_price" numeric(18,6),
	"quantity" integer,
	"value_minor" bigint,
	"stop_loss" numeric(18,6),
	"take_profit" numeric(18,6),
	"trailing" jsonb,
	"tranches" jsonb,
	"thesis" jsonb NOT NULL,
	"risks" jsonb NOT NULL,
	"confidence" double precision,
	"edge_percent" double precision,
	"horizon_days" integer,
	"risk_minor" bigint,
	"reward_minor" bigint,
	"risk_reward_ratio" double precision,
	"guardrails" jsonb NOT NULL,
	"risk_warnings" jsonb NOT NULL,
	"playbook" text,
	"signal_id" uuid,
	"event_id" uuid,
	"model_version" text NOT NULL,
	"judge_rationale" text,
	"cycle_id" uuid,
	"created_at" timestamptz(3) NOT NULL,
	"market_time" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3),
	"update_count" integer DEFAULT 0 NOT NULL,
	"approved_at" timestamptz(3),
	"rejected_at" timestamptz(3),
	"executed_at" timestamptz(3),
	"approved_by" uuid,
	"rejection_reason" text,
	CONSTRAINT "trade_cards_number_unique" UNIQUE("number"),
	CONSTRAINT "trade_cards_status" CHECK ("core"."trade_cards"."status" in ('PENDING','APPROVED','REJECTED','EXPIRED','EXECUTED','FILLED','CLOSED','BLOCKED','FAILED'))
);
--> statement-breakpoint
CREATE TABLE "core"."audit_head" (
	"one" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"sequence" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_head_one" CHECK ("core"."audit_head"."one" = 1)
);
--> statement-breakpoint
CREATE TABLE "core"."audit_log" (
	"sequence" bigint PRIMARY KEY NOT NULL,
	"at" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"actor" text NOT NULL,
	"payload" text NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_log_previous_hash_unique" UNIQUE("previous_hash"),
	CONSTRAINT "audit_log_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "core"."bars_daily" (
	"symbol" text NOT NULL,
	"date" date NOT NULL,
	"open" numeric(18,6) NOT NULL,
	"high" numeric(18,6) NOT NULL,
	"low" numeric(18,6) NOT NULL,
	"close" numeric(18,6) NOT NULL,
	"volume" bigint NOT NULL,
	"previous_close" numeric(18,6),
	"trades" integer,
	"delivery_quantity" bigint,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "bars_daily_symbol_date_pk" PRIMARY KEY("symbol","date")
);
--> statement-breakpoint
CREATE TABLE "core"."bars_intraday" (
	"symbol" text NOT NULL,
	"start" timestamptz(3) NOT NULL,
	"minutes" integer NOT NULL,
	"open" numeric(18,6) NOT NULL,
	"high" numeric(18,6) NOT NULL,
	"low" numeric(18,6) NOT NULL,
	"close" numeric(18,6) NOT NULL,
	"volume" bigint NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "bars_intraday_symbol_minutes_start_pk" PRIMARY KEY("symbol","minutes","start")
);
--> statement-breakpoint
CREATE TABLE "core"."calendar_days" (
	"exchange" text NOT NULL,
	"date" date NOT NULL,
	"kind" text NOT NULL,
	"open" text,
	"close" text,
	"description" text,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "calendar_days_exchange_date_source_pk" PRIMARY KEY("exchange","date","source")
);
--> statement-breakpoint
CREATE TABLE "core"."corporate_actions" (
	"symbol" text NOT NULL,
	"ex_date" date NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"factor" double precision NOT NULL,
	"amount" numeric(18,6),
	"basis" text NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "corporate_actions_symbol_ex_date_kind_basis_pk" PRIMARY KEY("symbol","ex_date","kind","basis")
);
--> statement-breakpoint
CREATE TABLE "core"."coverage" (
	"kind" text NOT NULL,
	"source" text NOT NULL,
	"symbol" text NOT NULL,
	"from_date" date NOT NULL,
	"to_date" date NOT NULL,
	"mode" text NOT NULL,
	"recorded_at" timestamptz(3) NOT NULL,
	CONSTRAINT "coverage_kind_source_symbol_pk" PRIMARY KEY("kind","source","symbol")
);
--> statement-breakpoint
CREATE TABLE "core"."cycles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"as_of" timestamptz(3) NOT NULL,
	"started_at" timestamptz(3) NOT NULL,
	"elapsed_ms" integer NOT NULL,
	"trigger" text NOT NULL,
	"funnel" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."event_analyses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid,
	"symbol" text,
	"agent" text NOT NULL,
	"summary" jsonb NOT NULL,
	"key_points" jsonb NOT NULL,
	"risks" jsonb NOT NULL,
	"sources" jsonb NOT NULL,
	"model_version" text NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."event_tags" (
	"event_id" uuid PRIMARY KEY NOT NULL,
	"event_type" text NOT NULL,
	"stance" text NOT NULL,
	"confidence" double precision NOT NULL,
	"rationale" text NOT NULL,
	"impact_score" double precision NOT NULL,
	"model_version" text NOT NULL,
	"at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"fingerprint" text NOT NULL,
	"source" text NOT NULL,
	"source_url" text,
	"artifact_url" text,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"event_type" text NOT NULL,
	"priority" text NOT NULL,
	"symbols" text[] NOT NULL,
	"unlinked_names" text[] NOT NULL,
	"sector" text,
	"stance" text,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"ingested_at" timestamptz(3) NOT NULL,
	"processed_at" timestamptz(3),
	"processing_status" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."features" (
	"id" uuid PRIMARY KEY NOT NULL,
	"symbol" text NOT NULL,
	"as_of" date NOT NULL,
	"values" jsonb NOT NULL,
	"version" text NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."feed_health" (
	"feed" text PRIMARY KEY NOT NULL,
	"last_success_at" timestamptz(3),
	"last_heard_market_time" timestamptz(3),
	"errors" integer NOT NULL,
	"last_error" text,
	"cursor" text
);
--> statement-breakpoint
CREATE TABLE "core"."imports" (
	"file_digest" text NOT NULL,
	"path" text NOT NULL,
	"kind" text NOT NULL,
	"accepted" integer NOT NULL,
	"updated" integer NOT NULL,
	"duplicate" integer NOT NULL,
	"quarantined" integer NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "imports_file_digest_kind_pk" PRIMARY KEY("file_digest","kind")
);
--> statement-breakpoint
CREATE TABLE "core"."quarantine" (
	"file_digest" text NOT NULL,
	"line" integer NOT NULL,
	"reason" text NOT NULL,
	"file" text NOT NULL,
	"kind" text NOT NULL,
	"raw" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"resolved" boolean DEFAULT false NOT NULL,
	CONSTRAINT "quarantine_file_digest_line_reason_pk" PRIMARY KEY("file_digest","line","reason")
);
--> statement-breakpoint
CREATE TABLE "core"."earnings_calendar" (
	"symbol" text NOT NULL,
	"date" date NOT NULL,
	"kind" text NOT NULL,
	"purpose" text NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "earnings_calendar_symbol_date_kind_pk" PRIMARY KEY("symbol","date","kind")
);
--> statement-breakpoint
CREATE TABLE "core"."signals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"symbol" text NOT NULL,
	"strategy" text NOT NULL,
	"direction" text NOT NULL,
	"edge_percent" double precision NOT NULL,
	"confidence" double precision NOT NULL,
	"horizon_days" integer NOT NULL,
	"tp_probability" double precision,
	"sl_probability" double precision,
	"comparable_count" integer NOT NULL,
	"thesis_bullets" jsonb NOT NULL,
	"model_version" text NOT NULL,
	"feature_id" uuid,
	"event_id" uuid,
	"status" text NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."symbols" (
	"symbol" text PRIMARY KEY NOT NULL,
	"exchange" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"isin" text,
	"series" text,
	"sector" text,
	"industry" text,
	"lot_size" integer NOT NULL,
	"tick_size" numeric(18,6) NOT NULL,
	"face_value" double precision,
	"listed_on" date,
	"aliases" text[] NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"source" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."trading_rules" (
	"symbol" text NOT NULL,
	"rule" text NOT NULL,
	"valid_from" date NOT NULL,
	"value" text NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"known_at" timestamptz(3) NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "trading_rules_symbol_rule_valid_from_pk" PRIMARY KEY("symbol","rule","valid_from")
);
--> statement-breakpoint
CREATE TABLE "paper"."fills" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"broker_fill_id" text NOT NULL,
	"body" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "paper"."orders" (
	"account_id" text NOT NULL,
	"client_order_id" text NOT NULL,
	"broker_order_id" text NOT NULL,
	"body" text NOT NULL,
	"status" text NOT NULL,
	"filled_quantity" integer NOT NULL,
	"updated_at" timestamptz(3) NOT NULL,
	"symbol" text NOT NULL,
	"average_price" numeric(18,6),
	CONSTRAINT "orders_account_id_client_order_id_pk" PRIMARY KEY("account_id","client_order_id"),
	CONSTRAINT "orders_broker_order_id_unique" UNIQUE("broker_order_id")
);
--> statement-breakpoint
CREATE TABLE "core"."access_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"hash" text NOT NULL,
	"label" text,
	"created_at" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3),
	"used_at" timestamptz(3),
	"revoked_at" timestamptz(3),
	CONSTRAINT "access_tokens_hash_unique" UNIQUE("hash"),
	CONSTRAINT "access_tokens_kind" CHECK ("core"."access_tokens"."kind" in ('signin','session','api_key','cli'))
);
--> statement-breakpoint
CREATE TABLE "core"."account_rights" (
	"person_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"can_view" boolean NOT NULL,
	"can_propose" boolean NOT NULL,
	"can_confirm" boolean NOT NULL,
	CONSTRAINT "account_rights_person_id_account_id_pk" PRIMARY KEY("person_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "core"."agent_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"turn" uuid NOT NULL,
	"agent" text NOT NULL,
	"input_id" text NOT NULL,
	"payload" text NOT NULL,
	"written_by" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"latency_ms" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core"."identities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"external_id" text NOT NULL,
	"linked_at" timestamptz(3) NOT NULL,
	"unlinked_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "core"."messages" (
	"thread_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"turn" uuid NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"author" text NOT NULL,
	"person_id" uuid,
	"client_message_id" text,
	"event" text NOT NULL,
	CONSTRAINT "messages_thread_id_sequence_pk" PRIMARY KEY("thread_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "core"."people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"last_account_id" uuid,
	CONSTRAINT "people_name_unique" UNIQUE("name"),
	CONSTRAINT "people_role" CHECK ("core"."people"."role" in ('owner','trader','viewer'))
);
--> statement-breakpoint
CREATE TABLE "core"."threads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"external_id" text NOT NULL,
	"person_id" uuid NOT NULL,
	"title" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"updated_at" timestamptz(3) NOT NULL,
	"context" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "core"."funding_plans" ADD CONSTRAINT "funding_plans_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "core"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."mandates" ADD CONSTRAINT "mandates_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "core"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."action_transitions" ADD CONSTRAINT "action_transitions_action_id_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "core"."actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."approvals" ADD CONSTRAINT "approvals_confirmation_id_confirmations_id_fk" FOREIGN KEY ("confirmation_id") REFERENCES "core"."confirmations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."clearances" ADD CONSTRAINT "clearances_action_id_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "core"."actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."clearances" ADD CONSTRAINT "clearances_confirmation_id_confirmations_id_fk" FOREIGN KEY ("confirmation_id") REFERENCES "core"."confirmations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."clearances" ADD CONSTRAINT "clearances_report_id_gate_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "core"."gate_reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."confirmations" ADD CONSTRAINT "confirmations_action_id_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "core"."actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."fills" ADD CONSTRAINT "fills_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "core"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."gate_reports" ADD CONSTRAINT "gate_reports_action_id_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "core"."actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."gate_reports" ADD CONSTRAINT "gate_reports_snapshot_digest_snapshots_digest_fk" FOREIGN KEY ("snapshot_digest") REFERENCES "core"."snapshots"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."ledger_entries" ADD CONSTRAINT "ledger_entries_transaction_id_ledger_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "core"."ledger_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."ledger_entries" ADD CONSTRAINT "ledger_entries_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "core"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."ledger_transactions" ADD CONSTRAINT "ledger_transactions_clearance_id_clearances_id_fk" FOREIGN KEY ("clearance_id") REFERENCES "core"."clearances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."ledger_transactions" ADD CONSTRAINT "ledger_transactions_fill_id_fills_id_fk" FOREIGN KEY ("fill_id") REFERENCES "core"."fills"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."order_intents" ADD CONSTRAINT "order_intents_clearance_id_clearances_id_fk" FOREIGN KEY ("clearance_id") REFERENCES "core"."clearances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."orders" ADD CONSTRAINT "orders_intent_id_order_intents_id_fk" FOREIGN KEY ("intent_id") REFERENCES "core"."order_intents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."orders" ADD CONSTRAINT "orders_clearance_id_clearances_id_fk" FOREIGN KEY ("clearance_id") REFERENCES "core"."clearances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."trade_cards" ADD CONSTRAINT "trade_cards_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "core"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."event_analyses" ADD CONSTRAINT "event_analyses_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "core"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."event_tags" ADD CONSTRAINT "event_tags_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "core"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."signals" ADD CONSTRAINT "signals_feature_id_features_id_fk" FOREIGN KEY ("feature_id") REFERENCES "core"."features"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."access_tokens" ADD CONSTRAINT "access_tokens_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "core"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."account_rights" ADD CONSTRAINT "account_rights_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "core"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."account_rights" ADD CONSTRAINT "account_rights_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "core"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."identities" ADD CONSTRAINT "identities_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "core"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."messages" ADD CONSTRAINT "messages_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "core"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core"."threads" ADD CONSTRAINT "threads_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "core"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_owner_name" ON "core"."accounts" USING btree ("owner_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "funding_plans_active" ON "core"."funding_plans" USING btree ("account_id") WHERE "core"."funding_plans"."active";--> statement-breakpoint
CREATE UNIQUE INDEX "mandates_version" ON "core"."mandates" USING btree ("account_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "mandates_active" ON "core"."mandates" USING btree ("account_id") WHERE "core"."mandates"."active";--> statement-breakpoint
CREATE INDEX "watchlist_added" ON "core"."watchlist" USING btree ("added_at");--> statement-breakpoint
CREATE INDEX "action_transitions_action" ON "core"."action_transitions" USING btree ("action_id");--> statement-breakpoint
CREATE INDEX "actions_state" ON "core"."actions" USING btree ("state");--> statement-breakpoint
CREATE INDEX "actions_account" ON "core"."actions" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "actions_digest" ON "core"."actions" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "actions_thread" ON "core"."actions" USING btree ("thread_id");--> statement-breakpoint
CREATE UNIQUE INDEX "approvals_person" ON "core"."approvals" USING btree ("confirmation_id","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "clearances_action" ON "core"."clearances" USING btree ("action_id");--> statement-breakpoint
CREATE UNIQUE INDEX "confirmations_open" ON "core"."confirmations" USING btree ("action_id") WHERE "core"."confirmations"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "confirmations_thread" ON "core"."confirmations" USING btree ("thread_id","status");--> statement-breakpoint
CREATE UNIQUE INDEX "fills_broker" ON "core"."fills" USING btree ("account_id","broker_fill_id");--> statement-breakpoint
CREATE INDEX "fills_account" ON "core"."fills" USING btree ("account_id","happened_at");--> statement-breakpoint
CREATE INDEX "gate_reports_action" ON "core"."gate_reports" USING btree ("action_id");--> statement-breakpoint
CREATE INDEX "ledger_entries_account" ON "core"."ledger_entries" USING btree ("account_id","ledger");--> statement-breakpoint
CREATE INDEX "ledger_entries_transaction" ON "core"."ledger_entries" USING btree ("transaction_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_fill" ON "core"."ledger_transactions" USING btree ("fill_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_opening" ON "core"."ledger_transactions" USING btree ("opening");--> statement-breakpoint
CREATE UNIQUE INDEX "order_intents_leg" ON "core"."order_intents" USING btree ("action_id","leg");--> statement-breakpoint
CREATE INDEX "order_intents_state" ON "core"."order_intents" USING btree ("state");--> statement-breakpoint
CREATE INDEX "orders_account" ON "core"."orders" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "orders_status" ON "core"."orders" USING btree ("status");--> statement-breakpoint
CREATE INDEX "orders_action" ON "core"."orders" USING btree ("action_id");--> statement-breakpoint
CREATE INDEX "outbox_open" ON "core"."outbox" USING btree ("sequence") WHERE "core"."outbox"."done_at" is null;--> statement-breakpoint
CREATE INDEX "positions_account" ON "core"."positions" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "positions_open" ON "core"."positions" USING btree ("account_id","symbol") WHERE "core"."positions"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "trade_cards_status_idx" ON "core"."trade_cards" USING btree ("status");--> statement-breakpoint
CREATE UNIQUE INDEX "trade_cards_action" ON "core"."trade_cards" USING btree ("action_id");--> statement-breakpoint
CREATE INDEX "audit_log_subject" ON "core"."audit_log" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "bars_daily_date" ON "core"."bars_daily" USING btree ("date");--> statement-breakpoint
CREATE INDEX "event_analyses_event" ON "core"."event_analyses" USING btree ("event_id");--> statement-breakpoint
CREATE UNIQUE INDEX "events_fingerprint" ON "core"."events" USING btree ("fingerprint");--> statement-breakpoint
CREATE INDEX "events_known" ON "core"."events" USING btree ("known_at");--> statement-breakpoint
CREATE INDEX "events_symbols" ON "core"."events" USING gin ("symbols");--> statement-breakpoint
CREATE INDEX "events_text" ON "core"."events" USING gin (to_tsvector('english', "title" || ' ' || "body"));--> statement-breakpoint
CREATE UNIQUE INDEX "features_symbol_day" ON "core"."features" USING btree ("symbol","as_of","version");--> statement-breakpoint
CREATE INDEX "signals_symbol" ON "core"."signals" USING btree ("symbol","known_at");--> statement-breakpoint
CREATE INDEX "symbols_sector" ON "core"."symbols" USING btree ("sector");--> statement-breakpoint
CREATE INDEX "symbols_name" ON "core"."symbols" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "paper_fills_id" ON "paper"."fills" USING btree ("account_id","broker_fill_id");--> statement-breakpoint
CREATE INDEX "paper_orders_status" ON "paper"."orders" USING btree ("status");--> statement-breakpoint
CREATE INDEX "agent_messages_turn" ON "core"."agent_messages" USING btree ("turn");--> statement-breakpoint
CREATE UNIQUE INDEX "identities_active" ON "core"."identities" USING btree ("channel","external_id") WHERE "core"."identities"."unlinked_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "messages_client" ON "core"."messages" USING btree ("thread_id","client_message_id");--> statement-breakpoint
CREATE UNIQUE INDEX "threads_external" ON "core"."threads" USING btree ("channel","external_id");--> statement-breakpoint
CREATE INDEX "threads_person" ON "core"."threads" USING btree ("person_id","updated_at");