import { videoKeyPattern } from '#videos/video-key.ts';

/**
 * The key of a video for a name as other systems have it: printable ASCII other than `/`. What a key cannot hold is
 * written as ~ and two hexadecimal digits (`a&b` becomes `a~26b`); undefined for what is no name.
 */
export function videoKeyOf(name: string): string | undefined {
  if (videoKeyPattern.test(name)) return name;
  if (!/^[!-.0-~]+$/.test(name)) return undefined;
  const key = name.replace(/[^A-Za-z0-9_~.-]/g, (character) => `~${character.charCodeAt(0).toString(16)}`);
  return videoKeyPattern.test(key) ? key : undefined;
}
