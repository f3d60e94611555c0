import { writeCell } from '#csv-cell.ts';
import type { Sql } from '#db/client.ts';
import { type AuditFilter, auditLog, type LoggedChange } from './audit-log.ts';

const pageSize = 1_000;

/** The changes that a filter leaves as CSV, the newest first, in portions. No cell is a formula. */
export async function* writeAuditLog(sql: Sql, filter: AuditFilter): AsyncGenerator<string> {
  yield 'at,who,actor,action,subject,before,after\r\n';
  for (let before = filter.before; ; ) {
    const entries = await auditLog(sql, { ...filter, before }, pageSize);
    if (entries.length > 0) yield entries.map(lineOf).join('');
    if (entries.length < pageSize) return;
    before = entries.at(-1)?.id;
  }
}

function lineOf({ at, who, actor, action, subject, before, after }: LoggedChange): string {
  const states = [before, after].map((state) => (state === null ? '' : JSON.stringify(state)));
  return `${[at, who, actor, action, subject, ...states].map(writeCell).join(',')}\r\n`;
}
