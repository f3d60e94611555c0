import { type Logger, pino } from 'pino';
import { mistakenCall } from '#security/action-call.ts';

const secrets = ['authorization', 'cookie', 'set-cookie', 'password', 'token', 'secret', 'address', 'remoteAddress'];
const forwarded = ['x-forwarded-for', 'x-real-ip', 'forwarded'];

/** JSON lines on standard output, or where `destination` is. Nothing that identifies a viewer or opens a door is ever written. */
export function openLogger(level: string, destination?: { write(line: string): void }): Logger {
  const redact = [...secrets, ...forwarded].flatMap((name) => ['', '*', '*.*'].map((depth) => pathOf(depth, name)));
  // Messages of errors quote addresses, which have keys in their query or a password before their host.
  const hooks = { streamWrite: withoutSecrets };
  return pino(
    { level, base: undefined, redact, hooks, serializers: { err: describeError, error: describeError } },
    destination ?? pino.destination(1),
  );
}

/**
 * What pages report of a failure by `console.error` goes through the log too, since it may quote a statement. What somebody sent wrong
 * is one line, without its stack: whoever likes could fill the log otherwise.
 */
export function logConsoleErrors(logger: Logger): void {
  console.error = (...parts: unknown[]) => {
    const mistaken = mistakenCall();
    if (mistaken === 'again') return;
    const err = parts.find((part) => part instanceof Error);
    if (mistaken === 'first') {
      const reason = err && firstLine(messageOf(err));
      return logger.warn(reason ? { reason } : {}, 'a page was sent what no form or action of ours sends');
    }
    logger.error({ ...(err ? { err } : {}) }, textOf(parts) || 'a page failed');
  };
  console.warn = (...parts: unknown[]) => {
    if (mistakenCall() === 'again') return;
    logger.warn(
      textOf(parts.map((part) => (part instanceof Error ? firstLine(part.message) : part))) || 'a page warns',
    );
  };
}

function textOf(parts: unknown[]): string {
  return parts.filter((part) => typeof part === 'string').join(' ');
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

type Described = { type: string; message: string; code?: string; stack?: string; cause?: unknown };

/** Only what cannot hold a value that somebody sent: drizzle's errors list the parameters, Postgres's quote rows. */
function describeError(error: unknown, depth = 0): Described | string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : typeof error;
  const { code } = error as { code?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name === 'Error' ? error.constructor.name : error.name,
    message: messageOf(error),
    ...(typeof code === 'string' ? { code } : {}),
    stack: frames.join('\n'),
    ...(error.cause instanceof Error && depth < 4 ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

function messageOf(error: Error): string {
  const { query, params, severity } = error as { query?: unknown; params?: unknown; severity?: unknown };
  if (typeof query === 'string' && params !== undefined) return `Failed query: ${query}`;
  // "invalid input syntax for type uuid: "…"": names of columns and constraints have no colon before them.
  if (severity !== undefined) return error.message.replace(/: ".*"$/s, ': [Redacted]');
  return error.message;
}

function pathOf(depth: string, name: string): string {
  return name.includes('-') ? `${depth}["${name}"]` : [depth, name].filter(Boolean).join('.');
}

function withoutSecrets(line: string): string {
  return (
    line
      // Of statements that were written into a text: drizzle lists their parameters at its end.
      .replace(/\\nparams: (?:(?!\\n\s+at )[^"])*/g, '\\nparams: [Redacted]')
      // Values that Postgres quotes after a colon.
      .replace(/(PostgresError: [^"\\]*: )\\".*?\\"/g, '$1[Redacted]')
      .replace(/([?&][\w.-]*(?:token|key|secret|password|code|signature)=)[^&#\s"'\\]+/gi, '$1[Redacted]')
      .replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"]*:)[^\s/@"]+@/gi, '$1[Redacted]@')
      .replace(/(\b(?:Bearer|Basic)\s+)[\w.~+/=-]+/gi, '$1[Redacted]')
      .replace(/(\bboxoffice\.[\w.]+=)[^;,\s"\\]+/g, '$1[Redacted]')
      .replace(/(\/(?:join|reset)\/)[\w-]+/g, '$1[Redacted]')
      .replace(/(\bbo_[0-9a-f]{8})_[\w-]+/g, '$1_[Redacted]')
      .replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, '[Redacted]')
  );
}
