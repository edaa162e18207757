import { isMediaType } from '@parley/contracts';

/** A recording that runs. */
export interface Recording {
  /** Ends it; all of the sound. */
  finish(): Promise<Blob>;
  /** Ends it and forgets the sound. */
  cancel(): void;
}

const FORMS = ['audio/webm;codecs=opus', 'audio/webm', 'audio/mp4', 'audio/ogg;codecs=opus'];
/** Enough for speech: 25 MiB hold more than an hour and a half. */
const BITS_PER_SECOND = 32_000;
/** The browser hands over what it has after this time, so that the size is known. */
const PIECE_MS = 1_000;

/** The form in which this browser records what one of `mediaTypes` takes; nothing where it can't record at all. */
export function recordingForm(mediaTypes: readonly string[]): string | undefined {
  // Browsers without it, and pages that are not on a safe origin, have neither.
  if (!('MediaRecorder' in globalThis) || !('mediaDevices' in navigator)) return undefined;
  return FORMS.find((form) => isMediaType(form, mediaTypes) && MediaRecorder.isTypeSupported(form));
}

/**
 * Records from the microphone; `onFull` is called when no more than `maxBytes` would fit.
 * @throws what the browser says: NotAllowedError, NotFoundError, NotReadableError
 */
export async function startRecording(
  form: string,
  { maxBytes, onFull }: { readonly maxBytes: number; readonly onFull: () => void },
): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream, { mimeType: form, audioBitsPerSecond: BITS_PER_SECOND });
  const pieces: Blob[] = [];
  const release = () => stream.getTracks().forEach((track) => track.stop());
  const size = () => pieces.reduce((sum, piece) => sum + piece.size, 0);
  recorder.ondataavailable = ({ data }) => {
    pieces.push(data);
    // Room for the pieces that still come.
    if (recorder.state === 'recording' && size() > maxBytes * 0.98) onFull();
  };
  const ended = new Promise<void>((resolve) => {
    recorder.onstop = () => resolve();
  });
  recorder.start(PIECE_MS);
  const stop = () => {
    if (recorder.state !== 'inactive') recorder.stop();
    release();
  };
  return {
    async finish() {
      stop();
      await ended;
      return new Blob(pieces, { type: form });
    },
    cancel: stop,
  };
}
