// Random days in the life of the log: what is sent, to which process, when, and when the rollup runs in between.
import fc from 'fast-check';

export const secondMs = 1_000;
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** One thing to send. Numbers pick among videos or among what was sent before, modulo their count. */
export type Item =
  | { kind: 'fresh'; video: number; viewer: number; ageMs: number; isMuted: boolean }
  | { kind: 'repeat'; earlier: number }
  | { kind: 'same_id_of_another_video'; earlier: number; video: number }
  | { kind: 'unknown_video' }
  | { kind: 'clock_skew'; video: number; skewMs: number; by: 'sentAt' | 'id' }
  | { kind: 'too_old'; video: number }
  | { kind: 'archived'; video: number }
  | { kind: 'invalid'; body: unknown };

/** What is sent at once to one of two processes. */
export type Batch = { lane: 0 | 1; isBot: boolean; items: Item[] };

export type Step =
  /** Several batches go out at the same time. */
  { do: 'send'; batches: Batch[] } | { do: 'tick'; workers: 1 | 2 } | { do: 'wait'; ms: number };

const number = fc.nat(1_000_000);

const age = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -59 * secondMs, max: 90 * secondMs }) },
  { weight: 2, arbitrary: fc.integer({ min: 60 * secondMs, max: 3 * hourMs }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 6 * dayMs }) },
);

const invalid = fc.constantFrom<unknown>(
  null,
  7,
  'tide',
  [],
  {},
  { video: 'no spaces please' },
  { video: 'v0', id: '8e2ffc0c-7f3b-4b1c-9d0e-0123456789ab' },
  { video: 'v0', device: 'not-a-uuid' },
  { video: 'v0', sentAt: 'yesterday' },
  { video: 'v0', page: 5 },
  { video: 'v0', muted: 'yes' },
);

const item = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('fresh' as const),
      video: number,
      viewer: number,
      ageMs: age,
      isMuted: fc.boolean(),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('repeat' as const), earlier: number }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('same_id_of_another_video' as const), earlier: number, video: number }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'unknown_video' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('clock_skew' as const),
      video: number,
      skewMs: fc.integer({ min: 61 * secondMs, max: 3_650 * dayMs }),
      by: fc.constantFrom('sentAt' as const, 'id' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('too_old' as const), video: number }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('archived' as const), video: number }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('invalid' as const), body: invalid }) },
);

const batch = fc.record({
  lane: fc.constantFrom(0 as const, 1 as const),
  isBot: fc.boolean(),
  items: fc.array(item, { minLength: 1, maxLength: 12 }),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), batches: fc.tuple(batch) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('send' as const), batches: fc.tuple(batch, batch, batch) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('tick' as const), workers: fc.constantFrom(1 as const, 2 as const) }),
  },
  // The clock of a server may also be set back a little.
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.integer({ min: -30 * secondMs, max: 5 * hourMs }),
    }),
  },
);

/** Steps with about `batches` batches in them. */
export function scenarioOf(batches: number): fc.Arbitrary<Step[]> {
  const length = Math.ceil(batches * (13 / 12));
  return fc.array(step, { minLength: length, maxLength: length });
}
