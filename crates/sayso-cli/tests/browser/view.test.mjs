// The web view in a real browser: narrow and wide, light and dark, by keyboard, and with axe-core.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../../../..");
const sayso = process.env.SAYSO ?? path.join(root, "target/debug/sayso");
const shots = path.join(root, "target/browser");
const axe = readFileSync(path.join(here, "node_modules/axe-core/axe.min.js"), "utf8");
const widths = [390, 1280];
const schemes = ["light", "dark"];

let browser;
let file;

before(async () => {
  mkdirSync(shots, { recursive: true });
  file = path.join(shots, "bridge.html");
  writeFileSync(file, execFileSync(sayso, ["read", "--format", "html", path.join(here, "bridge.txt")]));
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
});

after(() => browser?.close());

/** Opens the view; fails the test on any request but the file itself, any dialog, any console error. */
async function open(width, colorScheme = "light", extra = {}) {
  // axe-core is put in by the test, which the page's own policy rightly forbids.
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, ...extra });
  const page = await context.newPage();
  const problems = [];
  page.on("request", (r) => r.url().startsWith(pathToFileURL(file).href) || problems.push(`request: ${r.url()}`));
  page.on("dialog", (d) => (problems.push(`dialog: ${d.message()}`), d.dismiss()));
  page.on("console", (m) => m.type() === "error" && problems.push(`console: ${m.text()}`));
  await page.goto(pathToFileURL(file).href);
  return { context, page, problems };
}

for (const width of widths) {
  for (const scheme of schemes) {
    describe(`${width} wide, ${scheme}`, () => {
      test("axe-core finds nothing", async () => {
        const { context, page } = await open(width, scheme, { bypassCSP: true });
        await page.addScriptTag({ content: axe });
        const { violations, incomplete } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations", "incomplete"] }));
        assert.deepEqual(violations.map((v) => [v.id, v.nodes.map((n) => n.html)]), []);
        // What axe could not decide must not be contrast: every pair of colours is ours.
        assert.deepEqual(incomplete.filter((v) => v.id !== "color-contrast").map((v) => [v.id, v.nodes.map((n) => n.html)]), []);
        await context.close();
      });

      test("fits the window, loads nothing, complains of nothing", async () => {
        const { context, page, problems } = await open(width, scheme);
        const [inner, full] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
        assert.ok(full <= inner, `the page is ${full} wide in a window of ${inner}`);
        assert.deepEqual(problems, []);
        await page.screenshot({ path: path.join(shots, `bridge-${width}-${scheme}.png`), fullPage: true });
        await context.close();
      });
    });
  }
}

test("the story's own markup is text, not page", async () => {
  const { context, page } = await open(1280);
  assert.equal(await page.locator("article script, article img").count(), 0);
  assert.notEqual(await page.title(), "run");
  assert.match(await page.locator(".text").innerText(), /<script>document\.title/);
  await context.close();
});

test("a statement is followed from text to voice and back by keyboard", async () => {
  const { context, page } = await open(1280);
  const first = page.locator(".text a.number").first();
  await first.focus();
  await page.keyboard.press("Enter");
  const row = page.locator(await first.getAttribute("href"));
  assert.ok(await row.evaluate((e) => e.matches(":target")));
  const lit = await page.evaluate(() => {
    const probe = document.createElement("i");
    probe.style.background = "var(--lit)";
    document.body.append(probe);
    const wanted = getComputedStyle(probe).backgroundColor;
    probe.remove();
    return [...document.querySelectorAll(".text span")].filter((s) => getComputedStyle(s).backgroundColor === wanted).length;
  });
  assert.ok(lit >= 1, "the statement's words are lit up");
  await row.locator("a.number").focus();
  await page.keyboard.press("Enter");
  assert.ok(await first.evaluate((e) => e.matches(":target")));
  await context.close();
});

test("every voice and every statement of the JSON stands in the panel", async () => {
  const json = JSON.parse(execFileSync(sayso, ["read", "--json", path.join(here, "bridge.txt")]));
  const { context, page } = await open(1280);
  assert.ok(json.statements.length >= 6, `${json.statements.length} statements`);
  assert.equal(await page.locator(".voices li").count(), json.statements.length);
  const voices = new Set(json.statements.map((s) => s.speaker));
  assert.equal(await page.locator(".voices h3").count(), voices.size);
  await context.close();
});

test("source, cue and content are told apart without colour", async () => {
  const { context, page } = await open(1280);
  const look = (name) => page.locator(`.text .${name}`).first().evaluate((e) => {
    const s = getComputedStyle(e);
    return [s.fontWeight, s.fontStyle, s.textDecorationStyle, s.textDecorationLine].join(" ");
  });
  const [source, cue] = [await look("source"), await look("cue")];
  assert.notEqual(source, cue);
  assert.ok((await page.locator(".text a.number").count()) > 0);
  await context.close();
});
