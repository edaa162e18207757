import { Sheet } from '@parley/ui/dialog';
import { Popover } from '@parley/ui/popover';
import { useMedia } from '@parley/web/layout';
import type { ReactNode, RefObject } from 'react';

interface FloatingPanelProps {
  /** What it holds. */
  readonly label: string;
  /** The button it belongs to. */
  readonly trigger: RefObject<HTMLElement | null>;
  readonly placement?: 'top start' | 'top end' | 'bottom start' | 'bottom end';
  readonly onClose: () => void;
  /** Of the popover; a sheet has its own frame. */
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** What a button opens: beside it, or from the lower edge where the window is narrow. In a chunk of its own. */
export function FloatingPanel(props: FloatingPanelProps) {
  const { label, trigger, placement = 'top start', onClose, className = '', children } = props;
  const isNarrow = useMedia('(max-width: 559px)');
  if (isNarrow) {
    return (
      <Sheet title={label} side="bottom" isOpen onOpenChange={onClose}>
        {children}
      </Sheet>
    );
  }
  return (
    <Popover
      label={label}
      isOpen
      onOpenChange={onClose}
      triggerRef={trigger}
      placement={placement}
      offset={4}
      className={className}
    >
      {children}
    </Popover>
  );
}
