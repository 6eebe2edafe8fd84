// Files a birth with the generated types and follows it to its end: what an integrator does first. Takes the gateway's
// address, a client and its secret from the environment, and the application as JSON from the standard input; the last
// line is the application's status.
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/mpp.js";

declare const process: {
  env: Record<string, string | undefined>;
  stdin: AsyncIterable<Uint8Array>;
};

type Application = components["schemas"]["ApplicationResource"];
type Problem = components["schemas"]["Problem"];

const mpp = createClient<paths>({ baseUrl: process.env["MPP_GATEWAY"]! });

function good<T>(answer: { data?: T; error?: unknown }, what: string): T {
  if (answer.data === undefined) {
    throw new Error(`${what}: ${JSON.stringify(answer.error)}`);
  }
  return answer.data;
}

let text = "";
for await (const piece of process.stdin) {
  text += new TextDecoder().decode(piece);
}
const application: components["schemas"]["SubmitRequest"] = JSON.parse(text);

const token = good(await mpp.POST("/identity/token", {
  body: {
    grant_type: "client_credentials",
    client_id: process.env["MPP_CLIENT"]!,
    client_secret: process.env["MPP_SECRET"]!,
  },
  bodySerializer: (body) => new URLSearchParams(body as Record<string, string>),
  headers: { "Content-Type": "application/x-www-form-urlencoded" },
}), "RequestToken");
const headers = { Authorization: `Bearer ${token.access_token}` };

// What is refused is a problem with a type that the compiler knows.
const refused = await mpp.POST("/v1/applications", {
  body: { ...application, region: "00.00" }, headers,
});
const problem: Problem | undefined = refused.error;
if (problem?.type !== "urn:mpp:problem:unknown-region" || problem.errors?.[0]?.code !== "unknown-region") {
  throw new Error(`Expected another problem: ${JSON.stringify(problem)}`);
}

const filed: Application = good(await mpp.POST("/v1/applications", {
  body: application,
  params: { header: { "Idempotency-Key": `typescript-${Date.now()}`, "Accept-Language": "en" } },
  headers,
}), "SubmitApplication");

// The stream is followed to its end, which is the application's.
const path = { number: filed.number };
const events = await mpp.GET("/v1/applications/{number}/events", { params: { path }, headers, parseAs: "text" });
const kinds = [...good(events, "StreamEvents").matchAll(/^data: (.*)$/gm)]
  .map((line) => (JSON.parse(line[1]!) as components["schemas"]["TimelineItem"]).kind);
if (!kinds.includes("application-ended")) {
  throw new Error(`The stream ended with ${kinds.at(-1)}.`);
}

const ended: Application = good(
  await mpp.GET("/v1/applications/{number}", { params: { path }, headers }), "GetApplication");
for (const document of ended.steps.flatMap((step) => step.documents)) {
  console.log(`${document.kind} ${document.validFrom} to ${document.validUntil ?? "no end"}`);
}
console.log(ended.status);
