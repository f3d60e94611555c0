'use client';

import { type SyntheticEvent, useRef } from 'react';

/** As recharts has them, and clicks: a frame later than the move before it, so that a click is of the point it is on. */
export const throttledEvents = ['mousemove', 'touchmove', 'pointermove', 'scroll', 'wheel', 'click'] as const;

/** As recharts tells a click: by the bucket under the pointer. */
export type PointClick = (at: { activeLabel?: string | number }, event: SyntheticEvent) => void;

/**
 * Clicks on a chart by the index of their point. A finger has no pointer that could rest: its first touch of a point shows
 * what the point says, its second is the click.
 */
export function usePointClick(
  points: { start: string; state: string }[],
  onClick: (index: number) => void,
): PointClick {
  const touched = useRef<string | undefined>(undefined);
  return ({ activeLabel }, { nativeEvent }) => {
    const index = points.findIndex(({ start }) => start === activeLabel);
    const point = points[index];
    if (!point || point.state === 'not_recorded') return;
    const isFinger = nativeEvent instanceof PointerEvent && nativeEvent.pointerType === 'touch';
    if (isFinger && touched.current !== point.start) touched.current = point.start;
    else onClick(index);
  };
}
