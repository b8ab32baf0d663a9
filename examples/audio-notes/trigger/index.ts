export { prepareRecording } from "./tasks/prepare-recording";
export { transcribeRecording } from "./tasks/transcribe-recording";
export { writeSummary } from "./tasks/write-summary";
export { answerQuestion } from "./tasks/answer-question";
