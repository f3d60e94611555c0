import type { Page } from '@playwright/test';
import { codeFor } from '#test/totp.ts';
import { expect, password } from './accounts-app.ts';

/** Cy turns the second factor on, keeps the backup codes, and comes back with a code. */
export async function useSecondFactor(page: Page, app: string): Promise<void> {
  await page.goto(`${app}/account`);
  await page.getByLabel('Your password').fill(password);
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible();
  const secret = await page.getByText('Or type this key').locator('code').textContent();
  const code = (stepsLater = 0) => codeFor(`otpauth://totp/x?secret=${secret}`, stepsLater);
  await page.getByLabel('Code', { exact: true }).fill('000000');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText('This is not what the app should show now')).toBeVisible();
  await page.getByLabel('Code', { exact: true }).fill(await code());
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The second factor is on.' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Backup codes' }).getByRole('listitem')).toHaveCount(10);
  await page.getByRole('button', { name: 'I kept them' }).click();
  await expect(page.getByRole('list', { name: 'Backup codes' })).toHaveCount(0);
  await expect(page.getByText('It is on: signing in takes a code of your app')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL(`${app}/sign-in`);
  await page.goto(`${app}/account`);
  await expect(page).toHaveURL(`${app}/sign-in?next=%2Faccount`);
  await page.getByLabel('E-mail').fill('cy@example.com');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  // Codes are good for one time: the one of before was seen.
  await page.getByLabel('Code', { exact: true }).fill(await code(1));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${app}/account`);
  await expect(page.getByRole('button', { name: 'Turn it off' })).toBeVisible();
}
