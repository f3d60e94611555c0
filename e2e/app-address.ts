/** Where an app says that it is, on its standard output. Rejects with what it said when it ends before. */
export async function addressOf(output: AsyncIterable<Buffer>, exited: Promise<unknown>): Promise<string> {
  const found = (async () => {
    let text = '';
    for await (const chunk of output) {
      text += chunk;
      const address = /Boxoffice is at (http:\/\/[\d.:]+)/.exec(text)?.[1];
      if (address) return address;
    }
    throw new Error(`The app did not start:\n${text}`);
  })();
  return Promise.race([found, exited.then(() => found)]);
}
