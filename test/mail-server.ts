// A mail server that takes every letter, or none.
import { createServer, type Server, type Socket } from 'node:net';
import { listen } from '../listen.ts';

export type MailServer = { server: Server; received: string; refuses: boolean };

export async function openMailServer(): Promise<MailServer> {
  const mail: MailServer = { server: createServer((socket) => answerMail(mail, socket)), received: '', refuses: false };
  await listen(mail.server, { HOST: '127.0.0.1', PORT: 0 });
  return mail;
}

/** Speaks as much SMTP as a client needs that sends one mail. */
function answerMail(mail: MailServer, socket: Socket): void {
  let isText = false;
  socket.write('220 mail.example ESMTP\r\n');
  socket.on('data', (chunk) => {
    mail.received += chunk;
    if (isText) {
      if (!mail.received.endsWith('\r\n.\r\n')) return;
      isText = false;
      socket.write('250 taken\r\n');
      return;
    }
    const command = String(chunk).slice(0, 4).toUpperCase();
    isText = command === 'DATA';
    if (command === 'RCPT' && mail.refuses) socket.write('550 <cy@example.com> is not known here\r\n');
    else if (isText) socket.write('354 go on\r\n');
    else if (command === 'QUIT') socket.end('221 bye\r\n');
    else socket.write('250 mail.example\r\n');
  });
}
