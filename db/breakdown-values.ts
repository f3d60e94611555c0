// What views are broken down by, and the two values that are no value. The place in the list is stored: append only.

export const dimensions = ['country', 'device', 'browser', 'os', 'site', 'referrer'] as const;
export type Dimension = (typeof dimensions)[number];

/** How many values a dimension has rows for, per video or channel and day; the rest is one row, `otherValues`. */
export const maxValues = 1_000;

/** Where nothing is known. */
export const unknownValue = '';
/** No host, label or country can be it. */
export const otherValues = '/other';
