CREATE TABLE "audit_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	CONSTRAINT "audit_entries_actor_is_known" CHECK ("audit_entries"."actor" = 'command' or "audit_entries"."actor" ~ '^(user|key):.'),
	CONSTRAINT "audit_entries_action_is_named" CHECK ("audit_entries"."action" ~ '^[a-z_]+[.][a-z_]+$')
);
--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "archived_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "removed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "merged_into" bigint;--> statement-breakpoint
CREATE INDEX "audit_entries_by_subject" ON "audit_entries" USING btree ("subject","id");--> statement-breakpoint
CREATE INDEX "videos_removed" ON "videos" USING btree ("id","merged_into") WHERE "videos"."removed_at" is not null;--> statement-breakpoint
ALTER TABLE "videos" ADD CONSTRAINT "videos_merged_is_removed" CHECK ("videos"."merged_into" is null or ("videos"."removed_at" is not null and "videos"."merged_into" <> "videos"."id"));