import { expect, test } from 'vitest';
import { badgeSvg } from './badge.ts';

test('a badge shows the compact number and tells the exact one', () => {
  const svg = badgeSvg('views by people', 1_243_567);
  expect(svg).toContain('>1.24M</text>');
  expect(svg).toContain('<title>views by people: 1,243,567</title>');
  expect(svg).toContain('role="img" aria-label="views by people: 1,243,567"');
});

test('a label cannot leave its text', () => {
  const svg = badgeSvg(`"/><script>alert('x')</script>&\u0007`, 1);
  expect(svg).not.toContain('<script');
  expect(svg).not.toContain('\u0007');
  expect(svg).toContain('&#60;script&#62;alert(&#39;x&#39;)');
});

test('a badge is as wide as its texts', () => {
  const width = (svg: string) => Number(/width="(\d+)"/.exec(svg)?.[1]);
  expect(width(badgeSvg('views', 1))).toBeLessThan(width(badgeSvg('views', 123_456)));
  expect(width(badgeSvg('views', 1))).toBeLessThan(width(badgeSvg('people who watched', 1)));
});
