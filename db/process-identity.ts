// Which process is meant by a number in a file: after a crash or a reboot the number may be another program's.
import { readFile, realpath } from 'node:fs/promises';

// Fields of /proc/PID/stat counted from the state, the first one behind the name (proc_pid_stat(5): 3 and 22).
const [stateField, startField] = [0, 19];

/** "4711-88123": the number and when the process started, which no other shares; only the number where /proc is missing. */
export async function identify(pid: number): Promise<string> {
  const [, start] = (await readStat(pid)) ?? [];
  return start ? `${pid}-${start}` : String(pid);
}

/** Whether the process of `identity` (from `identify`, or a bare number) still runs. */
export async function isAlive(identity: string): Promise<boolean> {
  const [pid = 0, start] = identity.split('-').map(Number);
  if (!(pid > 0) || !isTaken(pid)) return false;
  const [state, startNow] = (await readStat(pid)) ?? [];
  // A zombie keeps its number until its parent asks, which a container's first process may never do.
  return state !== 'Z' && (!start || !startNow || start === Number(startNow));
}

/** Whether `pid` runs with `folder` among its arguments; elsewhere than on Linux, whether it runs at all. */
export async function runsOn(pid: number, folder: string): Promise<boolean> {
  if (process.platform !== 'linux') return isAlive(String(pid));
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const option = command.split('\0').indexOf('-D');
  const argument = option > 0 ? (command.split('\0')[option + 1] ?? '') : '';
  return argument === folder || (argument !== '' && (await realPath(argument)) === (await realPath(folder)));
}

function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** State and start in clock ticks since boot. The name before them is in parentheses and may hold anything. */
async function readStat(pid: number): Promise<[string?, string?] | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return text ? [fields[stateField], fields[startField]] : undefined;
}

function realPath(folder: string): Promise<string> {
  return realpath(folder).catch(() => folder);
}
