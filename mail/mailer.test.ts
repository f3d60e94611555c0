// Against a small SMTP server of our own.

import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type MailServer, openMailServer } from '#test/mail-server.ts';
import { invitationLetter } from './letters.ts';
import { openMailer } from './mailer.ts';

let mail: MailServer;
let failures: string[];

beforeEach(async () => {
  failures = [];
  mail = await openMailServer();
});
afterEach(async () => {
  if (mail.server.listening) await new Promise((resolve) => mail.server.close(resolve));
});

function mailer() {
  const { port } = mail.server.address() as AddressInfo;
  const onFailure = (reason: string) => failures.push(reason);
  return openMailer({ url: `smtp://127.0.0.1:${port}`, from: 'Boxoffice <box@example.com>', onFailure });
}

const letter = invitationLetter('cy@example.com', 'https://box.example/join/abc-DEF_123');

test('a letter arrives, with its link in one piece', async () => {
  expect(await mailer().send(letter)).toBe('sent');
  expect(mail.received).toContain('MAIL FROM:<box@example.com>');
  expect(mail.received).toContain('RCPT TO:<cy@example.com>');
  expect(mail.received).toContain('Subject: Your invitation to Boxoffice');
  expect(mail.received).toContain('\r\nhttps://box.example/join/abc-DEF_123\r\n');
});

test('what a mail server refuses is told without the address and the link', async () => {
  mail.refuses = true;
  expect(await mailer().send(letter)).toBe('failed');
  expect(failures).toEqual(['EENVELOPE, answer 550']);
});

test('a mail server that is away is told too', async () => {
  const sender = mailer();
  await new Promise((resolve) => mail.server.close(resolve));
  expect(await sender.send(letter)).toBe('failed');
  expect(failures).toEqual(['ESOCKET']);
});
