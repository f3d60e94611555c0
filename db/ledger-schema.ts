// What is kept about the keeping: proofs, drops and runs. rollups/ writes all of it.
import { sql } from 'drizzle-orm';
import { bigint, boolean, check, date, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** UTC days whose log was dropped, with the file it was written to, if any: they take no more views. */
export const logArchives = pgTable(
  'log_archives',
  {
    day: date('day', { mode: 'string' }).primaryKey(),
    views: bigint('views', { mode: 'number' }).notNull(),
    archivedAt: instant('archived_at').notNull(),
    botViews: bigint('bot_views', { mode: 'number' }).notNull().default(0),
    /** In ARCHIVE_DIR; null where there was none, and the log is gone. */
    fileName: text('file_name'),
    /** Of the file, and the SHA-256 of what it unpacks to, in hex. */
    bytes: bigint('bytes', { mode: 'number' }),
    sha256: text('sha256'),
    /** Since when the log is there again; it still takes no more views. */
    restoredAt: instant('restored_at'),
  },
  (t) => [
    check('log_archives_file_is_known_or_not', sql`num_nulls(${t.fileName}, ${t.bytes}, ${t.sha256}) in (0, 3)`),
    check('log_archives_restored_has_file', sql`${t.restoredAt} is null or ${t.fileName} is not null`),
  ],
);

/** Partitions of aggregates that were dropped for their age. Hours of a time that is here are not counted again. */
export const retentionDrops = pgTable(
  'retention_drops',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    tableName: text('table_name').notNull(),
    partition: text('partition').notNull(),
    /** Half-open, UTC. */
    fromDay: date('from_day', { mode: 'string' }).notNull(),
    toDay: date('to_day', { mode: 'string' }).notNull(),
    rows: bigint('rows', { mode: 'number' }).notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    droppedAt: instant('dropped_at').notNull(),
  },
  (t) => [index('retention_drops_by_range').on(t.tableName, t.fromDay)],
);

/** The ledger of the nightly close: what the log said of a day, and what the aggregates said. One row a closing. */
export const dayClosings = pgTable(
  'day_closings',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** A date of the reporting zone. */
    day: date('day', { mode: 'string' }).notNull(),
    closedAt: instant('closed_at').notNull(),
    durationMs: integer('duration_ms').notNull(),
    logViews: bigint('log_views', { mode: 'number' }).notNull(),
    logBotViews: bigint('log_bot_views', { mode: 'number' }).notNull(),
    /** Views of the day by aggregate, as they were found: `{"video_hours": 5771}`. */
    found: jsonb('found').$type<Record<string, number>>().notNull(),
    /** Buckets that differed, and by how many views and bot views in all, regardless of the sign. */
    differingBuckets: integer('differing_buckets').notNull(),
    differingViews: bigint('differing_views', { mode: 'number' }).notNull(),
    /** The first of the differences, each of which was repaired. */
    repairs: jsonb('repairs').$type<DayDifference[]>().notNull(),
    /** Whether a second look after the repairs found none. */
    isBalanced: boolean('is_balanced').notNull(),
    /** The batch of each lane that the log was counted to. */
    provedTo: jsonb('proved_to').$type<Record<string, number>>().notNull(),
    /** Everything acknowledged before this instant was counted. */
    completeTo: instant('complete_to').notNull(),
    /** Whether no view of the day can be accepted any more. */
    isFinal: boolean('is_final').notNull(),
    /** The zone that cut the day, where its date has been cut by another since: then the row proves nothing any more. */
    formerZone: text('former_zone'),
  },
  (t) => [index('day_closings_by_day').on(t.day, t.id)],
);

/** Every run of a periodic task; one that has neither result nor error is running, or was killed. */
export const taskRuns = pgTable(
  'task_runs',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    task: text('task').notNull(),
    startedAt: instant('started_at').notNull(),
    durationMs: integer('duration_ms'),
    result: text('result'),
    error: text('error'),
  },
  (t) => [index('task_runs_by_task').on(t.task, t.id)],
);

/** A bucket that did not hold what the log says. */
export type DayDifference = {
  table: string;
  /** The video's or channel's id; 0 is all channels. */
  owner: number;
  /** An instant or a date as text; '' for totals. */
  bucket: string;
  views: number;
  expectedViews: number;
  botViews: number;
  expectedBotViews: number;
};
