// What countries.bin holds: where each range of addresses begins, and of which country it is. It ends where the next begins.

export type CountryTable = {
  v4: { starts: Uint32Array; countries: Uint8Array };
  /** The upper 64 bits of each start, in two halves: no range is finer. */
  v6: { high: Uint32Array; low: Uint32Array; countries: Uint8Array };
  /** Two letters each; the first is null, for what is no country's. */
  names: (string | null)[];
};

const headerBytes = 16;

/** The file: three counts (ranges of IPv4, of IPv6, names) in 16 bytes, then the columns as they are, little-endian, the names last. */
export function packTable({ v4, v6, names }: CountryTable): Uint8Array {
  const header = Uint32Array.of(v4.starts.length, v6.high.length, names.length, 0);
  const columns = [header, v4.starts, v6.high, v6.low, v4.countries, v6.countries].map(
    ({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength),
  );
  return Buffer.concat([...columns, Buffer.from(names.map((name) => name ?? '--').join(''))]);
}

/** The columns are views of `bytes`, not copies. */
export function unpackTable(bytes: ArrayBuffer): CountryTable {
  const [ranges4 = 0, ranges6 = 0, names = 0] = new Uint32Array(bytes, 0, 3);
  let at = headerBytes;
  const take = (length: number) => {
    at += length;
    return at - length;
  };
  const starts = new Uint32Array(bytes, take(ranges4 * 4), ranges4);
  const high = new Uint32Array(bytes, take(ranges6 * 4), ranges6);
  const low = new Uint32Array(bytes, take(ranges6 * 4), ranges6);
  return {
    v4: { starts, countries: new Uint8Array(bytes, take(ranges4), ranges4) },
    v6: { high, low, countries: new Uint8Array(bytes, take(ranges6), ranges6) },
    names: (
      Buffer.from(bytes, at, names * 2)
        .toString()
        .match(/../g) ?? []
    ).map((name) => (name === '--' ? null : name)),
  };
}
