import type { Server } from 'node:net';

type Place = { HOST: string; PORT: number };

/** Has `server` listen. Rejects with a sentence that names the variable which stands in the way. */
export function listen(server: Server, { HOST, PORT }: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explainListening(error, { HOST, PORT })));
    server.listen(PORT, HOST, resolve);
  });
}

/** What an error of listening means for the operator. */
export function explainListening(error: NodeJS.ErrnoException, { HOST, PORT }: Place): Error {
  return new Error(sentenceFor(error, HOST, PORT), { cause: error });
}

function sentenceFor({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  const otherHost = 'set HOST to 127.0.0.1, to 0.0.0.0 for all addresses, or to one that this machine has';
  switch (code) {
    case 'EADDRINUSE':
      return `PORT: ${port} is taken; stop what runs there, or set PORT to another`;
    case 'EACCES':
      return `PORT: this user may not listen on ${port}; set PORT to one from 1024 on, or grant the right to it`;
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'EINVAL':
      return `HOST: ${host} is no address of this machine; ${otherHost}`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST: ${host} has no address (${code}); ${otherHost}`;
    default:
      return `HOST: ${host} cannot be listened on at port ${port} (${message}); ${otherHost}`;
  }
}
