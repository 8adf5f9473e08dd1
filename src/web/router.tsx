import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { sessionQuery } from './api/session.ts'
import { Frame } from './frame/Frame.tsx'
import { NotFound } from './frame/NotFound.tsx'
import { PageFault } from './frame/PageFault.tsx'
import { paths } from './paths.ts'
import { queryClient } from './query-client.ts'
import {
  parseAuditSearch,
  parseCompareEnvironmentsSearch,
  parseCompareSearch,
  parseConnectSearch,
  parseEnvironmentsSearch,
  parseListSearch,
  parseSchemaSearch,
  parseSignInSearch,
  parseVersionSearch,
} from './search.ts'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

async function requireSession(href: string) {
  const session = await queryClient.ensureQueryData(sessionQuery)
  if (session === null) throw redirect({ to: paths.signIn, search: { next: href } })
  return session
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: 'sign-in',
  validateSearch: parseSignInSearch,
  component: lazyRouteComponent(() => import('./pages/SignIn.tsx'), 'SignIn'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: 'sign-in/invitation',
  component: lazyRouteComponent(() => import('./pages/AcceptInvitation.tsx'), 'AcceptInvitation'),
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async () => {
    const session = await requireSession('/')
    const first = session.workspaces[0]
    if (first) throw redirect({ to: paths.schema(first.slug) })
  },
  component: lazyRouteComponent(() => import('./pages/NoWorkspace.tsx'), 'NoWorkspace'),
})

const workspace = createRoute({
  getParentRoute: () => root,
  path: '$ws',
  beforeLoad: ({ location }) => requireSession(location.href),
  component: Frame,
})

const at = () => workspace
const toSchema = createRoute({
  getParentRoute: at,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: paths.schema(params.ws) })
  },
})
const schema = createRoute({
  getParentRoute: at,
  path: 'schema',
  validateSearch: parseSchemaSearch,
  component: lazyRouteComponent(() => import('./pages/SchemaPage.tsx'), 'SchemaPage'),
})
const schemaResource = createRoute({
  getParentRoute: at,
  path: 'schema/$kind/$slug',
  component: lazyRouteComponent(() => import('./pages/ResourcePage.tsx'), 'ResourcePage'),
})
const create = createRoute({
  getParentRoute: at,
  path: 'new/$kind',
  component: lazyRouteComponent(() => import('./pages/CreatePage.tsx'), 'CreatePage'),
})
const section = createRoute({
  getParentRoute: at,
  path: '$section',
  validateSearch: parseListSearch,
  component: lazyRouteComponent(() => import('./pages/ListPage.tsx'), 'ListPage'),
})
const sectionResource = createRoute({
  getParentRoute: at,
  path: '$section/$slug',
  component: lazyRouteComponent(() => import('./pages/ResourcePage.tsx'), 'ResourcePage'),
})
const git = createRoute({
  getParentRoute: at,
  path: 'git',
  component: lazyRouteComponent(() => import('./pages/GitOverview.tsx'), 'GitOverview'),
})
const connect = createRoute({
  getParentRoute: at,
  path: 'git/connect',
  validateSearch: parseConnectSearch,
  component: lazyRouteComponent(() => import('./pages/ConnectGit.tsx'), 'ConnectGit'),
})
const runs = createRoute({
  getParentRoute: at,
  path: 'git/runs',
  component: lazyRouteComponent(() => import('./pages/Runs.tsx'), 'Runs'),
})
const run = createRoute({
  getParentRoute: at,
  path: 'git/runs/$run',
  component: lazyRouteComponent(() => import('./pages/RunPage.tsx'), 'RunPage'),
})
const history = createRoute({
  getParentRoute: at,
  path: 'git/history',
  component: lazyRouteComponent(() => import('./pages/History.tsx'), 'History'),
})
const version = createRoute({
  getParentRoute: at,
  path: 'git/history/$commit',
  validateSearch: parseVersionSearch,
  component: lazyRouteComponent(() => import('./pages/VersionPage.tsx'), 'VersionPage'),
})
const compare = createRoute({
  getParentRoute: at,
  path: 'git/compare',
  validateSearch: parseCompareSearch,
  component: lazyRouteComponent(() => import('./pages/ComparePage.tsx'), 'ComparePage'),
})
const conflicts = createRoute({
  getParentRoute: at,
  path: 'git/conflicts',
  component: lazyRouteComponent(() => import('./pages/Conflicts.tsx'), 'Conflicts'),
})
const conflict = createRoute({
  getParentRoute: at,
  path: 'git/conflicts/$kind/$slug',
  component: lazyRouteComponent(() => import('./pages/ConflictPage.tsx'), 'ConflictPage'),
})
const deleted = createRoute({
  getParentRoute: at,
  path: 'deleted',
  component: lazyRouteComponent(() => import('./pages/DeletedPage.tsx'), 'DeletedPage'),
})
const checklist = createRoute({
  getParentRoute: at,
  path: 'git/checklist',
  component: lazyRouteComponent(() => import('./pages/Checklist.tsx'), 'Checklist'),
})
const environments = createRoute({
  getParentRoute: at,
  path: 'git/environments',
  validateSearch: parseEnvironmentsSearch,
  component: lazyRouteComponent(() => import('./pages/EnvironmentsPage.tsx'), 'EnvironmentsPage'),
})
const compareEnvironments = createRoute({
  getParentRoute: at,
  path: 'git/environments/compare',
  validateSearch: parseCompareEnvironmentsSearch,
  component: lazyRouteComponent(
    () => import('./pages/CompareEnvironmentsPage.tsx'),
    'CompareEnvironmentsPage',
  ),
})
const aliases = createRoute({
  getParentRoute: at,
  path: 'git/environments/aliases',
  component: lazyRouteComponent(() => import('./pages/AliasesPage.tsx'), 'AliasesPage'),
})
const promote = createRoute({
  getParentRoute: at,
  path: 'git/environments/promote',
  validateSearch: parseCompareEnvironmentsSearch,
  component: lazyRouteComponent(() => import('./pages/PromotePage.tsx'), 'PromotePage'),
})
const members = createRoute({
  getParentRoute: at,
  path: 'settings/members',
  component: lazyRouteComponent(() => import('./pages/Members.tsx'), 'Members'),
})
const apiKeys = createRoute({
  getParentRoute: at,
  path: 'settings/api-keys',
  component: lazyRouteComponent(() => import('./pages/ApiKeys.tsx'), 'ApiKeys'),
})
const audit = createRoute({
  getParentRoute: at,
  path: 'settings/audit',
  validateSearch: parseAuditSearch,
  component: lazyRouteComponent(() => import('./pages/AuditLog.tsx'), 'AuditLog'),
})

const pages = [
  toSchema,
  schema,
  schemaResource,
  create,
  section,
  sectionResource,
  git,
  connect,
  runs,
  run,
  conflicts,
  conflict,
  deleted,
  history,
  version,
  compare,
  environments,
  compareEnvironments,
  aliases,
  promote,
  checklist,
  members,
  apiKeys,
  audit,
]

export const router = createRouter({
  routeTree: root.addChildren([signIn, invitation, home, workspace.addChildren(pages)]),
  defaultErrorComponent: PageFault,
  defaultPendingMs: 300,
  scrollRestoration: true,
  // The frame stays: its main part is what scrolls.
  scrollToTopSelectors: ['#main'],
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
