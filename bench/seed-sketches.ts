import { randomBytes } from 'node:crypto';
import type { Sql } from '#db/client.ts';
import { ensureAggregatePartitions } from '#rollups/aggregate-partitions.ts';
import { encodeSketch, sketchOf } from '#viewers/hyperloglog.ts';

/** Sketches of a year's days and months, of many viewers each, of the video 1 and the channel 1, as closings would have written them. */
export async function seedSketches(sql: Sql, days: string[]): Promise<void> {
  await ensureAggregatePartitions(sql, days, new Date());
  const months = [...new Set(days.map((day) => `${day.slice(0, 7)}-01`))];
  const sketches = Array.from({ length: 12 }, denseSketch);
  for (const subject of ['video', 'channel']) {
    const owner = sql(`${subject}_id`);
    await sql`
      insert into ${sql(`${subject}_viewer_days`)} (${owner}, day, viewers, new_viewers, sketch)
      select 1, day, 5000, 1000, decode((${sketches}::text[])[1 + n % 12], 'hex') from unnest(${days}::text[]::date[]) with ordinality d(day, n)
      on conflict do nothing`;
    await sql`
      insert into ${sql(`${subject}_viewer_months`)} (${owner}, month, viewers, sketch)
      select 1, month, 5000, decode((${sketches}::text[])[1 + n % 12], 'hex') from unnest(${months}::text[]::date[]) with ordinality m(month, n)
      on conflict do nothing`;
  }
  await sql`
    insert into day_closings (day, closed_at, duration_ms, log_views, log_bot_views, found, differing_buckets, differing_views, repairs,
      is_balanced, proved_to, complete_to, is_final)
    values (${days.at(-1) ?? ''}::text::date, now(), 1, 0, 0, '{}', 0, 0, '[]', true, '{}', now(), true)`;
}

function denseSketch(): string {
  const bytes = randomBytes(8 * 5_000);
  const hashes = Array.from({ length: 5_000 }, (_, n) => bytes.readBigUInt64BE(n * 8));
  return encodeSketch(sketchOf(hashes)).toString('hex');
}
