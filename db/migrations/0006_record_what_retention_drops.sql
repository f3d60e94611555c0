CREATE TABLE "retention_drops" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "retention_drops_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"table_name" text NOT NULL,
	"partition" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"rows" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	"dropped_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "log_archives" ADD COLUMN "bot_views" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "log_archives" ADD COLUMN "file_name" text;--> statement-breakpoint
ALTER TABLE "log_archives" ADD COLUMN "bytes" bigint;--> statement-breakpoint
ALTER TABLE "log_archives" ADD COLUMN "sha256" text;--> statement-breakpoint
ALTER TABLE "log_archives" ADD COLUMN "restored_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "retention_drops_by_range" ON "retention_drops" USING btree ("table_name","from_day");--> statement-breakpoint
ALTER TABLE "log_archives" ADD CONSTRAINT "log_archives_file_is_known_or_not" CHECK (num_nulls("log_archives"."file_name", "log_archives"."bytes", "log_archives"."sha256") in (0, 3));--> statement-breakpoint
ALTER TABLE "log_archives" ADD CONSTRAINT "log_archives_restored_has_file" CHECK ("log_archives"."restored_at" is null or "log_archives"."file_name" is not null);