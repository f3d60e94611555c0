CREATE TABLE "view_repeats" (
	"id" uuid NOT NULL,
	"video_id" bigint NOT NULL,
	"times" integer NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "view_repeats_id_video_id_pk" PRIMARY KEY("id","video_id")
);
