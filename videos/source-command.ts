/** The command that gives a video its source, to be shown where it has none. */
export function sourceCommand(key: string): string {
  // A key that begins with - would be taken for an option.
  return key.startsWith('-') ? `npm run video -- --source URL -- ${key}` : `npm run video -- ${key} --source URL`;
}
