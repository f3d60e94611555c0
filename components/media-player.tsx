'use client';
import {
  MediaControlBar,
  MediaController,
  MediaFullscreenButton,
  MediaMuteButton,
  MediaPlayButton,
  MediaTimeDisplay,
  MediaTimeRange,
  MediaVolumeRange,
} from 'media-chrome/react';
import type { CSSProperties, RefObject } from 'react';

type Props = {
  src: string;
  title: string;
  /** Set where player.js counts; a page that counts by itself leaves it out. */
  boxofficeKey?: string;
  autoPlay?: boolean;
  loop?: boolean;
  videoRef?: RefObject<HTMLVideoElement | null>;
};

const look = {
  '--media-primary-color': '#f4f0e4',
  '--media-secondary-color': 'rgb(19 20 18 / 0.72)',
  '--media-control-hover-background': 'rgb(244 240 228 / 0.14)',
  '--media-range-bar-color': '#4fc29a',
  '--media-range-track-background': 'rgb(244 240 228 / 0.3)',
  '--media-font-family': 'inherit',
  '--media-background-color': 'transparent',
} as CSSProperties;

// The base styles take the padding from every element, and with it these buttons' room for a finger.
const button = 'p-2.5';

/** A video with controls that fills what it stands in. */
export function MediaPlayer({ src, title, boxofficeKey, autoPlay = false, loop = false, videoRef }: Props) {
  return (
    <MediaController className="block size-full" style={look}>
      <video
        slot="media"
        ref={videoRef}
        data-boxoffice={boxofficeKey}
        src={src}
        aria-label={title}
        autoPlay={autoPlay}
        muted={autoPlay}
        loop={loop}
        playsInline
        preload="metadata"
        className="size-full bg-[black] object-contain"
      />
      <MediaControlBar className="px-1">
        <MediaPlayButton className={button} />
        <MediaMuteButton className={button} />
        <MediaVolumeRange className="max-sm:hidden" />
        <MediaTimeRange />
        <MediaTimeDisplay showDuration />
        <MediaFullscreenButton className={button} />
      </MediaControlBar>
    </MediaController>
  );
}
