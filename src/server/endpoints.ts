import type { Endpoint } from './http/endpoint.ts'
import { apiKeyEndpoints } from './routes/api-keys.ts'
import { auditEndpoints } from './routes/audit.ts'
import { changesEndpoints } from './routes/changes.ts'
import { deletedEndpoints } from './routes/deleted.ts'
import { environmentEndpoints } from './routes/environments.ts'
import { eventEndpoints } from './routes/events.ts'
import { fileEndpoints } from './routes/files.ts'
import { gitAliasEndpoints } from './routes/git-aliases.ts'
import { gitApproveEndpoints } from './routes/git-approve.ts'
import { gitConflictEndpoints } from './routes/git-conflicts.ts'
import { gitConnectionEndpoints } from './routes/git-connection.ts'
import { gitDoctorEndpoints } from './routes/git-doctor.ts'
import { gitHistoryEndpoints } from './routes/git-history.ts'
import { gitMendEndpoints } from './routes/git-mend.ts'
import { gitPlanEndpoints } from './routes/git-plan.ts'
import { gitReviewEndpoints } from './routes/git-reviews.ts'
import { gitRunEndpoints } from './routes/git-runs.ts'
import { gitSecretEndpoints } from './routes/git-secrets.ts'
import { invitationEndpoints } from './routes/invitations.ts'
import { measureEndpoints } from './routes/measure-relationship.ts'
import { memberEndpoints } from './routes/members.ts'
import { promotionEndpoints } from './routes/promotions.ts'
import { resourceEndpoints } from './routes/resources.ts'
import { sessionEndpoints } from './routes/session.ts'
import { sessionListEndpoints } from './routes/sessions.ts'
import { sourceEndpoints } from './routes/sources.ts'
import { webhookEndpoints } from './routes/webhooks.ts'
import { workspaceEndpoints } from './routes/workspaces.ts'

/** Everything under /api/v1. A path with fixed words stands before one with `{kind}` in their place. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...sessionEndpoints,
  ...workspaceEndpoints,
  ...environmentEndpoints,
  ...promotionEndpoints,
  ...memberEndpoints,
  ...invitationEndpoints,
  ...sessionListEndpoints,
  ...apiKeyEndpoints,
  ...auditEndpoints,
  ...eventEndpoints,
  ...changesEndpoints,
  ...deletedEndpoints,
  ...gitConnectionEndpoints,
  ...gitPlanEndpoints,
  ...gitRunEndpoints,
  ...gitApproveEndpoints,
  ...gitMendEndpoints,
  ...gitSecretEndpoints,
  ...gitConflictEndpoints,
  ...gitReviewEndpoints,
  ...gitAliasEndpoints,
  ...gitDoctorEndpoints,
  ...gitHistoryEndpoints,
  ...webhookEndpoints,
  ...measureEndpoints,
  ...sourceEndpoints,
  ...fileEndpoints,
  ...resourceEndpoints,
]
