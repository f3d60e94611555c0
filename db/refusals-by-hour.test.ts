// Refusals that were kept by the minute before there were hours and days of them.
import { expect, test } from 'vitest';
import { ensureLivePartitions } from '#ingest/log-partitions.ts';
import { blankDatabase } from '#test/blank-database.ts';
import { knownMigrations, migrateDatabase } from './migrate.ts';

const before = knownMigrations()[6]?.madeAt;

test('the upgrade adds them up by the hour and the day of the zone, and live partitions fit beside them', async () => {
  const { url, sql, close } = await blankDatabase();
  try {
    await migrateDatabase(url, 'Asia/Kathmandu', before);
    await sql`create table screening_minutes_20260331 partition of screening_minutes for values from ('2026-03-31Z') to ('2026-04-01Z')`;
    await sql`
      insert into screening_minutes (minute, reason, video_id, origin, views)
      values ('2026-03-31 18:14Z', 'invalid', 0, 'a.example', 1), ('2026-03-31 18:15Z', 'invalid', 0, 'a.example', 2),
        ('2026-03-31 18:16Z', 'invalid', 0, 'a.example', 4), ('2026-03-31 18:16Z', 'too_old', 0, '', 8)`;
    await migrateDatabase(url);
    expect(
      await sql`select to_char(hour at time zone 'UTC', 'HH24:MI') as hour, reason, views::int from screening_hours order by 1, 2`,
    ).toEqual([
      { hour: '17:15', reason: 'invalid', views: 1 },
      { hour: '18:15', reason: 'invalid', views: 6 },
      { hour: '18:15', reason: 'too_old', views: 8 },
    ]);
    expect(await sql`select day::text as day, reason, views::int from screening_days order by 1, 2`).toEqual([
      { day: '2026-03-31', reason: 'invalid', views: 1 },
      { day: '2026-04-01', reason: 'invalid', views: 6 },
      { day: '2026-04-01', reason: 'too_old', views: 8 },
    ]);
    await ensureLivePartitions(sql, new Date('2026-04-01T12:00:00Z'));
    expect(await sql`select to_regclass('screening_hours_20260401')::text as name`).toEqual([
      { name: 'screening_hours_20260401' },
    ]);
  } finally {
    await close();
  }
});
