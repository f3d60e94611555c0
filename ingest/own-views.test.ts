// Views of a channel's own people, who are known where they are signed in: on pages of this server.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Accounts } from '#accounts/accounts.ts';
import { listMembers, removeMember } from '#accounts/members.ts';
import { changeCounting } from '#channels/change-counting.ts';
import { saveChannel } from '#channels/save-channel.ts';
import { videoByKey } from '#reports/video-by-key.ts';
import { makeCreator, openAccounts, setUp, signedIn } from '#test/accounts.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { openDoor, type TestDoor } from '#test/door.ts';
import { makeVideos, openIngest, person, type TestIngest, viewOf } from '#test/factories.ts';
import { recordViews } from './record-views.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
const author = { actor: 'command', now: new Date(now) } as const;
let database: TestDatabase;
let ingest: TestIngest;
let door: TestDoor;
let accounts: Accounts;
let lookUps = 0;
/** The cookies of Ada, an admin, and of Cy, a creator of harbour. */
let ada: string;
let cy: string;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide'], 'harbour');
  await makeVideos(database.sql, ['granite'], 'quarry');
  accounts = openAccounts(database);
  // Sessions are kept by the clock of the machine.
  const today = new Date();
  await setUp(accounts, today);
  await makeCreator(accounts, today);
  [ada, cy] = await Promise.all([cookieOf('ada@example.com', today), cookieOf('cy@example.com', today)]);
  ingest = await openIngest(database, () => now);
  door = await openDoor(ingest, { accounts: { ...accounts, sql: counting(accounts.sql) } });
});

afterAll(async () => {
  await door.close();
  await ingest.close();
  await database.close();
});

test('views of an admin, and of a creator’s own channels, are not counted', async () => {
  expect(await answers(ada)).toEqual({ tide: 'own_view', granite: 'own_view' });
  expect(await answers(cy)).toEqual({ tide: 'own_view', granite: 'counted' });
  expect(await answers(undefined)).toEqual({ tide: 'counted', granite: 'counted' });
  expect(await answers('boxoffice.session_token=made.up')).toEqual({ tide: 'counted', granite: 'counted' });
  const refused = await database.sql`
    select v.key, s.origin, sum(s.views)::int as views from screening_days s join videos v on v.id = s.video_id
    where s.reason = 'own_view' group by 1, 2 order by 1`;
  expect(refused).toEqual([
    { key: 'granite', origin: '127.0.0.1', views: 1 },
    { key: 'tide', origin: '127.0.0.1', views: 2 },
  ]);
});

test('an analyst is nobody’s own', async () => {
  const actor = { kind: 'user', id: 'x', role: 'analyst', channels: new Set([]) } as const;
  const [answer] = await recordViews(ingest, [viewOf('tide', now)], { ...person, isOwnPage: true, actor });
  expect(answer?.status).toBe('counted');
});

test('elsewhere nobody is asked who they are, and whoever brings no session costs no query', async () => {
  lookUps = 0;
  for (const headers of [{ cookie: ada, origin: 'https://example.com' }, { cookie: ada }, { cookie: 'theme=dark' }]) {
    const response = await door.post(viewOf('tide', now), headers as Record<string, string>);
    expect(await response.json()).toMatchObject({ status: 'counted' });
  }
  await answers('theme=dark');
  expect(lookUps).toBe(0);
  await send(ada, 'tide');
  expect(lookUps).toBe(1);
});

test('a channel may count them', async () => {
  const set = (leavesOutMembers: boolean) => changeCounting(database.sql, 'harbour', { leavesOutMembers }, author);
  await set(false);
  await expect.poll(() => answers(cy)).toEqual({ tide: 'counted', granite: 'counted' });
  expect(await answers(ada)).toEqual({ tide: 'counted', granite: 'own_view' });
  await set(true);
  await expect.poll(() => answers(cy)).toEqual({ tide: 'own_view', granite: 'counted' });
});

test('what is not counted makes no video', async () => {
  const counting = { firstViewVideosPerDay: 5 };
  await saveChannel(database.sql, 'harbour', { addedOrigins: ['127.0.0.1'], removedOrigins: [], counting }, author);
  await expect.poll(() => send(cy, 'first')).toBe('own_view');
  expect(await videoByKey(database.db, 'all', 'first')).toBeUndefined();
  expect(await send(undefined, 'first')).toBe('counted');
});

test('whoever is removed counts from then on', async () => {
  const members = await listMembers(database.sql);
  await removeMember(database.sql, members.find(({ name }) => name === 'Cy')?.id ?? '', {
    actor: 'command',
    now: new Date(now),
  });
  expect(await send(cy, 'tide')).toBe('counted');
});

/** What a page of the door's own server is answered for a view of each video. */
async function answers(cookie: string | undefined): Promise<Record<string, string>> {
  return { tide: await send(cookie, 'tide'), granite: await send(cookie, 'granite') };
}

async function send(cookie: string | undefined, video: string): Promise<string> {
  const headers = { origin: new URL(door.url).origin, ...(cookie && { cookie }) };
  const response = await door.post(viewOf(video, now), headers);
  const { status, reason } = (await response.json()) as { status: string; reason?: string };
  return reason ?? status;
}

async function cookieOf(email: string, at: Date): Promise<string> {
  return (await signedIn(accounts, email, at)).get('cookie') ?? '';
}

function counting(sql: TestDatabase['sql']): TestDatabase['sql'] {
  return new Proxy(sql, {
    apply(target, self, parameters) {
      lookUps += 1;
      return Reflect.apply(target, self, parameters);
    },
  });
}
