/** The key that test workspaces keep their credentials under. */
export const ENGINE_KEY = 'a key for tests only'
