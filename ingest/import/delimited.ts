// CSV, and any file whose lines are columns between delimiters.
import { parseRecord } from './csv-record.ts';
import { type Column, columns, type LineFields, type ReadLine, rejectLine } from './line-fields.ts';

/** What each column holds, from left to right; undefined for those to ignore. */
export type Mapping = (Column | undefined)[];

/** CSV: quotes are minded, and with a header every record must be as long as it. */
export function csvReader(delimiter: string, mapping: Mapping, hasHeader: boolean): ReadLine {
  return (line) => {
    const cells = parseRecord(line, delimiter);
    if (!cells) return rejectLine('unreadable', 'its quotes do not match');
    if (hasHeader && cells.length !== mapping.length) {
      return rejectLine('unreadable', `has ${cells.length} columns where the header has ${mapping.length}`);
    }
    return fieldsOf(cells, mapping);
  };
}

/** No quotes; columns past the mapping are ignored. Between spaces any number of them is one delimiter. */
export function delimitedReader(delimiter: string, mapping: Mapping): ReadLine {
  if (delimiter === ' ') return (line) => fieldsOf(line.trim().split(/ +/), mapping);
  return (line) => fieldsOf(line.split(delimiter), mapping);
}

/** Which of the known columns a header names, in its order; the rest is to ignore. */
export function mappingOf(header: string[]): Mapping {
  return header.map((name) => columns.find((column) => column === name.trim().toLowerCase()));
}

function fieldsOf(cells: string[], mapping: Mapping): LineFields {
  const fields: LineFields = {};
  for (let i = 0; i < mapping.length; i += 1) {
    const column = mapping[i];
    const cell = column && cells[i]?.trim();
    if (cell) fields[column] = cell;
  }
  return fields;
}
