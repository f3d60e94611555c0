// A flat badge of 20 pixels, drawn without fonts or scripts of its own, so that it looks the same in any page.
import { compactNumber } from './compact-number.ts';

const padding = 7;
const exact = new Intl.NumberFormat('en');

/** An SVG image that says `label` and a compact number; its title tells the exact one. */
export function badgeSvg(label: string, people: number): string {
  const name = escaped(label);
  const title = `${name}: ${exact.format(people)}`;
  const [left, right] = [partOf(label), partOf(compactNumber(people))];
  const width = left.width + right.width;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" viewBox="0 0 ${width} 20" role="img" aria-label="${title}">
<title>${title}</title>
<clipPath id="r"><rect width="${width}" height="20" rx="4"/></clipPath>
<g clip-path="url(#r)"><rect width="${left.width}" height="20" fill="#33312c"/><rect x="${left.width}" width="${right.width}" height="20" fill="#0b6b4f"/></g>
<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11" text-rendering="geometricPrecision">
<text x="${padding}" y="14" textLength="${left.textWidth}">${name}</text>
<text x="${left.width + padding}" y="14" textLength="${right.textWidth}" font-weight="bold">${escaped(compactNumber(people))}</text>
</g>
</svg>
`;
}

/** Room for a text; `textLength` then fits whatever font is there to it. */
function partOf(text: string): { width: number; textWidth: number } {
  const textWidth = Math.round([...text].reduce((sum, character) => sum + widthOf(character), 0));
  return { width: textWidth + 2 * padding, textWidth };
}

// Widths in Verdana at 11 pixels, by kind of letter.
function widthOf(character: string): number {
  if (/[ .,:;'|!ijlI]/.test(character)) return 3.8;
  if (/[mwMW@%]/.test(character)) return 10;
  if (/[A-Z0-9]/.test(character)) return 7.6;
  return character < '\u2000' ? 6.6 : 11;
}

function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML takes them in no form
  const plain = text.replace(/[\u0000-\u001f\ufffe\uffff]|\p{Surrogate}/gu, ' ');
  return plain.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
