import { useEffect, useState } from 'react';
import { Button } from '../button/button.tsx';
import { IconButton } from '../button/icon-button.tsx';
import { CheckIcon, CopyIcon } from '../icon/index.ts';
import { useUiMessages } from '../provider/messages.ts';
import { copyText } from './copy-text.ts';

const FEEDBACK_MS = 1600;

/** Props of `CopyButton`. */
export interface CopyButtonProps {
  /** What is copied: a text, or a function that gives it at the moment of the press. */
  readonly text: string | (() => string);
  /** Replaces "Copy". */
  readonly label?: string;
  /** Shows the word beside the icon. */
  readonly isLabelled?: boolean;
}

/** Copies a text and says so: the icon turns into a check mark for a moment. */
export function CopyButton({ text, label, isLabelled = false }: CopyButtonProps) {
  const messages = useUiMessages();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), FEEDBACK_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    setCopied(await copyText(typeof text === 'function' ? text() : text));
  };
  const icon = isCopied ? <CheckIcon /> : <CopyIcon />;
  const name = isCopied ? messages.copied : (label ?? messages.copy);
  return isLabelled ? (
    <Button variant="quiet" size="small" icon={icon} onPress={() => void copy()}>
      {name}
    </Button>
  ) : (
    <IconButton size="small" label={name} onPress={() => void copy()}>
      {icon}
    </IconButton>
  );
}
