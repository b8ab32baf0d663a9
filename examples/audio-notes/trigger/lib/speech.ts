export interface Segment {
  start: number;
  end: number;
  text: string;
  speaker?: string;
}

export declare function transcribePiece(
  path: string,
  wantsSpeakerLabels: boolean,
): Promise<{ language: string; segments: Segment[] }>;

export declare function toPlainText(segments: Segment[]): string;
export declare function toSubtitles(segments: Segment[]): string;
