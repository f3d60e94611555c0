'use client';
import { type CSSProperties, type DetailedHTMLProps, type HTMLAttributes, type RefObject, useEffect } from 'react';

type CustomElement = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'media-controller': CustomElement;
      'media-control-bar': CustomElement;
      'media-play-button': CustomElement;
      'media-mute-button': CustomElement;
      'media-volume-range': CustomElement;
      'media-time-range': CustomElement;
      'media-time-display': CustomElement & { showduration?: string };
      'media-fullscreen-button': CustomElement;
    }
  }
}

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
  // The video stands there at once; its controls come when their script has.
  useEffect(() => void import('./media-controls.ts'), []);
  return (
    <media-controller className="block size-full" style={look}>
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
      <media-control-bar className="px-1">
        <media-play-button className={button} />
        <media-mute-button className={button} />
        <media-volume-range className="max-sm:hidden" />
        <media-time-range />
        <media-time-display showduration="" />
        <media-fullscreen-button className={button} />
      </media-control-bar>
    </media-controller>
  );
}
