// Takes the README's picture: `npm run picture` after `cargo build -p sayso-cli`.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../../..");
const sayso = process.env.SAYSO ?? path.join(root, "target/debug/sayso");
const story = path.join(root, "crates/sayso/tests/pages/war-dump/page.txt");
const file = path.join(root, "target/browser/picture.html");
mkdirSync(path.dirname(file), { recursive: true });
mkdirSync(path.join(root, "docs"), { recursive: true });
writeFileSync(file, execFileSync(sayso, ["read", "--format", "html", story]));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
await page.goto(pathToFileURL(file).href);
await page.screenshot({ path: path.join(root, "docs/view.png") });
await browser.close();
