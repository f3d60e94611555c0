import { Notice } from './notice.tsx';

export default function EmbedNotFound() {
  return (
    <Notice title="No such video">Nothing is lost: the address of this frame ends in a key that is not known.</Notice>
  );
}
