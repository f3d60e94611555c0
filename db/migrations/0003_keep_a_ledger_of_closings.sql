CREATE TABLE "day_closings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "day_closings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"day" date NOT NULL,
	"closed_at" timestamp with time zone NOT NULL,
	"duration_ms" integer NOT NULL,
	"log_views" bigint NOT NULL,
	"log_bot_views" bigint NOT NULL,
	"found" jsonb NOT NULL,
	"differing_buckets" integer NOT NULL,
	"differing_views" bigint NOT NULL,
	"repairs" jsonb NOT NULL,
	"is_balanced" boolean NOT NULL,
	"proved_to" jsonb NOT NULL,
	"complete_to" timestamp with time zone NOT NULL,
	"is_final" boolean NOT NULL
);
--> statement-breakpoint
CREATE INDEX "day_closings_by_day" ON "day_closings" USING btree ("day","id");