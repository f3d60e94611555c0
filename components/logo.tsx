import Link from 'next/link';

export function Logo() {
  return (
    <Link href="/" className="flex items-center gap-2 font-semibold text-base tracking-tight md:px-2">
      <svg viewBox="0 0 24 24" className="size-6 text-people" aria-hidden="true">
        <path
          fill="currentColor"
          d="M3 5h18v4.2a2.8 2.8 0 0 0 0 5.6V19H3v-4.2a2.8 2.8 0 0 0 0-5.6Zm7.2 3.4v7.2L16 12Z"
          fillRule="evenodd"
        />
      </svg>
      Boxoffice
    </Link>
  );
}
