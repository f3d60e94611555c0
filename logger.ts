import { type Logger, pino } from 'pino';

/** JSON lines on standard output. Nothing that identifies a viewer or opens a door is ever written. */
export function openLogger(level: string): Logger {
  const secrets = ['authorization', 'cookie', 'password', 'address', 'x-forwarded-for'];
  return pino({ level, base: undefined, redact: secrets.flatMap((name) => [name, `*.${name}`, `*.*["${name}"]`]) });
}
