// A sheet of videos: CSV whose first line names its columns. What is wrong with a line is told by its number, and the others are read all the same.
import { z } from 'zod';
import { channelHandle } from '#channels/create-channel.ts';
import { readCell } from '#csv-cell.ts';
import { parseRecord } from '#ingest/import/csv-record.ts';
import { LineSplitter } from '#ingest/import/split-lines.ts';
import { chosenKey, newVideo } from '../create-videos.ts';
import { durationText } from '../duration-text.ts';

export const sheetColumns = ['key', 'channel', 'title', 'duration', 'source', 'published', 'action'] as const;
export const sheetActions = ['save', 'move', 'delete'] as const;

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((text) => (text === '' ? undefined : text), schema.optional());

const sheetRow = z.object({
  key: chosenKey,
  channel: optional(channelHandle),
  title: optional(newVideo.shape.title),
  duration: optional(durationText),
  source: optional(newVideo.shape.sourceUrl),
  published: optional(newVideo.shape.publishedAt),
  action: optional(
    z.preprocess(
      (text) => String(text).toLowerCase(),
      z.enum(sheetActions, 'should be save (or nothing), move or delete; channels are archived on their own page'),
    ),
  ),
});

/** An empty cell is undefined: it leaves what is there. */
export type SheetRow = z.infer<typeof sheetRow> & { line: number };
export type BadLine = { line: number; problem: string };
export type Sheet = { rows: SheetRow[]; bad: BadLine[] };

/** Lines without anything are left out. */
export function readSheet(text: string): Sheet {
  const delimiter = delimiterOf(text);
  const splitter = new LineSplitter(delimiter);
  const lines = [...splitter.push(Buffer.from(text)), ...splitter.end()]
    .map(({ number, bytes }) => ({ line: number, text: bytes.toString().replace(/\r$/, '') }))
    .filter((line) => line.text.replaceAll(delimiter, '').trim() !== '');
  const [header, ...records] = lines;
  if (!header)
    return { rows: [], bad: [{ line: 1, problem: 'there is nothing in it: the first line names the columns' }] };
  const names = (parseRecord(header.text, delimiter) ?? []).map((name) => name.trim().toLowerCase());
  const problem = problemOfHeader(names);
  if (problem) return { rows: [], bad: [{ line: header.line, problem }] };
  return readRecords(records, names, delimiter);
}

function readRecords(records: { line: number; text: string }[], names: string[], delimiter: string): Sheet {
  const sheet: Sheet = { rows: [], bad: [] };
  const lineOf = new Map<string, number>();
  for (const { line, text } of records) {
    const row = readRecord(text, names, delimiter);
    if (typeof row === 'string') {
      sheet.bad.push({ line, problem: row });
      continue;
    }
    const known = lineOf.get(row.key);
    if (known) sheet.bad.push({ line, problem: `${row.key} stands on line ${known} already` });
    else sheet.rows.push({ ...row, line });
    lineOf.set(row.key, known ?? line);
  }
  return sheet;
}

/** Commas, semicolons of spreadsheets in some languages, or tabs of what was copied from one. */
function delimiterOf(text: string): string {
  const header = text.replace(/^\s+/, '').split('\n', 1)[0] ?? '';
  return [',', ';', '\t'].find((delimiter) => header.includes(delimiter)) ?? ',';
}

function problemOfHeader(names: string[]): string | undefined {
  const known: readonly string[] = sheetColumns;
  const strange = names.filter((name) => name !== '' && !known.includes(name));
  if (strange.length > 0) return `there is no column ${strange.join(', nor ')}: there are ${known.join(', ')}`;
  if (!names.includes('key')) return `the first line names the columns: ${known.join(', ')}; key has to be there`;
  if (names.some((name, at) => name !== '' && names.indexOf(name) !== at)) return 'a column is named twice';
}

/** What is wrong with it, in words, where something is. */
function readRecord(text: string, names: string[], delimiter: string): z.infer<typeof sheetRow> | string {
  const cells = parseRecord(text, delimiter);
  if (!cells) return 'its quotes do not match';
  if (cells.length > names.length) return `it has ${cells.length} cells where the first line names ${names.length}`;
  const parsed = sheetRow.safeParse(Object.fromEntries(names.map((name, at) => [name, readCell(cells[at] ?? '')])));
  if (parsed.success) return parsed.data;
  return parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`).join('; ');
}
