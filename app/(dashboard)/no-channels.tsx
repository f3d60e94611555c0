import { Message } from '#components/message.tsx';

/** What a creator reads who is a member of no channel. */
export function NoChannels() {
  return (
    <Message title="No channel is yours yet">
      <p>
        Your account works, and sees the channels that it is a member of: none so far. Ask an admin of this installation
        to make you a member of yours; it shows here as soon as you read this page again.
      </p>
    </Message>
  );
}
