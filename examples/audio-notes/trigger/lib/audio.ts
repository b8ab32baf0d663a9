/** Length of a recording in the bucket, in seconds. */
export declare function readDuration(path: string): Promise<number>;

/** Ten-minute pieces of a recording, cut at silences; returns their paths in the bucket. */
export declare function cutIntoPieces(path: string, durationSeconds: number): Promise<string[]>;
