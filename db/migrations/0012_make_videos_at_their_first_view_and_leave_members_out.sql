ALTER TABLE "channels" ADD COLUMN "first_view_videos_per_day" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "leaves_out_members" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "is_made_at_first_view" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "videos_made_at_first_view" ON "videos" USING btree ("channel_id","created_at") WHERE "videos"."is_made_at_first_view";--> statement-breakpoint
ALTER TABLE "channels" ADD CONSTRAINT "channels_first_view_videos_are_few" CHECK ("channels"."first_view_videos_per_day" between 0 and 10000);