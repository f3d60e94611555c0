ALTER TABLE "videos" ADD COLUMN "removed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "merged_into" bigint;--> statement-breakpoint
CREATE INDEX "videos_removed" ON "videos" USING btree ("id","merged_into") WHERE "videos"."removed_at" is not null;--> statement-breakpoint
ALTER TABLE "videos" ADD CONSTRAINT "videos_merged_is_removed" CHECK ("videos"."merged_into" is null or ("videos"."removed_at" is not null and "videos"."merged_into" <> "videos"."id"));