/** The file name of MapLibre's worker, filled in by build.mjs. */
declare const WORKER_FILE: string;
