// Which country the log has for a view: that of the viewer's address, which itself is kept nowhere.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newBearer } from '#test/bearer.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { openDoor, type TestDoor } from '#test/door.ts';
import { makeVideos, openIngest, person, type TestIngest, viewOf } from '#test/factories.ts';
import { recordViews } from './record-views.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
const german = '141.20.1.1';
const japanese = '133.11.0.1';
let database: TestDatabase;
let ingest: TestIngest;
/** Behind a proxy, which tells who sent a request. */
let door: TestDoor;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
  ingest = await openIngest(database, () => now);
  door = await openDoor(ingest, { proxies: ['127.0.0.1'] });
});

afterAll(async () => {
  await door.close();
  await ingest.close();
  await database.close();
});

test.each([
  [german, 'DE'],
  ['::ffff:141.20.1.1', 'DE'],
  [`${japanese}, ${german}`, 'DE'],
  ['2001:200::1', 'JP'],
  ['2001:0200:0:0::1', 'JP'],
  ['::ffff:8d14:101', 'DE'],
  ['192.168.1.20', null],
  ['2001:db8::1', null],
  ['not-an-address', null],
])('a view from %s is of %s', async (forwardedFor, country) => {
  expect(await countryWith({ 'x-forwarded-for': forwardedFor })).toBe(country);
});

test('a viewer whose browser asks for privacy has a country too', async () => {
  expect(await countryWith({ 'x-forwarded-for': german, 'sec-gpc': '1' })).toBe('DE');
});

test('whoever is no proxy is where it is, whatever it says', async () => {
  const open = await openDoor(ingest);
  expect(await countryWith({ 'x-forwarded-for': german }, {}, open)).toBeNull();
  await open.close();
});

test('a page of our own tells the address of its reader', async () => {
  const view = viewOf('tide', now);
  await recordViews(ingest, [view], { ...person, address: japanese, isOwnPage: true });
  expect(await countryOf(view.id)).toBe('JP');
});

test('a server is not where its viewers are: only an address that it names has a country', async () => {
  const server = { ...(await newBearer(database, ingest)), 'x-forwarded-for': japanese };
  expect(await countryWith(server, { clientAddress: german })).toBe('DE');
  expect(await countryWith(server, { clientAddress: '::ffff:8d14:101' })).toBe('DE');
  expect(await countryWith(server, { clientAddress: '10.0.0.1' })).toBeNull();
  expect(await countryWith(server)).toBeNull();
  expect(await countryWith(server, { device: undefined })).toBeNull();
});

test('without a key nobody names a viewer’s address', async () => {
  expect(await countryWith({ 'x-forwarded-for': japanese }, { clientAddress: german })).toBe('JP');
});

async function countryWith(headers: Record<string, string>, more: Record<string, unknown> = {}, by = door) {
  const view = viewOf('tide', now, more);
  const response = await by.post(view, headers);
  expect(await response.json()).toMatchObject({ status: 'counted' });
  return countryOf(view.id);
}

async function countryOf(id: string): Promise<string | null> {
  const rows = await database.sql<{ country: string | null }[]>`select country from video_views where id = ${id}`;
  expect(rows).toHaveLength(1);
  return rows[0]?.country ?? null;
}
