import type { Download } from '@parley/contracts';

const once = (target: EventTarget, name: string, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    target.addEventListener(name, () => resolve(), { once: true });
  });

/** Feeds what comes to the element while it plays. */
async function feed(audio: HTMLAudioElement, source: MediaSource, sound: Download, signal: AbortSignal): Promise<void> {
  await once(source, 'sourceopen', signal);
  const buffer = source.addSourceBuffer(sound.mediaType);
  for await (const piece of sound.bytes) {
    for (;;) {
      signal.throwIfAborted();
      try {
        buffer.appendBuffer(Uint8Array.from(piece));
        break;
      } catch (error) {
        if (!(error instanceof DOMException) || error.name !== 'QuotaExceededError') throw error;
        // Full: there is room when more of it was heard.
        await once(audio, 'timeupdate', signal);
      }
    }
    await once(buffer, 'updateend', signal);
  }
  source.endOfStream();
}

const canFeed = (mediaType: string): boolean => 'MediaSource' in globalThis && MediaSource.isTypeSupported(mediaType);

/** Plays a sound to its end, from its first bytes where the browser can. @throws the reason of an aborted `signal` */
export async function playSound(
  sound: Download,
  { signal, onPlaying }: { readonly signal: AbortSignal; readonly onPlaying: () => void },
): Promise<void> {
  const audio = new Audio();
  // Its end ends the waiting for it, and its failure the playing.
  const playing = new AbortController();
  const until = AbortSignal.any([signal, playing.signal]);
  const fail = (error: unknown) => playing.abort(error);
  const address = (source: Blob | MediaSource) => (audio.src = URL.createObjectURL(source));
  const ended = once(audio, 'ended', until);
  ended.catch(() => undefined);
  audio.addEventListener('playing', onPlaying, { once: true });
  audio.addEventListener('error', () => fail(new Error(audio.error?.message ?? 'The sound can not be played')));
  try {
    if (canFeed(sound.mediaType)) {
      const source = new MediaSource();
      address(source);
      feed(audio, source, sound, until).catch(fail);
    } else {
      const pieces: BlobPart[] = [];
      for await (const piece of sound.bytes) pieces.push(Uint8Array.from(piece));
      signal.throwIfAborted();
      address(new Blob(pieces, { type: sound.mediaType }));
    }
    audio.play().catch(fail);
    await ended;
  } finally {
    playing.abort();
    audio.pause();
    URL.revokeObjectURL(audio.src);
  }
}
