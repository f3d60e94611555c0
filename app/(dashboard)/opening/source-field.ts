import type { Field } from '#components/form-field.tsx';

/** Which product counted. */
export const sourceField: Field = {
  name: 'source',
  label: 'Counted by',
  maxLength: 100,
  suggestions: ['YouTube Studio', 'Vimeo', 'Wistia', 'Twitch', 'Matomo', 'Google Analytics'],
  placeholder: 'YouTube Studio',
};
