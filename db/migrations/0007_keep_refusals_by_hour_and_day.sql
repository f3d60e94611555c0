CREATE TABLE "screening_days" (
	"day" date NOT NULL,
	"reason" text NOT NULL,
	"video_id" bigint NOT NULL,
	"origin" text NOT NULL,
	"views" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "screening_days_day_reason_video_id_origin_pk" PRIMARY KEY("day","reason","video_id","origin")
) PARTITION BY RANGE ("day");
--> statement-breakpoint
CREATE TABLE "screening_hours" (
	"hour" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"video_id" bigint NOT NULL,
	"origin" text NOT NULL,
	"views" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "screening_hours_hour_reason_video_id_origin_pk" PRIMARY KEY("hour","reason","video_id","origin")
) PARTITION BY RANGE ("hour");
--> statement-breakpoint
CREATE INDEX "screening_days_by_video" ON "screening_days" USING btree ("video_id","day");--> statement-breakpoint
CREATE INDEX "screening_hours_by_video" ON "screening_hours" USING btree ("video_id","hour");--> statement-breakpoint
-- The refusals that are kept by the minute, a day more at both ends for the reporting zone.
DO $$
DECLARE
	first date; last date; month date; part text;
BEGIN
	SELECT min("minute" AT TIME ZONE 'UTC')::date - 1, max("minute" AT TIME ZONE 'UTC')::date + 1 INTO first, last FROM "screening_minutes";
	FOR month IN SELECT generate_series(date_trunc('month', first::timestamp), last::timestamp, interval '1 month')::date LOOP
		FOREACH part IN ARRAY ARRAY['screening_hours', 'screening_days'] LOOP
			EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
				part || '_' || to_char(month, 'YYYYMMDD'), part, month || CASE part WHEN 'screening_hours' THEN ' 00:00:00+00' ELSE '' END,
				(month + interval '1 month')::date || CASE part WHEN 'screening_hours' THEN ' 00:00:00+00' ELSE '' END);
		END LOOP;
	END LOOP;
END $$;--> statement-breakpoint
INSERT INTO "screening_hours" ("hour", "reason", "video_id", "origin", "views")
SELECT date_trunc('hour', "minute", (SELECT "time_zone" FROM "installation")), "reason", "video_id", "origin", sum("views")
FROM "screening_minutes" GROUP BY 1, 2, 3, 4;--> statement-breakpoint
INSERT INTO "screening_days" ("day", "reason", "video_id", "origin", "views")
SELECT ("minute" AT TIME ZONE (SELECT "time_zone" FROM "installation"))::date, "reason", "video_id", "origin", sum("views")
FROM "screening_minutes" GROUP BY 1, 2, 3, 4;
