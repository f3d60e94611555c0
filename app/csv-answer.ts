/** A file to download, sent as its portions are read. */
export function csvAnswer(fileName: string, portions: AsyncIterable<string>): Response {
  const bytes = encoded(portions);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await bytes.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await bytes.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
    },
  });
}

async function* encoded(portions: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  // Without it spreadsheets take the file for one of another century.
  yield encoder.encode('\ufeff');
  for await (const portion of portions) yield encoder.encode(portion);
}
