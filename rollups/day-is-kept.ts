import type { Fragment, Sql, Transaction } from '#db/client.ts';

/** Whether of none of `tables` the partition of `day`, a date, was dropped for its age. */
export function dayIsKept(sql: Sql | Transaction, tables: string[], day: Fragment): Fragment {
  return sql`
    not exists (select from retention_drops d where d.table_name = any(${tables}::text[]) and ${day} >= d.from_day and ${day} < d.to_day)`;
}
