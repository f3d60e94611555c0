// Prose drifts: what the documents name has to exist.
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { remedies } from '#ingest/remedies.ts';
import { readEnv } from '../env.ts';
import { root } from './source-files.ts';

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  '.env.example',
  ...globSync('docs/**/*.md', { cwd: root }),
];
const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
// What is made by running Boxoffice, and named by documents all the same.
const made = /^(\.data|DATA_DIR|\.next|\.test|node_modules|(public\/)?player\.js)(\/|$)/;

test.each(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE', '.env.example'])('%s is there', (file) => {
  expect(existsSync(path.join(root, file))).toBe(true);
});

describe.each(documents.filter((file) => existsSync(path.join(root, file))))('%s', (file) => {
  const text = read(file);

  test('names only paths that exist', () => {
    const named = [...inlineCode(text).filter(isPath), ...linkTargets(text)].map(withoutLine);
    const missing = named.filter((name) => !made.test(name) && !isThere(name, path.dirname(file)));
    expect(missing).toEqual([]);
  });

  test('names only npm commands that exist', () => {
    const commands = [...text.matchAll(/\bnpm (?:run ([\w:.-]+)|(test|start)\b)/g)].map(
      ([, run, own]) => run ?? own ?? '',
    );
    expect(commands.filter((command) => !scripts.includes(command))).toEqual([]);
  });
});

test('every variable is in .env.example with its default, and nothing else is', () => {
  const declared = [...read('env.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name);
  const documented = [...read('.env.example').matchAll(/^#?([A-Z][A-Z0-9_]+)=(.*)$/gm)];
  expect(declared.length).toBeGreaterThan(10);
  expect(documented.map(([, name]) => name).toSorted()).toEqual(declared.toSorted());
  // The default of these is to have none, or what the installation has: their line shows what a value looks like.
  const withoutDefault = [
    ...[
      'DATABASE_URL',
      'APP_SECRET',
      'BASE_URL',
      'SMTP_URL',
      'MAIL_FROM',
      'TIME_ZONE',
      'TRUSTED_PROXIES',
      'ARCHIVE_DIR',
    ],
  ];
  const defaults = readEnv({});
  const without = Object.fromEntries(withoutDefault.map((name) => [name, defaults[name as keyof typeof defaults]]));
  const none = {
    DATABASE_URL: undefined,
    APP_SECRET: undefined,
    BASE_URL: undefined,
    SMTP_URL: undefined,
    MAIL_FROM: undefined,
    TIME_ZONE: undefined,
    ARCHIVE_DIR: undefined,
  };
  expect(without).toEqual({ ...none, TRUSTED_PROXIES: [] });
  const shown = documented.flatMap(([, name = '', value]) => (withoutDefault.includes(name) ? [] : [[name, value]]));
  expect(readEnv(Object.fromEntries(shown))).toEqual(defaults);
});

test('variables that documents name exist', () => {
  const declared = read('env.ts') + read('compose.yaml');
  const named = documents
    .filter((file) => file.endsWith('.md') && existsSync(path.join(root, file)))
    .flatMap((file) =>
      inlineCode(read(file)).flatMap((code) => code.match(/^([A-Z][A-Z0-9]*_[A-Z0-9_]+)(=|$)/)?.[1] ?? []),
    );
  expect(named.filter((name) => !declared.includes(`${name}:`))).toEqual([]);
});

test('README.md says of each reason what the page Not counted says', () => {
  const rows = [...read('README.md').matchAll(/^\| `([a-z_]+)` \| (.+) \|$/gm)];
  const said = Object.fromEntries(rows.map(([, reason, sentence]) => [reason, sentence?.replaceAll('`', '')]));
  const { duplicate: _, ...reasons } = remedies;
  const words = Object.entries(reasons).map(([reason, { said, operators, command }]) => [
    reason,
    [said, operators, command && `By command: ${command}.`].filter(Boolean).join(' '),
  ]);
  expect(said).toEqual(Object.fromEntries(words));
});

function inlineCode(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
}

/** A folder with a slash at its end, or a file with an ending; no URL, pattern or command. */
function isPath(code: string): boolean {
  if (/[\s<>*{}$()"'=:?#|,]|^\/|^@|\.\.\.|^\d/.test(withoutLine(code))) return false;
  return (
    /^[\w.[\]-]+(\/[\w.[\]-]+)*\/$/.test(code) ||
    /^[\w.[\]-]*(\/[\w.[\]-]+)*\.(ts|tsx|js|mjs|json|md|yaml|sql|css|webm|log)$/.test(withoutLine(code))
  );
}

function linkTargets(text: string): string[] {
  const prose = withoutBlocks(text).replace(/`[^`\n]+`/g, '');
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)|\bsrc="([^"]+)"/g)].map(([, link, image]) => link ?? image ?? '');
  return targets.filter((target) => !/^(https?:|mailto:|#|<)/.test(target)).map((target) => target.split('#')[0] ?? '');
}

function withoutBlocks(text: string): string {
  return text.replace(/^ *```[\s\S]*?^ *```/gm, '');
}

function withoutLine(name: string): string {
  return name.replace(/:\d+$/, '');
}

function isThere(name: string, folder: string): boolean {
  return existsSync(path.join(root, folder, name)) || existsSync(path.join(root, name));
}
