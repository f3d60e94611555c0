'use client';

import { X } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';

type Props = {
  name: string;
  /** Its own address: on any other, a way on was followed out of it. */
  path: string;
  children: ReactNode;
};

/** Beside a page, over the whole of a phone. Closing it goes back to the page's address. */
export function SidePanel(props: Props) {
  // The slot of a layout keeps what it showed last until its own address comes again.
  return usePathname() === props.path ? <OpenPanel {...props} /> : null;
}

function OpenPanel({ name, children }: Props) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    const opened = dialog.current;
    opened?.showModal();
    // A dialog gives the focus back when it is closed, not when the back button takes it away while it is open.
    return () => {
      if (opened?.open && opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does for keys what a click beside the panel does
    <dialog
      ref={dialog}
      aria-label={name}
      onClose={() => router.back()}
      onClick={(event) => {
        if (event.target === event.currentTarget) dialog.current?.close();
      }}
      className="fixed inset-y-0 right-0 left-auto m-0 h-dvh max-h-none w-full max-w-2xl overscroll-contain border-edge border-l bg-canvas text-ink backdrop:bg-black/40"
    >
      <div className="px-4 pb-12 sm:px-8">
        <div className="sticky top-0 z-10 -mx-4 mb-4 flex items-center justify-between border-rule border-b bg-canvas px-4 py-3 sm:-mx-8 sm:px-8">
          <p className="font-semibold">{name}</p>
          <button
            type="button"
            onClick={() => dialog.current?.close()}
            className="-mr-2 inline-flex items-center gap-1.5 rounded px-2 py-1 text-muted hover:bg-hover hover:text-ink"
          >
            <X className="size-4" aria-hidden="true" />
            Close
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
