import { Badge } from '@parley/ui/badge';
import { Button } from '@parley/ui/button';
import { ChevronDownIcon } from '@parley/ui/icon';
import { lazy, Suspense, useRef } from 'react';
import { messages } from '../../messages.ts';
import type { ModelChoice } from '../../state/use-model.ts';
import styles from './model-picker.module.css';

const loadPanel = () => import('./model-panel.tsx');
const ModelPanel = lazy(async () => ({ default: (await loadPanel()).ModelPanel }));

interface ModelPickerProps {
  readonly choice: ModelChoice;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** Shows and picks the model of the next message. The list comes with the first pointer or focus. */
export function ModelPicker({ choice, isOpen, onOpenChange }: ModelPickerProps) {
  const { models, model, error, pick } = choice;
  const trigger = useRef<HTMLButtonElement>(null);
  const name = model?.name ?? messages.noModel;
  const prefetch = () => void loadPanel().catch(() => undefined);
  if (error && !models) return <span className={styles.problem}>{messages.modelsFailed}</span>;
  return (
    <>
      <Button
        ref={trigger}
        size="small"
        className={styles.button ?? ''}
        isDisabled={!models}
        aria-label={`${messages.model}: ${name}`}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-keyshortcuts="Control+Shift+M Meta+Shift+M"
        onHoverStart={prefetch}
        onFocus={prefetch}
        onPress={() => onOpenChange(!isOpen)}
      >
        <span className={styles.value}>
          <bdi className={styles.name}>{name}</bdi>
          <ChevronDownIcon />
        </span>
      </Button>
      {model?.demo ? <Badge tone="accent">{messages.demo}</Badge> : undefined}
      {isOpen && models ? (
        <Suspense>
          <ModelPanel
            label={messages.model}
            trigger={trigger}
            value={model?.id}
            onPick={pick}
            onClose={() => onOpenChange(false)}
          />
        </Suspense>
      ) : undefined}
    </>
  );
}
