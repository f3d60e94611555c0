import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRecord } from './csv-record.ts';
import { type Line, LineSplitter } from './split-lines.ts';

function split(content: string, pieces: number[], delimiter?: string): Line[] {
  const splitter = new LineSplitter(delimiter);
  const bytes = Buffer.from(content);
  const cuts = [0, ...pieces.map((piece) => piece % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const lines = cuts.flatMap((cut, i) => splitter.push(bytes.subarray(cut, cuts[i + 1] ?? bytes.length)));
  return [...lines, ...splitter.end()];
}

const texts = (lines: Line[]) => lines.map(({ number, bytes }) => `${number} ${bytes}`);

test('however a file arrives in pieces, its lines are the same', () => {
  const content = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', 'é', '""', ',"') });
  fc.assert(
    fc.property(content, fc.array(fc.nat()), fc.constantFrom(undefined, ','), (text, pieces, delimiter) => {
      const lines = split(text, pieces, delimiter);
      expect(texts(lines)).toEqual(texts(split(text, [], delimiter)));
      const joined = lines.map(({ bytes }) => bytes.toString()).join('\n');
      expect(text.endsWith('\n') ? `${joined}\n` : joined).toBe(text);
    }),
  );
});

test('what CSV quotes comes back as it went in', () => {
  const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', 'é', ' ') });
  const records = fc.array(fc.array(field, { minLength: 1 }), { minLength: 1 });
  fc.assert(
    fc.property(records, fc.array(fc.nat()), (rows, pieces) => {
      const quoted = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','));
      const lines = split(quoted.join('\n'), pieces, ',');
      expect(lines.map(({ bytes }) => parseRecord(bytes.toString(), ','))).toEqual(rows);
    }),
  );
});

test('a quote that is never closed costs its own line and no other', () => {
  const lines = split('a,"open\nb,"fine"\nc,"two\nlines"\nd,"text"after\ne,x"y"\n', [], ',');
  expect(texts(lines)).toEqual(['1 a,"open', '2 b,"fine"', '3 c,"two\nlines"', '5 d,"text"after', '6 e,x"y"']);
  const fields = lines.map(({ bytes }) => parseRecord(bytes.toString(), ','));
  expect(fields).toEqual([undefined, ['b', 'fine'], ['c', 'two\nlines'], undefined, ['e', 'x"y"']]);
});

test('a line of any length is handed on in parts, whole', () => {
  const long = 'x'.repeat(300_000);
  const pieces = [100_000, 200_000];
  const lines = split(`before\n${long}\nafter\n`, pieces);
  expect(lines[0]).toEqual({ number: 1, bytes: Buffer.from('before') });
  expect(lines.at(-1)).toEqual({ number: 3, bytes: Buffer.from('after') });
  expect(lines.slice(1, -1).map(({ part }) => part)).toEqual(['first', 'middle', 'last']);
  expect(Buffer.concat(lines.slice(1, -1).map(({ bytes }) => bytes)).toString()).toBe(long);
});
