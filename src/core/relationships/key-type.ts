export type KeyFamily = 'number' | 'text' | 'uuid' | 'time' | 'boolean' | 'other'

const FAMILIES: readonly (readonly [RegExp, KeyFamily])[] = [
  [/^uuid\b/, 'uuid'],
  [
    /^(?:big|small|tiny|huge|u)*(?:int|integer|serial)|^(?:int|float|number|numeric|decimal|double|real)/,
    'number',
  ],
  [/^(?:char|character|varchar|text|string|bpchar|name|citext|enum)/, 'text'],
  [/^(?:date|time|timestamp|datetime)/, 'time'],
  [/^bool/, 'boolean'],
]

/** What a warehouse's own word for a type means for a join; an unknown one may be anything. */
export function keyFamily(type: string): KeyFamily {
  const word = type.trim().toLowerCase()
  return FAMILIES.find(([pattern]) => pattern.test(word))?.[1] ?? 'other'
}
