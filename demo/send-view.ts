// How a page with the player sends a view.

export type SentView = {
  id: string;
  video: string;
  device: string | undefined;
  page: string;
  referrer: string | undefined;
  muted: boolean;
};

/** Throws where the server does not answer; a view that is not counted is an answer. */
export async function sendView(url: string, view: SentView, userAgent: string): Promise<void> {
  const response = await fetch(`${url}/api/views`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'user-agent': userAgent, origin: new URL(view.page).origin },
    body: JSON.stringify({ ...view, sentAt: Date.now() }),
  });
  await response.text();
  if (!response.ok) throw new Error(`The view endpoint answered ${response.status}.`);
}
