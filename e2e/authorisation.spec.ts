// Everything that answers, crossed with everybody who may ask: rows.ts and action-rows.ts say what each is answered.
import { type ActionRow, actionRows } from './authorisation/action-rows.ts';
import { type Answer, act, send, type Variant, variants, visit } from './authorisation/ask.ts';
import { type Caller, callersFor, goneKeys, keys, type Reader } from './authorisation/readers.ts';
import { type Row, rows } from './authorisation/rows.ts';
import { listTargets } from './authorisation/targets.ts';
import { fingerprint, makeWorld, type World } from './authorisation/world.ts';
import { type App, startApp } from './start-app.ts';
import { expect, test } from './with-accounts.ts';

test.use({ world: 'authorisation' });

let open: App;

test.beforeAll(async ({ managed }) => {
  open = await startApp(managed.databaseUrl, { BOXOFFICE_OPEN: '1' });
});
test.afterAll(() => open.stop());

test('everything that answers has a row in the matrix, and there is no row without it', async () => {
  const targets = (await listTargets()).filter(({ kind }) => kind !== 'file').map(({ name }) => name);
  expect([...Object.keys(rows), ...Object.keys(actionRows)].sort()).toEqual(targets.sort());
});

test('pages, routes and doors answer each reader as the matrix says, however they are asked for', async ({
  app,
  sql,
}) => {
  const [world, elsewhere] = [await makeWorld(sql, app), await makeWorld(sql, app, 'dee')];
  const callers = await callersFor(sql, { closed: app, open: open.url }, elsewhere.channelId);
  const wrong: string[] = [];
  for (const target of await listTargets()) {
    const ways = target.kind === 'page' ? variants : (['plain'] as const);
    for (const row of rows[target.name] ?? []) {
      for (const variant of row.from ? ways.filter((one) => one !== 'plain') : ways) {
        const found = await Promise.all(
          callers.filter(asks(variant)).map((caller) => problemsOf(row, caller, world, variant)),
        );
        wrong.push(...found.flat());
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('files that are public are so to everybody', async ({ app, sql }) => {
  const elsewhere = await makeWorld(sql, app, 'dee');
  for (const { kind, name } of await listTargets()) {
    if (kind !== 'file') continue;
    for (const caller of await callersFor(sql, { closed: app, open: open.url }, elsewhere.channelId)) {
      expect([name, caller.reader, (await visit(caller, name, 'plain')).outcome]).toEqual([
        name,
        caller.reader,
        'seen',
      ]);
    }
  }
});

test('actions are for whom the matrix says, and for nobody else change anything', async ({ app, sql }) => {
  const elsewhere = await makeWorld(sql, app, 'dee');
  const wrong: string[] = [];
  for (const target of await listTargets()) {
    const row = target.kind === 'action' ? actionRows[target.name] : undefined;
    if (target.kind !== 'action' || !row) continue;
    const callers = await callersFor(sql, { closed: app, open: open.url }, elsewhere.channelId);
    const call = async (caller: Caller, world: World) => {
      const { outcome } = await act(caller, { id: target.id, ...requestOf(row, world) });
      const expected = row.expect(caller.reader);
      if (outcome !== expected) wrong.push(`${target.name} by ${caller.reader}: ${outcome}, not ${expected}`);
    };
    const world = await makeWorld(sql, app);
    const before = await fingerprint(sql);
    await Promise.all(callers.filter(({ reader }) => !row.by.includes(reader)).map((caller) => call(caller, world)));
    if ((await fingerprint(sql)) !== before) wrong.push(`${target.name}: changed something for whoever may not`);
    for (const caller of callers.filter(({ reader }) => row.by.includes(reader))) {
      const its = row.changes ? await makeWorld(sql, app) : world;
      const then = await fingerprint(sql);
      await call(caller, its);
      if (row.changes && (await fingerprint(sql)) === then)
        wrong.push(`${target.name} by ${caller.reader}: changed nothing`);
    }
  }
  expect(wrong).toEqual([]);
});

function requestOf(
  row: ActionRow,
  world: World,
): { page: string; args: unknown[]; form: Record<string, string> | undefined } {
  return { page: row.page(world), args: row.args(world), form: row.form?.(world) };
}

/** Pages do not look at keys: they are sent in the two ways that answer a whole page. */
function asks(variant: Variant): (caller: Caller) => boolean {
  const ofKeys: readonly Reader[] = [...keys, ...goneKeys];
  return ({ reader }) => variant === 'plain' || variant === 'RSC' || !ofKeys.includes(reader);
}

async function problemsOf(row: Row, caller: Caller, world: World, variant: Variant): Promise<string[]> {
  const [path, expected] = [row.at(world), row.expect(caller.reader)];
  const answer: Answer = row.posts
    ? await send(caller, path, row.posts(world))
    : await visit(caller, path, variant, row.from?.(world));
  const what = `${path} to ${caller.reader}, ${variant}`;
  // What is fetched before it is asked for may leave out whatever it likes, and tell no more.
  const isWhole = variant === 'plain' || variant === 'RSC';
  const told = answer.text.includes(row.tells?.text?.(world) ?? world.secret);
  const mayTell = row.tells?.to.includes(caller.reader) ?? true;
  return [
    ...(answer.outcome !== expected && isWhole ? [`${what}: ${answer.outcome}, not ${expected}`] : []),
    ...(told && !mayTell ? [`${what}: told`] : []),
    ...(!told && mayTell && isWhole && row.tells ? [`${what}: not told`] : []),
  ];
}
