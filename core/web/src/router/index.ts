/** Routing, so that a plugin needs no router of its own. */
export {
  Link,
  type LinkProps,
  MemoryRouter,
  NavLink,
  type NavLinkProps,
  useLocation,
  useNavigate,
  useParams,
  useSearchParams,
} from 'react-router';
