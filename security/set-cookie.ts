/** A cookie for a browser; its value is not encoded. */
export type SetCookie = {
  name: string;
  value: string;
  path?: string;
  /** Seconds. */
  maxAge?: number;
  httpOnly: boolean;
  secure: boolean;
  sameSite?: 'lax' | 'strict' | 'none';
};

/** Takes one Set-Cookie header apart. Throws for one without a name. */
export function parseSetCookie(header: string): SetCookie {
  const [pair = '', ...attributes] = header.split(';').map((part) => part.trim());
  const [name, value] = parted(pair);
  if (!name) throw new Error('A Set-Cookie header has no name.');
  const given = new Map(
    attributes.map((attribute) => parted(attribute)).map(([key, text]) => [key.toLowerCase(), text]),
  );
  const [maxAge, sameSite] = [given.get('max-age'), given.get('samesite')?.toLowerCase()];
  return {
    name,
    value: decodeURIComponent(value),
    path: given.get('path'),
    maxAge: maxAge === undefined ? undefined : Number(maxAge),
    httpOnly: given.has('httponly'),
    secure: given.has('secure'),
    sameSite: sameSite === 'lax' || sameSite === 'strict' || sameSite === 'none' ? sameSite : undefined,
  };
}

function parted(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
