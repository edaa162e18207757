import { Button } from '@parley/ui/button';
import { TextField } from '@parley/ui/text-field';
import { type KeyboardEvent, useState } from 'react';
import { messages } from '../messages.ts';
import styles from './prompt-editor.module.css';

interface PromptEditorProps {
  readonly text: string;
  readonly onSave: (text: string) => void;
  readonly onCancel: () => void;
}

/** Edits a prompt in its place. Saving sends it as a sibling. */
export function PromptEditor({ text, onSave, onCancel }: PromptEditorProps) {
  const [value, setValue] = useState(text);
  const isReady = value.trim() !== '' && value.trim() !== text.trim();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onCancel();
    } else if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && isReady) onSave(value.trim());
  };
  return (
    <div className={styles.editor} onKeyDown={onKeyDown}>
      <TextField
        label={messages.editPrompt}
        isLabelHidden
        autoFocus
        rows={Math.min(12, Math.max(2, value.split('\n').length))}
        value={value}
        onChange={setValue}
        description={messages.editHint}
      />
      <div className={styles.actions}>
        <Button size="small" variant="quiet" onPress={onCancel}>
          {messages.cancel}
        </Button>
        <Button size="small" variant="primary" isDisabled={!isReady} onPress={() => onSave(value.trim())}>
          {messages.saveAndSend}
        </Button>
      </div>
    </div>
  );
}
