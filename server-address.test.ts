import { expect, test } from 'vitest';
import { readEnv } from './env.ts';
import { serverAddress } from './server-address.ts';

test.each([
  [{}, 'http://127.0.0.1:3000'],
  [{ PORT: '4321', HOST: '::1' }, 'http://[::1]:4321'],
  [{ HOST: '0.0.0.0', BOXOFFICE_OPEN: '1' }, 'http://127.0.0.1:3000'],
  [{ HOST: '::', BOXOFFICE_OPEN: '1' }, 'http://[::1]:3000'],
  [{ PORT: '4321', BASE_URL: 'https://boxoffice.example/' }, 'https://boxoffice.example'],
])('with %j the server is reached at %s', (settings, address) => {
  expect(serverAddress(readEnv(settings))).toBe(address);
});
