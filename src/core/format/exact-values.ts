import type { DiagnosticCode, Finding } from '../model/diagnostic.ts'
import type { Json } from '../model/json.ts'
import type { Path } from '../model/json-pointer.ts'
import type { Limits } from './limits.ts'
import { tooDeep } from './yaml-errors.ts'

/**
 * F10, F20: what a database row cannot hold exactly, and what lies too deep, at its path. The walk stops at the
 * depth limit, so the value may be cyclic.
 */
export function findUnholdable(value: Json, limits: Limits): Finding[] {
  const findings: Finding[] = []
  const path: (string | number)[] = []

  function report(code: DiagnosticCode, message: string, hint: string | null, at: Finding['at']): void {
    findings.push({ code, severity: 'error', message, hint, path: [...path], at })
  }

  function visit(node: Json, depth: number): void {
    if (typeof node === 'string') {
      const fault = textFault(node)
      if (fault !== null) report('wrong-value', `The text holds ${fault}.`, UNHOLDABLE_TEXT, 'value')
    } else if (typeof node === 'number') {
      const fault = numberFault(node)
      if (fault !== null) report('wrong-value', fault, quoteHint(path, node), 'value')
    } else if (typeof node === 'object' && node !== null) {
      if (depth >= limits.depth) {
        const { code, message, hint } = tooDeep(limits, 0)
        report(code, message, hint, 'value')
        return
      }
      visitChildren(node, depth + 1)
    }
  }

  function visitChildren(node: Json, depth: number): void {
    if (Array.isArray(node)) {
      for (let i = 0; i < node.length; i++) visitChild(i, node[i], depth)
      return
    }
    // an object: the caller has ruled out everything else
    for (const [key, child] of Object.entries(node as { [key: string]: Json })) visitChild(key, child, depth)
  }

  function visitChild(key: string | number, child: Json | undefined, depth: number): void {
    path.push(key)
    const fault = typeof key === 'string' ? textFault(key) : null
    if (fault !== null) report('wrong-value', `The key holds ${fault}.`, UNHOLDABLE_TEXT, 'key')
    if (child !== undefined) visit(child, depth)
    path.pop()
  }

  visit(value, 0)
  return findings
}

const UNHOLDABLE_TEXT =
  'Take the character out, or put the text in single quotes, where a backslash stands for itself.'

function textFault(text: string): string | null {
  if (text.includes('\0')) return 'a NUL character (`\\0`)'
  return text.isWellFormed() ? null : 'half of a surrogate pair (`\\ud800` to `\\udfff`)'
}

function numberFault(number: number): string | null {
  if (Number.isNaN(number)) return '`.nan` is not a number that can be stored.'
  if (!Number.isFinite(number)) return '`.inf` is not a number that can be stored.'
  // 2^53 itself is what 2^53 + 1 is rounded to: who wrote which is not known any more.
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) {
    return 'The number is too large to be held exactly (beyond 2^53).'
  }
  return null
}

function quoteHint(path: Path, number: number): string {
  const key = path.at(-1)
  const example = Number.isFinite(number)
    ? "'12345678901234567890'"
    : Number.isNaN(number)
      ? "'.nan'"
      : "'.inf'"
  const place = typeof key === 'string' ? ` as in \`${key}: ${example}\`` : ''
  return `Put it in quotes to keep it as text${place}.`
}
