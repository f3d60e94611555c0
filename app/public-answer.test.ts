import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connectDb } from '#db/client.ts';
import { videoCount } from '#reports/video-count.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { publicAnswer } from './public-answer.ts';

let database: TestDatabase;
const logged = vi.spyOn(console, 'error').mockImplementation(() => {});

beforeAll(async () => {
  database = await freshDatabase();
});

afterAll(async () => {
  logged.mockRestore();
  await database.close();
});

const request = new Request('http://localhost/', { headers: { 'x-request-id': 'edge-1' } });
const ok = () => new Response('found');

test('a key that cannot be one is a 404, and the database is not asked', async () => {
  const nobody = connectDb('postgres://nobody@127.0.0.1:1/none', { name: 'nobody' });
  for (const key of ['\0', '', 'a b', 'ä', 'x'.repeat(129)]) {
    expect((await publicAnswer(request, () => videoCount(nobody, key), ok)).status).toBe(404);
  }
});

test('a database that is away is a 503 that says when to come back', async () => {
  const nobody = connectDb('postgres://nobody@127.0.0.1:1/none', { name: 'nobody' });
  const answer = await publicAnswer(request, () => videoCount(nobody, 'tide'), ok);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  await nobody.$client.end({ timeout: 0 });
});

test('a bug is a 500 that no cache keeps, and it is logged', async () => {
  logged.mockClear();
  const answer = await publicAnswer(request, () => database.db.execute(sql`select nothing from nowhere`), ok);
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([500, 'no-store']);
  expect(await answer.json()).toMatchObject({
    status: 500,
    detail: 'Something broke on our side.',
    requestId: 'edge-1',
  });
  expect(logged).toHaveBeenCalledOnce();
});
