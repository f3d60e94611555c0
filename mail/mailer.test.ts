// Against a small SMTP server of our own.

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { invitationLetter } from './letters.ts';
import { openMailer } from './mailer.ts';

let server: Server;
let received: string;
let refuses: boolean;
let failures: string[];

beforeEach(async () => {
  [received, refuses, failures] = ['', false, []];
  server = createServer(answerMail);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  if (server.listening) await new Promise((resolve) => server.close(resolve));
});

/** Speaks as much SMTP as a client needs that sends one mail. */
function answerMail(socket: Socket): void {
  let isText = false;
  socket.write('220 mail.example ESMTP\r\n');
  socket.on('data', (chunk) => {
    received += chunk;
    if (isText) {
      if (!received.endsWith('\r\n.\r\n')) return;
      isText = false;
      socket.write('250 taken\r\n');
      return;
    }
    const command = String(chunk).slice(0, 4).toUpperCase();
    isText = command === 'DATA';
    if (command === 'RCPT' && refuses) socket.write('550 <cy@example.com> is not known here\r\n');
    else if (isText) socket.write('354 go on\r\n');
    else if (command === 'QUIT') socket.end('221 bye\r\n');
    else socket.write('250 mail.example\r\n');
  });
}

function mailer() {
  const { port } = server.address() as AddressInfo;
  const onFailure = (reason: string) => failures.push(reason);
  return openMailer({ url: `smtp://127.0.0.1:${port}`, from: 'Boxoffice <box@example.com>', onFailure });
}

const letter = invitationLetter('cy@example.com', 'https://box.example/join/abc-DEF_123');

test('a letter arrives, with its link in one piece', async () => {
  expect(await mailer().send(letter)).toBe('sent');
  expect(received).toContain('MAIL FROM:<box@example.com>');
  expect(received).toContain('RCPT TO:<cy@example.com>');
  expect(received).toContain('Subject: Your invitation to Boxoffice');
  expect(received).toContain('\r\nhttps://box.example/join/abc-DEF_123\r\n');
});

test('what a mail server refuses is told without the address and the link', async () => {
  refuses = true;
  expect(await mailer().send(letter)).toBe('failed');
  expect(failures).toEqual(['EENVELOPE, answer 550']);
});

test('a mail server that is away is told too', async () => {
  const sender = mailer();
  await new Promise((resolve) => server.close(resolve));
  expect(await sender.send(letter)).toBe('failed');
  expect(failures).toEqual(['ESOCKET']);
});
