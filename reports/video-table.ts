import type { Db } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import type { TableQuery } from './table-query.ts';

export { parseTableQuery, type TableQuery } from './table-query.ts';

export type TableVideo = {
  id: VideoId;
  key: string;
  title: string;
  channelName: string;
  channelHandle: string;
  publishedAt: string;
  /** Lifetime. */
  people: number;
  botViews: number;
  peopleLastHour: number;
  /** People on each of the last 28 days, oldest first, today included. */
  spark: number[];
};

export async function videoTable(
  _db: Db,
  _query: TableQuery,
  _now: Date,
  _timeZone: string,
): Promise<{ rows: TableVideo[]; total: number }> {
  return { rows: [], total: 0 };
}
