import { useNavigate } from '@parley/web/router';
import { useEffect } from 'react';

/** The administration begins with its plugins. */
export function HomePage() {
  const navigate = useNavigate();
  useEffect(() => void navigate('/admin/plugins', { replace: true }), [navigate]);
  return undefined;
}
