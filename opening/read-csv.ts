// Counts out of a CSV file, each with its line; nothing is taken from a file that has a bad one.
import { isUtf8 } from 'node:buffer';
import { parseRecord } from '#ingest/import/csv-record.ts';
import { type Line, LineSplitter } from '#ingest/import/split-lines.ts';
import { mostBalances, type NewBalance, newBalance } from './new-balance.ts';

const columns = ['video', 'views', 'day', 'source'] as const;
type Column = (typeof columns)[number];

export type LineProblem = { line: number; problem: string };

export type ReadCsv =
  /** `lines` has the line of each count; `zeros` are lines with a count of 0, which say nothing. */
  { balances: NewBalance[]; lines: number[]; zeros: number } | { problems: LineProblem[] };

const delimiters = [',', ';', '\t', '|'];

/** `source` is that of lines which name none. */
export function readCsv(file: Buffer, source: string | undefined): ReadCsv {
  if (!isUtf8(file)) return atFirst('The file is not UTF-8: save it as UTF-8.');
  const text = file.toString();
  if (text.includes('\0')) return atFirst('The file has a NUL byte: save it as CSV in UTF-8.');
  const first =
    text
      .replace(/^\ufeff/, '')
      .split('\n', 1)[0]
      ?.trim() ?? '';
  const header = headerOf(first);
  if (typeof header === 'string') return atFirst(header);
  const [, ...lines] = linesOf(file, header.delimiter);
  if (lines.length === 0) return atFirst('The file has no line below its header.');
  if (lines.length > mostBalances) {
    return atFirst(`The file has ${lines.length} lines, and an entry takes ${mostBalances}: cut it into several.`);
  }
  return readLines(lines, header, source);
}

function atFirst(problem: string): ReadCsv {
  return { problems: [{ line: 1, problem }] };
}

type Header = { delimiter: string; names: Column[] };

/** A text is a problem. */
function headerOf(line: string): Header | string {
  const cut = (delimiter: string) => parseRecord(line, delimiter)?.map((name) => name.trim().toLowerCase()) ?? [];
  const delimiter = delimiters.find((one) => cut(one).includes('video') && cut(one).includes('views'));
  if (!delimiter) return 'The first line should name the columns: video, views, and if there are such, day and source.';
  const names = cut(delimiter);
  const unknown = names.filter((name) => !columns.some((column) => column === name));
  // A date under another name would make counts of days into counts of all time.
  if (unknown.length > 0)
    return `Columns are video, views, day and source: take out ${unknown.join(', ') || 'the empty one'}.`;
  if (new Set(names).size < names.length) return 'A column is named twice.';
  return { delimiter, names: names as Column[] };
}

function linesOf(file: Buffer, delimiter: string): Line[] {
  const splitter = new LineSplitter(delimiter);
  return [...splitter.push(file), ...splitter.end()].filter(({ bytes }) => bytes.toString().trim() !== '');
}

function readLines(lines: Line[], header: Header, source: string | undefined): ReadCsv {
  const read: Extract<ReadCsv, { zeros: number }> = { balances: [], lines: [], zeros: 0 };
  const problems: LineProblem[] = [];
  for (const line of lines) {
    const balance = balanceOf(line.bytes.toString().replace(/\r$/, ''), header, source);
    if (typeof balance === 'string') problems.push({ line: line.number, problem: balance });
    else if (balance === undefined) read.zeros += 1;
    else {
      read.balances.push(balance);
      read.lines.push(line.number);
    }
  }
  if (problems.length > 0) return { problems };
  if (read.balances.length === 0) return atFirst('Every count of the file is 0: there is nothing to enter.');
  return read;
}

/** A text is a problem; undefined for a count of 0, which exports by the day are full of. */
function balanceOf(
  text: string,
  { delimiter, names }: Header,
  source: string | undefined,
): NewBalance | string | undefined {
  const cells = parseRecord(text, delimiter);
  if (!cells) return 'Its quotes do not match.';
  if (cells.length !== names.length) return `It has ${cells.length} columns where the header has ${names.length}.`;
  const given: Partial<Record<Column, string>> = {};
  for (const [index, name] of names.entries()) given[name] = cells[index]?.trim() || undefined;
  if (names.includes('day') && given.day === undefined)
    return 'day: is empty; counts without a day go in a file of their own.';
  const views = /^\d{1,15}$/.test(given.views ?? '') ? Number(given.views) : given.views;
  const parsed = newBalance.safeParse({ source, ...withoutEmpty(given), views: views === 0 ? 1 : views });
  if (!parsed.success) {
    return parsed.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`).join('; ');
  }
  return views === 0 ? undefined : parsed.data;
}

function withoutEmpty(given: Partial<Record<Column, string>>): Partial<Record<Column, string>> {
  return Object.fromEntries(Object.entries(given).filter(([, cell]) => cell !== undefined));
}
