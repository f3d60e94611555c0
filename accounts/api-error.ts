type ApiError = Error & { statusCode: number; body?: { code?: string } };

/**
 * What better-auth refuses, and not what broke in it; undefined for anything else. Told by name: in one process there are two copies of
 * its class, Node's and that of the pages' bundles.
 */
export function refusalOf(error: unknown): { code: string | undefined } | undefined {
  if (!(error instanceof Error) || error.name !== 'APIError') return undefined;
  const { statusCode, body } = error as ApiError;
  return statusCode < 500 ? { code: body?.code } : undefined;
}

/** Of the password of whoever is signed in. One that is longer than any that somebody has is refused by another name. */
export function isWrongPassword(error: unknown): boolean {
  return ['INVALID_PASSWORD', 'PASSWORD_TOO_LONG'].includes(refusalOf(error)?.code ?? '');
}
