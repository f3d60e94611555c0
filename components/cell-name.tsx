const shown = { lg: 'lg:hidden', sm: 'sm:hidden' };

/** The head of a column within its cell, below the width from which the heads stand above. */
export function CellName({ below = 'lg', children }: { below?: keyof typeof shown; children: string }) {
  return (
    <span aria-hidden="true" className={`block text-left text-muted text-xs leading-4 ${shown[below]}`}>
      {children}
    </span>
  );
}
