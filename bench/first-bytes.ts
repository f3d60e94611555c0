import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Sql } from '#db/client.ts';
import { type Ids, measuredPages } from './pages.ts';
import { percentile } from './percentile.ts';

const calls = 60;
const warmUpCalls = 5;

type Row = { page: string; status: number; 'p50 ms': string; 'p95 ms': string; 'whole p95 ms': string; KB: number };

/** Milliseconds until a page's first byte, and until its last, one request after the other as an admin. */
export async function measureFirstBytes(address: string, cookie: string, sql: Sql): Promise<Row[]> {
  const [ids] = await sql<[Ids]>`
    select (select id from video_views limit 1) as view, (select id from users limit 1) as member,
      (select prefix from api_keys limit 1) as key`;
  const rows: Row[] = [];
  for (const page of measuredPages(ids)) {
    const first: number[] = [];
    const whole: number[] = [];
    let last = { status: 0, bytes: 0 };
    for (let call = -warmUpCalls; call < calls; call++) {
      const answer = await ask(`${address}${page}`, cookie);
      last = answer;
      if (call < 0) continue;
      first.push(answer.firstMs);
      whole.push(answer.wholeMs);
    }
    rows.push({
      page: page.replace(/[\da-f]{8}-[\da-f-]+|bo_[^/]+/, 'ID'),
      status: last.status,
      'p50 ms': percentile(first, 0.5).toFixed(0),
      'p95 ms': percentile(first, 0.95).toFixed(0),
      'whole p95 ms': percentile(whole, 0.95).toFixed(0),
      KB: Math.round(last.bytes / 1_024),
    });
  }
  return rows;
}

function ask(
  url: string,
  cookie: string,
): Promise<{ status: number; firstMs: number; wholeMs: number; bytes: number }> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    get(url, { headers: { cookie } }, async (response) => {
      response.once('readable', () => {
        firstMs = performance.now() - startedAt;
      });
      let firstMs = Number.NaN;
      const body = await text(response);
      resolve({
        status: response.statusCode ?? 0,
        firstMs,
        wholeMs: performance.now() - startedAt,
        bytes: Buffer.byteLength(body),
      });
    }).once('error', reject);
  });
}
