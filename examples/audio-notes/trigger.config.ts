import { defineConfig } from "@trigger.dev/sdk";

export default defineConfig({
  project: "proj_earmark",
  dirs: ["./trigger"],
  maxDuration: 3600,
});
