CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "search_text" text GENERATED ALWAYS AS (lower(title collate "und-x-icu") || chr(10) || lower(key)) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "videos_by_title" ON "videos" USING btree ("title" collate "und-x-icu","id");--> statement-breakpoint
CREATE INDEX "videos_by_search_text" ON "videos" USING gin ("search_text" gin_trgm_ops);