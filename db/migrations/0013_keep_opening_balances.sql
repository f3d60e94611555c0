CREATE SEQUENCE "public"."opening_entries" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "opening_balances" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "opening_balances_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"entry" bigint NOT NULL,
	"video_id" bigint NOT NULL,
	"day" date,
	"views" bigint NOT NULL,
	"source" text NOT NULL,
	"entered_by" text NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"reversed_by" text,
	"reversed_at" timestamp with time zone,
	CONSTRAINT "opening_balances_views_are_some" CHECK ("opening_balances"."views" between 1 and 1000000000000),
	CONSTRAINT "opening_balances_source_is_short" CHECK (length("opening_balances"."source") between 1 and 100),
	CONSTRAINT "opening_balances_day_is_finite" CHECK (isfinite("opening_balances"."day")),
	CONSTRAINT "opening_balances_actor_is_known" CHECK ("opening_balances"."entered_by" = 'command' or "opening_balances"."entered_by" ~ '^(user|key):.'),
	CONSTRAINT "opening_balances_reversal_is_whole" CHECK (("opening_balances"."reversed_at" is null) = ("opening_balances"."reversed_by" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "opening_balances_once" ON "opening_balances" USING btree ("video_id",lower("source" collate "und-x-icu"),coalesce("day", '-infinity'::date)) WHERE "opening_balances"."reversed_at" is null;--> statement-breakpoint
CREATE INDEX "opening_balances_by_entry" ON "opening_balances" USING btree ("entry");