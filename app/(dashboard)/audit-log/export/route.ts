import { writeAuditLog } from '#accounts/write-audit-log.ts';
import { csvAnswer } from '#app/csv-answer.ts';
import { permitRoute } from '#app/permit.ts';
import { runtime } from '#runtime.ts';
import { filterOf } from '../audit-filter.ts';

/** Every change that the filter of the page leaves. */
export async function GET(request: Request): Promise<Response> {
  await permitRoute('accounts:manage');
  const filter = filterOf(Object.fromEntries(new URL(request.url).searchParams));
  return csvAnswer('audit-log.csv', writeAuditLog(runtime().accounts.sql, { ...filter, before: undefined }));
}
