import { expect, test } from 'vitest';
import { remedies } from './remedies.ts';

const all = Object.entries(remedies);

test('what is said to everybody names no command and no setting of the server', () => {
  const forOperators = all.filter(([, { said, others = '' }]) => /npm run|[A-Z]+_[A-Z]+/.test(said + others));
  expect(forOperators).toEqual([]);
});

test('where operators are told what to do, others are told whom to ask', () => {
  for (const [reason, { operators, others }] of all) {
    expect([reason, others !== undefined]).toEqual([reason, operators !== undefined]);
    expect(others ?? 'Ask an admin').toContain('Ask an admin');
  }
});
