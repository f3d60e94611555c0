/** For small public answers: any page may read them, caches may keep them for a moment. */
export const publicHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Cache-Control': 'public, max-age=10, stale-while-revalidate=60',
};
