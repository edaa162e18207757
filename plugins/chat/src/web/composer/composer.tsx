import {
  type KeyboardEvent,
  type Ref,
  type SubmitEvent,
  useCallback,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { messages } from '../messages.ts';
import { useWebSearch } from '../state/ask-options.ts';
import { NEW_CHAT } from '../state/drafts.ts';
import { useDrafts } from '../state/use-drafts.ts';
import type { ModelChoice } from '../state/use-model.ts';
import styles from './composer.module.css';
import { GoneNote } from './gone-note.tsx';
import { insertAtCursor, joinTexts } from './insert-text.ts';
import { ComposerActions } from './composer-actions.tsx';
import { ModelPicker } from './model-picker/model-picker.tsx';
import { ParametersButton } from './parameters/parameters-button.tsx';
import { SendButtons } from './send-buttons.tsx';
import { WebSearchToggle } from './web-search-toggle.tsx';

/** What the page can do with the box. */
export interface ComposerHandle {
  /** Puts a text in front of what is there and moves the focus into the box. */
  readonly insert: (text: string) => void;
  /** Moves the focus into the box, except where that would open an on-screen keyboard. */
  readonly focus: () => void;
}

interface ComposerProps {
  readonly ref?: Ref<ComposerHandle>;
  /** Where the draft belongs; a new chat without it. */
  readonly conversationId?: string;
  readonly choice: ModelChoice;
  readonly isRunning: boolean;
  /** False while it is not known what a message would follow; true without it. */
  readonly canSend?: boolean;
  readonly isStopping?: boolean;
  readonly canStop?: boolean;
  /** Urgent: the running answer is stopped for it. The draft stays until the owner settles it. */
  readonly onSend: (text: string, isUrgent: boolean) => void;
  readonly onStop?: () => void;
  /** Asked with the Up key in an empty box. */
  readonly onEditLast?: () => void;
}

/** Where a person writes. The text lives in the textarea: typing renders nothing but this box. */
export function Composer(props: ComposerProps) {
  const {
    ref,
    conversationId,
    choice,
    isRunning,
    isStopping = false,
    canStop = false,
    onSend,
    onStop,
    onEditLast,
  } = props;
  const drafts = useDrafts();
  const place = conversationId ?? NEW_CHAT;
  const input = useRef<HTMLTextAreaElement>(null);
  const [hasText, setHasText] = useState(() => drafts.get(place).trim() !== '');
  const [isPicking, setPicking] = useState(false);
  const [isSearching, setSearching] = useWebSearch(conversationId);
  // Sent before it was known to which model, or after what: it goes as soon as it can, unless the text changes.
  const waiting = useRef<{ readonly isUrgent: boolean }>(undefined);
  const canSend = (props.canSend ?? true) && choice.model !== undefined;
  const isReady = hasText && canSend;

  useEffect(() => {
    focusWithoutKeyboard(input.current);
  }, []);
  const onInput = () => {
    const text = input.current?.value ?? '';
    drafts.set(place, text);
    setHasText(text.trim() !== '');
    waiting.current = undefined;
  };
  useImperativeHandle(ref, () => ({
    focus: () => focusWithoutKeyboard(input.current),
    insert(text) {
      if (!input.current) return;
      input.current.value = [text, input.current.value].filter((line) => line !== '').join('\n');
      input.current.focus();
      drafts.set(place, input.current.value);
      setHasText(true);
    },
  }));
  const send = (isUrgent: boolean) => {
    const text = input.current?.value.trim() ?? '';
    if (text === '' || !input.current) return;
    waiting.current = canSend ? undefined : { isUrgent };
    if (!canSend) return;
    input.current.value = '';
    setHasText(false);
    onSend(text, isUrgent);
  };
  const sendWaiting = useEffectEvent(() => waiting.current && send(waiting.current.isUrgent));
  useEffect(() => {
    if (canSend) queueMicrotask(() => sendWaiting());
  }, [canSend]);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send(event.ctrlKey || event.metaKey);
    } else if (event.key === 'ArrowUp' && event.currentTarget.value === '' && onEditLast) {
      event.preventDefault();
      onEditLast();
    }
  };
  const onPageKeyDown = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'm' || !event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    if (event.defaultPrevented) return;
    event.preventDefault();
    setPicking(true);
  });
  useEffect(() => {
    const listener = (event: globalThis.KeyboardEvent) => onPageKeyDown(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    send(false);
  };
  const insert = useCallback(
    (text: string) => {
      // The box may be gone meanwhile; then the text waits in the draft.
      if (input.current === null) return drafts.set(place, joinTexts(drafts.get(place), text));
      insertAtCursor(input.current, text);
      waiting.current = undefined;
      drafts.set(place, input.current.value);
      setHasText(input.current.value.trim() !== '');
      focusWithoutKeyboard(input.current);
    },
    [drafts, place],
  );
  const slotProps = useMemo(
    () => ({ ...(conversationId === undefined ? {} : { conversationId }), disabled: false, insert }),
    [conversationId, insert],
  );
  return (
    <form className={styles.composer} aria-label={messages.composer} id="composer" onSubmit={onSubmit}>
      <GoneNote choice={choice} onChoose={() => setPicking(true)} />
      <textarea
        ref={input}
        className={styles.input}
        rows={1}
        dir="auto"
        aria-label={messages.composer}
        placeholder={placeholderFor(conversationId, isRunning)}
        defaultValue={drafts.get(place)}
        maxLength={200_000}
        onInput={onInput}
        onKeyDown={onKeyDown}
      />
      <div className={styles.tools}>
        <ModelPicker choice={choice} isOpen={isPicking} onOpenChange={setPicking} />
        {choice.model ? <ParametersButton key={choice.model.id} model={choice.model} /> : undefined}
        {choice.model?.abilities.webSearch ? <WebSearchToggle isOn={isSearching} onChange={setSearching} /> : undefined}
        <ComposerActions {...slotProps} />
        <span className={styles.space} />
        <SendButtons
          isReady={isReady}
          isRunning={isRunning}
          isStopping={isStopping}
          canStop={canStop}
          onSend={() => send(false)}
          onStop={() => {
            onStop?.();
            input.current?.focus({ preventScroll: true });
          }}
        />
      </div>
    </form>
  );
}

function focusWithoutKeyboard(input: HTMLTextAreaElement | null): void {
  if (matchMedia('(pointer: fine)').matches) input?.focus({ preventScroll: true });
}

const placeholderFor = (conversationId: string | undefined, isRunning: boolean): string => {
  if (isRunning) return messages.placeholderQueue;
  return conversationId === undefined ? messages.placeholder : messages.placeholderReply;
};
