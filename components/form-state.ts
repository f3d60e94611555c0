/** What a server action answers to its form. */
export type FormState = {
  /** What happened, or what is wrong, in words. */
  said?: string;
  isWrong?: boolean;
  /** By the name of the field that it stands beside. */
  problems?: Record<string, string>;
  /** What was typed, so that nothing is typed twice. */
  given?: Record<string, string>;
};

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

/** Something is wrong: what was typed stays. */
export function refused(form: FormData, problems: Record<string, string>, said?: string): FormState {
  const typed = [...form].filter(([name, value]) => typeof value === 'string' && !name.startsWith('$'));
  const given = Object.fromEntries(typed.map(([name, value]) => [name, String(value)]));
  return { said: said ?? 'Nothing was changed: see above.', isWrong: true, problems, given };
}

/** What is wrong with a field, as a sentence about its label. */
export function problemOf(
  { problems }: FormState,
  { name = '', label }: { name?: string; label: string },
): string | undefined {
  const problem = problems?.[name];
  return problem && `${label} ${problem}.`;
}

/** The first problem of each field of a zod parse, by name. */
export function problemsOf(issues: { path: PropertyKey[]; message: string }[]): Record<string, string> {
  return Object.fromEntries(issues.toReversed().map(({ path, message }) => [String(path[0]), message]));
}

/** A field of a form as text; empty where it is missing, or a file. */
export function textOf(form: FormData, name: string): string {
  return typedOf(form, name).trim();
}

/** The same with the blanks around it, which are part of a password. */
export function typedOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
