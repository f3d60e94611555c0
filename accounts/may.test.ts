import { expect, test } from 'vitest';
import { may } from './may.ts';

test.each(['127.0.0.1:3000', 'localhost', 'LOCALHOST:80', '[::1]:3000'])(
  'a browser on the machine itself (%s) may read dashboards',
  (host) => {
    expect(may('dashboards:read', { host, isOpen: false })).toBe(true);
  },
);

test.each(['boxoffice.example', 'localhost.evil.example', '127.0.0.1.evil.example:3000', '', undefined])(
  'a request for another host (%s) may not, unless the server is open',
  (host) => {
    expect(may('dashboards:read', { host, isOpen: false })).toBe(false);
    expect(may('dashboards:read', { host, isOpen: true })).toBe(true);
  },
);
