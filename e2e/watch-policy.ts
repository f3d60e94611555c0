// A browser that says whenever it stopped something, and a text that would run if it were not a text.
import type { Page } from '@playwright/test';

export const hostile = `<img src=x onerror="document.title='taken'"></script><script>document.title='taken'</script>`;

/** Gathers what the browser stopped on a page, from the first script on. */
export async function watchPolicy(page: Page): Promise<string[]> {
  const stopped: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/i.test(message.text())) stopped.push(message.text());
  });
  page.on('pageerror', (error) => stopped.push(error.message));
  await page.exposeFunction('tellStopped', (text: string) => stopped.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
      (window as unknown as { tellStopped(text: string): void }).tellStopped(
        `${effectiveDirective} ${blockedURI} ${sample}`,
      );
    });
  });
  return stopped;
}
