import { expect, test } from 'vitest';
import { parseSetCookie } from './set-cookie.ts';

test('what a cookie may and where it is sent stays as it was', () => {
  const header =
    '__Secure-boxoffice.session_token=abc.d%2Fe%3D; Max-Age=2592000; Path=/; HttpOnly; Secure; SameSite=Lax';
  expect(parseSetCookie(header)).toEqual({
    name: '__Secure-boxoffice.session_token',
    value: 'abc.d/e=',
    path: '/',
    maxAge: 2_592_000,
    httpOnly: true,
    secure: true,
    sameSite: 'lax',
  });
});

test('a cookie that is taken away ends at once', () => {
  expect(parseSetCookie('boxoffice.two_factor=; max-age=0; path=/; samesite=strict')).toMatchObject({
    value: '',
    maxAge: 0,
    httpOnly: false,
    secure: false,
    sameSite: 'strict',
  });
});
