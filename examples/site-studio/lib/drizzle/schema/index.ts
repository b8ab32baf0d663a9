/** The schema as the template brought it; nothing of it was changed yet. */
export * from "./users";
export * from "./transcription-jobs";
export * from "./transcripts";
export * from "./ai-summaries";
export * from "./transcript-conversations";
export * from "./transcript-messages";
