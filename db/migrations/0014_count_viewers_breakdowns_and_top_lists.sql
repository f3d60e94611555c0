CREATE TABLE "also_watched" (
	"video_id" bigint NOT NULL,
	"other_id" bigint NOT NULL,
	"viewers" bigint DEFAULT 0 NOT NULL,
	"counted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "also_watched_video_id_other_id_pk" PRIMARY KEY("video_id","other_id")
);
--> statement-breakpoint
CREATE TABLE "bound_views" (
	"device" uuid NOT NULL,
	"video_id" bigint NOT NULL,
	"day" date NOT NULL,
	"views" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "bound_views_device_video_id_day_pk" PRIMARY KEY("device","video_id","day")
);
--> statement-breakpoint
CREATE TABLE "channel_breakdowns" (
	"channel_id" bigint NOT NULL,
	"day" date NOT NULL,
	"dimension" smallint NOT NULL,
	"value" text NOT NULL,
	"views" bigint DEFAULT 0 NOT NULL,
	"bot_views" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "channel_breakdowns_channel_id_day_dimension_value_pk" PRIMARY KEY("channel_id","day","dimension","value")
) PARTITION BY RANGE ("day");
--> statement-breakpoint
CREATE TABLE "channel_viewer_cells" (
	"channel_id" bigint NOT NULL,
	"day" date NOT NULL,
	"previous_day" date NOT NULL,
	"viewers" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "channel_viewer_cells_channel_id_day_previous_day_pk" PRIMARY KEY("channel_id","day","previous_day")
) PARTITION BY RANGE ("day");
--> statement-breakpoint
CREATE TABLE "channel_viewer_days" (
	"channel_id" bigint NOT NULL,
	"day" date NOT NULL,
	"new_viewers" bigint DEFAULT 0 NOT NULL,
	"viewers" bigint DEFAULT 0 NOT NULL,
	"sketch" "bytea" NOT NULL,
	CONSTRAINT "channel_viewer_days_channel_id_day_pk" PRIMARY KEY("channel_id","day")
) PARTITION BY RANGE ("day");
--> statement-breakpoint
CREATE TABLE "channel_viewer_months" (
	"channel_id" bigint NOT NULL,
	"month" date NOT NULL,
	"viewers" bigint DEFAULT 0 NOT NULL,
	"sketch" "bytea" NOT NULL,
	CONSTRAINT "channel_viewer_months_channel_id_month_pk" PRIMARY KEY("channel_id","month")
);
--> statement-breakpoint
CREATE TABLE "channel_viewers" (
	"channel_id" bigint NOT NULL,
	"viewer" uuid NOT NULL,
	"day" date NOT NULL,
	"previous_day" date NOT NULL,
	"views" integer NOT NULL,
	CONSTRAINT "channel_viewers_viewer_channel_id_day_pk" PRIMARY KEY("viewer","channel_id","day")
) PARTITION BY RANGE ("day");
--> statement-breakpoint
CREATE TABLE "sliding_hour" (
	"video_id" bigint PRIMARY KEY NOT NULL,
	"channel_id" bigint NOT NULL,
	"people" bigint DEFAULT 0 NOT NULL,
	"people_before" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sliding_hour_edge" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"edge" timestamp with time zone NOT NULL,
	CONSTRAINT "sliding_hour_edge_has_one_row" CHECK ("sliding_hour_edge"."id")
);
--> statement-breakpoint
CREATE TABLE "top_videos" (
	"channel_id" bigint NOT NULL,
	"grain" text NOT NULL,
	"period" timestamp with time zone NOT NULL,
	"video_id" bigint NOT NULL,
	"people" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "top_videos_channel_id_grain_period_video_id_pk" PRIMARY KEY("channel_id","grain","period","video_id")
);
--> statement-breakpoint
CREATE TABLE "verdict_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "verdict_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"video_id" bigint NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"to_at" timestamp with time zone NOT NULL,
	"verdict" text NOT NULL,
	"why" text NOT NULL,
	"views" bigint DEFAULT 0 NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"made_by" text NOT NULL,
	"reversed_at" timestamp with time zone,
	"reversed_by" text,
	CONSTRAINT "verdict_changes_verdict_is_known" CHECK ("verdict_changes"."verdict" in ('bot', 'person')),
	CONSTRAINT "verdict_changes_span_is_some_time" CHECK ("verdict_changes"."from_at" < "verdict_changes"."to_at"),
	CONSTRAINT "verdict_changes_why_is_said" CHECK (length("verdict_changes"."why") between 1 and 500)
);
--> statement-breakpoint
CREATE TABLE "video_breakdowns" (
	"video_id" bigint NOT NULL,
	"day" date NOT NULL,
	"dimension" smallint NOT NULL,
	"value" text NOT NULL,
	"views" bigint DEFAULT 0 NOT NULL,
	"bot_views" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "video_breakdowns_video_id_day_dimension_value_pk" PRIMARY KEY("video_id","day","dimension","value")
) PARTITION BY RANGE ("day");
--> statement-breakpoint
CREATE TABLE "video_viewer_cells" (
	"video_id" bigint NOT NULL,
	"day" date NOT NULL,
	"previous_day" date NOT NULL,
	"viewers" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "video_viewer_cells_video_id_day_previous_day_pk" PRIMARY KEY("video_id","day","previous_day")
) PARTITION BY RANGE ("day");
--> statement-breakpoint
CREATE TABLE "video_viewer_days" (
	"video_id" bigint NOT NULL,
	"day" date NOT NULL,
	"new_viewers" bigint DEFAULT 0 NOT NULL,
	"viewers" bigint DEFAULT 0 NOT NULL,
	"sketch" "bytea" NOT NULL,
	CONSTRAINT "video_viewer_days_video_id_day_pk" PRIMARY KEY("video_id","day")
) PARTITION BY RANGE ("day");
--> statement-breakpoint
CREATE TABLE "video_viewer_months" (
	"video_id" bigint NOT NULL,
	"month" date NOT NULL,
	"viewers" bigint DEFAULT 0 NOT NULL,
	"sketch" "bytea" NOT NULL,
	CONSTRAINT "video_viewer_months_video_id_month_pk" PRIMARY KEY("video_id","month")
);
--> statement-breakpoint
CREATE TABLE "video_viewers" (
	"video_id" bigint NOT NULL,
	"viewer" uuid NOT NULL,
	"day" date NOT NULL,
	"previous_day" date NOT NULL,
	"views" integer NOT NULL,
	CONSTRAINT "video_viewers_viewer_video_id_day_pk" PRIMARY KEY("viewer","video_id","day")
) PARTITION BY RANGE ("day");
--> statement-breakpoint
CREATE TABLE "viewer_bindings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "viewer_bindings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"device" uuid NOT NULL,
	"user_viewer" uuid NOT NULL,
	"bound_at" timestamp with time zone NOT NULL,
	"bound_by" text NOT NULL,
	"reversed_at" timestamp with time zone,
	"reversed_by" text
);
--> statement-breakpoint
CREATE TABLE "viewer_erasures" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "viewer_erasures_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"viewer_hash" text NOT NULL,
	"token" uuid NOT NULL,
	"views" bigint DEFAULT 0 NOT NULL,
	"erased_at" timestamp with time zone NOT NULL,
	"erased_by" text NOT NULL,
	CONSTRAINT "viewer_erasures_viewer_hash_unique" UNIQUE("viewer_hash")
);
--> statement-breakpoint
ALTER TABLE "installation" ADD COLUMN "viewer_secret" text DEFAULT gen_random_uuid()::text || gen_random_uuid()::text NOT NULL;--> statement-breakpoint
CREATE INDEX "sliding_hour_by_people" ON "sliding_hour" USING btree ("people" DESC NULLS LAST,"video_id");--> statement-breakpoint
CREATE INDEX "sliding_hour_by_channel" ON "sliding_hour" USING btree ("channel_id","people" DESC NULLS LAST,"video_id");--> statement-breakpoint
CREATE INDEX "verdict_changes_by_video" ON "verdict_changes" USING btree ("video_id","from_at") WHERE "verdict_changes"."reversed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "viewer_bindings_one_user_a_device" ON "viewer_bindings" USING btree ("device") WHERE "viewer_bindings"."reversed_at" is null;--> statement-breakpoint
CREATE INDEX "viewer_bindings_by_user" ON "viewer_bindings" USING btree ("user_viewer");--> statement-breakpoint
-- The log as it counts: with the verdicts and the users that hold now. Whoever counts the log reads this.
CREATE VIEW "counted_views" AS
SELECT v.id, v.video_id, v.viewed_at, v.lane, v.batch, v.viewer AS own_viewer, coalesce(b.user_viewer, v.viewer) AS viewer,
	CASE c.verdict WHEN 'bot' THEN true WHEN 'person' THEN coalesce(v.bot IN ('declared_bot', 'no_user_agent'), false)
		ELSE v.bot IS NOT NULL END AS is_bot,
	v.country, v.device, v.browser, v.os, v.site, v.referrer
FROM video_views v
	LEFT JOIN verdict_changes c ON c.video_id = v.video_id AND c.reversed_at IS NULL AND v.viewed_at >= c.from_at AND v.viewed_at < c.to_at
	LEFT JOIN viewer_bindings b ON b.device = v.viewer AND b.reversed_at IS NULL;
