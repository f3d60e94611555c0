CREATE TABLE "allowed_origins" (
	"channel_id" bigint NOT NULL,
	"pattern" text NOT NULL,
	CONSTRAINT "allowed_origins_channel_id_pattern_pk" PRIMARY KEY("channel_id","pattern"),
	CONSTRAINT "allowed_origins_pattern_is_short" CHECK (length("allowed_origins"."pattern") between 1 and 255)
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "api_keys_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"secret_hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"channel_ids" bigint[],
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "api_keys_prefix_unique" UNIQUE("prefix"),
	CONSTRAINT "api_keys_name_is_short" CHECK (length("api_keys"."name") between 1 and 200),
	CONSTRAINT "api_keys_prefix_is_plain" CHECK ("api_keys"."prefix" ~ '^bo_[0-9a-f]{8}$'),
	CONSTRAINT "api_keys_hash_is_sha256" CHECK ("api_keys"."secret_hash" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "api_keys_scopes_are_known" CHECK (cardinality("api_keys"."scopes") > 0 and "api_keys"."scopes" <@ '{views:write,identify:write,reports:read,live:write}'),
	CONSTRAINT "api_keys_channels_are_some_or_all" CHECK (cardinality("api_keys"."channel_ids") > 0)
);
--> statement-breakpoint
ALTER TABLE "allowed_origins" ADD CONSTRAINT "allowed_origins_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;