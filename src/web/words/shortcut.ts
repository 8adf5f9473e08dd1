const APPLE = /mac|iphone|ipad/i

/** A shortcut as the keyboard of this computer names it: `⌘K`, or `Ctrl K`. */
export function shortcut(key: string, platform: string = navigator.platform): string {
  return APPLE.test(platform) ? `⌘${key}` : `Ctrl ${key}`
}
