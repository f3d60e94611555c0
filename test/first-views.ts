// Two processes whose channels may make videos at their first view, and what pages of some site are answered there.
import { expect } from 'vitest';
import { saveChannel } from '#channels/save-channel.ts';
import type { Sql } from '#db/client.ts';
import { openFirstViews } from '#ingest/first-views.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { openDoor, type TestDoor } from './door.ts';
import { channelIdOf, makeVideos, openIngest, person, type TestIngest, viewOf } from './factories.ts';

const dayMs = 86_400_000;

export type FirstViewWorld = {
  database: TestDatabase;
  now: number;
  processes: [TestIngest, TestIngest];
  doors: [TestDoor, TestDoor];
  /** How often the database was asked for what makes videos. */
  asked: number;
  close(): Promise<void>;
};

/** With the videos `tide` and `storm` of harbour. */
export async function openFirstViewWorld(start: number, timeZone: string): Promise<FirstViewWorld> {
  const database = await freshDatabase(timeZone);
  await makeVideos(database.sql, ['tide', 'storm'], 'harbour');
  const clock = () => world.now;
  const processes: FirstViewWorld['processes'] = [
    await openIngest(database, () => start),
    await openIngest(database, () => start),
  ];
  const world = { database, now: start, processes, asked: 0 };
  for (const one of processes) Object.assign(one, { clock, firstViews: await openFirstViews(counting(database.sql)) });
  const doors: FirstViewWorld['doors'] = [await openDoor(processes[0]), await openDoor(processes[1])];
  return Object.assign(world, {
    doors,
    async close() {
      for (const one of [...doors, ...processes]) await one.close();
      await database.close();
    },
  });

  function counting(sql: Sql): Sql {
    return new Proxy(sql, {
      apply(target, self, parameters) {
        world.asked += 1;
        return Reflect.apply(target, self, parameters);
      },
      get(target, name, receiver) {
        if (name === 'begin') world.asked += 1;
        return Reflect.get(target, name, receiver);
      },
    });
  }
}

/** Adds sites to a channel and lets it make so many videos a day; both processes know it afterwards. */
export async function letMake(
  { database, now, processes }: FirstViewWorld,
  handle: string,
  addedOrigins: string[],
  firstViewVideosPerDay: number,
): Promise<void> {
  const author = { actor: 'command', now: new Date(now) } as const;
  const counting = { firstViewVideosPerDay };
  await saveChannel(database.sql, handle, { addedOrigins, removedOrigins: [], counting }, author);
  // Too late to make anything, and told so where one in time would.
  const late = viewOf('probe', now - 8 * dayMs);
  const server = { channelIds: new Set([await channelIdOf(database.sql, handle)]) };
  for (const { firstViews } of processes) {
    const isOn = async () => (await firstViews.make([late], { ...person, server }, now)).rejections.has(late);
    await expect.poll(isOn).toBe(firstViewVideosPerDay > 0);
  }
}

/** What a page of `site` is answered for a view of each key: its reason, or its status. */
export async function answers(
  { doors, now }: FirstViewWorld,
  site: string,
  keys: string[],
  more: Record<string, unknown> = {},
  process = 0,
): Promise<string[]> {
  const views = keys.map((key) => viewOf(key, now, more));
  const response = await doors[process]?.post(views, { origin: `https://${site}` });
  expect(response?.status).toBe(200);
  const results = (await response?.json()) as { status: string; reason?: string }[];
  return results.map(({ status, reason }) => reason ?? status);
}

/** The keys that first views of a channel made, sorted. */
export async function madeIn({ database }: FirstViewWorld, handle: string): Promise<string[]> {
  const rows = await database.sql<{ key: string }[]>`
    select key from videos join channels c on c.id = channel_id where c.handle = ${handle} and is_made_at_first_view`;
  return rows.map(({ key }) => key).sort();
}
