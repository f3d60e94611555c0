import { expect, test } from 'vitest';
import { isLocalVisit, may } from './may.ts';

test.each(['127.0.0.1:3000', 'localhost', 'LOCALHOST:80', '[::1]:3000'])(
  'a browser on the machine itself (%s) may read dashboards',
  (host) => {
    expect(may('dashboards:read', { isLocal: isLocalVisit({ host }), isOpen: false })).toBe(true);
  },
);

test.each(['boxoffice.example', 'localhost.evil.example', '127.0.0.1.evil.example:3000', '', undefined])(
  'a request for another host (%s) may not, unless the server is open',
  (host) => {
    const isLocal = isLocalVisit({ host });
    expect(may('dashboards:read', { isLocal, isOpen: false })).toBe(false);
    expect(may('dashboards:read', { isLocal, isOpen: true })).toBe(true);
  },
);

test.each(['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via', 'forwarded'])(
  'a proxy that passes the loopback host on is told by its %s',
  (name) => {
    expect(isLocalVisit({ host: '127.0.0.1:3000', [name]: '203.0.113.9' })).toBe(false);
  },
);
