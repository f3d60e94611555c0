import { expect, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import type { LastHour } from './last-hour.ts';
import { openLiveFeeds } from './live-feeds.ts';
import { allChannels, type Subject } from './subject.ts';

type Asked = { subject: Subject; answer: (views: number) => void; fail: () => void };

/** Feeds whose reads wait for the test to answer them. */
function openAsked() {
  const asked: Asked[] = [];
  const errors: unknown[] = [];
  const feeds = openLiveFeeds<LastHour>(
    (subject) =>
      new Promise((resolve, reject) => {
        asked.push({
          subject,
          answer: (views) => resolve({ minutes: [], views, botViews: 0, completeTo: null }),
          fail: () => reject(new Error('away')),
        });
      }),
    (error) => errors.push(error),
  );
  const told: number[][] = [];
  const watch = (subject: Subject) => {
    const views: number[] = [];
    told.push(views);
    return feeds.subscribe(subject, (event) => views.push(event.views));
  };
  return { feeds, asked, errors, told, watch };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const video = (id: number): Subject => ({ video: id as VideoId });

test('one read serves all who watch a subject', async () => {
  const { asked, told, watch } = openAsked();
  watch(allChannels);
  watch({ channels: 'all' });
  expect(asked).toHaveLength(1);
  asked[0]?.answer(3);
  await settled();
  expect(told).toEqual([[3], [3]]);
});

test('who comes later is told at once what is known', async () => {
  const { asked, told, watch } = openAsked();
  watch(allChannels);
  asked[0]?.answer(3);
  await settled();
  watch(allChannels);
  await settled();
  expect(told).toEqual([[3], [3]]);
  expect(asked).toHaveLength(1);
});

test('however often it is asked for during a read, one read follows', async () => {
  const { feeds, asked, told, watch } = openAsked();
  watch(allChannels);
  for (let i = 0; i < 10; i++) feeds.refresh();
  expect(asked).toHaveLength(1);
  asked[0]?.answer(1);
  await settled();
  expect(asked).toHaveLength(2);
  asked[1]?.answer(2);
  await settled();
  expect(asked).toHaveLength(2);
  expect(told).toEqual([[1, 2]]);
});

test('at most three reads run at a time, and every subject has its turn', async () => {
  const { asked, told, watch } = openAsked();
  for (let id = 1; id <= 7; id++) watch(video(id));
  for (let i = 0; i < 7; i++) {
    expect(asked).toHaveLength(Math.min(7, i + 3));
    asked[i]?.answer(i);
    await settled();
  }
  expect(told).toEqual([[0], [1], [2], [3], [4], [5], [6]]);
});

test('a read that fails is reported, and the next refresh tells again', async () => {
  const { feeds, asked, errors, told, watch } = openAsked();
  watch(allChannels);
  asked[0]?.fail();
  await settled();
  expect(errors).toHaveLength(1);
  feeds.refresh();
  asked[1]?.answer(5);
  await settled();
  expect(told).toEqual([[5]]);
});

test('who left is told nothing, and nobody reads for nobody', async () => {
  const { feeds, asked, told, watch } = openAsked();
  const leave = watch(allChannels);
  leave();
  asked[0]?.answer(1);
  await settled();
  feeds.refresh();
  expect(asked).toHaveLength(1);
  expect(told).toEqual([[]]);
});

test('at the end everybody is told, also who comes after it', async () => {
  const { feeds } = openAsked();
  let ended = 0;
  feeds.subscribe(
    allChannels,
    () => {},
    () => ended++,
  );
  feeds.end();
  feeds.subscribe(
    allChannels,
    () => {},
    () => ended++,
  );
  await settled();
  expect(ended).toBe(2);
});

test('nobody is told anything after the end', async () => {
  const { feeds, asked, told, watch } = openAsked();
  watch(allChannels);
  feeds.end();
  asked[0]?.answer(1);
  await settled();
  expect(told).toEqual([[]]);
});
