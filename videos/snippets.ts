// What to paste elsewhere so that a video counts. docs/embedding.md shows the same pieces; a test holds the two together.

export type SnippetKind =
  | 'html'
  | 'react'
  | 'wordpress'
  | 'videojs'
  | 'hlsjs'
  | 'vimeo'
  | 'youtube'
  | 'iframe'
  | 'curl'
  | 'node';

export type Snippet = { kind: SnippetKind; name: string; hint: string; code: string };

export type Embedded = {
  /** Of this server, without a slash at the end. */
  base: string;
  key: string;
  title: string;
  /** What the video plays; null where this server was not told. */
  source: string | null;
};

/** Every snippet of a video, the simplest first. Without a source there is no iframe of ours: it would play nothing. */
export function snippetsOf(video: Embedded): Snippet[] {
  const all = [html, react, wordpress, videoJs, hlsJs, vimeo, youTube, iframe, curl, node].map((write) => write(video));
  return all.filter(({ kind }) => kind !== 'iframe' || video.source !== null);
}

/** An image with the count, which leads to the video where it can be played. */
export function badgeOf({ base, key, title, source }: Embedded): string {
  const image = `<img src="${base}/badge/${key}.svg" alt="Views of ${attribute(title)} by people" height="20">`;
  return source ? `<a href="${base}/embed/${key}">${image}</a>` : image;
}

function html(video: Embedded): Snippet {
  const code = `<script async src="${video.base}/player.js"></script>
<video data-boxoffice="${video.key}" src="${attribute(sourceOf(video))}" controls></video>`;
  return { kind: 'html', name: 'HTML', hint: 'One script tag a page is enough, however many videos it has.', code };
}

/** Adds the script by hand: before version 19 React does not run a <script> that it renders. */
function react(video: Embedded): Snippet {
  const code = `import { useEffect } from 'react';

export function Video() {
  useEffect(() => {
    const src = ${quoted(`${video.base}/player.js`)};
    if (!document.querySelector(\`script[src="\${src}"]\`)) {
      document.head.append(Object.assign(document.createElement('script'), { src, async: true }));
    }
  }, []);
  return <video data-boxoffice="${video.key}" src={${quoted(sourceOf(video))}} controls playsInline />;
}`;
  return { kind: 'react', name: 'React', hint: "In Next.js the file begins with 'use client'.", code };
}

function wordpress(video: Embedded): Snippet {
  const code = `<!-- wp:html -->
${html(video).code}
<!-- /wp:html -->`;
  const hint =
    'Paste it into a post or page. Only administrators and editors may add scripts; WordPress takes them from others.';
  return { kind: 'wordpress', name: 'WordPress', hint, code };
}

function videoJs(video: Embedded): Snippet {
  const code = `<script async src="${video.base}/player.js"></script>
<video class="video-js" data-setup="{}" data-boxoffice="${video.key}" src="${attribute(sourceOf(video))}" controls></video>`;
  return { kind: 'videojs', name: 'Video.js', hint: 'For a page that loads Video.js already.', code };
}

function hlsJs(video: Embedded): Snippet {
  const stream = video.source?.includes('.m3u8') ? video.source : 'https://YOUR-SITE/YOUR-STREAM.m3u8';
  const code = `<script async src="${video.base}/player.js"></script>
<video id="boxoffice-${video.key}" data-boxoffice="${video.key}" controls></video>
<script src="https://cdn.jsdelivr.net/npm/hls.js@1"></script>
<script type="module">
  const video = document.getElementById('boxoffice-${video.key}');
  const stream = ${quoted(stream)};
  if (Hls.isSupported()) {
    const hls = new Hls();
    hls.loadSource(stream);
    hls.attachMedia(video);
  } else {
    video.src = stream;
  }
</script>`;
  return {
    kind: 'hlsjs',
    name: 'hls.js',
    hint: 'Leave out the second script tag where hls.js is there already.',
    code,
  };
}

/** Scripts with `defer` and modules run in the order they stand in, so that each finds what it needs. */
function vimeo(video: Embedded): Snippet {
  const code = `<script defer src="${video.base}/player.js"></script>
<script defer src="https://player.vimeo.com/api/player.js"></script>
<iframe id="boxoffice-${video.key}" title="${attribute(video.title)}" width="640" height="360" style="border:0"
        src="https://player.vimeo.com/video/YOUR-VIMEO-ID" allow="autoplay; fullscreen"></iframe>
<script type="module">
  const player = new Vimeo.Player(document.getElementById('boxoffice-${video.key}'));
  const count = async () => {
    player.off('play', count);
    window.boxoffice?.view('${video.key}', { muted: await player.getMuted() });
  };
  player.on('play', count);
</script>`;
  return { kind: 'vimeo', name: 'Vimeo', hint: 'Replace YOUR-VIMEO-ID with the number of the video.', code };
}

/** Other snippets on the page wait for the same function: each calls the one before it. */
function youTube(video: Embedded): Snippet {
  const code = `<script defer src="${video.base}/player.js"></script>
<iframe id="boxoffice-${video.key}" title="${attribute(video.title)}" width="640" height="360" style="border:0"
        src="https://www.youtube.com/embed/YOUR-YOUTUBE-ID?enablejsapi=1" allow="autoplay; fullscreen"></iframe>
<script type="module">
  let isCounted = false;
  const before = window.onYouTubeIframeAPIReady;
  window.onYouTubeIframeAPIReady = () => {
    before?.();
    new YT.Player('boxoffice-${video.key}', {
      events: {
        onStateChange({ data, target }) {
          if (data !== YT.PlayerState.PLAYING || isCounted) return;
          isCounted = true;
          window.boxoffice?.view('${video.key}', { muted: target.isMuted() });
        },
      },
    });
  };
</script>
<script defer src="https://www.youtube.com/iframe_api"></script>`;
  const hint =
    'Replace YOUR-YOUTUBE-ID with the id of the video. Of several on one page only the last keeps the last line.';
  return { kind: 'youtube', name: 'YouTube', hint, code };
}

function iframe(video: Embedded): Snippet {
  const code = `<iframe src="${video.base}/embed/${video.key}" title="${attribute(video.title)}" width="640" height="360"
        allow="autoplay; fullscreen" style="border:0"></iframe>`;
  const hint = 'Our player with this video’s source. ?autoplay=1 starts it without sound, ?loop=1 over and over.';
  return { kind: 'iframe', name: 'Our player in a frame', hint, code };
}

function curl(video: Embedded): Snippet {
  const code = `curl '${video.base}/api/views' \\
  -H 'content-type: application/json' \\
  -A '${viewersBrowser}' \\
  -d '{ "video": "${video.key}", "page": "https://YOUR-SITE/" }'`;
  return { kind: 'curl', name: 'curl', hint: asTheViewer, code };
}

function node(video: Embedded): Snippet {
  const code = `import { randomUUID } from 'node:crypto';

// The time of the view and chance: sent again after an error or no answer, the same id counts once.
const time = Date.now().toString(16).padStart(12, '0');
const id = \`\${time.slice(0, 8)}-\${time.slice(8)}-7\${randomUUID().slice(15)}\`;

const response = await fetch('${video.base}/api/views', {
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    'user-agent': '${viewersBrowser}',
  },
  body: JSON.stringify({ id, video: '${video.key}', page: 'https://YOUR-SITE/' }),
});
console.log(response.status, await response.json());`;
  return { kind: 'node', name: 'Node', hint: asTheViewer, code };
}

const viewersBrowser = 'Mozilla/5.0 (X11; Linux x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const asTheViewer = 'Send the viewer’s own User-Agent in the place of this one: without, the view is a bot’s.';

function sourceOf({ source }: Embedded): string {
  return source ?? 'https://YOUR-SITE/YOUR-CLIP.mp4';
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** A text for a script, which an `</script>` within it would end. */
function quoted(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner.replaceAll('<', '\\u003c')}'`;
}
