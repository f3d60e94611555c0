// What stands in the way of a start is told in one sentence that names the variable, and never has the password.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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
const urlTo = (host: string, name = 'boxoffice') => `postgres://stranger:${password}@${host}/${name}`;
const cluster = () => new URL(inject('postgresUrl')).host;
const databaseTroubles: [string, () => string, RegExp][] = [
  ['refuses', () => urlTo('127.0.0.1:1'), /nothing listens at 127\.0\.0\.1:1; start Postgres there/],
  ['refuses at every address', () => urlTo('localhost:1'), /nothing listens at localhost:1; start Postgres there/],
  ['has a name nobody knows', () => urlTo('nowhere.invalid'), /the host nowhere\.invalid has no address .*correct/],
  ['does not answer', () => urlTo(at(mute)), /does not answer as Postgres does; see that/],
  ['closes the connection', () => urlTo(at(brusque)), /closes the connection; see that/],
  ['has another password', () => urlTo(cluster()).replace('sesame', 'barley'), /does not let stranger in .*; correct/],
  ['has no such database', () => urlTo(cluster(), 'absent'), /has no database absent; make it with create database/],
  ['may not be written', () => urlTo(cluster(), 'postgres'), /refuses what Boxoffice needs .*; make stranger its/],
];

test.concurrent.each(databaseTroubles)('npm start ends with 1 when the database %s', async (_case, url, sentence) => {
  const said = await fail('start.ts', { DATABASE_URL: url() });
  expect(said).toMatch(sentence);
  expect(said).toMatch(/^DATABASE_URL: .*$/);
});

test('npm start ends with 1 when BASE_URL is no URL', async () => {
  expect(await fail('start.ts', { BASE_URL: 'boxoffice' })).toMatch(/BASE_URL: should look like https:/);
});

test.concurrent.each([
  ['a file', 'file', /^DATA_DIR: .*file is a file or lies under one; name a folder/],
  ['under a file', 'file/below', /^DATA_DIR: .*below is a file or lies under one; name a folder/],
])('npm start ends with 1 when DATA_DIR is %s', async (_case, name, sentence) => {
  expect(await fail('start.ts', { DATA_DIR: path.join(folder, name) })).toMatch(sentence);
});

// Nobody may make a folder there, not even root.
test.runIf(process.platform === 'linux')('npm start ends with 1 when DATA_DIR may not be written', async () => {
  expect(await fail('start.ts', { DATA_DIR: '/sys/boxoffice' })).toMatch(
    /^DATA_DIR: (this user may not write|\/sys.* read-only).*; .*name a folder that this user may write$/,
  );
});

test.concurrent.each([
  ['the database refuses', () => ({ DATABASE_URL: urlTo('127.0.0.1:1') }), /^DATABASE_URL: nothing listens/],
  ['there is no such database', () => ({ DATABASE_URL: urlTo(cluster(), 'absent') }), /^DATABASE_URL: Postgres at/],
  ['DATA_DIR is a file', () => ({ DATA_DIR: path.join(folder, 'file') }), /^DATA_DIR: .* is a file/],
  ['BASE_URL is no URL', () => ({ BASE_URL: 'boxoffice' }), /BASE_URL: should look like/],
])('npm run import ends with 1 when %s', async (_case, env, sentence) => {
  expect(await fail('ingest/import/run.ts', env())).toMatch(sentence);
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
