import { writeCell } from '#csv-cell.ts';
import type { Sql } from '#db/client.ts';
import type { ChannelId, VideoId } from '#db/schema.ts';
import { sheetColumns } from './read-sheet.ts';

const pageSize = 1_000;

type Row = {
  id: VideoId;
  key: string;
  channel: string;
  title: string;
  duration: number | null;
  source: string | null;
  published: string;
};

/** The videos of these channels (null: of all) as a sheet that reads back the same, in portions. */
export async function* writeSheet(sql: Sql, channels: ChannelId[] | null): AsyncGenerator<string> {
  yield `${sheetColumns.join(',')}\r\n`;
  for (let after = 0; ; ) {
    const rows = await rowsAfter(sql, channels, after);
    if (rows.length > 0) yield rows.map(lineOf).join('');
    if (rows.length < pageSize) return;
    after = rows.at(-1)?.id ?? after;
  }
}

function rowsAfter(sql: Sql, channels: ChannelId[] | null, after: number): Promise<Row[]> {
  return sql<Row[]>`
    select v.id::float8 as id, v.key, c.handle as channel, v.title, v.duration_seconds as duration, v.source_url as source,
      to_char(v.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as published
    from videos v join channels c on c.id = v.channel_id
    where v.removed_at is null and v.id > ${after} and (${channels}::bigint[] is null or v.channel_id = any(${channels}::bigint[]))
    order by v.id limit ${pageSize}`;
}

function lineOf({ key, channel, title, duration, source, published }: Row): string {
  const cells = [key, channel, title, duration === null ? '' : String(duration), source ?? '', published, ''];
  return `${cells.map(writeCell).join(',')}\r\n`;
}
