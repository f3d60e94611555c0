import { expect, test } from 'vitest';
import { botWords } from './bot-words.ts';

test.each([
  ['no_user_agent', 'sent no User-Agent'],
  ['declared_bot', 'its User-Agent says so'],
  ['too_fast', 'faster than people start videos'],
  ['set_aside', 'set aside'],
])('%s is said in words', (reason, words) => {
  expect(botWords(reason)).toBe(words);
});
