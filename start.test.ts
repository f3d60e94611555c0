// What stands in the way of a start is told in one sentence that names the variable, and never has the password.
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { connect } from '#db/client.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { startProcess } from '#test/process.ts';
import { explainListening, listen } from './listen.ts';

const password = 'open-sesame';
let folder: string;
let database: TestDatabase;
// Neither is Postgres: one takes connections and says nothing, the other closes them.
const mute = createServer((socket) => socket.on('error', () => {}));
const brusque = createServer((socket) => socket.destroy());

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'boxoffice-start-'));
  // Postgres runs as another user where we are root.
  await chmod(folder, 0o755);
  await writeFile(path.join(folder, 'file'), '');
  database = await freshDatabase();
  await database.sql.unsafe(`create role stranger login password '${password}'`);
  for (const server of [mute, brusque]) await listen(server, { HOST: '127.0.0.1', PORT: 0 });
});

afterAll(async () => {
  mute.close();
  brusque.close();
  await rm(folder, { recursive: true });
  await database.close();
  const admin = connect(inject('postgresUrl'), { name: 'test', max: 1 });
  await admin`drop role stranger`;
  await admin.end();
});

const at = (server: Server) => `127.0.0.1:${(server.address() as AddressInfo).port}`;
const to = (host: string, name = 'x', word = password) => ({
  DATABASE_URL: `postgres://stranger:${word}@${host}/${name}`,
});
const cluster = () => new URL(inject('postgresUrl')).host;
const file = (name: string) => path.join(folder, name);
type Trouble = [string, () => Record<string, string>, RegExp];

// Both commands open the database in one way; the import is quicker to start.
const troubles: Trouble[] = [
  [
    'the database refuses at every address',
    () => to('localhost:1'),
    /: nothing listens at localhost:1; start Postgres/,
  ],
  ['the database has a name nobody knows', () => to('nowhere.invalid'), /: the host nowhere\.invalid has no address/],
  ['the database does not answer', () => to(at(mute)), /: \S+ does not answer as Postgres does; see that/],
  ['the database closes the connection', () => to(at(brusque)), /: \S+ closes the connection; see that/],
  [
    'the database has another password',
    () => to(cluster(), 'x', 'barley'),
    /does not let stranger in .*; correct user/,
  ],
  ['there is no such database', () => to(cluster(), 'absent'), /: Postgres at \S+ has no database absent; make it/],
  ['the database may not be written', () => to(cluster(), 'postgres'), /refuses what Boxoffice .*; make stranger its/],
  [
    'DATA_DIR is under a file',
    () => ({ DATA_DIR: file('file/below') }),
    /^DATA_DIR: \S+ is a file or lies under one; /,
  ],
];
const troublesOfBoth: Trouble[] = [
  ['the database refuses', () => to('127.0.0.1:1'), /^DATABASE_URL: nothing listens at 127\.0\.0\.1:1; start Postgres/],
  [
    'DATA_DIR is a file',
    () => ({ DATA_DIR: file('file') }),
    /^DATA_DIR: \S+ is a file .*; name a folder that this user/,
  ],
  ['BASE_URL is no URL', () => ({ BASE_URL: 'boxoffice' }), /^ {2}BASE_URL: should look like https:/m],
];

test.each([...troubles, ...troublesOfBoth])('npm run import ends with 1 when %s', async (_case, env, sentence) => {
  const said = await fail('ingest/import/run.ts', env());
  expect(said).toMatch(sentence);
  expect(said).toContain(Object.keys(env())[0]);
});

test.each(troublesOfBoth)('npm start ends with 1 when %s', async (_case, env, sentence) => {
  expect(await fail('start.ts', env())).toMatch(sentence);
});

// Nobody may make a folder there, not even root.
test.runIf(process.platform === 'linux')('npm run import ends with 1 when DATA_DIR may not be written', async () => {
  expect(await fail('ingest/import/run.ts', { DATA_DIR: '/sys/boxoffice' })).toMatch(
    /^DATA_DIR: (this user may not write|\/sys.* read-only).*; .*name a folder that this user may write$/,
  );
});

test.each([
  ['HOST is the address of another machine', { HOST: '192.0.2.1' }, /^HOST: 192\.0\.2\.1 is no address of this/m],
  ['HOST is a name nobody knows', { HOST: 'nowhere.invalid' }, /^HOST: nowhere\.invalid has no address/m],
])('npm start ends with 1 when %s', async (_case, env, sentence) => {
  const said = await fail('start.ts', { ...env, BOXOFFICE_OPEN: '1', DATABASE_URL: database.url, LOG_LEVEL: 'silent' });
  expect(said).toMatch(sentence);
});

test('npm start ends with 1 when PORT is taken', async () => {
  const PORT = at(mute).split(':')[1] ?? '';
  expect(await fail('start.ts', { PORT, DATABASE_URL: database.url })).toMatch(/^PORT: \d+ is taken; stop what/);
});

test('a port that takes rights which the user does not have is told as such', () => {
  const error = Object.assign(new Error('listen EACCES: permission denied 127.0.0.1:80'), { code: 'EACCES' });
  const { message } = explainListening(error, { HOST: '127.0.0.1', PORT: 80 });
  expect(message).toMatch(/^PORT: this user may not listen on 80; set PORT to one from 1024 on/);
});

test('npm start needs nothing: in a folder that is not there yet it makes all that it keeps', async () => {
  const env = { DATA_DIR: file('nothing/yet'), APP_SECRET: '', PORT: '0', ROLES: 'ingest' };
  const started = startProcess('start.ts', [], env);
  await started.line(/Boxoffice is at http/);
  started.child.kill('SIGINT');
  expect(await started.ended).toBe(0);
  expect((await readFile(file('nothing/yet/app-secret'), 'utf8')).trim()).toHaveLength(64);
}, 60_000);

/** Runs a program that is to end with 1; returns what it said, which is no stack trace and tells nobody the password. */
async function fail(program: string, env: Record<string, string>): Promise<string> {
  const started = startProcess(program, program === 'start.ts' ? [] : [path.join(folder, 'file')], {
    ...{ DATA_DIR: path.join(folder, 'data'), PORT: '0', ROLES: 'ingest' },
    ...env,
  });
  const code = await started.ended;
  const said = started.said();
  expect(code, said).toBe(1);
  expect(said).not.toMatch(/sesame|barley|^ +at /m);
  expect(said.split('\n').filter((line) => !line.startsWith('The environment')).length, said).toBe(1);
  return said;
}
