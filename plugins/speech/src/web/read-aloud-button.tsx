import type { Message } from '@parley/contracts';
import { IconButton } from '@parley/ui/button';
import { PathIcon, SquareIcon } from '@parley/ui/icon';
import { Tooltip } from '@parley/ui/tooltip';
import { useContract, useHost } from '@parley/web';
import { useEffect, useSyncExternalStore } from 'react';
import { MAX_TEXT_CHARACTERS, speechContract } from '../contract/index.ts';
import { messages } from './messages.ts';
import { player } from './player.ts';
import styles from './speech.module.css';
import { useSpeechOptions } from './use-speech-options.ts';

const SPEAKER = 'M11 5 6 9H2v6h4l5 4V5Zm4.5 3.5a5 5 0 0 1 0 7M18.5 6a9 9 0 0 1 0 12';

const textOf = ({ parts }: Message): string =>
  parts
    .flatMap((part) => (part.type === 'text' && 'text' in part ? [part.text] : []))
    .join('\n\n')
    .slice(0, MAX_TEXT_CHARACTERS);

/** Reads an answer aloud; nothing where nobody speaks. */
export default function ReadAloudButton({ message }: { readonly message: Message }) {
  const canSpeak = (useSpeechOptions()?.speaking.length ?? 0) > 0;
  const isAnswer = message.role === 'assistant' && message.state !== 'running';
  if (!canSpeak || !isAnswer || textOf(message).trim() === '') return undefined;
  return <ReadAloud message={message} />;
}

function ReadAloud({ message }: { readonly message: Message }) {
  const host = useHost();
  const { client } = useContract(speechContract);
  const { id, isLoading } = useSyncExternalStore(player.subscribe, player.state);
  const isReading = id === message.id;
  useEffect(
    () => () => {
      // Whoever leaves the conversation leaves what is read there.
      if (player.state().id === message.id) player.stop();
    },
    [message.id],
  );
  const read = () =>
    player
      .play(message.id, (signal) => client.speak({ text: textOf(message) }, { signal }))
      .catch((error: unknown) => {
        const description = error instanceof Error ? error.message : String(error);
        host.toast({ title: messages.notRead, description, tone: 'danger' });
      });
  const label = isReading ? messages.stopReading : messages.readAloud;
  return (
    <Tooltip text={label}>
      <IconButton
        size="small"
        label={label}
        className={isReading ? (styles['reading'] ?? '') : ''}
        data-reading={isReading ? (isLoading ? 'loading' : 'playing') : undefined}
        onPress={() => (isReading ? player.stop() : void read())}
      >
        {isReading ? <SquareIcon /> : <PathIcon d={SPEAKER} />}
      </IconButton>
    </Tooltip>
  );
}
