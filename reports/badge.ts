// A flat badge of 20 pixels, drawn without fonts or scripts of its own, so that it looks the same in any page.
import { compactNumber } from './compact-number.ts';

const padding = 7;
// Bold letters are so much wider.
const boldness = 1.12;
const exact = new Intl.NumberFormat('en');

/** An SVG image that says `label` and a compact number; its title tells the exact one. */
export function badgeSvg(label: string, people: number): string {
  const name = escaped(label);
  const count = compactNumber(people);
  const title = `${name}: ${exact.format(people)}`;
  const [left, right] = [partOf(label, 1), partOf(count, boldness)];
  const width = left.width + right.width;
  // No ids: several badges may stand in one document.
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" viewBox="0 0 ${width} 20" role="img" aria-label="${title}">
<title>${title}</title>
<rect width="${width}" height="20" rx="4" fill="#33312c"/>
<path d="M${left.width} 0h${right.width - 4}a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4h-${right.width - 4}z" fill="#0b6b4f"/>
<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11" text-rendering="geometricPrecision">
<text x="${padding}" y="14" textLength="${left.textWidth}">${name}</text>
<text x="${left.width + padding}" y="14" textLength="${right.textWidth}" font-weight="bold">${count}</text>
</g>
</svg>
`;
}

/** Room for a text; `textLength` then fits whatever font is there to it. */
function partOf(text: string, weight: number): { width: number; textWidth: number } {
  const textWidth = Math.round([...text].reduce((sum, character) => sum + widthOf(character), 0) * weight);
  return { width: textWidth + 2 * padding, textWidth };
}

// Widths in Verdana at 11 pixels, by kind of letter.
function widthOf(character: string): number {
  if (/[ .,:;'|!ijlI]/.test(character)) return 3.4;
  if (/[mwMW@%]/.test(character)) return 9.2;
  if (/[A-Z0-9]/.test(character)) return 7.1;
  return character < '\u2000' ? 6.2 : 11;
}

function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML takes them in no form
  const plain = text.replace(/[\u0000-\u001f\ufffe\uffff]|\p{Surrogate}/gu, ' ');
  return plain.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
