CREATE TABLE "allowed_origins" (
	"channel_id" bigint NOT NULL,
	"pattern" text NOT NULL,
	CONSTRAINT "allowed_origins_channel_id_pattern_pk" PRIMARY KEY("channel_id","pattern"),
	CONSTRAINT "allowed_origins_pattern_is_short" CHECK (length("allowed_origins"."pattern") between 1 and 255)
);
--> statement-breakpoint
ALTER TABLE "allowed_origins" ADD CONSTRAINT "allowed_origins_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;