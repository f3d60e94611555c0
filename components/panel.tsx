import { type ReactNode, Suspense, useId } from 'react';
import { PanelBoundary } from './panel-boundary.tsx';
import { Skeleton } from './skeleton.tsx';

type Props = {
  title: string;
  /** What stands on the right of the title, such as the range control. */
  control?: ReactNode;
  /** Classes of the skeleton's height: that of the finished content. Without it the content is there with the page. */
  height?: string;
  /** A new key shows the skeleton again while the next content loads. */
  contentKey?: string;
  children: ReactNode;
};

/** A titled section that loads, and fails, on its own. */
export function Panel({ title, control, height, contentKey, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-ink/70 border-t pt-3">
      <div className="mb-2 flex flex-wrap items-start justify-between gap-x-6 gap-y-3 sm:mb-4">
        <h2 id={id} className="py-0.5 font-semibold">
          {title}
        </h2>
        {control}
      </div>
      <PanelBoundary title={title} height={height ?? 'min-h-40'}>
        {height ? (
          <Suspense key={contentKey} fallback={<Skeleton height={height} />}>
            {children}
          </Suspense>
        ) : (
          children
        )}
      </PanelBoundary>
    </section>
  );
}
