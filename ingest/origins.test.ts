// Which sites may count for a channel that has a list of them.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { originPattern } from '#channels/origin-pattern.ts';
import { saveChannel } from '#channels/save-channel.ts';
import { newBearer } from '#test/bearer.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { openDoor, type TestDoor } from '#test/door.ts';
import { makeVideos, openIngest, person, type TestIngest, viewOf } from '#test/factories.ts';
import { recordViews } from './record-views.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
const author = { actor: 'command', now: new Date(now) } as const;
let database: TestDatabase;
let ingest: TestIngest;
let door: TestDoor;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm']);
  await makeVideos(database.sql, ['granite'], 'quarry');
  ingest = await openIngest(database, () => now);
  door = await openDoor(ingest, { ownOrigin: 'https://boxoffice.example' });
});

afterAll(async () => {
  await door.close();
  await ingest.close();
  await database.close();
});

const patterns: [string, string | undefined][] = [
  ['example.com', 'example.com'],
  ['https://WWW.Example.com:8443/', 'example.com'],
  [' example.com. ', 'example.com'],
  ['*.Example.com', '*.example.com'],
  ['https://*.example.com', '*.example.com'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['*.BÜCHER.example', '*.xn--bcher-kva.example'],
  ['localhost:3000', 'localhost'],
  ['192.0.2.1', '192.0.2.1'],
  ['[2001:DB8::1]:80', '[2001:db8::1]'],
  ['null', 'null'],
  ['None', 'none'],
  ['', undefined],
  ['*', undefined],
  ['*.', undefined],
  ['*.*.example.com', undefined],
  ['ex*mple.com', undefined],
  ['*.192.0.2.1', undefined],
  ['example.com/watch', undefined],
  ['example.com?a', undefined],
  ['ada@example.com', undefined],
  ['ftp://example.com', undefined],
  ['two words', undefined],
  [`${'a'.repeat(250)}.com`, undefined],
];

test.each(patterns)('%j as a pattern is %j', (text, pattern) => {
  expect(originPattern(text)).toBe(pattern);
});

const origins: [string[], string | undefined, 'counted' | 'wrong_origin'][] = [
  [[], 'https://anywhere.example', 'counted'],
  [[], undefined, 'counted'],
  [[], 'null', 'counted'],
  [['example.com'], 'https://example.com', 'counted'],
  [['example.com'], 'http://example.com:8080', 'counted'],
  [['example.com'], 'https://www.example.com', 'counted'],
  [['example.com'], 'https://EXAMPLE.com', 'counted'],
  [['example.com'], 'https://example.com.', 'counted'],
  [['example.com'], 'https://sub.example.com', 'wrong_origin'],
  [['example.com'], 'https://evilexample.com', 'wrong_origin'],
  [['example.com'], 'https://example.com.evil.net', 'wrong_origin'],
  [['example.com'], 'https://example.com@evil.net', 'wrong_origin'],
  [['example.com'], 'chrome-extension://example.com', 'wrong_origin'],
  [['example.com'], 'example.com', 'wrong_origin'],
  [['example.com'], 'null', 'wrong_origin'],
  [['example.com'], undefined, 'wrong_origin'],
  [['*.example.com'], 'https://sub.example.com', 'counted'],
  [['*.example.com'], 'https://a.b.example.com:444', 'counted'],
  [['*.example.com'], 'https://example.com', 'wrong_origin'],
  [['*.example.com'], 'https://www.example.com', 'wrong_origin'],
  [['*.example.com'], 'https://evilexample.com', 'wrong_origin'],
  [['bücher.example'], 'https://xn--bcher-kva.example', 'counted'],
  [['xn--bcher-kva.example'], 'https://bücher.example', 'counted'],
  [['bücher.example'], 'https://bucher.example', 'wrong_origin'],
  [['null'], 'null', 'counted'],
  [['null'], 'https://null', 'wrong_origin'],
  [['null'], undefined, 'wrong_origin'],
  [['none'], undefined, 'counted'],
  [['none'], 'https://none', 'wrong_origin'],
  [['none'], 'null', 'wrong_origin'],
  [['one.example', '*.two.example'], 'https://a.two.example', 'counted'],
];

test.each(origins)('on the list %j, %s is %s', async (list, origin, expected) => {
  await setList(list);
  const [answer] = await recordViews(ingest, [viewOf('tide', now)], { ...person, origin });
  expect(answer && 'reason' in answer ? answer.reason : answer?.status).toBe(expected);
});

test('a change of the list reaches a running server, for every video of the channel and no other', async () => {
  const send = async () => {
    const answers = await results([viewOf('tide', now), viewOf('storm', now), viewOf('granite', now)], {
      origin: 'https://elsewhere.example',
    });
    return answers.map(({ status, reason }) => reason ?? status);
  };
  await setList([]);
  expect(await send()).toEqual(['counted', 'counted', 'counted']);
  await setList(['example.com']);
  expect(await send()).toEqual(['wrong_origin', 'wrong_origin', 'counted']);
});

test('what is refused is told with its site and video, and its neighbours are counted', async () => {
  await setList(['example.com']);
  await database.sql`truncate screening_minutes`;
  const headers = { origin: 'https://copy.example:8443' };
  const answers = await results([viewOf('tide', now), viewOf('granite', now)], headers);
  expect(answers.map(({ status, reason }) => reason ?? status)).toEqual(['wrong_origin', 'counted']);
  const refused = await database.sql`
    select s.reason, s.origin, v.key, s.views::int from screening_minutes s join videos v on v.id = s.video_id`;
  expect(refused).toEqual([{ reason: 'wrong_origin', origin: 'copy.example', key: 'tide', views: 1 }]);
});

test('frames and pages of our own count whatever the list says', async () => {
  await setList(['example.com']);
  const own: Record<string, string>[] = [
    { origin: new URL(door.url).origin },
    { origin: 'https://boxoffice.example' },
    { origin: 'https://behind-a-proxy.example', 'sec-fetch-site': 'same-origin' },
  ];
  for (const headers of own)
    expect(await results([viewOf('tide', now)], headers)).toMatchObject([{ status: 'counted' }]);
  const strange: Record<string, string>[] = [
    { origin: 'https://boxoffice.example.evil.net' },
    { origin: `${new URL(door.url).origin}0` },
    { origin: 'https://copy.example', 'sec-fetch-site': 'cross-site' },
  ];
  for (const headers of strange) {
    expect(await results([viewOf('tide', now)], headers)).toMatchObject([{ reason: 'wrong_origin' }]);
  }
});

test('a key stands in for the site', async () => {
  await setList(['example.com']);
  expect(await results([viewOf('tide', now)], await newBearer(database, ingest))).toMatchObject([
    { status: 'counted' },
  ]);
});

/** Gives harbour this list, and waits until the server was told. */
async function setList(list: string[]): Promise<void> {
  const addedOrigins = list.map((text) => originPattern(text) ?? '');
  const rows = await database.sql<{ pattern: string }[]>`select pattern from allowed_origins`;
  const removedOrigins = rows.map(({ pattern }) => pattern).filter((pattern) => !addedOrigins.includes(pattern));
  await ingest.videos.load(['tide']);
  const before = ingest.videos.peek('tide');
  const changes = { addedOrigins, removedOrigins, counting: {} };
  const { status } = await saveChannel(database.sql, 'harbour', changes, author);
  // Of a list that is so already there is nothing to be told.
  if (before && status === 'changed') await expect.poll(() => ingest.videos.peek('tide')).toBeUndefined();
}

async function results(views: unknown[], headers: Record<string, string>) {
  const response = await door.post(views, headers);
  expect(response.status).toBe(200);
  return (await response.json()) as { status: string; reason?: string }[];
}
