import type { ManagedModel } from '@parley/plugin-models/contract';
import { Button } from '@parley/ui/button';
import { Switch } from '@parley/ui/switch';
import type { TableColumn } from '@parley/ui/table';
import { VisuallyHidden } from '@parley/ui/visually-hidden';
import { messages } from './messages.ts';
import { ModelCan, ModelLimits, ModelName, ModelPrice } from './model-cells.tsx';
import styles from './models.module.css';

interface ColumnsInput {
  readonly defaultModel: string | undefined;
  readonly isPicked: (id: string) => boolean;
  readonly onPick: (id: string, isPicked: boolean) => void;
  readonly isShown: (item: ManagedModel) => boolean;
  readonly onShow: (item: ManagedModel, isShown: boolean) => void;
  readonly onEdit: (id: string) => void;
}

/** The columns of the table of models. */
export function modelColumns(input: ColumnsInput): readonly TableColumn<ManagedModel>[] {
  const { defaultModel, isPicked, onPick, isShown, onShow, onEdit } = input;
  return [
    {
      id: 'pick',
      title: messages.columns.pick,
      cell: ({ model }) => (
        <input
          type="checkbox"
          className={styles['check']}
          aria-label={messages.pick(model.name)}
          checked={isPicked(model.id)}
          onChange={(event) => onPick(model.id, event.currentTarget.checked)}
        />
      ),
    },
    {
      id: 'model',
      title: messages.columns.model,
      isRowHeader: true,
      cell: (item) => <ModelName item={item} isDefault={defaultModel === item.model.id} />,
    },
    { id: 'limits', title: messages.columns.limits, cell: ({ model }) => <ModelLimits model={model} /> },
    { id: 'price', title: messages.columns.price, cell: ({ model }) => <ModelPrice model={model} /> },
    { id: 'abilities', title: messages.columns.abilities, cell: ({ model }) => <ModelCan model={model} /> },
    {
      id: 'shown',
      title: messages.columns.shown,
      cell: (item) => (
        <Switch isSelected={isShown(item)} onChange={(isOn) => onShow(item, isOn)} className={styles['switch'] ?? ''}>
          <VisuallyHidden>{messages.isShown(item.model.name)}</VisuallyHidden>
        </Switch>
      ),
    },
    {
      id: 'edit',
      title: messages.columns.edit,
      cell: ({ model }) => (
        <Button size="small" aria-label={messages.editOf(model.name)} onPress={() => onEdit(model.id)}>
          {messages.edit}
        </Button>
      ),
    },
  ];
}
