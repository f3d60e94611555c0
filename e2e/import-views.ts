import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** The user agent of a browser that is not a bot's. */
export const person = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0';

/** Brings in views through the import, as an operator does; `lines` are time and user agent. */
export async function importViews(key: string, lines: [string, string][]): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'boxoffice-views-'));
  const file = path.join(folder, 'views.csv');
  const rows = lines.map(([time, userAgent], i) => `${time},${key},viewer ${i},${userAgent}`);
  await writeFile(file, ['time,video,viewer,user_agent', ...rows, ''].join('\n'));
  const env = { ...process.env, DATABASE_URL: process.env.BOXOFFICE_TEST_DATABASE };
  await promisify(execFile)(process.execPath, ['--import', './quick-imports.ts', 'ingest/import/run.ts', file], {
    env,
  });
  await rm(folder, { recursive: true });
}
