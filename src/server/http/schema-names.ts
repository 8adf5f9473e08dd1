import type * as z from 'zod'
import { ChangesSaved } from '../../core/wire/changes.ts'
import { Connection, ConnectionInput, GitTest } from '../../core/wire/git.ts'
import { Comparison, RollbackAnswer, RollbackRequest, Version, VersionList } from '../../core/wire/history.ts'
import { PlanWire } from '../../core/wire/plan.ts'
import { Problem } from '../../core/wire/problem.ts'
import { RESOURCES } from '../../core/wire/resource.ts'
import { Run, RunList } from '../../core/wire/run.ts'

/** Schemas that the description names once instead of writing them out wherever they are answered. */
const NAMES = new Map<z.ZodType, z.ZodType>(
  Object.entries({
    Problem,
    Run,
    RunList,
    Plan: PlanWire,
    Version,
    VersionList,
    Comparison,
    RollbackRequest,
    RollbackAnswer,
    Connection,
    ConnectionInput,
    GitTest,
    ChangesSaved,
    Source: RESOURCES.sources,
    Model: RESOURCES.models,
    ParentModel: RESOURCES['parent-models'],
    RelatedModel: RESOURCES['related-models'],
    EventModel: RESOURCES['event-models'],
    ModelRelationship: RESOURCES['model-relationships'],
    Sync: RESOURCES.syncs,
    EventContract: RESOURCES['event-contracts'],
    ContractEvent: RESOURCES['contract-events'],
  }).map(([id, schema]) => [schema, schema.meta({ id })]),
)

export function named(schema: z.ZodType): z.ZodType {
  return NAMES.get(schema) ?? schema
}
