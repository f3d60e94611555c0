import Link from 'next/link';
import { Title } from './title.tsx';

const remedies = {
  join: 'Ask an admin for a new invitation. The link for the first account is printed anew at each start of the server.',
  reset: 'Ask an admin for a new one.',
};

/** For a link that was used, is over, or was never made; which of them is not told. */
export function Gone({ link }: { link: keyof typeof remedies }) {
  return (
    <>
      <Title>This link no longer works</Title>
      <p>It was used, it is over, or a newer one took its place. {remedies[link]}</p>
      <p className="mt-4">
        <Link href="/sign-in" className="underline underline-offset-4">
          Sign in
        </Link>
      </p>
    </>
  );
}
