import Link from 'next/link';
import type { ListedKey } from '#accounts/list-keys.ts';
import { exact } from '#components/number-text.ts';
import { instantText } from '#components/time-text.ts';

export function KeyTable({ keys, timeZone }: { keys: ListedKey[]; timeZone: string }) {
  const day = (instant: string) => instantText(instant, 'day', timeZone);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <section aria-label="Keys" tabIndex={0} className="relative overflow-x-auto">
      <table className="w-full text-left [&_td]:px-2 [&_td]:py-1.5 [&_th]:px-2 [&_th]:py-1.5">
        <caption className="sr-only">Keys, {exact(keys.length)} in all</caption>
        <thead className="text-muted text-xs [&_th]:font-normal">
          <tr>
            <th scope="col">Key</th>
            <th scope="col">May do</th>
            <th scope="col">Channels</th>
            <th scope="col">Made</th>
            <th scope="col">Last used</th>
            <th scope="col">Until</th>
            <th scope="col">
              <span className="sr-only">Revoke</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.prefix} className="border-rule border-t align-top hover:bg-hover">
              <th scope="row" className="min-w-36 font-normal">
                <span className="font-medium">{key.name}</span>
                <span className="block font-mono text-muted text-xs leading-4">{key.prefix}…</span>
              </th>
              <td className="font-mono text-xs leading-6">{key.scopes.join(' ')}</td>
              <td>{key.channels === null ? 'every' : key.channels.join(', ')}</td>
              <td className="whitespace-nowrap">
                {day(key.createdAt)}
                <span className="block text-muted text-xs leading-4">by {key.createdBy}</span>
              </td>
              <td className="whitespace-nowrap">
                {key.lastUsedAt
                  ? `${day(key.lastUsedAt)}, ${instantText(key.lastUsedAt, 'minute', timeZone)}`
                  : 'never'}
              </td>
              <td className="whitespace-nowrap">
                {key.revokedAt ? (
                  <span className="text-wrong">revoked {day(key.revokedAt)}</span>
                ) : key.expiresAt ? (
                  `${key.state === 'expired' ? 'expired' : 'expires'} ${day(key.expiresAt)}`
                ) : (
                  'for ever'
                )}
              </td>
              <td className="text-right">
                {!key.revokedAt && (
                  <Link
                    href={`/keys/${key.prefix}/revoke`}
                    className="inline-block rounded border border-wrong px-2 text-wrong text-xs leading-6 hover:bg-wrong-soft"
                  >
                    Revoke…<span className="sr-only"> {key.name}</span>
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
