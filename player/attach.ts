// When a view starts. A video that loops, pauses or seeks fires `playing` again but not `loadstart`.

export type Started = (key: string, options: { muted: boolean; channel?: string | undefined }) => void;

const selector = '[data-boxoffice]';
const watched = new WeakSet<Element>();

/**
 * Watches every media element with a `data-boxoffice` key in the document, also those that come later.
 * Custom elements that behave like a <video> (paused, muted, its events) are as good as one.
 */
export function attachTo(document: Document, started: Started): void {
  const attach = (element: Element) => {
    watchMedia(element as HTMLMediaElement, () => element.getAttribute('data-boxoffice'), started);
  };
  const attachWithin = (node: Node) => {
    if (!(node instanceof Element)) return;
    if (node.matches(selector)) attach(node);
    node.querySelectorAll(selector).forEach(attach);
  };
  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === 'attributes') attachWithin(target);
      else addedNodes.forEach(attachWithin);
    }
  });
  observer.observe(document, { subtree: true, childList: true, attributeFilter: ['data-boxoffice'] });
  document.querySelectorAll(selector).forEach(attach);
}

/**
 * Calls `started` once per load of a source and key, when its playback starts or if it already has.
 * An element that is already watched stays as it is.
 */
export function watchMedia(media: HTMLMediaElement, keyOf: () => string | null, started: Started): void {
  if (watched.has(media)) return;
  watched.add(media);
  let countedKey: string | null = null;
  const count = () => {
    const key = keyOf();
    if (!key || key === countedKey) return;
    countedKey = key;
    started(key, { muted: media.muted, channel: media.dataset.channel });
  };
  media.addEventListener('playing', count);
  media.addEventListener('loadstart', () => {
    countedKey = null;
  });
  const isPlaying = !media.paused && !media.ended && media.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA;
  if (isPlaying) count();
}
