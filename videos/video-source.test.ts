import { expect, test } from 'vitest';
import { newVideo } from './create-videos.ts';

const isSource = (text: string) => newVideo.shape.sourceUrl.safeParse(text).success;

test.each([
  '/clip.webm',
  '/films/tide.mp4?quality=1',
  'https://films.example/tide.mp4',
  'http://127.0.0.1:3000/clip.webm',
])('%s can be played', (source) => {
  expect(isSource(source)).toBe(true);
});

// Browsers take a backslash for a slash, and leave tabs and line ends out.
test.each([
  '//evil.example/a',
  '/\\evil.example/a',
  '/\t/evil.example/a',
  '/\n\\evil.example',
  'clip.webm',
  'javascript:1',
  'data:,',
])('%j is no path of this server and no address', (source) => {
  expect(isSource(source)).toBe(false);
});
