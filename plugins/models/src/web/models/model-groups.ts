import type { AvailableModel } from '@parley/contracts';
import type { PickerProps } from '@parley/ui/picker';

/** Models under their providers, as a picker lists them. */
export function modelGroups(models: readonly AvailableModel[]): PickerProps['groups'] {
  return [...Map.groupBy(models, ({ provider }) => provider)].map(([id, list]) => ({
    id,
    title: list[0]?.providerTitle ?? id,
    options: list.map(({ id: model, name }) => ({ id: model, label: name, description: model })),
  }));
}
