import type { Fragment, Sql } from '#db/client.ts';

/** SQL for who an actor is, in words: by name while the account is there. `actor` is a column of what audit-entries.ts writes. */
export function nameOfActor(sql: Sql, actor: Fragment): Fragment {
  return sql`case
    when ${actor} like 'user:%' then
      coalesce((select u.name from users u where u.id = substr(${actor}, 6)), 'somebody whose account is gone')
    when ${actor} like 'key:%' then 'the key ' || substr(${actor}, 5)
    when ${actor} = 'command' then 'command line'
    else ${actor} end`;
}
