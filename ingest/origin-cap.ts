// A flood of refusals from made-up origins must not grow the screening tables without bound: so many are named.
const perMinute = 200;
const perHour = 1_000;

export const unnamedOrigin = '(other)';

/** Names the first origins of a minute, and of an hour; those past them are all `unnamedOrigin`. */
export class OriginCap {
  readonly #minute = new NamedOrigins(60_000, perMinute);
  readonly #hour = new NamedOrigins(3_600_000, perHour);

  name(origin: string, receivedAt: number): string {
    if (origin === '') return origin;
    const isNamed = this.#minute.hasRoom(origin, receivedAt) && this.#hour.hasRoom(origin, receivedAt);
    if (!isNamed) return unnamedOrigin;
    this.#minute.add(origin);
    this.#hour.add(origin);
    return origin;
  }
}

class NamedOrigins {
  readonly #spanMs: number;
  readonly #most: number;
  readonly #origins = new Set<string>();
  #span = 0;

  constructor(spanMs: number, most: number) {
    this.#spanMs = spanMs;
    this.#most = most;
  }

  hasRoom(origin: string, at: number): boolean {
    const span = Math.floor(at / this.#spanMs);
    if (span !== this.#span) {
      this.#span = span;
      this.#origins.clear();
    }
    return this.#origins.has(origin) || this.#origins.size < this.#most;
  }

  add(origin: string): void {
    this.#origins.add(origin);
  }
}
