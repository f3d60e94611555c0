ALTER TABLE "ingest_lanes" ADD COLUMN "oldest_unread_at" timestamp with time zone;--> statement-breakpoint
UPDATE "ingest_lanes" SET "oldest_unread_at" = '-infinity';
