// npm run bench:web: how soon pages answer with three years of data, what their scripts weigh, what many open dashboards cost the
// server's event loop, and what checking sites and keys costs the door. Prints tables; figures go to bench/RESULTS.md.
import { randomBytes } from 'node:crypto';
import { openAuth } from '#accounts/auth.ts';
import { createKey } from '#accounts/create-key.ts';
import { mintSetUpLink } from '#accounts/links.ts';
import { signIn } from '#accounts/sign-in.ts';
import { join } from '#accounts/use-link.ts';
import { connectDb, type Sql } from '#db/client.ts';
import { dayMs, shiftDay, utcDay } from '#db/day.ts';
import { openProofSession } from '#rollups/proof-session.ts';
import { measureChecks } from './checks.ts';
import { measureFirstBytes } from './first-bytes.ts';
import { measureLiveDashboards } from './live-dashboards.ts';
import { type Running, startBoxoffice } from './processes.ts';
import { weighScripts } from './script-weight.ts';
import { seedAggregates, seedDailyHistory, seedLog, seedVideos } from './seed.ts';
import { withDatabase } from './with-database.ts';

const size = { videos: Number(process.argv[2] ?? 100_000), views: Number(process.argv[3] ?? 1_000_000) };
const channelSize = 10_000;
const videosWithHistory = Math.min(5_000, size.videos);
const logDays = 30;
const historyYears = 3;

await withDatabase(async (url, sql) => {
  const now = Date.now();
  await seedPast(url, sql, now);
  const secret = randomBytes(32).toString('hex');
  const cookie = await adminsCookie(url, sql, secret);
  const unlimited = { name: 'Bench', scopes: ['views:write' as const], channelIds: null, expiresAt: null };
  const { key } = await createKey(sql, unlimited, { actor: 'command', now: new Date() });
  const server = await startBoxoffice({ DATABASE_URL: url, APP_SECRET: secret });
  try {
    await measure(server, sql, cookie, key);
  } finally {
    await server.stop();
  }
});

async function measure(server: Running, sql: Sql, cookie: string, key: string): Promise<void> {
  const { port } = server;
  const address = `http://127.0.0.1:${port}`;
  const keys = Array.from({ length: 5_000 }, (_, n) => `v${n + 1}`);
  console.table(await measureFirstBytes(address, cookie, sql));
  console.table(await weighScripts(address, cookie));
  console.table(await measureLiveDashboards(port, cookie, keys));
  console.table(await measureChecks(server, sql, keys, key));
}

async function seedPast(url: string, sql: Sql, now: number): Promise<void> {
  const from = Date.parse(utcDay(now - (logDays - 1) * dayMs));
  await seedVideos(sql, size.videos, channelSize);
  await seedDailyHistory(sql, videosWithHistory, shiftDay(utcDay(from), logDays - historyYears * 365), utcDay(from));
  await seedLog(sql, { views: size.views, from, to: now, videos: videosWithHistory });
  const session = await openProofSession(url, 'audit');
  await seedAggregates(session, from, now);
  await session.end();
  await sql`vacuum analyze`;
}

/** What the browser of an admin sends. */
async function adminsCookie(url: string, sql: Sql, secret: string): Promise<string> {
  const db = connectDb(url, { name: 'bench accounts', max: 1 });
  const accounts = { auth: openAuth(db, { secret, url: 'http://localhost' }), sql, secret };
  const now = new Date();
  const [email, password] = ['bench@example.com', randomBytes(12).toString('hex')];
  await join(accounts, (await mintSetUpLink(sql, now)) ?? '', { name: 'Bench', email, password }, now);
  const signedIn = await signIn(accounts, { email, password, address: '127.0.0.1' }, now);
  await db.$client.end();
  if (signedIn.status !== 'signed_in') throw new Error(`The admin is ${signedIn.status}.`);
  return signedIn.cookies.map((one) => one.split(';')[0]).join('; ');
}
