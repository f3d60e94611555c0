// A proxy in front of Postgres that does what networks do: refuse, fall silent, answer late, cut an answer off.
import { once } from 'node:events';
import { type AddressInfo, createServer, connect as dial, type Server, type Socket } from 'node:net';

export type FaultProxy = {
  /** The database's address through the proxy. */
  url: string;
  /** Connections of now fall silent for ever, as half-open ones do; later ones are refused until `heal`. */
  fallSilent(): void;
  /** Every answer of the server comes this much later. */
  delayAnswers(ms: number): void;
  /** The server's next answer is thrown away and its connection cut: the client cannot know what became of its query. */
  cutNextAnswer(): void;
  /** Connections are cut, and refused until `heal`. */
  refuse(): void;
  /** Connections are cut with a reset, as a crashed host does; new ones pass. */
  reset(): void;
  heal(): void;
  close(): Promise<void>;
};

type Faults = { isRefusing: boolean; answerDelayMs: number; isCutting: boolean };
type Link = { client: Socket; server: Socket; isSilent: boolean };

export async function openFaultProxy(url: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(url);
  const faults: Faults = { isRefusing: false, answerDelayMs: 0, isCutting: false };
  const links = new Set<Link>();
  const listener = createServer((client) => {
    if (faults.isRefusing) client.destroy();
    else join(client, dial(Number(port), hostname), faults, links);
  });
  await listen(listener);
  const own = new URL(url);
  own.port = String((listener.address() as AddressInfo).port);
  return {
    url: own.href,
    fallSilent() {
      faults.isRefusing = true;
      for (const link of links) link.isSilent = true;
    },
    delayAnswers(ms) {
      faults.answerDelayMs = ms;
    },
    cutNextAnswer() {
      faults.isCutting = true;
    },
    refuse() {
      faults.isRefusing = true;
      for (const { client } of links) client.destroy();
    },
    reset() {
      for (const { client } of links) client.resetAndDestroy();
    },
    heal() {
      Object.assign(faults, { isRefusing: false, answerDelayMs: 0, isCutting: false });
    },
    async close() {
      for (const { client, server } of links) {
        client.destroy();
        server.destroy();
      }
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

function join(client: Socket, server: Socket, faults: Faults, links: Set<Link>): void {
  const link: Link = { client, server, isSilent: false };
  links.add(link);
  client.on('data', (query) => {
    if (!link.isSilent) server.write(query);
  });
  server.on('data', (answer) => {
    if (link.isSilent || client.destroyed) return;
    if (faults.isCutting) {
      faults.isCutting = false;
      client.destroy();
    } else if (faults.answerDelayMs > 0) setTimeout(() => client.write(answer), faults.answerDelayMs);
    else client.write(answer);
  });
  for (const [end, other] of [
    [client, server],
    [server, client],
  ] as const) {
    end.on('error', () => {});
    end.on('close', () => {
      if (!link.isSilent) other.destroySoon();
      if (client.destroyed && server.destroyed) links.delete(link);
    });
  }
}

async function listen(listener: Server): Promise<void> {
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
}
