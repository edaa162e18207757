/** Routing, so that a plugin needs no router of its own. */
export {
  Link,
  type LinkProps,
  NavLink,
  type NavLinkProps,
  useBlocker,
  useLocation,
  useNavigate,
  useParams,
  useSearchParams,
} from 'react-router';
