import { useContract, useHost } from '@parley/web';
import { useEffect, useRef, useState } from 'react';
import { MAX_RECORDING_BYTES, speechContract } from '../contract/index.ts';
import { messages } from './messages.ts';
import { startRecording } from './recorder.ts';
import type { Recording } from './recorder.ts';

/** How far dictating is. */
export type DictationState = 'idle' | 'asking' | 'recording' | 'writing';

const REFUSALS: Readonly<Record<string, readonly [title: string, description: string]>> = {
  NotAllowedError: [messages.blocked, messages.blockedHow],
  SecurityError: [messages.blocked, messages.blockedHow],
  NotFoundError: [messages.noMicrophone, messages.noMicrophoneHow],
  OverconstrainedError: [messages.noMicrophone, messages.noMicrophoneHow],
};

async function* bytesOf(blob: Blob): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(await blob.arrayBuffer());
}

/** Dictating: from the microphone into `insert`. A recording that could not be written down is kept to try again. */
export function useDictation(form: string, maxBytes: number | undefined, insert: (text: string) => void) {
  const host = useHost();
  const { client } = useContract(speechContract);
  const [state, setState] = useState<DictationState>('idle');
  const running = useRef<Recording>(undefined);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      running.current?.cancel();
    };
  }, []);

  async function write(blob: Blob): Promise<void> {
    setState('writing');
    try {
      const { text } = await client.transcribe({ audio: { mediaType: blob.type, bytes: bytesOf(blob) } });
      if (text === '') host.toast({ title: messages.nothingHeard, description: messages.nothingHeardHow });
      else insert(text);
    } catch (error) {
      const description = error instanceof Error ? error.message : String(error);
      const action = { label: messages.tryAgain, onAction: () => void write(blob) };
      host.toast({ title: messages.notWritten, description, tone: 'danger', action }, { timeoutMs: 0 });
    }
    setState('idle');
  }

  async function finish(): Promise<void> {
    const recording = running.current;
    running.current = undefined;
    if (recording) await write(await recording.finish());
  }

  async function start(): Promise<void> {
    setState('asking');
    try {
      const most = Math.min(maxBytes ?? MAX_RECORDING_BYTES, MAX_RECORDING_BYTES);
      const recording = await startRecording(form, { maxBytes: most, onFull: () => void finish() });
      // Left while the browser asked the person.
      if (isGone.current) return recording.cancel();
      running.current = recording;
      host.announce(messages.recording);
      setState('recording');
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      const [title, description] = REFUSALS[name] ?? [messages.notReadable, messages.notReadableHow];
      host.toast({ title, description, tone: 'danger' });
      setState('idle');
    }
    return undefined;
  }

  return {
    state,
    start: () => void start(),
    finish: () => void finish(),
    discard: () => {
      running.current?.cancel();
      running.current = undefined;
      setState('idle');
    },
  };
}
