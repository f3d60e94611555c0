import { type Dimension, dimensions, unknownValue } from '#db/breakdown-values.ts';

export const dimensionNames: Record<Dimension, string> = {
  ...{ country: 'Country', device: 'Device', browser: 'Browser', os: 'System', site: 'Site', referrer: 'Referrer' },
};

/** What `?by=` asks for; countries unless it names another. */
export function askedDimension(text: string | undefined): Dimension {
  return dimensions.find((one) => one === text) ?? 'country';
}

const countries = new Intl.DisplayNames('en', { type: 'region' });

/** A value in words. */
export function valueName(dimension: Dimension, value: string): string {
  if (value === unknownValue) return '(unknown)';
  return dimension === 'country' && /^[A-Z]{2}$/.test(value) ? (countries.of(value) ?? value) : value;
}
