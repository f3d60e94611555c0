import { columns, type LineFields, type ReadLine, rejectLine } from './line-fields.ts';

/** One JSON object a line, with the columns' names as keys; other keys are ignored. */
export const readNdjson: ReadLine = (line) => {
  const object = parseObject(line);
  if (!object) return rejectLine('unreadable', 'is not a JSON object');
  const fields: LineFields = {};
  for (const column of columns) {
    const value = object[column];
    if (value === undefined || value === null || value === '') continue;
    if (typeof value !== 'string' && typeof value !== 'number') {
      return rejectLine('unreadable', `${column} should be a text or a number`);
    }
    fields[column] = String(value).trim();
  }
  return fields;
};

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
