import { IconButton } from '@parley/ui/button';
import { CheckIcon, PathIcon, XIcon } from '@parley/ui/icon';
import { Tooltip } from '@parley/ui/tooltip';
import { Elapsed } from './elapsed.tsx';
import { messages } from './messages.ts';
import { recordingForm } from './recorder.ts';
import styles from './speech.module.css';
import { useDictation } from './use-dictation.ts';
import { useSpeechOptions } from './use-speech-options.ts';

const MICROPHONE = 'M12 2a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V5a3 3 0 0 0-3-3Zm-7 8v1a7 7 0 0 0 14 0v-1M12 18v4m-4 0h8';

interface DictateButtonProps {
  readonly disabled: boolean;
  readonly insert: (text: string) => void;
}

/** The microphone of the composer; nothing where nobody hears, or the browser can't record. */
export default function DictateButton(props: DictateButtonProps) {
  const model = useSpeechOptions()?.transcription[0];
  const form = model && recordingForm(model.mediaTypes);
  return form === undefined ? undefined : <Microphone {...props} form={form} maxBytes={model?.maxBytes} />;
}

function Microphone({
  disabled,
  insert,
  form,
  maxBytes,
}: DictateButtonProps & { readonly form: string; readonly maxBytes: number | undefined }) {
  const { state, start, finish, discard } = useDictation(form, maxBytes, insert);
  const isRecording = state === 'recording';
  const label = isRecording ? messages.finish : state === 'writing' ? messages.writing : messages.dictate;
  // One and the same button, so that the focus stays where it is.
  return (
    <span className={styles['dictation']}>
      <Tooltip text={label}>
        <IconButton
          label={label}
          variant={isRecording ? 'primary' : 'quiet'}
          isDisabled={disabled && state === 'idle'}
          isPending={state === 'asking' || state === 'writing'}
          onPress={isRecording ? finish : start}
        >
          {isRecording ? <CheckIcon /> : <PathIcon d={MICROPHONE} />}
        </IconButton>
      </Tooltip>
      {isRecording ? (
        <>
          <Elapsed />
          <Tooltip text={messages.discard}>
            <IconButton label={messages.discard} onPress={discard}>
              <XIcon />
            </IconButton>
          </Tooltip>
        </>
      ) : undefined}
    </span>
  );
}
