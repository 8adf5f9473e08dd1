import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import { lazy } from './lazy.ts'

type StaticFile = {
  readonly bytes: Buffer
  /** Null: it is sent as it is. */
  gzip(): Buffer | null
  readonly headers: Record<string, string>
}
export type StaticFiles = { readonly serve: (request: Request) => Response | null }

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}
const COMPRESSED = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt'])
const COMPRESS_FROM_BYTES = 1024

/**
 * The built page out of memory: only names that were there at the start are ever answered. What the
 * builder named by its content may be kept forever; every other file is asked for again.
 */
export function loadStaticFiles(folder: string): StaticFiles {
  const files = new Map<string, StaticFile>()
  if (existsSync(folder)) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      files.set(`/${relative(folder, path).split(sep).join('/')}`, load(path, entry.name))
    }
  }
  return {
    serve(request) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return null
      const { pathname } = new URL(request.url)
      const file = files.get(pathname === '/' ? '/index.html' : pathname)
      if (file) return respond(file, request)
      // A page of the app: the router in the browser knows the rest. A missing asset stays missing.
      const page = extname(pathname) === '' ? files.get('/index.html') : undefined
      return page ? respond(page, request) : null
    },
  }
}

function load(path: string, name: string): StaticFile {
  const bytes = readFileSync(path)
  const kind = extname(name)
  const forever = path.split(sep).includes('assets')
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  return {
    bytes,
    gzip:
      COMPRESSED.has(kind) && bytes.length >= COMPRESS_FROM_BYTES ? lazy(() => gzipSync(bytes)) : () => null,
    headers: {
      'content-type': TYPES[kind] ?? 'application/octet-stream',
      'cache-control': forever ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'accept-encoding',
      etag,
    },
  }
}

function respond(file: StaticFile, request: Request): Response {
  if (request.headers.get('if-none-match') === file.headers.etag) {
    return new Response(null, { status: 304, headers: file.headers })
  }
  const zipped = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '') ? file.gzip() : null
  const bytes = zipped ?? file.bytes
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(bytes), {
    headers: {
      ...file.headers,
      ...(zipped ? { 'content-encoding': 'gzip' } : {}),
      'content-length': String(bytes.length),
    },
  })
}
