import { connect, type Socket } from 'node:net';

/**
 * A connection that is closed when nothing comes back for `silenceMs` after something was sent. Postgres answers within
 * its statement time-out, so the other end is gone; TCP by itself would wait for a quarter of an hour, and the driver
 * with it. (Under TLS the answers pass by unseen, and this never closes.)
 */
export function openPatientSocket({ host, port }: { host: string[]; port: number[] }, silenceMs: number): Socket {
  const socket = connect({ host: host[0], port: port[0] ?? 5432 });
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  socket.write = new Proxy(socket.write, {
    apply(write, self, parameters) {
      // Without an error: after one, the driver still asks on the dying connection, and waits for ever.
      timer ??= setTimeout(() => socket.destroy(), silenceMs);
      return Reflect.apply(write, self, parameters);
    },
  });
  return socket.on('data', stop).on('close', stop);
}
