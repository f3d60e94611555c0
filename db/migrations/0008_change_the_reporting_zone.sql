CREATE TABLE "zone_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "zone_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"from_zone" text NOT NULL,
	"to_zone" text NOT NULL,
	"cut_at" timestamp with time zone,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "day_closings" ADD COLUMN "former_zone" text;--> statement-breakpoint
ALTER TABLE "installation" ADD COLUMN "earlier_zones" jsonb DEFAULT '[]'::jsonb NOT NULL;