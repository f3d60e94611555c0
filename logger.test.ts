import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openAccounts } from '#test/accounts.ts';
import { freshDatabase } from '#test/database.ts';
import { logConsoleErrors, openLogger } from './logger.ts';

function logged(write: (logger: ReturnType<typeof openLogger>) => void): string {
  let text = '';
  write(
    openLogger('info', {
      write: (line) => {
        text += line;
      },
    }),
  );
  return text;
}

test('headers that open doors or name a viewer are not written, however deep they are', () => {
  const headers = {
    authorization: 'hidden',
    cookie: 'hidden',
    'x-forwarded-for': 'hidden',
    'set-cookie': 'hidden',
    accept: 'shown',
  };
  const text = logged((logger) => {
    logger.info(headers);
    logger.info({ headers });
    logger.info({ request: { headers } });
    logger.info({ remoteAddress: 'hidden', socket: { address: 'hidden' } });
  });
  expect(text).not.toContain('hidden');
  expect(text.match(/shown/g)).toHaveLength(3);
});

test('nor are keys in the queries of addresses, passwords in front of hosts, or tokens in messages', () => {
  const text = logged((logger) => {
    logger.info('GET /videos?page=2&api_key=hidden&token=hidden HTTP/1.1');
    logger.error(new Error('connect postgres://boxoffice:hidden@db:5432/name'));
    logger.info({ url: '/set-up?token=hidden' }, 'sent Authorization: Bearer hidden.hidden');
  });
  expect(text).not.toContain('hidden');
  expect(text).toContain('page=2');
  expect(text).toContain('postgres://boxoffice:[Redacted]@db:5432/name');
  for (const line of text.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
});

test('links that make accounts, cookies, keys of servers and e-mail addresses are not written', () => {
  const text = logged((logger) => {
    logger.info('GET /join/hidden-link HTTP/1.1');
    logger.info(
      { url: '/reset/hidden_link?next=/videos' },
      'Cookie: boxoffice.session_token=hidden.hidden; theme=dark',
    );
    logger.error(new Error('nobody is hidden@example.com, whose key is bo_0123abcd_hiddenhidden'));
  });
  expect(text).not.toContain('hidden');
  expect(text).toMatch(/theme=dark.*bo_0123abcd_/s);
});

test('an error of a statement is written without its parameters and without the row that it quotes', async () => {
  const database = await freshDatabase();
  const accounts = openAccounts(database);
  await database.sql`insert into users (id, name, email) values ('1', 'hidden', 'hidden@example.com')`;
  const failures = await Promise.all([
    // As drizzle has it, as Postgres says it, and through better-auth.
    caught(database.db.execute(sql`select ${'hidden'}::text, ${'hidden\nhidden'}::uuid`)),
    caught(database.sql`insert into users (id, name, email) values ('2', 'hidden', ${'hidden@example.com'})`),
    caught(database.sql`select ${'hidden'}::text::uuid`),
  ]);
  await database.sql`alter table users rename to gone`;
  const body = { email: 'hidden@example.com', password: 'hidden hidden hidden' };
  failures.push(await caught(accounts.auth.api.signInEmail({ body })));
  await database.close();
  const text = logged((logger) => {
    for (const failure of failures) {
      logger.error(failure, 'a tick failed');
      logger.error({ err: failure, requestId: 'shown' }, 'a request failed');
      logger.error(`said in words: ${failure}`);
    }
  });
  expect(text).not.toContain('hidden');
  expect(text).toContain('Failed query: select $1::text');
  expect(text).toContain('users_email_unique');
  expect(text).not.toContain('It did not fail');
  expect(text.match(/from ..users../g)?.length).toBeGreaterThan(0);
  expect(text.match(/shown/g)).toHaveLength(failures.length);
});

test('what pages report on the console goes through the log', () => {
  const { error, warn } = console;
  const text = logged((logger) => {
    logConsoleErrors(logger);
    console.error('⨯', new Error('no answer for hidden@example.com'), { digest: '1' });
    console.error('in words: /join/hidden');
    console.warn(new Error('one line\nand more of it'));
  });
  Object.assign(console, { error, warn });
  expect(text).not.toContain('hidden');
  expect(text.trim().split('\n')).toHaveLength(3);
  expect(text).toMatch(/"level":40,[^}]*"msg":"one line"}\n$/);
});

function caught(work: PromiseLike<unknown>): Promise<Error> {
  return Promise.resolve(work).then(
    () => new Error('It did not fail.'),
    (error) => error as Error,
  );
}
