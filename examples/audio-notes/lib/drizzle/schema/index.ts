// One file per table. Import from here, never from the single files.

// People
export * from "./users";

// Recordings and what is made from them
export * from "./transcription-jobs";
export * from "./transcripts";

// What the AI adds
export * from "./ai-summaries";
export * from "./transcript-conversations";
export * from "./transcript-messages";
