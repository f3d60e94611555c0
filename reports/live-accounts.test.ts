// Whose stream it is: over HTTP, with accounts, on the notifications that their changes send.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Accounts } from '#accounts/accounts.ts';
import { changePassword } from '#accounts/change-password.ts';
import { changeMember, listMembers, removeMember } from '#accounts/members.ts';
import { signOut } from '#accounts/sign-in.ts';
import { identify } from '#accounts/visitor.ts';
import type { ChannelId } from '#db/schema.ts';
import { makeCreator, openAccounts, password, setUp, signedIn } from '#test/accounts.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { channelIdOf, makeVideos } from '#test/factories.ts';
import { moveVideo } from '#videos/move-video.ts';
import { serveLiveUpdates } from './live-http.ts';
import { type LiveUpdates, startLiveUpdates } from './live-updates.ts';
import type { OverviewNow } from './overview-now.ts';

const now = new Date();
let database: TestDatabase;
let accounts: Accounts;
let updates: LiveUpdates;
let server: Server;
let url: string;
let cy: string;
let quarry: ChannelId;

beforeAll(async () => {
  database = await freshDatabase();
  accounts = openAccounts(database);
  await makeVideos(database.sql, ['tide', 'storm']);
  await makeVideos(database.sql, ['reef'], 'quarry');
  quarry = await channelIdOf(database.sql, 'quarry');
  await setUp(accounts, now);
  await makeCreator(accounts, now);
  cy = (await listMembers(database.sql)).find(({ name }) => name === 'Cy')?.id ?? '';
  updates = await startLiveUpdates(database.db, database.sql, () => now, 'UTC');
  server = createServer((request, response) => {
    const headers = new Headers({ cookie: request.headers.cookie ?? '' });
    const visitor = () => identify(accounts, { headers, isLocal: true, isOpen: false });
    void serveLiveUpdates({ updates, db: database.db, identify: visitor }, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/live`;
});

afterAll(async () => {
  await updates.close();
  server.closeAllConnections();
  server.close();
  await database.close();
});

const ask = (query: string, browser?: Headers) =>
  fetch(`${url}${query}`, { headers: { cookie: browser?.get('cookie') ?? '' } });

/** The first event of a stream; the rest of it when it ended. */
async function open(query: string, browser: Headers) {
  const response = await ask(query, browser);
  expect(response.status).toBe(200);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!/data: .*\n\n/.test(text)) {
    const { value, done } = (await reader?.read()) ?? { value: '', done: true };
    if (done) throw new Error('The stream ended before its first event.');
    text += value;
  }
  async function ended(): Promise<'ended'> {
    while (!(await reader?.read())?.done);
    return 'ended';
  }
  return { event: JSON.parse(/data: (.*)\n\n/.exec(text)?.[1] ?? '') as OverviewNow, text, ended };
}

test('a creator hears of their own channels; others, what there is not, and nobody get the same answer', async () => {
  const browser = await signedIn(accounts, 'cy@example.com', now);
  const own = await open('', browser);
  expect(own.event.channels.map(({ handle }) => handle)).toEqual(['harbour']);
  expect(own.text).not.toMatch(/quarry|reef/);
  await open('?video=tide', browser);
  const answers = await Promise.all([
    ask('?video=nobody-made-this', browser),
    ask('?video=reef', browser),
    ask('?channel=quarry', browser),
    ask('?channel=nobody', browser),
    ask(''),
    ask('?video=tide'),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  const bodies = await Promise.all(answers.map((answer) => answer.text()));
  expect(new Set(bodies).size).toBe(1);
  await signOut(accounts, browser);
});

test('a stream ends at once when its reader is no longer a member, or its video is elsewhere', async () => {
  const browser = await signedIn(accounts, 'cy@example.com', now);
  const [video, channel] = [await open('?video=storm', browser), await open('?channel=harbour', browser)];
  const author = { actor: 'command', now } as const;
  expect(await moveVideo(database.sql, 'storm', 'quarry', author)).toMatchObject({ status: 'moved' });
  expect(await video.ended()).toBe('ended');
  expect((await ask('?video=storm', browser)).status).toBe(404);
  await changeMember(database.sql, cy, { role: 'creator', channels: [quarry] }, { actor: 'command', now: new Date() });
  expect(await channel.ended()).toBe('ended');
  expect((await ask('?channel=harbour', browser)).status).toBe(404);
  const together = await open('', browser);
  expect(together.event.channels.map(({ handle }) => handle)).toEqual(['quarry']);
});

test('and when their role, password, session or account is another', async () => {
  const [here, elsewhere] = [
    await signedIn(accounts, 'cy@example.com', now),
    await signedIn(accounts, 'cy@example.com', now),
  ];
  const change = { current: password, next: 'another horse battery', email: 'cy@example.com' };
  const changed = await open('', elsewhere);
  expect((await changePassword(accounts, here, change, now)).status).toBe('changed');
  expect(await changed.ended()).toBe('ended');
  expect((await ask('', elsewhere)).status).toBe(404);

  const ada = await signedIn(accounts, 'ada@example.com', now);
  const out = await open('', ada);
  await signOut(accounts, ada);
  expect(await out.ended()).toBe('ended');
  expect((await ask('', ada)).status).toBe(404);

  const back = await signedIn(accounts, 'ada@example.com', now);
  const [admin, role] = [await open('', back), (await listMembers(database.sql)).find(({ name }) => name === 'Ada')];
  await changeMember(database.sql, cy, { role: 'admin', channels: [] }, { actor: 'command', now: new Date() });
  await changeMember(
    database.sql,
    role?.id ?? '',
    { role: 'creator', channels: [] },
    { actor: 'command', now: new Date() },
  );
  expect(await admin.ended()).toBe('ended');
  const creator = await open('', back);
  expect(creator.event.channels).toEqual([]);
  await removeMember(database.sql, role?.id ?? '', { actor: 'command', now: new Date() });
  expect(await creator.ended()).toBe('ended');
  expect((await ask('', back)).status).toBe(404);
});
