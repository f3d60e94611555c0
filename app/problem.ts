/** An error as RFC 9457 has it. */
export function problem(status: number, title: string, detail: string, headers: Record<string, string>): Response {
  return Response.json(
    { type: 'about:blank', title, status, detail },
    { status, headers: { ...headers, 'Content-Type': 'application/problem+json' } },
  );
}
