import { Button, IconButton } from '@parley/ui/button';
import { BotIcon } from '@parley/ui/icon';
import { Tooltip } from '@parley/ui/tooltip';
import { lazy, Suspense, useRef, useState } from 'react';
import { messages } from '../messages.ts';

const loadPanel = () => import('../composer/model-picker/model-panel.tsx');
const ModelPanel = lazy(async () => ({ default: (await loadPanel()).ModelPanel }));

interface OtherModelButtonProps {
  /** The model that was asked. */
  readonly model: string | undefined;
  readonly onPick: (model: string) => void;
  /** One icon, for the row of small actions. */
  readonly isIcon?: boolean;
}

/** Lets another model answer. */
export function OtherModelButton({ model, onPick, isIcon = false }: OtherModelButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const prefetch = () => void loadPanel().catch(() => undefined);
  const shared = {
    ref: trigger,
    size: 'small',
    'aria-haspopup': 'dialog',
    'aria-expanded': isOpen,
    onHoverStart: prefetch,
    onFocus: prefetch,
    onPress: () => setOpen(true),
  } as const;
  return (
    <>
      {isIcon ? (
        <Tooltip text={messages.retryWithOther}>
          <IconButton {...shared} label={messages.retryWithOther}>
            <BotIcon />
          </IconButton>
        </Tooltip>
      ) : (
        <Button {...shared} icon={<BotIcon />}>
          {messages.otherModel}
        </Button>
      )}
      {isOpen ? (
        <Suspense>
          <ModelPanel
            label={messages.answerWith}
            trigger={trigger}
            placement="bottom start"
            value={model}
            onPick={onPick}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : undefined}
    </>
  );
}
