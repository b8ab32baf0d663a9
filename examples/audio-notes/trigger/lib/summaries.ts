export type SummaryStyle = "field_notes" | "themes" | "quotations";

/** Streams to the page while it is written; resolves to the whole Markdown. */
export declare function streamSummary(style: SummaryStyle, text: string): Promise<string>;

export declare function streamAnswer(transcriptId: string, question: string): Promise<string>;
