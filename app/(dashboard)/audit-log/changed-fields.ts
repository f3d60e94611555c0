type State = Record<string, unknown> | null;

export type ChangedField = { name: string; before: unknown; after: unknown };

/** The fields that a change gave another value, by a name in words; all of them where there was nothing, or nothing is left. */
export function changedFields(before: State, after: State): ChangedField[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .map((name) => ({ name: inWords(name), before: before?.[name], after: after?.[name] }))
    .filter((field) => !(before && after) || JSON.stringify(field.before) !== JSON.stringify(field.after));
}

export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (Array.isArray(value)) return value.map(valueText).join(', ') || 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `durationSeconds` as `duration seconds`. */
function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
