import Link from 'next/link';
import type { ListedKey } from '#accounts/list-keys.ts';
import { CellName } from '#components/cell-name.tsx';
import { exact } from '#components/number-text.ts';
import { instantText } from '#components/time-text.ts';

/** A table on wide screens, a card a key on phones and tablets. */
export function KeyTable({ keys, timeZone }: { keys: ListedKey[]; timeZone: string }) {
  return (
    <table className="w-full text-left max-lg:block [&_td]:px-2 [&_td]:py-1.5 [&_th]:px-2 [&_th]:py-1.5">
      <caption className="sr-only">Keys, {exact(keys.length)} in all</caption>
      <thead className="text-muted text-xs max-lg:sr-only [&_th]:font-normal">
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
      <tbody className="max-lg:block">
        {keys.map((key) => (
          <Row key={key.prefix} listed={key} timeZone={timeZone} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ listed, timeZone }: { listed: ListedKey; timeZone: string }) {
  const { prefix, name, scopes, channels, createdAt, createdBy, lastUsedAt } = listed;
  const day = (instant: string) => instantText(instant, 'day', timeZone);
  return (
    <tr className="border-rule border-t align-top hover:bg-hover max-lg:grid max-lg:grid-cols-2 max-lg:py-2">
      <th scope="row" className="min-w-36 font-normal max-lg:col-span-full">
        <span className="font-medium">{name}</span>
        <span className="block font-mono text-muted text-xs leading-4">{prefix}…</span>
      </th>
      <td>
        <CellName>May do</CellName>
        <span className="font-mono text-xs leading-6">{scopes.join(' ')}</span>
      </td>
      <td>
        <CellName>Channels</CellName>
        {channels === null ? 'every' : channels.join(', ')}
      </td>
      <td className="whitespace-nowrap">
        <CellName>Made</CellName>
        {day(createdAt)}
        <span className="block text-muted text-xs leading-4">by {createdBy}</span>
      </td>
      <td className="lg:whitespace-nowrap">
        <CellName>Last used</CellName>
        {lastUsedAt ? `${day(lastUsedAt)}, ${instantText(lastUsedAt, 'minute', timeZone)}` : 'never'}
      </td>
      <td className="whitespace-nowrap">
        <CellName>Until</CellName>
        <Until listed={listed} day={day} />
      </td>
      <td className="self-end lg:text-right">
        {!listed.revokedAt && (
          <Link
            href={`/keys/${prefix}/revoke`}
            className="inline-block rounded border border-wrong px-2 text-wrong text-xs leading-6 hover:bg-wrong-soft"
          >
            Revoke…<span className="sr-only"> {name}</span>
          </Link>
        )}
      </td>
    </tr>
  );
}

function Until({
  listed: { revokedAt, expiresAt, state },
  day,
}: {
  listed: ListedKey;
  day: (instant: string) => string;
}) {
  if (revokedAt) return <span className="text-wrong">revoked {day(revokedAt)}</span>;
  if (!expiresAt) return 'for ever';
  return `${state === 'expired' ? 'expired' : 'expires'} ${day(expiresAt)}`;
}
