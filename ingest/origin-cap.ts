// A flood of refusals from made-up origins must not grow the screening table without bound.
const maxOriginsPerMinute = 200;

/** Names the first two hundred origins of a minute; those past them are all "(other)". */
export class OriginCap {
  #minute = 0;
  readonly #origins = new Set<string>();

  name(origin: string, receivedAt: number): string {
    const minute = Math.floor(receivedAt / 60_000);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#origins.clear();
    }
    if (origin === '' || this.#origins.has(origin)) return origin;
    if (this.#origins.size >= maxOriginsPerMinute) return '(other)';
    this.#origins.add(origin);
    return origin;
  }
}
