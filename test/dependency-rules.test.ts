// The rules by which the folders depend on each other. Each test lists who breaks its rule; nobody should.
import { getTableName, isTable } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import * as schema from '#db/schema.ts';
import { readSourceFiles, type SourceFile } from './source-files.ts';

const files = readSourceFiles();
const product = files.filter(({ isTest, folder }) => !isTest && folder !== 'bench');
const inFolder = (...folders: string[]) => product.filter(({ folder }) => folders.includes(folder));

describe('imports', () => {
  test('nothing imports app/ but app/ itself', () => {
    expect(
      importsOf(
        files.filter(({ folder }) => folder !== 'app'),
        /^app\//,
      ),
    ).toEqual([]);
  });

  test('ingest/ never imports rollups/ or reports/: a view never waits for a chart', () => {
    // A command puts the folders together, as server.ts does: the import ends with a rollup.
    const ingest = inFolder('ingest').filter(({ file }) => file !== 'ingest/import/run.ts');
    expect(importsOf(ingest, /^(rollups|reports)\//)).toEqual([]);
  });

  test('rollups/ and reports/ never import each other', () => {
    expect(importsOf(inFolder('rollups'), /^reports\//)).toEqual([]);
    expect(importsOf(inFolder('reports'), /^rollups\//)).toEqual([]);
  });

  test('next and react stay out of the domain folders', () => {
    const domain = inFolder(
      'ingest',
      'rollups',
      'reports',
      'videos',
      'channels',
      'accounts',
      'opening',
      'verdicts',
      'viewers',
      'live',
      'db',
      'player',
      'backup',
    );
    expect(packagesOf(domain, /^(next|react|react-dom)(\/|$)/)).toEqual([]);
  });

  test('only backup/ writes rows as they were: nothing but its commands imports it', () => {
    const others = product.filter(({ folder }) => folder !== 'backup');
    expect(importsOf(others, /^backup\//)).toEqual([]);
  });

  test('the player imports nothing at run time but its own files', () => {
    const player = inFolder('player').filter(({ file }) => file !== 'player/build.ts');
    const foreign = player.flatMap(({ file, imports }) =>
      imports
        .filter((one) => !one.isTypeOnly && !one.file?.startsWith('player/'))
        .map((one) => `${file}: ${one.specifier}`),
    );
    expect(player.length).toBeGreaterThan(5);
    expect(foreign).toEqual([]);
  });

  test('there are no cycles', () => {
    expect(findCycles(product)).toEqual([]);
  });

  test('every path that is imported exists', () => {
    const known = new Set(files.map(({ file }) => file));
    const missing = files.flatMap(({ file, imports }) =>
      imports
        .filter((one) => /\.tsx?$/.test(one.file ?? '') && !known.has(one.file ?? ''))
        .map((one) => `${file}: ${one.specifier}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('SQL', () => {
  const screens = inFolder('app', 'components');

  test('app/ and components/ hold no SQL and no drizzle', () => {
    expect(packagesOf(screens, /^(drizzle-orm|postgres|pg)(\/|$)/)).toEqual([]);
    expect(screens.filter(({ tags }) => tags.some((tag) => /^(sql|tx)$/.test(tag))).map(({ file }) => file)).toEqual(
      [],
    );
    const statement = /\b(select\s.+\sfrom|insert\s+into|delete\s+from|update\s+\w+\s+set)\b/is;
    expect(
      screens.filter(({ literals }) => literals.some((text) => statement.test(text))).map(({ file }) => file),
    ).toEqual([]);
  });

  test('reports read aggregates, never the view log', () => {
    const reports = inFolder('reports').filter(({ file }) => !/^reports\/(arrival|receipt|explain)/.test(file));
    expect(reports.length).toBeGreaterThan(5);
    expect(reports.filter(({ text }) => /video_?views\b/i.test(text)).map(({ file }) => file)).toEqual([]);
  });

  test('what reports read of the log is a bounded piece: its time and its number of rows', () => {
    const readers = inFolder('reports').filter(({ text }) => /\bfrom video_views\b/i.test(text));
    expect(readers.map(({ file }) => file).sort()).toEqual([
      'reports/arrival.ts',
      'reports/explain-rows.ts',
      'reports/receipt.ts',
    ]);
    for (const { text } of readers) expect(text).toMatch(/viewed_at >= [^;]+viewed_at < /);
    expect(readers.find(({ file }) => file.endsWith('rows.ts'))?.text).toMatch(/limit \$\{listedRows\}/);
  });

  const aggregates = ['minutes', 'hours', 'days', 'months', 'totals'];
  const writers: Record<string, string> = {
    installation: 'db',
    zone_changes: 'db',
    api_keys: 'accounts',
    channels: 'channels',
    allowed_origins: 'channels',
    videos: 'videos',
    audit_entries: 'accounts',
    video_views: 'ingest',
    labels: 'ingest',
    view_repeats: 'ingest',
    screening_minutes: 'ingest',
    screening_hours: 'ingest',
    screening_days: 'ingest',
    ingest_lanes: 'ingest',
    viewer_salts: 'ingest',
    rollup_cursors: 'rollups',
    log_archives: 'rollups',
    day_closings: 'rollups',
    retention_drops: 'rollups',
    task_runs: 'rollups',
    opening_balances: 'opening',
    users: 'accounts',
    sessions: 'accounts',
    credentials: 'accounts',
    verifications: 'accounts',
    two_factors: 'accounts',
    channel_members: 'accounts',
    account_links: 'accounts',
    sign_in_failures: 'accounts',
    verdict_changes: 'verdicts',
    viewer_bindings: 'viewers',
    viewer_erasures: 'viewers',
    bound_views: 'rollups',
    top_videos: 'rollups',
    sliding_hour: 'rollups',
    sliding_hour_edge: 'rollups',
    also_watched: 'rollups',
    ...Object.fromEntries(
      [...aggregates, 'breakdowns', 'viewers', 'viewer_cells', 'viewer_days', 'viewer_months'].flatMap((grain) => [
        [`video_${grain}`, 'rollups'],
        [`channel_${grain}`, 'rollups'],
      ]),
    ),
  };
  const tables = new Map<string, string>(
    Object.entries(schema).flatMap(([name, table]) => (isTable(table) ? [[name, getTableName(table)] as const] : [])),
  );

  test('every table has one folder that writes it', () => {
    expect([...tables.values()].sort()).toEqual(Object.keys(writers).sort());
  });

  test('nobody writes a table but its folder', () => {
    const written = product.flatMap((source) => writesOf(source).map((table) => ({ ...source, table })));
    const puttingNamesIn = ['rollups', 'backup'];
    const foreign = written.filter(({ table, folder }) =>
      table === '$' ? !puttingNamesIn.includes(folder) : writers[table] !== folder,
    );
    expect(new Set(written.map(({ table }) => table)).size).toBeGreaterThan(8);
    expect(foreign.map(({ file, table }) => `${file} writes ${table}`)).toEqual([]);
  });

  /**
   * The tables that a file writes; $ for one whose name is put in. Only rollups/ does that for its aggregates, and backup/, which
   * restores the rows of every table as they were.
   */
  function writesOf({ literals, calls }: SourceFile): string[] {
    const names = new Set(tables.values());
    const statement =
      /\b(?:insert\s+into|update|delete\s+from|truncate|copy(?=.*\sfrom\s)|merge\s+into)\s+"?(\$|[a-z_]+)/gis;
    const inText = literals.flatMap((text) => [...text.matchAll(statement)].map(([, table = '']) => table));
    const built = calls.filter(({ method }) => ['insert', 'update', 'delete'].includes(method));
    const inCalls = built.map(({ argument }) => tables.get(argument) ?? '');
    return [...inText, ...inCalls].filter((table) => names.has(table) || table === '$');
  }
});

describe('files', () => {
  test('process.env is read in env.ts only', () => {
    expect(product.filter(({ text }) => text.includes('process.env')).map(({ file }) => file)).toEqual(['env.ts']);
  });

  test('server actions are public: each is made by action(), which parses what it is sent', () => {
    const actions = product.filter(({ text }) => /^'use server';$/m.test(text));
    expect(actions.length).toBeGreaterThan(20);
    const bare = actions.flatMap(({ file, text }) =>
      [...text.matchAll(/^export (?!type )(.*)$/gm)]
        .filter(([, what]) => !/^const \w+ = action\((\[|$)/.test(what ?? ''))
        .map(([line]) => `${file}: ${line}`),
    );
    expect(bare).toEqual([]);
  });

  test('no file is longer than 250 lines, the schema 300', () => {
    const tooLong = files.filter(({ file, lines }) => lines > (file === 'db/schema.ts' ? 300 : 250));
    expect(tooLong.map(({ file, lines }) => `${file}: ${lines}`)).toEqual([]);
  });

  test('folders are nouns of the domain, without barrels', () => {
    const vague = /(^|\/)(lib|utils?|helpers?|common|shared|services?|types)(\/|\.tsx?$)|(^|\/)index\.tsx?$/;
    expect(files.filter(({ file }) => vague.test(file)).map(({ file }) => file)).toEqual([]);
  });
});

function importsOf(sources: SourceFile[], pattern: RegExp): string[] {
  return sources.flatMap(({ file, imports }) =>
    imports.filter((one) => one.file && pattern.test(one.file)).map((one) => `${file}: ${one.specifier}`),
  );
}

function packagesOf(sources: SourceFile[], pattern: RegExp): string[] {
  expect(sources.length).toBeGreaterThan(0);
  return sources.flatMap(({ file, imports }) =>
    imports.filter((one) => !one.file && pattern.test(one.specifier)).map((one) => `${file}: ${one.specifier}`),
  );
}

function findCycles(sources: SourceFile[]): string[] {
  const targets = new Map(sources.map(({ file, imports }) => [file, imports.flatMap((one) => one.file ?? [])]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (file: string, trail: string[]) => {
    if (trail.includes(file)) cycles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
    if (done.has(file) || trail.includes(file)) return;
    for (const target of targets.get(file) ?? []) walk(target, [...trail, file]);
    done.add(file);
  };
  for (const file of targets.keys()) walk(file, []);
  return cycles;
}
