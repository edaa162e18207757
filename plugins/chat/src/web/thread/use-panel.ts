import { useSearchParams } from '@parley/web/router';

/** The open panel, which stands in the address as `?panel=<id>`. */
export function usePanel() {
  const [search, setSearch] = useSearchParams();
  const openId = search.get('panel') ?? undefined;
  const show = (id: string | undefined) => {
    setSearch(
      (params) => {
        if (id === undefined) params.delete('panel');
        else params.set('panel', id);
        return params;
      },
      { replace: true },
    );
  };
  return { openId, close: () => show(undefined), toggle: (id: string) => show(id === openId ? undefined : id) };
}
