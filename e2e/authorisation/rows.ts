// The authorisation matrix: what each page, route and door answers to whom. Whatever is built without a row here fails the test.

import { randomUUID } from 'node:crypto';
import type { Outcome } from './ask.ts';
import { goneKeys, keys, people, type Reader, readers } from './readers.ts';
import type { World } from './world.ts';

export type Row = {
  at(world: World): string;
  expect(reader: Reader): Outcome;
  /** Who of them reads a text that the others must not: the world's secret unless it is another. */
  tells?: { to: readonly Reader[]; text?(world: World): string };
  /** The page that an intercepted one is asked for on. */
  from?(world: World): string;
  /** Of a door that takes something: JSON. */
  posts?(world: World): unknown;
};

const everybody = readers;
const readsDashboards = ['guest', ...people] as const;
const readsAll = ['guest', 'analyst', 'admin'] as const;
const operates = ['guest', 'admin'] as const;
const seesOwned = ['guest', 'creator', 'analyst', 'admin'] as const;
const manages = ['creator', 'other creator', 'admin'] as const;
const managesOwned = ['creator', 'admin'] as const;
const admin = ['admin'] as const;
const nobody = [] as const;

/** A page for whoever `sees` it: it asks strangers to sign in, and to others it does not exist. Keys open no page. */
export function onlyFor(sees: readonly Reader[], seen: Outcome = 'seen'): (reader: Reader) => Outcome {
  const known: readonly Reader[] = readsDashboards;
  return (reader) => (sees.includes(reader) ? seen : known.includes(reader) ? 'absent' : 'asked to sign in');
}

function page(at: Row['at'], sees: readonly Reader[], to: readonly Reader[] = nobody): Row[] {
  return [{ at, expect: onlyFor(sees), tells: { to } }];
}

/** Whoever is signed in has no use for it. */
function pageOfStrangers(at: Row['at'], tells: Row['tells'] = { to: nobody }): Row[] {
  const led: readonly Reader[] = people;
  return [{ at, expect: (reader) => (led.includes(reader) ? 'led on' : 'seen'), tells }];
}

/** For programs: without a word to whoever may not. */
function route(at: Row['at'], sees: readonly Reader[], to: readonly Reader[] = sees): Row {
  return { at, expect: (reader) => (sees.includes(reader) ? 'seen' : 'absent'), tells: { to } };
}

function open(at: Row['at'], to: readonly Reader[] = nobody): Row[] {
  return [{ at, expect: () => 'seen', tells: { to } }];
}

const notSignedIn = everybody.filter((reader) => !(people as readonly Reader[]).includes(reader));

// Programs come with a key, people with their session.
const readsReports = ['guest', ...people, 'reports:read', 'reports:read of a channel'] as const;
export const rows: Record<string, Row[]> = {
  '/(accounts)/forgot/page': pageOfStrangers(() => '/forgot'),
  '/(accounts)/join/[token]/page': pageOfStrangers(({ token }) => `/join/${token}`, {
    ...{ to: notSignedIn, text: ({ invitation }) => invitation },
  }),
  '/(accounts)/reset/[token]/page': open(({ token }) => `/reset/${token}`),
  '/(accounts)/sign-in/code/page': pageOfStrangers(() => '/sign-in/code'),
  '/(accounts)/sign-in/page': pageOfStrangers(() => '/sign-in'),

  '/(dashboard)/page': page(() => '/', readsDashboards, seesOwned),
  '/(dashboard)/videos/page': page(() => '/videos', readsDashboards, seesOwned),
  '/(dashboard)/videos/[key]/page': page(({ video }) => `/videos/${video}`, seesOwned, seesOwned),
  '/(dashboard)/channels/page': page(() => '/channels', readsDashboards, seesOwned),
  '/(dashboard)/channels/[handle]/page': page(({ channel }) => `/channels/${channel}`, seesOwned, seesOwned),
  '/(dashboard)/watch/[key]/page': page(({ video }) => `/watch/${video}`, seesOwned, seesOwned),
  '/(dashboard)/videos/[key]/breakdown/route': [
    route(({ video }) => `/videos/${video}/breakdown`, [...seesOwned, 'reports:read'], nobody),
  ],
  '/(dashboard)/channels/[handle]/breakdown/route': [
    route(({ channel }) => `/channels/${channel}/breakdown`, [...seesOwned, 'reports:read'], nobody),
  ],
  '/(dashboard)/charts/page': page(() => '/charts?window=all', readsDashboards, seesOwned),
  '/(dashboard)/charts/export/route': [
    route(() => '/charts/export?window=all', readsReports, [...seesOwned, 'reports:read']),
  ],
  '/(dashboard)/not-counted/page': page(() => '/not-counted', readsDashboards, seesOwned),
  '/(dashboard)/explain/page': page(explanation, seesOwned, seesOwned),
  '/(dashboard)/@panel/(.)explain/page': [
    {
      ...{ at: explanation, from: ({ video }) => `/videos/${video}` },
      ...{ expect: onlyFor(seesOwned), tells: { to: seesOwned } },
    },
  ],
  '/(dashboard)/receipts/[id]/page': [
    {
      ...{ at: ({ view }) => `/receipts/${view}`, expect: onlyFor(readsDashboards) },
      tells: { to: seesOwned, text: ({ video }) => video },
    },
  ],
  '/(dashboard)/more/page': page(() => '/more', readsDashboards),
  '/(dashboard)/account/page': page(() => '/account', people),
  '/(dashboard)/proof/page': page(() => '/proof', readsAll),
  '/(dashboard)/retention/page': page(() => '/retention', operates),
  '/(dashboard)/system/page': page(() => '/system', operates),

  '/(dashboard)/channels/[handle]/settings/page': page(
    ({ channel }) => `/channels/${channel}/settings`,
    ...both(managesOwned),
  ),
  '/(dashboard)/videos/new/page': page(() => '/videos/new', manages, managesOwned),
  '/(dashboard)/videos/many/page': page(() => '/videos/many', manages, managesOwned),
  '/(dashboard)/videos/many/export/route': [
    route(() => '/videos/many/export', manages, managesOwned),
    route(({ channel }) => `/videos/many/export?channel=${channel}`, managesOwned),
  ],
  '/(dashboard)/videos/[key]/edit/page': page(({ video }) => `/videos/${video}/edit`, ...both(managesOwned)),
  '/(dashboard)/videos/[key]/merge/page': page(
    ({ video, sibling }) => `/videos/${video}/merge?into=${sibling}`,
    ...both(managesOwned),
  ),
  '/(dashboard)/videos/[key]/delete/page': page(({ video }) => `/videos/${video}/delete`, ...both(managesOwned)),
  '/(dashboard)/videos/[key]/opening/page': page(({ video }) => `/videos/${video}/opening`, ...both(managesOwned)),
  '/(dashboard)/videos/[key]/verdicts/page': page(({ video }) => `/videos/${video}/verdicts`, ...both(managesOwned)),
  '/(dashboard)/opening/page': page(() => '/opening', manages, managesOwned),

  '/(dashboard)/keys/page': page(() => '/keys', ...both(admin)),
  '/(dashboard)/keys/[prefix]/revoke/page': page(({ keyPrefix }) => `/keys/${keyPrefix}/revoke`, ...both(admin)),
  '/(dashboard)/members/page': page(() => '/members', ...both(admin)),
  '/(dashboard)/members/[id]/page': page(({ member }) => `/members/${member}`, ...both(admin)),
  '/(dashboard)/audit-log/page': page(() => '/audit-log', ...both(admin)),
  '/(dashboard)/audit-log/export/route': [route(() => '/audit-log/export', admin)],

  '/(embed)/embed/[key]/page': open(({ video }) => `/embed/${video}`, everybody),
  '/api/videos/[key]/count/route': open(({ video }) => `/api/videos/${video}/count`),
  '/api/videos/[key]/also-watched/route': [
    route(({ video }) => `/api/videos/${video}/also-watched`, [...seesOwned, 'reports:read'], nobody),
  ],
  '/views/top-k/route': [route(() => '/views/top-k?window=all', readsReports, [...seesOwned, 'reports:read'])],
  '/api/views/[id]/route': open(({ view }) => `/api/views/${view}`),
  '/badge/[file]/route': open(({ video }) => `/badge/${video}.svg`),
  '/icon.svg/route': open(() => '/icon.svg'),
  '/_not-found/page': [{ at: () => '/_not-found', expect: () => 'absent', tells: { to: nobody } }],
  '/_global-error/page': [{ at: () => '/_global-error', expect: () => 'absent', tells: { to: nobody } }],

  '/livez': open(() => '/livez'),
  // Why it is not ready is told to whoever operates it.
  '/readyz': [
    {
      ...{ at: () => '/readyz', expect: () => 'seen' },
      tells: { to: [...operates, 'reports:read'], text: () => '"checks"' },
    },
  ],
  '/metrics': [
    {
      ...route(() => '/metrics', [...operates, 'reports:read']),
      tells: { to: [...operates, 'reports:read'], text: () => 'boxoffice_' },
    },
  ],
  '/api/live': [
    route(() => '/api/live', readsDashboards, nobody),
    route(({ video }) => `/api/live?video=${video}`, seesOwned, nobody),
    route(({ channel }) => `/api/live?channel=${channel}`, seesOwned, nobody),
  ],
  '/api/views': [
    {
      at: () => '/api/views',
      // No browser sends it, for it names no site: the channel has some. A key that is none is told first.
      posts: ({ video }) => ({ video, page: 'https://example.com/watch' }),
      expect: answersToKeys(['views:write', 'views:write of another channel'], 'seen'),
      tells: { to: ['views:write'], text: () => '"counted"' },
    },
  ],
  '/api/identify': [
    {
      at: () => '/api/identify',
      posts: () => ({ device: randomUUID(), user: 'somebody' }),
      // Without a key a page would have sent what its server signed.
      expect: answersToKeys(['identify:write'], '400'),
      tells: { to: ['identify:write'], text: () => '"bound"' },
    },
  ],
  '/api/opening-balances': [
    {
      at: () => '/api/opening-balances',
      expect: answersToKeys(['views:write', 'views:write of another channel'], '401'),
      tells: { to: ['views:write'] },
    },
    {
      at: () => '/api/opening-balances',
      posts: ({ video }) => [{ video, views: 1, day: '2026-01-01', source: `Counted ${Math.random()}` }],
      expect: (reader) =>
        reader === 'views:write'
          ? '201'
          : reader === 'views:write of another channel'
            ? '422'
            : answersToKeys([], '401')(reader),
    },
  ],
};

/** What a door says that is for keys with a scope: `without` a key is its word to those who have none. */
function answersToKeys(takes: readonly Reader[], without: Outcome): (reader: Reader) => Outcome {
  const [known, gone]: readonly Reader[][] = [[...keys], [...goneKeys]];
  return (reader) => {
    if (takes.includes(reader)) return 'seen';
    if (known?.includes(reader)) return '403';
    return gone?.includes(reader) ? '401' : without;
  };
}

function explanation({ video }: World): string {
  return `/explain?video=${video}&unit=total`;
}

/** Seen and told of by the same. */
function both(sees: readonly Reader[]): [readonly Reader[], readonly Reader[]] {
  return [sees, sees];
}
