import { type Logger, pino } from 'pino';

const secrets = ['authorization', 'cookie', 'set-cookie', 'password', 'token', 'secret', 'address', 'remoteAddress'];
const forwarded = ['x-forwarded-for', 'x-real-ip', 'forwarded'];

/** JSON lines on standard output, or where `destination` is. Nothing that identifies a viewer or opens a door is ever written. */
export function openLogger(level: string, destination?: { write(line: string): void }): Logger {
  const redact = [...secrets, ...forwarded].flatMap((name) => ['', '*', '*.*'].map((depth) => pathOf(depth, name)));
  // Messages of errors quote addresses, which have keys in their query or a password before their host.
  const hooks = { streamWrite: withoutSecrets };
  return pino({ level, base: undefined, redact, hooks }, destination ?? pino.destination(1));
}

function pathOf(depth: string, name: string): string {
  return name.includes('-') ? `${depth}["${name}"]` : [depth, name].filter(Boolean).join('.');
}

function withoutSecrets(line: string): string {
  return line
    .replace(/([?&][\w.-]*(?:token|key|secret|password|code|signature)=)[^&#\s"'\\]+/gi, '$1[Redacted]')
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"]*:)[^\s/@"]+@/gi, '$1[Redacted]@')
    .replace(/(\b(?:Bearer|Basic)\s+)[\w.~+/=-]+/gi, '$1[Redacted]');
}
