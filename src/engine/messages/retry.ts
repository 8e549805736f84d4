/** What to do where something could not be read: why is said beside it, and a permission may not be it. */
export const RETRY = 'grant the permission if one is missing, then retry';
