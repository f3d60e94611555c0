// Cells of a sheet. Spreadsheets take a text that begins with one of these for a formula and would work it out: an apostrophe before it
// makes it a text. One more is added wherever one would be taken away again, so that what is written is read back the same.
const formula = /^'*[=+\-@\t\r]/;

export function writeCell(text: string): string {
  const inert = formula.test(text) ? `'${text}` : text;
  return /[",;\n\r\t]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** The text that a cell stands for, without its quotes. */
export function readCell(cell: string): string {
  const text = cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
  return text.trim();
}
