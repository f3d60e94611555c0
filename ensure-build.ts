import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const root = import.meta.dirname;
const built = path.join(root, '.next', 'BUILD_ID');
// What the pages and the player are made of; a new version of any of it is a reason to build again.
const sources = [
  ...['player', 'ingest', 'rollups', 'reports', 'videos', 'channels', 'accounts', 'app', 'components', 'db'],
  ...['runtime.ts', 'problem.ts', 'next.config.ts', 'package-lock.json'],
];

/** Builds the pages and the player unless there is a build that is newer than all they are made of. */
export function ensureBuild(): void {
  if (existsSync(built) && newestOf(sources.map((name) => path.join(root, name))) <= statSync(built).mtimeMs) return;
  execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'inherit' });
}

function newestOf(paths: string[]): number {
  return Math.max(...paths.filter((one) => existsSync(one)).map(changedAt));
}

function changedAt(one: string): number {
  const status = statSync(one);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, newestOf(readdirSync(one).map((name) => path.join(one, name))));
}
