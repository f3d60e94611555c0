import { expect, test } from 'vitest';
import { pathOfResult } from './path-of-result.ts';
import { newTally, tallyTaken } from './tally.ts';

const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10);

function pathOf(views: [video: string, at: string][], channel?: string, isDryRun = false): string | undefined {
  const tally = newTally();
  for (const [video, at] of views) tallyTaken(tally, 'duplicate', Date.parse(at), video);
  return pathOfResult({ tally, videosMade: 0, seconds: 1, isDryRun, rejectedPath: undefined }, channel, dateOf);
}

const tide: [string, string] = ['tide', '2026-03-04T23:59:59Z'];
const earlierTide: [string, string] = ['tide', '2026-03-01T10:00:00Z'];
const storm: [string, string] = ['storm', '2026-03-02T10:00:00Z'];
const range = '?from=2026-03-01&to=2026-03-04';

test('views of one video are on its page, from the first to the last date', () => {
  expect(pathOf([tide, earlierTide])).toBe(`/videos/tide${range}`);
});

test('what went into a channel is on the page of the channel, however many videos it has', () => {
  expect(pathOf([tide, earlierTide], 'old-films')).toBe(`/channels/old-films${range}`);
  expect(pathOf([tide, storm, earlierTide], 'old-films')).toBe(`/channels/old-films${range}`);
});

test('of many videos the list is shown', () => {
  expect(pathOf([tide, storm, earlierTide])).toBe('/videos');
});

test('where nothing was taken or written there is nothing to see', () => {
  expect(pathOf([], 'old-films')).toBeUndefined();
  expect(pathOf([tide], 'old-films', true)).toBeUndefined();
});
