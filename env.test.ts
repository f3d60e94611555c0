import { expect, test } from 'vitest';
import { readEnv } from './env.ts';

test.each([
  'postgres://10.0.0.1/name',
  'postgresql://user@host:5432/name?sslmode=require',
  'postgres://user:p%40ss%2F%23%3F%25@host/name',
  'postgres:///name?host=/var/run/postgresql',
  'postgres://one,other/name',
])('DATABASE_URL may be %s', (url) => {
  expect(readEnv({ DATABASE_URL: url }).DATABASE_URL).toBe(url);
});

test.each(['open/sesame', 'open@sesame', 'open#sesame', 'open?sesame', 'open%sesame', '12/34', '1@2/34'])(
  'a password that would fall apart is refused and not told: %s',
  (password) => {
    const read = () => readEnv({ DATABASE_URL: `postgres://user:${password}@host:5432/name` });
    expect(read).toThrow(/^The environment needs attention:\n {2}DATABASE_URL: .* written as %40 %2F %3F %23 and %25$/);
    expect(read).not.toThrow(password);
  },
);

test.each(['name', 'host:5432', 'mysql://host/name', 'https://host'])('DATABASE_URL may not be %s', (url) => {
  expect(() => readEnv({ DATABASE_URL: url })).toThrow(/\n {2}DATABASE_URL: should look like postgres:[^\n]*$/);
});

test.each(['boxoffice', 'boxoffice.example.com', 'https://', 'ftp://boxoffice.example.com'])(
  'BASE_URL may not be %s',
  (url) => {
    expect(() => readEnv({ BASE_URL: url })).toThrow(/\n {2}BASE_URL: should look like https:[^\n]*$/);
  },
);

test('everything that is wrong is told at once', () => {
  expect(() => readEnv({ PORT: 'x', ROLES: 'cook', BASE_URL: 'x' })).toThrow(
    /^The environment needs attention:\n {2}PORT: .*\n {2}BASE_URL: .*\n {2}ROLES: .*$/,
  );
});

test('SMTP_URL needs the address that mails come from, and the one that their links begin with', () => {
  const SMTP_URL = 'smtps://box:secret@mail.example.com:465';
  expect(() => readEnv({ SMTP_URL })).toThrow(/\n {2}MAIL_FROM: is missing.*\n {2}BASE_URL: is missing/);
  const whole = { SMTP_URL, MAIL_FROM: 'Boxoffice <box@example.com>', BASE_URL: 'https://box.example.com' };
  expect(readEnv(whole)).toMatchObject(whole);
  expect(() => readEnv({ ...whole, SMTP_URL: 'https://mail.example.com' })).toThrow(
    /SMTP_URL: should look like smtps:/,
  );
  expect(() => readEnv({ ...whole, MAIL_FROM: 'Boxoffice' })).toThrow(/MAIL_FROM: should look like/);
});
