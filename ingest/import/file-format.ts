// How a file is to be read: as the options say, and where they leave it open, as its beginning shows.
import { combinedLine, combinedReader } from './combined-log.ts';
import { parseRecord } from './csv-record.ts';
import { csvReader, delimitedReader, type Mapping, mappingOf } from './delimited.ts';
import type { ReadLine } from './line-fields.ts';
import { guessTimeFormat, type ReadTime, type TimeFormat, timeReader } from './line-time.ts';
import { readNdjson } from './ndjson.ts';
import { linesOfSample } from './open-file.ts';
import type { Format, ImportOptions } from './options.ts';
import type { Line } from './split-lines.ts';

export type FileFormat = {
  readLine: ReadLine;
  readTime: ReadTime;
  /** Only where quotes are minded. */
  csvDelimiter: string | undefined;
  /** The first line, where it is no view. */
  header: Line | undefined;
  /** What was decided, for the person who runs the import. */
  description: string;
};

type Layout = { readLine: ReadLine; csvDelimiter?: string; hasHeader?: boolean; description: string };

const linesLookedAt = 50;
const delimiters = [',', ';', '\t', '|', ' '];

/** Throws with what to add to the command where the file does not tell. */
export function formatOf(sample: Buffer, options: ImportOptions): FileFormat {
  if (sample[0] === 0xff || sample[0] === 0xfe) throw new Error('The file looks like UTF-16: save it as UTF-8.');
  const texts = textsOf(linesOfSample(sample));
  const format = options.format ?? guessFormat(texts, options);
  const layout = layoutOf(format, texts, options);
  const lines = linesOfSample(sample, layout.csvDelimiter).filter((line) => textOf(line).trim() !== '');
  const header = layout.hasHeader ? lines.shift() : undefined;
  const { timeFormat, note } = timeFormatOf(textsOf(lines), layout.readLine, options);
  return {
    readLine: layout.readLine,
    readTime: timeReader(timeFormat, options['time-zone']),
    csvDelimiter: layout.csvDelimiter,
    header,
    description: `${layout.description}; ${note}`,
  };
}

function guessFormat(texts: string[], options: ImportOptions): Format {
  const isMost = (test: (text: string) => boolean) => 2 * texts.filter(test).length > texts.length;
  if (isMost((text) => text.startsWith('{'))) return 'ndjson';
  if (options['video-pattern'] || isMost((text) => combinedLine.test(text))) return 'combined';
  if (options.columns) return 'delimited';
  if (headerDelimiter(texts[0], options)) return 'csv';
  throw new Error(
    `The format of the file is not plain from its beginning:\n  ${texts[0]?.slice(0, 200) ?? '(it is empty)'}\n` +
      'Name its columns (--columns time,_,viewer,_,video), or give it a header with time and video; --help tells more.',
  );
}

function layoutOf(format: Format, texts: string[], options: ImportOptions): Layout {
  switch (format) {
    case 'ndjson':
      return { readLine: readNdjson, description: 'newline-delimited JSON' };
    case 'combined':
      return combinedLayout(options);
    case 'csv':
      return csvLayout(texts, options);
    case 'delimited':
      return delimitedLayout(texts, options);
  }
}

function combinedLayout(options: ImportOptions): Layout {
  const pattern = options['video-pattern'];
  if (!pattern) throw new Error("An access log needs --video-pattern, such as --video-pattern '/videos/([^/?]+)'.");
  return { readLine: combinedReader(pattern), description: `access log, videos by ${pattern}` };
}

function csvLayout(texts: string[], options: ImportOptions): Layout {
  const delimiter = headerDelimiter(texts[0], options) ?? options.delimiter ?? ',';
  const header = parseRecord(texts[0] ?? '', delimiter) ?? [];
  const mapping = options.columns ?? mappingOf(header);
  requireColumns(mapping);
  return {
    readLine: csvReader(delimiter, mapping, options.columns === undefined),
    csvDelimiter: delimiter,
    hasHeader: options.columns === undefined || options.header,
    description: describeColumns('CSV', delimiter, mapping),
  };
}

function delimitedLayout(texts: string[], options: ImportOptions): Layout {
  const mapping = options.columns;
  if (!mapping) throw new Error('A file with columns needs --columns, such as --columns time,_,viewer,_,video.');
  requireColumns(mapping);
  const isLongEnough = (text: string, delimiter: string) => text.split(delimiter).length >= mapping.length;
  const delimiter =
    options.delimiter ?? delimiters.find((one) => texts.length > 0 && texts.every((text) => isLongEnough(text, one)));
  if (!delimiter) throw new Error(`No delimiter cuts the lines into ${mapping.length} columns: add --delimiter.`);
  return {
    readLine: delimitedReader(delimiter, mapping),
    hasHeader: options.header,
    description: describeColumns('columns', delimiter, mapping),
  };
}

/** The delimiter by which a header names at least a video and a time. */
function headerDelimiter(header = '', options: ImportOptions): string | undefined {
  const candidates = options.delimiter ? [options.delimiter] : delimiters.slice(0, 4);
  return candidates.find((one) => hasNeeded(mappingOf(parseRecord(header, one) ?? [])));
}

function requireColumns(mapping: Mapping): void {
  if (!hasNeeded(mapping)) throw new Error('The columns should include video, and time or id.');
}

function hasNeeded(mapping: Mapping): boolean {
  return mapping.includes('video') && (mapping.includes('time') || mapping.includes('id'));
}

function timeFormatOf(
  texts: string[],
  readLine: ReadLine,
  options: ImportOptions,
): { timeFormat: TimeFormat; note: string } {
  const given = options['time-format'];
  if (given) return { timeFormat: given, note: `times: ${given}` };
  const times = texts
    .map(readLine)
    .flatMap((line) => (line === 'skipped' || 'rejected' in line ? [] : (line.time ?? [])));
  const guessed = guessTimeFormat(times);
  if (guessed) return { timeFormat: guessed, note: `times: ${guessed} (guessed)` };
  // No line of the sample had a time: all may be skipped, or have ids that tell it.
  if (times.length === 0) return { timeFormat: 'iso', note: 'times: iso' };
  throw new Error(`The notation of times is not plain from ${times.slice(0, 3).join(', ')}: add --time-format.`);
}

function textsOf(lines: Line[]): string[] {
  return lines
    .map(textOf)
    .filter((text) => text.trim() !== '')
    .slice(0, linesLookedAt);
}

function textOf({ bytes }: Line): string {
  return bytes.toString().replace(/\r$/, '');
}

function describeColumns(what: string, delimiter: string, mapping: Mapping): string {
  const name = { '\t': 'tabs', ' ': 'spaces' }[delimiter] ?? delimiter;
  return `${what} between ${name}: ${mapping.map((column) => column ?? '_').join(' ')}`;
}
