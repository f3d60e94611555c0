import { expect, test } from 'vitest';
import { openLogger } from './logger.ts';

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
