import { mostListed, type TopWindow, topWindows } from '#reports/top-videos.ts';

const listedUnlessTold = 10;

/** Which list is asked for, or what is wrong with the question and what would be right. */
export function askedList(params: URLSearchParams): { window: TopWindow; k: number } | { problem: string } {
  const window = params.get('window') ?? '';
  const text = params.get('k') ?? String(listedUnlessTold);
  const k = Number(text);
  if (!isWindow(window)) return { problem: `window should be one of ${topWindows.join(', ')}.` };
  if (!/^\d+$/.test(text) || k < 1 || k > mostListed) {
    return { problem: `k should be a whole number from 1 to ${mostListed}.` };
  }
  return { window, k };
}

export function isWindow(text: string): text is TopWindow {
  return (topWindows as readonly string[]).includes(text);
}
