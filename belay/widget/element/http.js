/** Asking the server: JSON in, JSON out, problems as errors. */

const PATIENCE_MS = 15000;

/** The server answered, and the answer was no. `detail` is a sentence fit to be shown. */
export class Refused extends Error {
  constructor(status, detail, retryAfter) {
    super(`HTTP ${status}`);
    this.status = status;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may succeed later without a change. */
  get passing() {
    return [401, 403, 408, 425, 429].includes(this.status) || this.status >= 500;
  }
}

/**
 * Sends a request with the visitor's cookie; a body makes it a POST.
 *
 * @throws {Refused} when the server answered with a problem
 * @throws {TypeError | DOMException} when no answer came
 */
export async function ask(server, path, body) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(server + path, {
      method: body ? "POST" : "GET",
      credentials: "include",
      headers: body ? { "Content-Type": "application/json" } : {},
      body: body && JSON.stringify(body),
      signal: patience.signal,
    });
    const isJson = /json/.test(response.headers.get("Content-Type") ?? "");
    const answer = isJson ? await response.json() : {};
    if (!response.ok) {
      const seconds = Number(response.headers.get("Retry-After"));
      throw new Refused(response.status, answer.detail ?? answer.title ?? "", seconds || 0);
    }
    return answer;
  } finally {
    clearTimeout(timer);
  }
}

/** Seconds until the next try: doubling to half a minute, spread so that clients do not march in step. */
export function backoffMs(attempt, retryAfter = 0) {
  const seconds = Math.max(retryAfter, Math.min(30, 0.5 * 2 ** attempt));
  return seconds * (0.75 + Math.random() / 2) * 1000;
}
