import type { Fragment, Sql, Transaction } from '#db/client.ts';

/** Who did it, in words, of a column like `entered_by`. */
export function authorText(sql: Sql | Transaction, column: 'entered_by' | 'reversed_by'): Fragment {
  const by = sql`b.${sql(column)}`;
  return sql`(case
    when ${by} = 'command' then 'the command line'
    when ${by} like 'key:%' then 'the key ' || substr(${by}, 5)
    else coalesce((select u.name from users u where u.id = substr(${by}, 6)), 'somebody whose account is gone')
  end)`;
}
