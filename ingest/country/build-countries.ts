// `npm run countries -- FOLDER`: makes countries.bin of the two files of ranges in FOLDER. docs/countries.md says where they are from.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '../../run-command.ts';
import { packTable } from './country-table.ts';
import { tableOf } from './table-of-ranges.ts';

async function main(): Promise<void> {
  const [folder] = process.argv.slice(2);
  if (!folder) throw new Error('Say in which folder asn-country-ipv4.csv and asn-country-ipv6.csv are.');
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  const table = tableOf(read('asn-country-ipv4.csv'), read('asn-country-ipv6.csv'));
  const file = path.join(import.meta.dirname, 'countries.bin');
  const bytes = packTable(table);
  writeFileSync(file, bytes);
  const { v4, v6, names } = table;
  console.log(
    `Wrote ${bytes.length} bytes: ${v4.starts.length} ranges of IPv4, ${v6.high.length} of IPv6, ${names.length - 1} countries.`,
  );
}

await runCommand(main);
